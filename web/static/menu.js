// A small menu at a point of the page, worked by mouse, touch or keyboard.

import { $, $$, el } from "./dom.js";

let comeBack = null;

export const menuIsOpen = () => !$("#menu").hidden;

export function closeMenu() {
  const menu = $("#menu");
  if (menu.hidden) return;
  menu.hidden = true;
  comeBack?.focus({ preventScroll: true });
  comeBack = null;
}

/** Offer `items` ({label, act, danger}) at {x, y}; the focus goes back to `from` afterwards. */
export function openMenu(items, { x, y }, from, label) {
  const menu = $("#menu");
  const host = document.body;
  menu.setAttribute("aria-label", label);
  menu.replaceChildren(
    ...items.map(({ label: text, act, danger }) =>
      el("button", { type: "button", role: "menuitem", tabindex: -1, class: danger ? "danger" : null,
        onclick: () => {
          closeMenu();
          act();
        } }, text)),
  );
  host.append(menu);
  menu.hidden = false;
  comeBack = from;
  const room = 8;
  menu.style.left = `${Math.max(room, Math.min(x, innerWidth - menu.offsetWidth - room))}px`;
  menu.style.top = `${Math.max(room, Math.min(y, innerHeight - menu.offsetHeight - room))}px`;
  $("button", menu)?.focus({ preventScroll: true });
}

function walk(event) {
  const items = $$("button", $("#menu"));
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu();
  } else if (event.key in steps) {
    event.preventDefault();
    items.at(steps[event.key] % items.length).focus();
  }
  event.stopPropagation();
}

/** Set the one menu of the page up. */
export function prepareMenu() {
  $("#menu").addEventListener("keydown", walk);
  document.addEventListener("pointerdown", (event) => {
    if (menuIsOpen() && !$("#menu").contains(event.target)) closeMenu();
  });
  window.addEventListener("resize", closeMenu);
}
