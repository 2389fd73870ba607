// A puppet whose WeChat is a script: residents speak when the control port says so. What PuppetMock
// lacks and a real puppet has is here: message ids, files, the echo of the bot's own messages.
import fs from 'node:fs'

import { FileBox } from 'file-box'
import * as PUPPET from 'wechaty-puppet'
import { PuppetMock } from 'wechaty-puppet-mock'

const TYPES = {
  text: PUPPET.types.Message.Text,
  image: PUPPET.types.Message.Image,
  video: PUPPET.types.Message.Video,
  voice: PUPPET.types.Message.Audio,
  file: PUPPET.types.Message.Attachment,
  location: PUPPET.types.Message.Location,
  link: PUPPET.types.Message.Url,
  sticker: PUPPET.types.Message.Emoticon,
  recall: PUPPET.types.Message.Recalled,
}
const BOT = 'wxid_bot'

export class ScriptedPuppet extends PuppetMock {
  constructor (world) {
    super()
    this.contacts = new Map(Object.entries(world.contacts ?? {}))
    this.rooms = new Map(Object.entries(world.rooms ?? {}))
    this.messages = new Map()
    this.files = new Map()
    this.requests = new Map()
    this.sent = []
    this.accepted = []
    this.broken = { payload: new Map(), file: new Set(), send: 0 }
    this.slow = 0
    this.dongs = true
    this.ids = true
    this.recalls = true
    this.count = 0
    this.born = Date.now()
    this.store = world.store
    this.#remember()
  }

  // With world.store, a file, WeChat outlives the gateway: what was said is there when it starts again.
  #remember () {
    if (!this.store || !fs.existsSync(this.store)) return
    for (const line of fs.readFileSync(this.store, 'utf8').split('\n').filter(Boolean)) {
      const { message, sent } = JSON.parse(line)
      if (message) this.messages.set(message.id, message)
      if (sent) this.sent.push(sent)
    }
  }

  #keep (what) { if (this.store) fs.appendFileSync(this.store, `${JSON.stringify(what)}\n`) }

  async onStart () { if (!this.isLoggedIn) setTimeout(() => this.login(BOT), 10) }
  async onStop () {}
  ding (data) { if (this.dongs) setTimeout(() => this.emit('dong', { data: data ?? '' }), 10) }

  // --- what a client asks for ------------------------------------------------------------------

  async contactList () { return [BOT, ...this.contacts.keys()] }

  async contactRawPayload (id) {
    return {
      id, gender: 0, type: PUPPET.types.Contact.Individual, phone: [], avatar: '', friend: true,
      name: id === BOT ? '网格管家' : this.contacts.get(id) ?? '',
    }
  }

  async roomList () { return [...this.rooms.keys()] }

  #room (id) {
    const room = this.rooms.get(id)
    if (!room) throw new Error(`no such room: ${id}`)
    return room
  }

  async roomRawPayload (id) {
    const room = this.#room(id)
    return { id, topic: room.topic, memberIdList: [BOT, ...Object.keys(room.members)], adminIdList: [] }
  }

  async roomMemberList (id) { return [BOT, ...Object.keys(this.#room(id).members)] }

  async roomMemberRawPayload (id, member) {
    return { id: member, avatar: '', name: this.contacts.get(member) ?? '', roomAlias: this.#room(id).members[member] ?? '' }
  }

  async roomTopic (id, topic) {
    if (topic === undefined) return this.#room(id).topic
    this.#room(id).topic = topic
    await this.dirtyPayload(PUPPET.types.Payload.Room, id)
  }

  async messageRawPayload (id) {
    if (this.slow) await new Promise(resolve => setTimeout(resolve, this.slow))
    const left = this.broken.payload.get(id) ?? 0
    if (left) {
      this.broken.payload.set(id, left - 1)
      throw new Error('payload not ready')
    }
    const payload = this.messages.get(id)
    if (!payload) throw new Error(`no such message: ${id}`)
    return payload
  }

  async messageFile (id) {
    const file = this.files.get(id)
    if (!file || this.broken.file.has(id)) throw new Error('no file')
    return FileBox.fromBuffer(file.content, file.name)
  }

  async messageImage (id) { return this.messageFile(id) }

  async messageLocation (id) { return this.files.get(id) }

  async messageUrl (id) { return { title: this.messages.get(id).title, url: 'http://127.0.0.1/' } }

  async messageRecall (id) {
    if (!this.recalls) throw new Error('too late')
    this.sent.push({ recalled: id })
    return true
  }

  async messageSendText (to, text, mentions) {
    return this.#out({ to, text, mentions: mentions ?? [] }, { type: TYPES.text, text })
  }

  async messageSendFile (to, box) {
    const content = await box.toBuffer()
    const image = /\.(png|jpe?g)$/i.test(box.name)
    return this.#out(
      { to, name: box.name, size: content.length, sha256: await digest(content) },
      { type: image ? TYPES.image : TYPES.file, filename: box.name },
    )
  }

  async #out (what, payload) {
    if (this.broken.send > 0) {
      this.broken.send -= 1
      throw new Error('not sent')
    }
    const room = this.rooms.has(what.to)
    if (!room && !this.contacts.has(what.to)) throw new Error(`nobody here: ${what.to}`)
    const id = this.#put({
      ...payload, talkerId: BOT, roomId: room ? what.to : undefined, listenerId: room ? undefined : what.to,
    })
    const sent = { id, at: Date.now(), ...what }
    this.sent.push(sent)
    this.#keep({ sent })
    this.emit('message', { messageId: id })
    if (this.mute) await new Promise(() => {})
    return this.ids ? id : undefined
  }

  async friendshipRawPayload (id) { return this.requests.get(id) }
  async friendshipAccept (id) { this.accepted.push(id) }
  async roomInvitationRawPayload (id) { return this.requests.get(id) }
  async roomInvitationAccept (id) { this.accepted.push(id) }

  // --- what residents do -----------------------------------------------------------------------

  #put (payload) {
    this.count += 1
    const id = `${this.born}${String(this.count).padStart(6, '0')}`
    const message = { id, timestamp: Date.now(), ...payload }
    this.messages.set(id, message)
    this.#keep({ message })
    return id
  }

  say ({ from, room, kind = 'text', text = '', title, mentions, at, name, content, location, quiet, unready, lost }) {
    const id = this.#put({
      type: TYPES[kind], talkerId: from, roomId: room, listenerId: room ? undefined : BOT, text, title,
      filename: name, mentionIdList: mentions ?? [], ...(at ? { timestamp: at } : {}),
    })
    if (content !== undefined) this.files.set(id, { name: name ?? 'file', content: Buffer.from(content, 'base64') })
    if (location) this.files.set(id, location)
    if (unready) this.broken.payload.set(id, unready)
    if (lost) this.broken.file.add(id)
    if (!quiet) this.emit('message', { messageId: id })
    return id
  }

  big ({ size, name, ...rest }) {
    const content = Buffer.alloc(size)
    for (let i = 0; i + 4 <= size; i += 4096) content.writeUInt32LE((i * 2654435761) >>> 0, i)
    const id = this.say({ ...rest, name, quiet: true })
    this.files.set(id, { name, content })
    this.emit('message', { messageId: id })
    return id
  }

  async many ({ count, text, ...rest }) {
    const ids = []
    for (let i = 0; i < count; i++) {
      ids.push(this.say({ ...rest, text: `${text}${i}` }))
      if (i % 50 === 49) await new Promise(resolve => setImmediate(resolve))
    }
    return ids
  }

  // Everybody at once: lines of [who, where, what].
  burst ({ lines }) {
    for (const [from, room, text] of lines) this.say({ from, room, text })
    return lines.length
  }

  again ({ id }) { this.emit('message', { messageId: id }) }

  recall ({ id, from, room }) { return this.say({ from, room, kind: 'recall', text: id }) }

  async join ({ room, who, alias = '', by }) {
    this.#room(room).members[who] = alias
    await this.dirtyPayload(PUPPET.types.Payload.Room, room)
    this.emit('room-join', { inviteeIdList: [who], inviterId: by ?? who, roomId: room, timestamp: Date.now() })
  }

  async leave ({ room, who, by }) {
    delete this.#room(room).members[who]
    await this.dirtyPayload(PUPPET.types.Payload.Room, room)
    this.emit('room-leave', { removeeIdList: [who], removerId: by ?? who, roomId: room, timestamp: Date.now() })
  }

  async rename ({ room, topic, by }) {
    const oldTopic = this.#room(room).topic
    await this.roomTopic(room, topic)
    this.emit('room-topic', { changerId: by, newTopic: topic, oldTopic, roomId: room, timestamp: Date.now() })
  }

  invite ({ id, by, topic }) {
    this.requests.set(id, {
      id, inviterId: by, topic, receiverId: BOT, invitation: '', avatar: '', memberCount: 3, memberIdList: [],
      timestamp: Date.now(),
    })
    this.emit('room-invite', { roomInvitationId: id })
  }

  enter ({ room, topic, members, by }) {
    this.rooms.set(room, { topic, members })
    this.emit('room-join', { inviteeIdList: [BOT], inviterId: by, roomId: room, timestamp: Date.now() })
  }

  expel ({ room, by }) {
    this.rooms.delete(room)
    this.emit('room-leave', { removeeIdList: [BOT], removerId: by, roomId: room, timestamp: Date.now() })
  }

  befriend ({ id, from, name, hello }) {
    this.contacts.set(from, name)
    this.requests.set(id, {
      id, contactId: from, hello, timestamp: Date.now(), type: PUPPET.types.Friendship.Receive, ticket: 't',
    })
    this.emit('friendship', { friendshipId: id })
  }

  fail ({ text }) { this.emit('error', { data: text }) }
  scan ({ qrcode }) { this.emit('scan', { qrcode, status: PUPPET.types.ScanStatus.Waiting }) }
  async signOut () { await this.logout('kicked') }
  signIn () { this.login(BOT) }
  set ({ slow, dongs, send, ids, recall, mute }) {
    this.mute = mute ?? false
    this.ids = ids ?? this.ids
    this.recalls = recall ?? this.recalls
    this.slow = slow ?? this.slow
    this.dongs = dongs ?? this.dongs
    this.broken.send = send ?? this.broken.send
  }

  said ({ since = 0 }) { return this.sent.slice(since) }
  taken () { return this.accepted }
  room ({ room }) { return this.#room(room) }
}

async function digest (content) {
  const { createHash } = await import('node:crypto')
  return createHash('sha256').update(content).digest('hex')
}
