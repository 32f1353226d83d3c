// Puts the page together: one runner's chat, kept in step with the sandbox.
import * as api from "./api.js";
import { ClockBar } from "./clock.js";
import { Composer } from "./composer.js";
import { alertBox, lightbox, runnerBox, toast } from "./dialogs.js";
import { dayOf, h, popUp, timeOf } from "./dom.js";
import { ChatView } from "./view.js";

const byId = (id) => document.getElementById(id);
const BANNER_AFTER = 1200;
const REFRESH = 15_000;

// The runner is part of the address, so two tabs can be two people.
const chat = { runner: Number(location.hash.slice(1)) || 1, seq: 0, state: null, opened: false, stop: () => {} };

/** Do something in the sandbox; a refusal is shown, and the answer says whether it went through. */
async function attempt(doing) {
  try {
    await doing;
    return true;
  } catch (problem) {
    toast(problem.message);
    if (problem.status === 0) lost();
    return false;
  }
}

const act = (what, body) => attempt(api.act(chat.runner, what, body));

const view = new ChatView({
  tap: async (message, row, col) => {
    if (!view.startTap(message, row, col)) return;
    const sent = await act("tap", { message_id: message.message_id, row, col });
    if (!sent) view.endTap(message.message_id);
  },
  command: (text) => act("text", { text }),
  edit: (message) => composer.startEditing(message),
  enlarge: lightbox,
  copied: (text) => navigator.clipboard.writeText(text).then(() => toast("Copied."), () => toast(`Copy this: ${text}`)),
});

const composer = new Composer({
  text: (text) => act("text", { text }),
  edit: (message, text) => act("edit", { message_id: message.message_id, text }),
  files: async (files) => {
    for (const file of files) await attempt(api.sendDocument(chat.runner, file));
  },
  place: (coordinates) => act("location", coordinates),
  thing: (kind) => act(kind),
  lastOwnText: () => view.lastOwnText(),
});

const clock = new ClockBar(async (move) => {
  const moved = await attempt(api.moveClock(move));
  await sync();
  if (moved) byId("announcer").textContent = `It is now ${dayOf(clock.now())}, ${timeOf(clock.now())}.`;
});

let running = null;
let again = false;

/** Fetch what changed. Calls that come meanwhile are answered by one more round, not by one each. */
function sync() {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      await fetchOnce().catch((problem) => (problem.status === 0 ? lost() : toast(problem.message)));
    }
  })().finally(() => { running = null; });
  return running;
}

async function fetchOnce() {
  const { runner, seq } = chat;
  const [state, transcript] = await Promise.all([api.getState(runner), api.getTranscript(runner, seq)]);
  if (runner !== chat.runner) return;
  hideBanner();
  if (transcript.seq < seq) {
    // A younger sandbox than the one this chat came from: begin anew.
    openChat(runner);
    return;
  }
  chat.state = state;
  clock.show(state);
  if (!chat.opened) view.clear(welcome(state));
  view.apply(transcript.messages, { first: !chat.opened });
  if (chat.opened) transcript.callbacks.forEach(answered);
  chat.opened = true;
  chat.seq = transcript.seq;
  show(transcript);
}

function show({ reply_keyboard: replyKeyboard, typing_until: typingUntil }) {
  const { bot, runners } = chat.state;
  const me = runners.find(({ n }) => n === chat.runner);
  composer.show({ commands: bot.commands ?? [], replyKeyboard, blocked: me?.blocked ?? false });
  byId("bot-name").textContent = bot.first_name;
  document.title = `${bot.first_name} · demo`;
  showTyping(typingUntil && new Date(typingUntil) - clock.now(), runners.length > 1 ? me?.first_name : null);
}

let typingEnds;
function showTyping(left, who) {
  clearTimeout(typingEnds);
  const typing = left > 0;
  view.setTyping(typing);
  byId("bot-status").textContent = typing ? "typing…" : who ? `with ${who}` : "on your own machine";
  if (typing) typingEnds = setTimeout(() => showTyping(0, who), Math.min(left, 6000));
}

function answered({ message_id: id, text, show_alert: alert, answered_at: at }) {
  if (!at) return;
  view.endTap(id);
  if (text) (alert ? alertBox : toast)(text);
}

function welcome({ bot, clock: { can_move: canMove } }) {
  return h("section", { class: "welcome", "data-testid": "welcome" },
    h("div", { class: "welcome__sky" }),
    h("div", { class: "welcome__body" },
      h("h2", {}, `${bot.first_name}, on your own machine`),
      h("p", {}, bot.description || "It asks how your upper back feels after a run."),
      h("ul", {},
        h("li", {}, "This page is your private stand-in for Telegram."),
        h("li", {}, "Nothing you write leaves this machine."),
        canMove && h("li", {}, "Move the clock with the bar above. Tomorrow can come now.")),
      h("button", { type: "button", class: "welcome__start", "data-testid": "start", onclick: () => act("text", { text: "/start" }) }, "Start")));
}

let bannerTimer = null;
function lost() {
  // A restart takes a moment; the banner waits for it.
  bannerTimer ??= setTimeout(() => {
    byId("gone").textContent = "The demo has stopped. Start it again with make demo.";
    byId("gone").hidden = false;
  }, BANNER_AFTER);
}

function hideBanner() {
  clearTimeout(bannerTimer);
  bannerTimer = null;
  byId("gone").hidden = true;
}

function openChat(runner) {
  chat.stop();
  Object.assign(chat, { runner, seq: 0, opened: false });
  history.replaceState(null, "", runner === 1 ? location.pathname : `#${runner}`);
  chat.stop = api.follow(runner, { since: () => chat.seq, changed: sync, up: sync, down: lost });
  sync();
}

function moreItems() {
  const runners = chat.state?.runners ?? [];
  const me = runners.find(({ n }) => n === chat.runner);
  const free = Math.max(0, ...runners.map(({ n }) => n)) + 1;
  const make = async (fields) => {
    if (await attempt(api.putRunner(free, fields))) openChat(free);
  };
  return [
    ...runners.map(({ n, first_name: name }) => ({ label: name || `Runner ${n}`, checked: n === chat.runner, testid: `runner-${n}`, pick: () => openChat(n) })),
    { label: "New runner…", testid: "new-runner", pick: () => runnerBox(make) },
    me?.blocked
      ? { label: "Unblock the bot", testid: "menu-unblock", pick: () => act("unblock") }
      : { label: "Block the bot", testid: "menu-block", pick: () => act("block") },
  ];
}

function themes() {
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const label = () => button.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
  button.addEventListener("click", () => {
    const theme = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("aftermile-theme", theme);
    label();
  });
  system.addEventListener("change", label);
  label();
}

themes();
popUp(byId("more"), byId("more-menu"), moreItems);
byId("unblock").addEventListener("click", () => act("unblock"));
// The address is also changed by hand, and by Back.
addEventListener("hashchange", () => openChat(Number(location.hash.slice(1)) || 1));
// What is due next can change without a word in the chat.
setInterval(() => document.hidden || sync(), REFRESH);
openChat(chat.runner);
