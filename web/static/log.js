// One conversation: its bubbles, its time separators, and where the reader has scrolled to.

import { bubble } from "./bubbles.js";
import { $, $$, el, settle } from "./dom.js";
import { dayOf, parse, separator } from "./times.js";
import { chat as words } from "./words.js";

const GAP = 5 * 60_000;
const NEAR = 48;

export class Log {
  /** `screen` is the conversation's panel; `empty` is what it says before the first line. */
  constructor(screen, stage, empty) {
    this.screen = screen;
    this.stage = stage;
    this.log = $(".log", screen);
    this.newer = $(".newer", screen);
    this.nodes = new Map();
    this.separators = new Map();
    this.lines = [];
    this.stuck = true;
    this.top = 0;
    this.unseen = 0;
    $(".empty", screen).textContent = empty;
    this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.log.addEventListener("keydown", (event) => this.#walk(event));
    this.newer.addEventListener("click", () => this.toBottom());
    new ResizeObserver(() => this.#keep()).observe(this.log);
    this.log.addEventListener("load", () => this.#keep(), true);
  }

  /** Show these lines; returns how many of them are new and somebody else's. */
  show(lines) {
    const first = this.log.getAttribute("aria-busy") === "true";
    const before = new Set(this.lines.map((line) => line.id));
    const fresh = lines.filter((line) => !before.has(line.id));
    const foreign = fresh.filter((line) => line.sender !== this.stage.me).length;
    if (!first && fresh.length > foreign) this.stuck = true;
    const focused = document.activeElement?.dataset?.line;
    this.lines = lines;
    settle(this.log, this.#pieces());
    this.#prune();
    $(".empty", this.screen).hidden = lines.length > 0;
    if (first) requestAnimationFrame(() => this.log.setAttribute("aria-busy", "false"));
    else if (!this.stuck) this.unseen += foreign;
    this.#rove(focused);
    this.#keep();
    this.#pill();
    return first ? 0 : foreign;
  }

  /** The line of this id, where it can be seen here. */
  line(id) {
    return this.lines.find((line) => line.id === id);
  }

  toBottom() {
    this.stuck = true;
    this.#keep();
    this.#pill();
  }

  #pieces() {
    const pieces = [];
    let last = -Infinity;
    const times = this.lines.map((line) => parse(line.at));
    const today = this.#today(times);
    this.lines.forEach((line, index) => {
      const time = times[index];
      if (Math.abs(time.instant - last) >= GAP) pieces.push(this.#separator(line.id, separator(time, today)));
      last = time.instant;
      pieces.push(this.#node(line));
    });
    return pieces;
  }

  /** A story's today is the day it has got to; otherwise it is the reader's own. */
  #today(times) {
    const last = times.at(-1);
    if (!last) return 0;
    return this.stage.group.playing ? last.day : dayOf(Date.now(), last);
  }

  #separator(id, text) {
    const node = this.separators.get(id) ?? el("div", { class: "line time" }, el("p"));
    if (node.textContent !== text) node.firstChild.textContent = text;
    this.separators.set(id, node);
    return node;
  }

  #node(line) {
    const known = this.nodes.get(line.id);
    const print = JSON.stringify(line);
    if (known?.print === print) return known.node;
    const node = bubble(line, this.stage);
    this.nodes.set(line.id, { node, print });
    return node;
  }

  #prune() {
    const kept = new Set(this.lines.map((line) => line.id));
    for (const id of this.nodes.keys()) if (!kept.has(id)) this.nodes.delete(id);
    for (const id of this.separators.keys()) if (!kept.has(id)) this.separators.delete(id);
  }

  #bubbles() {
    return $$("[data-line]", this.log);
  }

  /** One bubble is in the tab order; the arrow keys go to the others. */
  #rove(focused) {
    const all = this.#bubbles();
    const kept = all.find((node) => node.dataset.line === focused);
    for (const node of all) node.tabIndex = -1;
    const stop = kept ?? all.at(-1);
    if (stop) stop.tabIndex = 0;
    if (kept && document.activeElement !== kept) kept.focus({ preventScroll: true });
  }

  #walk(event) {
    const all = this.#bubbles();
    const at = all.indexOf(event.target);
    const steps = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const to = all[Math.max(0, Math.min(all.length - 1, steps[event.key]))];
    all[at].tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    const up = scrollTop < this.top;
    this.top = scrollTop;
    // A picture that arrives makes the log longer before this event is heard: only a move up lets go.
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.stuck = true;
    else if (up) this.stuck = false;
    this.#pill();
  }

  #keep() {
    if (this.stuck) this.log.scrollTop = this.log.scrollHeight;
  }

  #pill() {
    if (this.stuck) this.unseen = 0;
    this.newer.hidden = this.stuck;
    $("span", this.newer).textContent = this.unseen ? words.newer(this.unseen) : words.toBottom;
  }
}
