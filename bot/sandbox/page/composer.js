// What the runner does at the bottom of the chat: writing, commands, files, places, quick answers, editing.
import { h, popUp } from "./dom.js";
import { locationBox } from "./dialogs.js";

const byId = (id) => document.getElementById(id);

export class Composer {
  #commands = [];
  #shown = [];
  #chosen = 0;
  #editing = null;

  /**
   * `acts`: `text(text)`, `edit(message, text)`, `files(files)`, `place(coordinates)`, `thing(kind)`,
   * `lastOwnText()`. Each sends; `text` and `edit` settle to true when the words have arrived.
   */
  constructor(acts) {
    this.acts = acts;
    this.input = byId("composer");
    this.list = byId("commands");
    this.bar = byId("editing");
    this.menuButton = byId("command-button");
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("paste", (event) => this.#files(event, event.clipboardData.files));
    byId("compose").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.menuButton.addEventListener("click", () => this.#toggleMenu());
    this.bar.querySelector("button").addEventListener("click", () => this.#stopEditing());
    byId("location").addEventListener("click", () => locationBox(acts.place));
    document.addEventListener("pointerdown", (event) => !byId("foot").contains(event.target) && this.#list([]));
    this.#attaching();
    this.#dropping();
  }

  show({ commands, replyKeyboard, blocked }) {
    this.#commands = commands;
    byId("compose").hidden = blocked;
    byId("unblock").hidden = !blocked;
    this.menuButton.hidden = commands.length === 0;
    const reply = byId("reply");
    const rows = blocked ? [] : replyKeyboard ?? [];
    // Made anew only when it differs, so that the focus is not lost at every change in the chat.
    if (reply.dataset.rows === JSON.stringify(rows)) return;
    reply.dataset.rows = JSON.stringify(rows);
    reply.hidden = rows.length === 0;
    reply.replaceChildren(...rows.map((row) => h("div", { class: "reply__row" }, row.map((key) => this.#replyKey(key)))));
  }

  #replyKey({ text, request_location: wanted }) {
    const press = () => (wanted ? locationBox(this.acts.place) : this.acts.text(text));
    return h("button", { type: "button", class: "reply__key", "data-testid": "reply-key", onclick: press }, text);
  }

  startEditing(message) {
    if (!message) return;
    this.#editing = message;
    this.bar.hidden = false;
    this.bar.querySelector("span").textContent = message.text;
    this.#write(message.text);
    this.input.focus();
  }

  #stopEditing() {
    this.#editing = null;
    this.bar.hidden = true;
    this.#write("");
    this.input.focus();
  }

  #write(text) {
    this.input.value = text;
    this.#typed();
  }

  async #send() {
    const text = this.input.value.trim();
    const edited = this.#editing;
    if (!text) return this.input.focus();
    this.#list([]);
    if (edited) this.#stopEditing();
    this.#write("");
    const sent = edited ? await this.acts.edit(edited, text) : await this.acts.text(text);
    // What could not be sent is given back, unless something new has been typed meanwhile.
    if (!sent && !this.input.value) this.#write(text);
  }

  #typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
    const word = /^\/(\w*)$/.exec(this.input.value);
    this.#list(word ? this.#commands.filter(({ command }) => command.startsWith(word[1].toLowerCase())) : []);
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.#shown.length && this.#menuKey(event)) return event.preventDefault();
    if (event.key === "Escape" && this.#editing) this.#stopEditing();
    else if (event.key === "ArrowUp" && !this.input.value) {
      event.preventDefault();
      this.startEditing(this.acts.lastOwnText());
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    }
  }

  #menuKey({ key }) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.#choose((this.#chosen + step + this.#shown.length) % this.#shown.length);
    else if (key === "Enter") this.#pick(this.#shown[this.#chosen]);
    else if (key === "Tab") this.#write(`/${this.#shown[this.#chosen].command} `);
    else if (key === "Escape") this.#list([]);
    return step || ["Enter", "Tab", "Escape"].includes(key);
  }

  #toggleMenu() {
    this.#list(this.#shown.length ? [] : this.#commands);
    // The list is worked from the text field, as with a typed slash.
    this.input.focus();
  }

  #list(commands) {
    this.#shown = commands;
    this.list.hidden = commands.length === 0;
    this.menuButton.setAttribute("aria-expanded", String(commands.length > 0));
    this.list.replaceChildren(...commands.map((item, index) =>
      h("div", { class: "command-line", role: "option", id: `command-${index}`, onclick: () => this.#pick(item), onpointermove: () => this.#choose(index) },
        h("b", {}, `/${item.command}`), h("span", {}, item.description))));
    if (commands.length) this.#choose(0);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #choose(index) {
    this.#chosen = index;
    [...this.list.children].forEach((line, here) => line.setAttribute("aria-selected", String(here === index)));
    this.input.setAttribute("aria-activedescendant", `command-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  #pick({ command }) {
    this.#write("");
    this.acts.text(`/${command}`);
  }

  #attaching() {
    const file = byId("file");
    const thing = (kind, label) => ({ icon: kind, label, testid: `attach-${kind}`, pick: () => this.acts.thing(kind) });
    const items = [
      { icon: "file", label: "File…", testid: "attach-file", pick: () => file.click() },
      { ...thing("photo", "Sample photo"), icon: "image" }, thing("voice", "Voice message"), thing("sticker", "Sticker"),
    ];
    popUp(byId("attach"), byId("attach-menu"), () => items);
    file.addEventListener("change", () => {
      this.acts.files([...file.files]);
      file.value = "";
    });
  }

  #dropping() {
    const chat = byId("phone");
    const show = (on) => { byId("drop").hidden = !on; };
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    chat.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      show(true);
    });
    chat.addEventListener("dragleave", (event) => !chat.contains(event.relatedTarget) && show(false));
    chat.addEventListener("drop", (event) => {
      show(false);
      this.#files(event, event.dataTransfer.files);
    });
  }

  #files(event, files) {
    if (!files.length) return;
    event.preventDefault();
    this.acts.files([...files]);
  }
}
