// The chat page: brings its parts together.

import { postJson } from "./api.js";
import { dressAvatars } from "./avatar.js";
import { Composer } from "./composer.js";
import { $, tameDialogs, toast } from "./dom.js";
import { follow } from "./live.js";
import { Log } from "./log.js";
import { openMenu, prepareMenu } from "./menu.js";
import { chooseStory, hasStories, prepareStories, showProgress } from "./story.js";
import { Tabs } from "./tabs.js";
import { Tickets } from "./tickets.js";
import { onBubbleMenu } from "./touch.js";
import { chat as words, menu as labels } from "./words.js";

const HOME = "my group";

const stage = JSON.parse(document.body.dataset.stage);
stage.members = new Map(stage.group.members.map((one) => [one.id, one]));
stage.role = stage.members.get(stage.me)?.role;
stage.query = new URLSearchParams({ group: stage.group.id, as: stage.me }).toString();
const watching = stage.group.playing;

const logs = {
  group: new Log($("#screen-group"), stage, words.emptyGroup),
  private: new Log($("#screen-private"), stage, watching ? words.emptyPrivateWatching : words.emptyPrivate),
};
const tickets = new Tickets();
const composer = watching ? null : new Composer(stage);
const tabs = new Tabs((conversation) => {
  composer?.turn(conversation === "private");
  logs[conversation].toBottom();
  if (conversation === "private") sessionStorage.setItem(slot, lastFromBot(logs.private.lines));
});

/** What a reader has seen of the private talk, so that a dot is right after a reload, too. */
const slot = `seen ${stage.query}`;
const lastFromBot = (lines) => lines.findLast((line) => line.sender !== stage.me)?.id ?? "";

function showPrivate(lines) {
  logs.private.show(lines);
  const last = lastFromBot(lines);
  if (!last || last === sessionStorage.getItem(slot)) return;
  if (tabs.current === "private") sessionStorage.setItem(slot, last);
  else tabs.mark("private");
}

function show(scene) {
  if (logs.group.show(scene.lines.filter((line) => !line.private)) > 0) tabs.mark("group");
  showPrivate(scene.lines.filter((line) => line.private));
  composer?.forget(new Set(scene.lines.filter((line) => line.recalled).map((line) => line.id)));
  if (tickets.show(scene.tickets)) tabs.mark("tickets");
  if (watching) showProgress(scene.progress);
}

function lost(isLost) {
  const note = $("#lost");
  note.hidden = !isLost;
  note.textContent = isLost ? words.lost : "";
}

/** A line in a few words, for the quote bar. */
const inWords = (line) => (line.kind === "text" ? line.text : line.text || words.kinds[line.kind] || words.noPicture);

async function recall(line) {
  try {
    await postJson(`/chat/recall?${stage.query}`, { message: line.id });
  } catch (problem) {
    toast(problem.message);
  }
}

async function copy(line) {
  try {
    await navigator.clipboard.writeText(line.text);
    toast(words.copied);
  } catch {
    // The browser does not allow it: nothing was promised.
  }
}

function offerFor(log, bubble, point) {
  const line = log.line(bubble.dataset.line);
  if (!line) return;
  const items = [];
  if (!watching) items.push({ label: labels.quote, act: () => composer.quote(line, inWords(line)) });
  if (line.picture) items.push({ label: labels.open, act: () => $("a", bubble)?.click() });
  if (line.kind === "text" && navigator.clipboard) items.push({ label: labels.copy, act: () => copy(line) });
  const mine = line.sender === stage.me && !watching;
  if (mine) items.push({ label: labels.recall, danger: true, act: () => recall(line) });
  if (items.length) openMenu(items, point, bubble, labels.message);
}

function more() {
  const button = $("#more");
  const box = button.getBoundingClientRect();
  const items = [
    { label: watching ? labels.eyes : labels.people, act: () => $("#people").showModal() },
    { label: labels.groups, act: () => location.assign("/chat") },
  ];
  if (hasStories()) items.push({ label: labels.story, act: chooseStory });
  openMenu(items, { x: box.right, y: box.bottom + 4 }, button, button.ariaLabel);
}

function prepareWatching() {
  const home = sessionStorage.getItem(HOME);
  if (home) $("#leave").href = `/chat?${home}`;
  $("#eyes").addEventListener("change", (event) => {
    location.assign(`/chat?${new URLSearchParams({ group: stage.group.id, as: event.target.value })}`);
  });
}

dressAvatars();
tameDialogs();
prepareMenu();
prepareStories();
if (watching) prepareWatching();
else sessionStorage.setItem(HOME, stage.query);
for (const log of Object.values(logs)) onBubbleMenu(log.log, (bubble, point) => offerFor(log, bubble, point));
$("#more").addEventListener("click", more);
$("#who").addEventListener("click", () => $("#people").showModal());
follow(`/chat/events?${stage.query}`, show, lost);
