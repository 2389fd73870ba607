// What asks for a bubble's menu: the right button, a long press, the menu key, or Enter on it.

const LONG = 500;
const SLIP = 10;

/** Call `open(bubble, {x, y})` when a bubble in `log` is asked for its menu. */
export function onBubbleMenu(log, open) {
  let timer = 0;
  let start = null;
  let longPressed = false;
  const find = (event) => event.target.closest?.("[data-line]");
  const stop = () => clearTimeout(timer);

  log.addEventListener("contextmenu", (event) => {
    const bubble = find(event);
    if (!bubble) return;
    event.preventDefault();
    stop();
    const box = bubble.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    if (!longPressed) open(bubble, byKey ? { x: box.left, y: box.bottom } : { x: event.clientX, y: event.clientY });
  });
  log.addEventListener("pointerdown", (event) => {
    const bubble = find(event);
    longPressed = false;
    if (!bubble || event.pointerType !== "touch") return;
    start = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      longPressed = true;
      open(bubble, start);
    }, LONG);
  });
  log.addEventListener("pointermove", (event) => {
    if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLIP) stop();
  });
  for (const name of ["pointerup", "pointercancel"]) log.addEventListener(name, stop);
  log.addEventListener("click", (event) => {
    if (longPressed) event.preventDefault();
    longPressed = false;
  });
  log.addEventListener("keydown", (event) => {
    if (event.target !== find(event) || (event.key !== "Enter" && event.key !== "ContextMenu")) return;
    event.preventDefault();
    const box = event.target.getBoundingClientRect();
    open(event.target, { x: box.left, y: box.bottom });
  });
}
