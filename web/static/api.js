// Calls to the server. A call that fails throws a Problem, whose message is fit to be shown.

import { errors } from "./words.js";

export class Problem extends Error {}

const MEGABYTE = 1024 * 1024;

/** A size in words: 20 MB, 512 KB. */
export function size(bytes) {
  return bytes >= MEGABYTE ? `${Math.round(bytes / MEGABYTE)} MB` : `${Math.ceil(bytes / 1024)} KB`;
}

export const tooLarge = (limit) => errors.too_large(size(limit));

async function post(address, options, limit) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", ...options, headers: { "X-Wangge": "1", ...options.headers } });
  } catch {
    throw new Problem(errors.offline);
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  if (body.error === "too_large") throw new Problem(tooLarge(limit));
  throw new Problem(body.text || errors[body.error] || errors.unknown);
}

export function postJson(address, value) {
  const headers = { "Content-Type": "application/json" };
  return post(address, { headers, body: JSON.stringify(value) });
}

export function postFile(address, file, fields, limit) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file, file.name);
  return post(address, { body: form }, limit);
}
