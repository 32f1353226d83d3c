// The server's `html` is safe already. It is rebuilt here from an allow-list all the same, so that a slip on
// the server's side cannot run anything, and so that spoilers, long quotations and times come alive.
import { dayOf, h, shortDayOf, timeOf } from "./dom.js";

const PLAIN = new Set(["B", "STRONG", "I", "EM", "U", "S", "CODE", "PRE", "BR"]);
const BREAKS = new Set(["BR", "PRE", "BLOCKQUOTE"]);
const COMMAND = /(^|[\s(])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/g;

/** Safe nodes for one message's HTML; a tapped /command goes to `onCommand`. */
export function rich(html, onCommand) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.body.childNodes].flatMap((node) => rebuilt(node, onCommand));
}

function rebuilt(node, onCommand) {
  if (node.nodeType === Node.TEXT_NODE) return commands(node, onCommand);
  if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName)) return [];
  // Inside code and links a slash is just a slash.
  const inner = ["A", "CODE", "PRE"].includes(node.tagName) ? null : onCommand;
  const children = [...node.childNodes].flatMap((child) => rebuilt(child, inner));
  if (PLAIN.has(node.tagName)) return [h(node.tagName.toLowerCase(), {}, children)];
  if (node.tagName === "A") return link(node, children);
  if (node.tagName === "BLOCKQUOTE") return [quotation(node, children)];
  if (node.tagName === "TG-TIME") return [localTime(node, children)];
  if (node.matches("span.spoiler, span.tg-spoiler, tg-spoiler")) return [spoiler(children)];
  return children;
}

function commands(node, onCommand) {
  // The bubble keeps line breaks, so one that follows a break or a block would show twice.
  const text = BREAKS.has(node.previousSibling?.nodeName) ? node.data.replace(/^\n/, "") : node.data;
  if (!onCommand) return [text];
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(COMMAND)) {
    const start = found.index + found[1].length;
    parts.push(text.slice(from, start));
    parts.push(h("button", { type: "button", class: "command", onclick: () => onCommand(found[2]) }, found[2]));
    from = start + found[2].length;
  }
  return [...parts, text.slice(from)];
}

function link(node, children) {
  const href = node.getAttribute("href") ?? "";
  if (!/^https?:\/\//i.test(href)) return children;
  return [h("a", { href, target: "_blank", rel: "noopener noreferrer" }, children)];
}

function quotation(node, children) {
  if (!node.hasAttribute("expandable")) return h("blockquote", {}, children);
  const body = h("span", { class: "quote__body" }, children);
  const more = h("button", {
    type: "button", class: "quote__more", "aria-expanded": "false",
    onclick: () => {
      const open = quote.classList.toggle("quote--open");
      more.setAttribute("aria-expanded", String(open));
      more.textContent = open ? "Show less" : "Show more";
    },
  }, "Show more");
  const quote = h("blockquote", { class: "quote" }, body, more);
  return quote;
}

function spoiler(children) {
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    node.classList.add("spoiler--open");
    ["role", "tabindex", "aria-label"].forEach((name) => node.removeAttribute(name));
  };
  const props = { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text. Show it." };
  const node = h("span", { ...props, onclick: reveal, onkeydown: reveal }, children);
  return node;
}

/** Telegram's letters: w weekday, d/D short/long date, t/T time, r relative (shown as a time here). */
function localTime(node, children) {
  const at = new Date(Number(node.getAttribute("unix")) * 1000);
  const letters = node.getAttribute("format") ?? "";
  if (Number.isNaN(at.getTime())) return h("span", {}, children);
  const words = [];
  if (/[wD]/.test(letters)) words.push(dayOf(at));
  else if (letters.includes("d")) words.push(shortDayOf(at));
  if (/[tTr]/.test(letters)) words.push(timeOf(at));
  return h("time", { datetime: at.toISOString(), title: `${dayOf(at)}, ${timeOf(at)}` }, words.length ? words.join(", ") : children);
}
