// The input bar: words, mentions, a quote and files. What could not be sent stays in it.

import { postFile, postJson } from "./api.js";
import { $, toast } from "./dom.js";
import { mentioned, Picker } from "./picker.js";
import { acceptFiles, Tray } from "./tray.js";
import { composer as words } from "./words.js";

const TALLEST = 132;

/** Whom one turns to most comes first: the bot, then the officers. */
const ORDER = ["bot", "officer", "community", "property", "supervisor", "resident"];
const byUse = (one, other) => ORDER.indexOf(one.role) - ORDER.indexOf(other.role);

export class Composer {
  /** `stage` says who writes and where; a draft is kept for each conversation. */
  constructor(stage) {
    this.stage = stage;
    this.form = $("#composer");
    this.field = $("#words");
    this.people = [...stage.members.values()].filter((one) => one.id !== stage.me).sort(byUse);
    this.picker = new Picker(this.field, this.people);
    this.tray = new Tray(stage.file_limit, () => this.#refresh());
    this.private = false;
    this.drafts = { true: { text: this.#remembered(true), quote: null }, false: { text: this.#remembered(false), quote: null } };
    this.sending = false;
    acceptFiles(this.tray, { button: $("#add"), input: $("#files"), field: this.field, area: $(".talk") });
    this.#listen();
    this.field.disabled = false; // until now nobody would have heard what is written
    this.turn(false);
  }

  /** Write to the bot alone, or to the group. */
  turn(isPrivate) {
    this.private = isPrivate;
    this.field.value = this.draft.text;
    this.field.placeholder = isPrivate ? words.privateHint : (words.hints[this.stage.role] ?? words.hints.resident);
    $("#at").hidden = isPrivate;
    this.picker.close();
    this.#showQuote();
    this.#refresh();
  }

  /** Answer `line` with a quote of it. */
  quote(line, shown) {
    this.draft.quote = { id: line.id, shown: words.quoted(line.name, shown) };
    this.#showQuote();
    this.field.focus();
  }

  /** What was quoted is gone. */
  forget(ids) {
    for (const draft of Object.values(this.drafts)) if (ids.has(draft.quote?.id)) draft.quote = null;
    this.#showQuote();
  }

  get draft() {
    return this.drafts[this.private];
  }

  #listen() {
    this.field.addEventListener("input", () => {
      this.draft.text = this.field.value;
      this.#remember();
      this.#refresh();
    });
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    $("#at").addEventListener("click", () => this.picker.start());
    $("#quote button").addEventListener("click", () => this.#unquote());
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || this.picker.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.draft.quote) this.#unquote();
  }

  /** Files first, each leaving the tray as it goes, then the words: people send the picture and then say why. */
  async #send() {
    if (this.sending || !this.#ready()) return;
    const isPrivate = this.private;
    const draft = this.draft;
    this.#busy(true);
    try {
      for (const { file } of [...this.tray.files]) await this.#sendFile(file, draft, isPrivate);
      if (draft.text.trim()) await this.#sendWords(draft, isPrivate);
      this.#clear(draft);
    } catch (problem) {
      toast(problem.message);
    }
    this.#busy(false);
    this.field.focus();
  }

  async #sendFile(file, draft, isPrivate) {
    const quotes = draft.text.trim() ? "" : (draft.quote?.id ?? "");
    await postFile(`/chat/send?${this.stage.query}`, file, { quotes, private: isPrivate }, this.stage.file_limit);
    this.tray.remove(file);
    if (quotes) draft.quote = null;
  }

  async #sendWords(draft, isPrivate) {
    await postJson(`/chat/say?${this.stage.query}`, {
      text: draft.text.trim(),
      mentions: isPrivate ? [] : mentioned(draft.text, this.people),
      quotes: draft.quote?.id ?? null,
      private: isPrivate,
    });
  }

  #clear(draft) {
    draft.text = "";
    draft.quote = null;
    this.field.value = this.draft.text;
    this.#remember();
    this.picker.close();
    this.#showQuote();
  }

  #ready() {
    return this.draft.text.trim() !== "" || this.tray.files.length > 0;
  }

  #busy(busy) {
    this.sending = busy;
    this.field.readOnly = busy;
    this.form.setAttribute("aria-busy", String(busy));
    this.#refresh();
  }

  #unquote() {
    this.draft.quote = null;
    this.#showQuote();
    this.field.focus();
  }

  #showQuote() {
    const { quote } = this.draft;
    $("#quote").hidden = quote === null;
    $("#quote span").textContent = quote?.shown ?? "";
  }

  #refresh() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, TALLEST)}px`;
    const send = $("#send");
    send.disabled = this.sending || !this.#ready();
    send.textContent = this.sending ? words.sending : words.send;
  }

  #slot(isPrivate) {
    return `draft ${isPrivate ? "private" : "group"} ${this.stage.query}`;
  }

  #remembered(isPrivate) {
    return sessionStorage.getItem(this.#slot(isPrivate)) ?? "";
  }

  #remember() {
    for (const isPrivate of [true, false]) {
      const { text } = this.drafts[isPrivate];
      if (text) sessionStorage.setItem(this.#slot(isPrivate), text);
      else sessionStorage.removeItem(this.#slot(isPrivate));
    }
  }
}
