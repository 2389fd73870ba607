// The choice of a shipped story, and the way into the group that plays it.

import { postJson } from "./api.js";
import { $, $$, icon, toast } from "./dom.js";
import { story as words } from "./words.js";

export const hasStories = () => $("#story") !== null;
export const chooseStory = () => $("#story").showModal();

async function play(form) {
  const button = $("button[type=submit]", form);
  const chosen = new FormData(form);
  button.disabled = true;
  button.replaceChildren(words.starting);
  try {
    const { group } = await postJson("/chat/play", {
      story: chosen.get("story"),
      seconds: Number(chosen.get("seconds")),
    });
    location.assign(`/chat?group=${encodeURIComponent(group)}`);
  } catch (problem) {
    toast(problem.message);
    button.disabled = false;
    button.replaceChildren(icon("play"), words.start);
  }
}

/** Buttons marked data-story open the choice. */
export function prepareStories() {
  if (!hasStories()) return;
  for (const button of $$("[data-story]")) button.addEventListener("click", chooseStory);
  $("#story form").addEventListener("submit", (event) => {
    event.preventDefault();
    play(event.target);
  });
}

/** How far the story has got; null where the server does not say. */
export function showProgress(progress) {
  const bar = $("#progress");
  const note = $("#playing");
  if (progress === null) {
    bar.removeAttribute("value");
    note.textContent = words.playingUnknown;
    return;
  }
  bar.value = progress;
  const over = progress >= 1;
  document.body.classList.toggle("over", over);
  const text = over ? words.over : words.playing(Math.floor(progress * 100));
  if (note.textContent !== text) note.textContent = text;
}
