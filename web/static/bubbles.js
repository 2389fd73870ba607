// One line of the chat as a piece of the page.

import { avatar } from "./avatar.js";
import { el, icon } from "./dom.js";
import { withFaces } from "./faces.js";
import { chat as words } from "./words.js";

/** `text` with its faces, and with the addresses of our own pages as links; any other address stays words. */
function plainPieces(text, pages) {
  if (!pages) return [withFaces(text)];
  const ours = new RegExp(`${pages.replace(/[^\w]/g, "\\$&")}(?:/[\\w./?=&%~-]*)?(?![\\w.:@])`, "g");
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(ours)) {
    pieces.push(withFaces(text.slice(from, found.index)));
    pieces.push(el("a", { class: "address", href: found[0], target: "_blank", rel: "noopener" }, found[0]));
    from = found.index + found[0].length;
  }
  return [...pieces, withFaces(text.slice(from))];
}

/** `text` with the mentioned names set apart. */
function withMentions(text, names, pages) {
  const marks = names.map((name) => `@${name}`).sort((a, b) => b.length - a.length);
  const pieces = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const mark = marks.find((one) => text.startsWith(one, at));
    if (mark) {
      if (plain) pieces.push(...plainPieces(plain, pages));
      plain = "";
      pieces.push(el("span", { class: "mention" }, mark));
    } else plain += text[at];
    at += mark ? mark.length : 1;
  }
  if (plain) pieces.push(...plainPieces(plain, pages));
  return pieces;
}

function picture(line) {
  if (!line.picture) return el("div", { class: "no-picture" }, icon("picture"), line.text || words.noPicture);
  const address = `/chat/picture/${encodeURIComponent(line.picture)}`;
  const label = words.picture(line.name);
  return el(
    "a",
    { class: "picture", href: address, target: "_blank", rel: "noopener", "aria-label": label, tabindex: -1 },
    el("img", { src: address, alt: "", draggable: "false" }),
  );
}

const ICONS = { video: "video", voice: "voice", file: "file", location: "place", link: "link", sticker: "picture" };

/** What is no picture: a file of the bot's can be saved by whoever sees it, others' only have a name. */
function attachment(line, stage) {
  const kind = words.kinds[line.kind] ?? "";
  const saved = line.file && { href: `/chat/file/${encodeURIComponent(line.file)}?${stage.query}`, download: line.text };
  return el(
    saved ? "a" : "div",
    { class: `attachment is-${line.kind}`, ...saved },
    icon(ICONS[line.kind] ?? "file"),
    el("span", {}, line.text || kind, line.text ? el("small", {}, kind) : null),
  );
}

function content(line, stage) {
  if (line.kind === "image") return [picture(line)];
  if (line.kind !== "text") return [attachment(line, stage)];
  const names = line.mentions.map((one) => stage.members.get(one)?.name ?? one);
  return withMentions(line.text, names, stage.pages);
}

/** A grey line in the middle: somebody took a message back. */
function system(line, mine) {
  return el("div", { class: "line system" }, el("p", {}, words.recalled(mine ? words.you : `“${line.name}”`)));
}

/** The bubble of `line` as `stage.me` sees it; its focusable part carries the id in `data-line`. */
export function bubble(line, stage) {
  const mine = line.sender === stage.me;
  if (line.recalled) return system(line, mine);
  const role = stage.members.get(line.sender)?.role_name ?? "";
  const tag = line.role !== "resident" && role ? el("span", { class: `role is-${line.role}` }, role) : null;
  const kind = line.kind === "image" ? "is-picture" : "is-words";
  return el(
    "div",
    { class: `line ${mine ? "mine" : "theirs"} from-${line.role}` },
    avatar({ id: line.sender, name: line.name, role: line.role }),
    el(
      "div",
      { class: "said" },
      el("p", { class: "name" }, line.name, tag),
      el("div", { class: `bubble ${kind}`, role: "article", tabindex: -1, "data-line": line.id }, ...content(line, stage)),
      line.quoted ? el("p", { class: "quoted" }, line.quoted) : null,
    ),
  );
}
