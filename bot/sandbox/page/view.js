// The chat itself: keeps one element per message, day and time-gap separators, the scroll position.
import { dayOf, h, localDays, spanOf } from "./dom.js";
import { messageNode } from "./message.js";

const GAP = 30 * 6e4;
// Telegram stops the spinner after a while, too; a bot that never answers must not leave it turning.
/** How long after a tap was answered, in ms, what arrives is still what it was for. */
const AFTERMATH = 1000;
/** Pixels left free above a tall message. */
const BREATH = 20;
const TAP_PATIENCE = 15_000;

export class ChatView {
  #messages = new Map();
  #nodes = new Map();
  #busy = new Map();
  #unread = 0;
  #stuck = true;
  #awaited = false;
  #headAt = null;

  constructor(acts) {
    this.acts = acts;
    this.log = document.getElementById("log");
    this.list = document.getElementById("messages");
    this.typing = document.getElementById("typing");
    this.chip = document.getElementById("chip");
    this.announcer = document.getElementById("announcer");
    this.log.addEventListener("scroll", () => this.#scrolled());
    this.chip.addEventListener("click", () => this.toEnd());
    // Late pictures, the keyboard of a phone and a growing composer all move the end of the chat.
    const follow = new ResizeObserver(() => this.#stuck && this.toEnd());
    follow.observe(this.log);
    follow.observe(this.list);
  }

  clear(emptyState) {
    this.#messages.clear();
    this.#nodes.clear();
    this.#busy.clear();
    this.list.replaceChildren(emptyState);
    this.toEnd();
  }

  get empty() {
    return this.#messages.size === 0;
  }

  lastOwnText() {
    return this.#sorted().findLast((message) => message.from === "runner" && message.kind === "text");
  }

  /** Take in changed messages. `first` is the opening of a chat: nothing is new to the reader then. */
  apply(changed, { first }) {
    for (const message of changed) this.#take(message, first);
    if (!this.empty) this.#arrange();
    const own = changed.some((message) => message.from === "runner" && !message.edited_at);
    if (first || own || this.#stuck || this.#awaited) this.toEnd();
    this.chip.hidden = this.#unread === 0;
    this.chip.lastElementChild.textContent = this.#unread === 1 ? "1 new message" : `${this.#unread} new messages`;
  }

  #take(message, first) {
    const id = message.message_id;
    const before = this.#messages.get(id);
    if (message.deleted) {
      this.#messages.delete(id);
      this.#nodes.get(id)?.remove();
      this.#nodes.delete(id);
      return;
    }
    this.#messages.set(id, message);
    const node = messageNode(message, this.acts, this.#busy.get(id));
    // Times have whole seconds, so two quick edits differ in their words only.
    const news = !before || before.edited_at !== message.edited_at || before.html !== message.html;
    if (!first && news) {
      node.classList.add(before ? "message--edited" : "message--new");
      if (message.from === "bot") this.#announce(node);
      if (message.from === "bot" && !before && !this.#stuck && !this.#awaited) this.#unread += 1;
    }
    this.#put(id, node);
  }

  /**
   * Swap in the new element. A reader who was on one of its buttons stays on it while it says the same; else the
   * message itself gets the focus, so that a second press of Enter cannot answer a question not yet read.
   */
  #put(id, node) {
    const old = this.#nodes.get(id);
    this.#nodes.set(id, node);
    if (!old) return;
    const focused = old.contains(document.activeElement) && document.activeElement;
    const place = [...old.querySelectorAll("button, a")].indexOf(focused);
    old.replaceWith(node);
    if (!focused) return;
    const there = [...node.querySelectorAll("button, a")][place];
    (there?.textContent === focused.textContent ? there : node).focus({ preventScroll: true });
  }

  #sorted() {
    return [...this.#messages.values()].sort((a, b) => a.message_id - b.message_id);
  }

  #arrange() {
    const wanted = [];
    let before;
    const own = this.lastOwnText();
    for (const message of this.#sorted()) {
      const mark = separator(before, message);
      if (mark) wanted.push(mark);
      const node = this.#nodes.get(message.message_id);
      node.classList.toggle("message--joined", !mark && before?.from === message.from);
      node.classList.toggle("message--editable", message === own);
      wanted.push(node);
      before = message;
    }
    // Separators are cheap and made anew; message elements stay, or focus and videos would be lost.
    this.list.querySelectorAll(":scope > :not(.message)").forEach((node) => node.remove());
    wanted.forEach((node, index) => {
      const there = this.list.children[index];
      if (there !== node) this.list.insertBefore(node, there ?? null);
    });
  }

  #announce(node) {
    const text = [...node.querySelectorAll(".words")].map((words) => words.innerText).join(" ");
    this.announcer.textContent = `Aftermile: ${text || "a picture or file"}`;
  }

  setTyping(on) {
    if (this.typing.hidden === !on) return;
    this.typing.hidden = !on;
    if (this.#stuck) this.toEnd();
  }

  /** Show that a tap is on its way; false when this very button is still waiting. */
  startTap(message, row, col) {
    const id = message.message_id;
    const { text } = message.keyboard[row][col];
    const busy = this.#busy.get(id);
    if (busy?.row === row && busy.col === col && busy.text === text) return false;
    this.endTap(id);
    const timer = setTimeout(() => this.endTap(id), TAP_PATIENCE);
    this.#busy.set(id, { row, col, text, timer });
    // Whoever taps is waiting for what comes of it.
    this.#awaited = true;
    const line = this.#nodes.get(id)?.querySelectorAll(".keys__row")[row];
    line?.children[col]?.setAttribute("aria-busy", "true");
    return true;
  }

  endTap(id) {
    setTimeout(() => (this.#awaited = false), AFTERMATH);
    clearTimeout(this.#busy.get(id)?.timer);
    this.#busy.delete(id);
    this.#nodes.get(id)?.querySelectorAll("[aria-busy]").forEach((key) => key.removeAttribute("aria-busy"));
  }

  toEnd() {
    this.#stuck = true;
    this.#unread = 0;
    this.chip.hidden = true;
    this.#headAt = null;
    this.log.scrollTop = this.log.scrollHeight;
    this.#showHead();
  }

  /** A bot message taller than the chat shows its beginning: that is where a call for help stands. */
  #showHead() {
    const last = [...this.#nodes.values()].at(-1);
    if (!last || last.dataset.from !== "bot" || last.offsetHeight <= this.log.clientHeight) return;
    this.log.scrollTop -= last.offsetHeight - this.log.clientHeight + BREATH;
    this.#headAt = this.log.scrollTop;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    const atHead = this.#headAt !== null && Math.abs(scrollTop - this.#headAt) < 4;
    this.#stuck = atHead || scrollHeight - scrollTop - clientHeight < 60;
    if (!this.#stuck) return;
    this.#unread = 0;
    this.chip.hidden = true;
  }
}

function separator(before, message) {
  const at = new Date(message.at);
  const day = Math.floor(localDays(at));
  const last = before && new Date(before.at);
  if (!last || Math.floor(localDays(last)) !== day) {
    return h("h2", { class: "day" }, h("span", {}, dayOf(at)));
  }
  // With a clock that can be moved, a jump inside a day would else look like an instant answer.
  return at - last >= GAP ? h("p", { class: "gap" }, `${spanOf(at - last)} later`) : null;
}
