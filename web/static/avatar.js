// Letter avatars: the last two characters of the name, in a colour that stays with the person.

import { $$, el, icon } from "./dom.js";

const TONES = 8;

function tone(id) {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return sum % TONES;
}

function dress(node, id, role) {
  node.classList.add(role === "resident" ? `tone-${tone(id)}` : `is-${role}`);
  if (role === "bot") node.replaceChildren(icon("grid"));
}

/** The avatar of somebody. */
export function avatar({ id, name, role }) {
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, [...name].slice(-2).join(""));
  dress(node, id, role);
  return node;
}

/** Give those their colours that came with the page. */
export function dressAvatars() {
  for (const node of $$("[data-avatar]")) dress(node, node.dataset.avatar, node.dataset.role);
}
