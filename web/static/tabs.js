// The tabs: the group, the bot alone and, on a phone, the tickets. Each may carry a dot for what is unread.

import { $, $$ } from "./dom.js";
import { chat as words } from "./words.js";

const NAMES = ["group", "private", "tickets"];
const WIDE = matchMedia("(min-width: 960px)");

export class Tabs {
  /** `onTurn(conversation)` is called when another conversation comes up. */
  constructor(onTurn) {
    this.onTurn = onTurn;
    this.current = "group";
    for (const tab of $$("[role=tab]")) tab.addEventListener("click", () => this.turn(tab.dataset.tab));
    $("[role=tablist]").addEventListener("keydown", (event) => this.#walk(event));
    WIDE.addEventListener("change", () => this.#fit());
    this.#fit();
  }

  turn(name) {
    this.current = name;
    document.body.dataset.tab = name;
    for (const tab of $$("[role=tab]")) {
      const here = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
    }
    this.#dot(name, false);
    if (name === "tickets") return;
    for (const one of ["group", "private"]) $(`#screen-${one}`).hidden = one !== name;
    this.onTurn(name);
  }

  /** Mark `name` as having news, unless it is what one looks at. */
  mark(name) {
    const looking = this.current === name || (name === "tickets" && WIDE.matches);
    if (!looking) this.#dot(name, true);
  }

  #dot(name, shown) {
    const tab = $(`#tab-${name}`);
    const dot = $(".dot", tab);
    dot.hidden = !shown;
    if (shown) tab.setAttribute("aria-label", words.unread(tab.textContent.trim()));
    else tab.removeAttribute("aria-label");
  }

  #walk(event) {
    const names = WIDE.matches ? NAMES.slice(0, 2) : NAMES;
    const at = names.indexOf(this.current);
    const steps = { ArrowRight: at + 1, ArrowLeft: at + names.length - 1, Home: 0, End: names.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const to = names[steps[event.key] % names.length];
    this.turn(to);
    $(`#tab-${to}`).focus();
  }

  /** On a wide screen the tickets stand beside the chat and are no tab. */
  #fit() {
    $("#tickets").setAttribute("role", WIDE.matches ? "complementary" : "tabpanel");
    this.#dot("tickets", false);
    if (WIDE.matches && this.current === "tickets") this.turn("group");
  }
}
