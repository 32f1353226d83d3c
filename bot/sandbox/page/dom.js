// Small building blocks: elements, times in words, and the pop-up menu used in two places.

/** Make an element; `on…` props are listeners, everything else an attribute. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

// The page speaks English and the bot writes 18:30, so the hour cycle does not follow the browser.
const format = (options) => new Intl.DateTimeFormat("en-GB", options);
const TIME = format({ hour: "2-digit", minute: "2-digit" });
const DAY = format({ weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = format({ weekday: "short", day: "numeric", month: "short" });

export const timeOf = (at) => TIME.format(at);
export const dayOf = (at) => DAY.format(at);
export const shortDayOf = (at) => SHORT_DAY.format(at).replace(",", "");

/** Local days since the epoch, fraction included: 0.5 is noon. Used for separators and the lane. */
export function localDays(at) {
  const midnight = Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / 864e5;
  return midnight + (at.getHours() * 60 + at.getMinutes()) / 1440;
}

/** "12 min", "1 h 03", "2 days 4 h" for a length in milliseconds. */
export function spanOf(length) {
  const minutes = Math.round(length / 6e4);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${String(minutes % 60).padStart(2, "0")}` : `${hours} h`;
  const days = Math.floor(hours / 24);
  const rest = hours % 24 ? ` ${hours % 24} h` : "";
  return `${days} ${days === 1 ? "day" : "days"}${rest}`;
}

export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Bind a button to a menu. `items()` is asked at each opening and gives
 * `{label, icon, pick, checked?, testid?}`; the arrow keys, Home, End and Escape work as in any menu.
 */
export function popUp(button, menu, items) {
  button.setAttribute("aria-haspopup", "menu");
  menu.setAttribute("role", "menu");
  const entries = () => [...menu.querySelectorAll("button")];
  const show = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  const close = () => {
    show(false);
    button.focus();
  };
  const entry = (item) =>
    h("button", {
      type: "button", tabindex: "-1", "data-testid": item.testid,
      role: item.checked == null ? "menuitem" : "menuitemradio", "aria-checked": item.checked?.toString(),
      onclick: () => { close(); item.pick(); },
    }, item.icon && icon(item.icon), h("span", {}, item.label));

  button.addEventListener("click", () => {
    if (!menu.hidden) return close();
    menu.replaceChildren(...items().map(entry));
    show(true);
    entries()[0]?.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const all = entries();
    const here = all.indexOf(document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to != null) {
      event.preventDefault();
      all[to % all.length].focus();
    } else if (event.key === "Escape") close();
    else if (event.key === "Tab") show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) show(false);
  });
}
