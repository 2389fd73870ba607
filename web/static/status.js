// Opens the page anew every few seconds, as long as somebody looks at it and the program is there.

const EVERY = 5000;
const lost = document.getElementById("lost");

setInterval(async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(EVERY) });
    if (answer.ok) location.reload();
    else lost.hidden = false;
  } catch {
    lost.hidden = false;
  }
}, EVERY);
