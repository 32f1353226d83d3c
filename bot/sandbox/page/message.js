// One message as an element: what it carries, its words, its time, its inline keyboard.
import { calm, h, icon, sizeOf, timeOf } from "./dom.js";
import { rich } from "./rich.js";

/**
 * `acts` are the chat's answers to the reader: `tap(message, row, col)`, `command(text)`, `enlarge(src, alt)`,
 * `edit(message)`, `copied(text)`. `busy` is the tap still waiting for its answer, if any.
 */
export function messageNode(message, acts, busy) {
  const at = new Date(message.at);
  const who = message.from === "bot" ? "Aftermile" : "You";
  const media = mediaOf(message, acts);
  const words = rich(message.html ?? "", message.from === "bot" ? acts.command : null);
  const bubble = h(
    "div",
    { class: `bubble${media ? ` bubble--${message.kind}` : ""}${words.length ? "" : " bubble--bare"}` },
    media,
    words.length > 0 && h("div", { class: "words" }, words, h("span", { class: "words__room" })),
    stamp(message, at, acts),
  );
  return h(
    "article",
    {
      class: `message message--${message.from}${message.keyboard ? " message--keys" : ""}`,
      tabindex: "-1", "data-testid": "message", "data-message-id": message.message_id, "data-from": message.from,
      "aria-label": `${who}, ${timeOf(at)}`,
    },
    bubble,
    message.keyboard && keyboard(message, acts, busy),
  );
}

function stamp(message, at, acts) {
  const pencil = message.from === "runner" && message.kind === "text" &&
    h("button", { type: "button", class: "stamp__edit", "aria-label": "Edit this message", onclick: () => acts.edit(message) }, icon("pencil"));
  return h("div", { class: "stamp" },
    pencil,
    message.silent && message.from === "bot" && h("span", { class: "stamp__quiet", title: "Sent without sound" }, icon("quiet"), h("span", { class: "unseen" }, "without sound")),
    message.edited_at && h("span", {}, "edited"),
    h("time", { datetime: message.at }, timeOf(at)));
}

function mediaOf(message, acts) {
  const { kind, file } = message;
  if (kind === "location") return place(message.location ?? {});
  if (kind === "voice") return card("voice", wave(), h("span", { class: "card__small" }, "Voice message"));
  if (kind === "sticker") return card("shoe", "Sticker");
  if (kind === "photo" && file) return picture(message, acts);
  if (kind === "animation" && file) return animation(message);
  if (file) return attachment(file);
  return kind === "text" ? null : card("file", kind[0].toUpperCase() + kind.slice(1));
}

const card = (name, ...content) => h("div", { class: "card" }, h("span", { class: "card__icon" }, icon(name)), content);

const plainWords = (html) => new DOMParser().parseFromString(html ?? "", "text/html").body.textContent.trim();

/** Size attributes keep the place of a picture that is still loading, so the chat does not jump. */
const frame = (file) => ({ width: file.width, height: file.height });

function picture({ file, html }, acts) {
  const alt = plainWords(html).slice(0, 120) || "Picture";
  const image = h("img", { src: file.url, alt, ...frame(file) });
  return h("button", { type: "button", class: "media", "aria-label": `Enlarge picture: ${alt}`, onclick: () => acts.enlarge(file.url, alt) }, image);
}

function animation({ file, html }) {
  const label = plainWords(html).slice(0, 120) || "Animation";
  if (file.mime?.startsWith("video/")) {
    const video = h("video", { src: file.url, loop: true, playsinline: true, "aria-label": label, ...frame(file) });
    // As properties: the attributes of a made element neither mute nor start it in every browser.
    video.muted = true;
    video.controls = calm();
    video.autoplay = !calm();
    return h("div", { class: "media" }, video);
  }
  const image = () => h("img", { src: file.url, alt: label, ...frame(file) });
  if (!calm()) return h("div", { class: "media" }, image());
  // A GIF cannot be paused: those who asked for less motion start it themselves.
  const holder = h("div", { class: "media" },
    h("button", { type: "button", class: "media__play", onclick: () => holder.replaceChildren(image()) }, "Play the animation"));
  return holder;
}

function attachment(file) {
  return h("a", { class: "card card--file", href: file.url, download: file.name || "file", "data-testid": "document" },
    h("span", { class: "card__icon" }, icon("file")),
    h("span", { class: "card__words" }, h("b", {}, file.name || "File"), h("span", { class: "card__small" }, file.size == null ? "" : sizeOf(file.size))));
}

function place({ latitude, longitude }) {
  const show = (value) => (value == null ? "?" : Number(value).toFixed(3));
  return h("div", { class: "place" },
    h("div", { class: "place__map" }, h("span", { class: "place__pin" }, icon("pin"))),
    h("p", { class: "place__words" }, h("b", {}, "Location"), h("span", { class: "card__small" }, `${show(latitude)}, ${show(longitude)}`)));
}

function wave() {
  const heights = [3, 6, 10, 7, 12, 16, 9, 13, 6, 11, 15, 8, 5, 9, 4];
  return h("span", { class: "wave", "aria-hidden": "true" }, heights.map((height) => h("i", { class: `wave--${height > 11 ? "high" : height > 6 ? "mid" : "low"}` })));
}

function keyboard(message, acts, busy) {
  // A scale of bare digits is set as one strip of even keys that deepens towards the upper end.
  const digits = message.keyboard.flat().filter((key) => /^\d+\b/.test(key.text)).length;
  return h("div", { class: `keys${digits >= 5 ? " keys--scale" : ""}`, role: "group", "aria-label": "Answers" },
    message.keyboard.map((row, y) =>
      h("div", { class: "keys__row" }, row.map((key, x) => {
        const waiting = busy?.row === y && busy.col === x && busy.text === key.text;
        return keyNode(key, waiting, { tap: () => acts.tap(message, y, x), copied: acts.copied });
      }))));
}

function keyNode(key, waiting, { tap, copied }) {
  const rating = /^\d+/.exec(key.text)?.[0];
  const props = {
    class: `key${key.style ? ` key--${key.style}` : ""}`, "data-testid": "key",
    // The parts of such a label are set apart, but it is spoken as the bot wrote it.
    "data-rating": rating, "aria-label": rating && key.text, "aria-busy": waiting ? "true" : null,
  };
  const label = h("span", { class: "key__label" }, rating ? scaleLabel(key.text, rating) : key.text);
  const made = (node) => {
    // Drives the shade of the key: the same colour, deeper towards 10.
    if (rating) node.style.setProperty("--rating", Math.min(rating, 10));
    return node;
  };
  if (/^https?:\/\//i.test(key.url ?? "")) {
    return made(h("a", { ...props, href: key.url, target: "_blank", rel: "noopener noreferrer" }, label, icon("link")));
  }
  if (key.copy_text) {
    return h("button", { ...props, type: "button", onclick: () => copied(key.copy_text) }, label, icon("copy"));
  }
  return made(h("button", { ...props, type: "button", onclick: tap }, label));
}

/** "10 · worst you can imagine": the figure large, the words after it small. */
function scaleLabel(text, rating) {
  const [, dot, words] = /^(\W*)(.*)$/.exec(text.slice(rating.length));
  return [h("b", {}, rating), words && h("span", { class: "key__dot" }, dot), words && h("span", {}, words)];
}
