// Building pieces of the page. Text from people only ever becomes a text node: nothing here parses HTML.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, `on…` listeners and children; strings become text, null is left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** One of the icons in icons.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Make `parent` hold exactly `nodes`, in order, moving as little as possible (what stays is not announced). */
export function settle(parent, nodes) {
  const wanted = new Set(nodes);
  for (const old of [...parent.children]) if (!wanted.has(old)) old.remove();
  let cursor = parent.firstElementChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
}

let hide = 0;

/** Say something briefly at the top of the page. */
export function toast(text) {
  const node = $("#toast");
  const host = $("dialog[open]") ?? document.body;
  if (node.parentElement !== host) host.append(node);
  node.textContent = text;
  node.classList.add("shown");
  clearTimeout(hide);
  hide = setTimeout(() => {
    node.classList.remove("shown");
    node.textContent = "";
  }, 5000);
}

/** Close buttons and clicks beside a dialog close it. */
export function tameDialogs() {
  for (const dialog of $$("dialog")) {
    for (const button of $$("[data-close]", dialog)) button.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }
}
