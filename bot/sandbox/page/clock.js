// The clock bar: the demo's own time, how far ahead it runs, and the four ways to move it on. The lane shows
// a day's sky going by: now stands still at the dot, the next thing due is the flag.
import { dayOf, localDays, shortDayOf, spanOf, timeOf } from "./dom.js";

const TICK = 5000;

export class ClockBar {
  #offset = 0;
  #due = null;
  #moving = false;
  // Counted from here, the lane's position stays a small figure.
  #base = Math.floor(localDays(new Date()));

  /** `move(kind)` moves the sandbox's clock and settles when it has arrived. */
  constructor(move) {
    this.bar = document.getElementById("clock");
    this.time = this.bar.querySelector(".clock__time");
    this.day = this.bar.querySelector(".clock__day");
    this.ahead = this.bar.querySelector(".clock__ahead");
    this.lane = this.bar.querySelector(".lane");
    this.buttons = [...this.bar.querySelectorAll("[data-move]")];
    for (const button of this.buttons) button.addEventListener("click", () => this.#move(button, move));
    setInterval(() => this.#draw(), TICK);
  }

  /** The sandbox's time at this moment. */
  now() {
    return new Date(Date.now() + this.#offset);
  }

  show({ now, clock }) {
    this.#offset = new Date(now) - Date.now();
    this.#due = clock.next_due ? new Date(clock.next_due) : null;
    this.bar.hidden = !clock.can_move;
    this.#draw();
  }

  async #move(button, move) {
    if (this.#moving) return;
    this.#moving = true;
    const focused = document.activeElement === button;
    button.classList.add("clock__chosen");
    this.#draw();
    try {
      await move(button.dataset.move);
    } finally {
      this.#moving = false;
      button.classList.remove("clock__chosen");
      this.#draw();
      // A disabled button loses the focus; the next jump is one key press away.
      if (focused && !button.disabled) button.focus();
    }
  }

  #draw() {
    const now = this.now();
    const ahead = Math.round(this.#offset / 6e4) * 6e4;
    this.time.textContent = timeOf(now);
    this.time.dateTime = now.toISOString();
    this.day.textContent = dayOf(now);
    this.ahead.textContent = ahead >= 6e4 ? `${spanOf(ahead)} ahead` : "";
    this.bar.setAttribute("aria-busy", String(this.#moving));
    const day = localDays(now) - this.#base;
    this.lane.style.setProperty("--day", day.toFixed(5));
    this.#drawDue(now, day);
  }

  #drawDue(now, day) {
    const wait = this.#due && this.#due - now;
    const flag = this.#due ? localDays(this.#due) - this.#base - day : 0;
    this.lane.style.setProperty("--due", Math.max(0, flag).toFixed(5));
    this.lane.classList.toggle("lane--due", this.#due !== null);
    document.getElementById("due-hint").textContent = dueHint(this.#due, wait);
    for (const button of this.buttons) {
      button.disabled = this.#moving || (button.dataset.move === "next_due" && !this.#due);
    }
  }
}

function dueHint(due, wait) {
  if (!due) return "nothing planned";
  if (wait < 3e4) return "now";
  return wait < 864e5 ? `in ${spanOf(wait)}` : `${shortDayOf(due)}, ${timeOf(due)}`;
}
