// The files waiting to be sent: chosen, pasted or dropped, shown small, sent one after another.

import { size, tooLarge } from "./api.js";
import { $, el, icon, toast } from "./dom.js";
import { composer as words } from "./words.js";

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export class Tray {
  /** Takes files up to `limit` bytes; `changed` is called when what it holds changes. */
  constructor(limit, changed) {
    this.limit = limit;
    this.changed = changed;
    this.list = $("#tray");
    this.files = [];
  }

  add(files) {
    for (const file of files) {
      if (file.size > this.limit) toast(tooLarge(this.limit));
      else this.files.push({ file, node: this.#thumbnail(file) });
    }
    this.#draw();
  }

  remove(file) {
    this.files = this.files.filter((one) => one.file !== file);
    this.#draw();
  }

  #draw() {
    this.list.hidden = this.files.length === 0;
    this.list.replaceChildren(...this.files.map((one) => one.node));
    this.changed();
  }

  #thumbnail(file) {
    const inside = SHOWN.has(file.type) ? this.#image(file) : this.#named(file);
    const drop = () => {
      this.remove(file);
      $("#words").focus();
    };
    const label = words.removeFile(file.name);
    return el("li", { title: file.name }, inside,
      el("button", { type: "button", class: "drop", "aria-label": label, onclick: drop }, icon("close")));
  }

  #image(file) {
    const url = URL.createObjectURL(file);
    return el("img", { src: url, alt: file.name, onload: () => URL.revokeObjectURL(url) });
  }

  #named(file) {
    return el("div", { class: "waiting-file" }, icon("file"), el("b", {}, file.name), el("small", {}, size(file.size)));
  }
}

/** Let files be chosen with `button`, pasted into `field` or dropped on `area`. */
export function acceptFiles(tray, { button, input, field, area }) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    tray.add(input.files);
    input.value = "";
    field.focus();
  });
  field.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    tray.add(event.clipboardData.files);
  });
  area.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  area.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    tray.add(event.dataTransfer.files);
  });
}
