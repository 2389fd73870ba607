// The list of members that opens at an @ in the text being written.

import { avatar } from "./avatar.js";
import { $, $$, el } from "./dom.js";

const OPENING = /@([^\s@]*)$/;

export class Picker {
  /** Offers `people` while the caret in `field` stands after an @. */
  constructor(field, people) {
    this.field = field;
    this.people = people;
    this.list = $("#picker");
    this.active = 0;
    field.addEventListener("input", () => this.refresh());
    field.addEventListener("click", () => this.refresh());
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  close() {
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Put an @ at the caret and offer everybody. */
  start() {
    const { field } = this;
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    if (!OPENING.test(before)) field.setRangeText("@", field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  refresh() {
    const match = OPENING.exec(this.#before());
    const found = match ? this.people.filter((one) => one.name.toLowerCase().includes(match[1].toLowerCase())) : [];
    if (found.length === 0) {
      this.close();
      return;
    }
    this.found = found;
    this.active = 0;
    this.list.replaceChildren(...found.map((one, index) => this.#option(one, index)));
    this.list.hidden = false;
    this.#mark();
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.isOpen) return false;
    const count = this.found.length;
    if (event.key === "ArrowDown") this.active = (this.active + 1) % count;
    else if (event.key === "ArrowUp") this.active = (this.active + count - 1) % count;
    else if (event.key === "Enter" || event.key === "Tab") this.#take(this.found[this.active]);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    if (this.isOpen) this.#mark();
    return true;
  }

  #before() {
    return this.field.value.slice(0, this.field.selectionStart);
  }

  #option(one, index) {
    const attributes = { role: "option", id: `pick-${index}`, class: "pick", onclick: () => this.#take(one) };
    return el("div", attributes, avatar(one), el("b", {}, one.name), el("small", {}, one.role_name));
  }

  #mark() {
    $$(".pick", this.list).forEach((node, index) => {
      node.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active) node.scrollIntoView({ block: "nearest" });
    });
    this.field.setAttribute("aria-activedescendant", `pick-${this.active}`);
  }

  #take(one) {
    const before = this.#before();
    const at = before.lastIndexOf("@");
    this.field.setRangeText(`@${one.name} `, at, before.length, "end");
    this.close();
    this.field.focus();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }
}

/** The ids of those whose @name stands in `text`; of two names that begin alike the longer one counts. */
export function mentioned(text, people) {
  const found = [];
  let rest = text;
  for (const one of [...people].sort((a, b) => b.name.length - a.name.length)) {
    const mark = `@${one.name}`;
    if (!rest.includes(mark)) continue;
    found.push(one.id);
    rest = rest.replaceAll(mark, " ");
  }
  return found;
}
