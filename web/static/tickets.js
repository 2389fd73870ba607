// The group's tickets beside the chat, moving as one talks.

import { $, el, icon, settle } from "./dom.js";
import { brief, parse } from "./times.js";
import { tickets as words } from "./words.js";

const FLASH = 1600;

export class Tickets {
  constructor() {
    this.cards = new Map();
    this.first = true;
  }

  /** Show these tickets; returns whether any of them moved. */
  show(tickets) {
    let moved = false;
    const nodes = tickets.map((ticket) => {
      const print = JSON.stringify(ticket);
      const known = this.cards.get(ticket.no);
      if (known?.print === print) return known.node;
      moved = true;
      const node = known?.node ?? el("li", { class: "ticket" });
      fill(node, ticket, known !== undefined && isOpen(node));
      this.cards.set(ticket.no, { node, print });
      if (!this.first) flash(node);
      return node;
    });
    settle($("#ticket-list"), nodes);
    const kept = new Set(tickets.map((ticket) => ticket.no));
    for (const no of this.cards.keys()) if (!kept.has(no)) this.cards.delete(no);
    const news = moved && !this.first;
    this.first = false;
    summarise(tickets);
    return news;
  }
}

const isOpen = (node) => $("details", node)?.open ?? false;

function summarise(tickets) {
  const ended = tickets.filter((ticket) => ticket.ended).length;
  const open = tickets.length - ended;
  $("#tally").textContent = tickets.length ? words.tally(open, ended) : "";
  $("#no-tickets").textContent = words.none;
  $("#no-tickets").hidden = tickets.length > 0;
  const count = $("#tab-tickets .count");
  count.hidden = open === 0;
  count.textContent = String(open);
}

function flash(node) {
  node.classList.remove("moved");
  void node.offsetWidth; // starts the animation over
  node.classList.add("moved");
  setTimeout(() => node.classList.remove("moved"), FLASH);
}

function fill(node, ticket, open) {
  node.classList.toggle("ended", ticket.ended);
  node.classList.toggle("urgent", ticket.urgent);
  node.replaceChildren(
    el("div", { class: "ticket-head" },
      el("h3", {}, ticket.category),
      ticket.urgent ? el("span", { class: "tag urgent" }, words.urgent) : null,
      el("span", { class: "state" }, ticket.state)),
    el("p", { class: "ticket-place" }, icon("place"), ticket.location || words.noPlace),
    el("p", { class: "ticket-facts" },
      el("span", { class: "no" }, ticket.no),
      ticket.campaign ? el("span", {}, ticket.campaign) : null,
      el("span", {}, words.households(ticket.households)),
      el("span", {}, ticket.officers.length ? `${words.officers} ${ticket.officers.join("、")}` : words.noOfficers)),
    history(ticket, open),
  );
}

function step(card) {
  return el("li", {},
    el("time", { datetime: card.at }, brief(parse(card.at))),
    el("span", {}, el("b", {}, card.who), " ", card.what, card.note ? el("q", {}, card.note) : null));
}

/** The latest step, and the whole record to open. */
function history(ticket, open) {
  const steps = ticket.steps;
  if (steps.length === 0) return el("ol", { class: "steps" });
  if (steps.length === 1) return el("ol", { class: "steps" }, step(steps[0]));
  const all = el("details", { open },
    el("summary", {}, words.history(steps.length)),
    el("ol", { class: "steps" }, ...steps.map(step)));
  const latest = el("ol", { class: "steps latest" }, step(steps.at(-1)));
  return el("div", { class: "history" }, latest, all);
}
