// The scene as the server keeps telling it: one EventSource, whose news are merged into one picture of it.

const AGAIN = 2000;
const PATIENCE = 1500;

/** Follow `address`; `onScene(scene)` after each piece of news, `onLost(true|false)` when the line breaks or returns.
 *
 * A page in the background lets go of its connection, since a browser opens only six to one server, and
 * a demonstration easily has more windows than that; it catches up when it is looked at again.
 */
export function follow(address, onScene, onLost) {
  const scene = { lines: [], tickets: [], progress: null };
  const known = new Map();
  let source = null;
  let again = 0;
  let impatient = 0;

  function take(news) {
    for (const line of news.lines) known.set(line.id, line);
    const kept = new Set(news.order);
    for (const id of known.keys()) if (!kept.has(id)) known.delete(id);
    scene.lines = news.order.map((id) => known.get(id));
    if (news.tickets !== null) scene.tickets = news.tickets;
    scene.progress = news.progress;
    onScene(scene);
  }

  function close() {
    source?.close();
    source = null;
    clearTimeout(again);
    clearTimeout(impatient);
    impatient = 0;
  }

  function broken() {
    impatient ||= setTimeout(() => onLost(true), PATIENCE);
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(again);
    again = setTimeout(open, AGAIN);
  }

  function open() {
    source?.close();
    source = new EventSource(address);
    source.addEventListener("open", () => {
      clearTimeout(impatient);
      impatient = 0;
      onLost(false);
    });
    source.addEventListener("scene", (event) => take(JSON.parse(event.data)));
    source.addEventListener("error", broken);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) close();
    else if (source === null) open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", () => {
    if (source === null && !document.hidden) open();
  });
  if (!document.hidden) open();
}
