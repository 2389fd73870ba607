// node gateway.js: a Wechaty gateway on 127.0.0.1 without WeChat behind it. The settings come as JSON in
// the environment variable GATEWAY: {token, port, control, world}; control 0 takes a free port, and the first
// line of output says which. The control port takes POST {"do": "say", …}.
import http from 'node:http'

import { PuppetServer } from 'wechaty-puppet-service'

import { ScriptedPuppet } from './puppet.js'

const RESIDENTS = new Set([
  'say', 'big', 'many', 'burst', 'again', 'recall', 'join', 'leave', 'rename', 'invite', 'enter', 'expel', 'befriend',
  'fail', 'scan', 'signOut', 'signIn', 'set', 'said', 'taken', 'room',
])

function control (puppet, port) {
  const server = http.createServer(async (request, response) => {
    const parts = []
    for await (const part of request) parts.push(part)
    let status = 200
    let answer
    try {
      const { do: name, ...what } = JSON.parse(Buffer.concat(parts).toString())
      if (!RESIDENTS.has(name)) throw new Error(`cannot ${name}`)
      answer = await puppet[name](what)
    } catch (error) {
      status = 400
      answer = String(error)
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? null))
  })
  return new Promise(resolve => server.listen(port, '127.0.0.1', () => resolve(server.address().port)))
}

const { token, port, control: door, world } = JSON.parse(process.env.GATEWAY)
const puppet = new ScriptedPuppet(world)
puppet.on('error', error => process.stderr.write(`puppet error: ${JSON.stringify(error)}\n`))
const server = new PuppetServer({ endpoint: `127.0.0.1:${port}`, puppet, token, tls: { disable: true } })
await server.start()
const opened = await control(puppet, door)
process.stdout.write(`${JSON.stringify({ port, control: opened })}\n`)
