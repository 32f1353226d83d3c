// Everything that lies over the chat: toasts, alerts, an enlarged picture, the location and runner forms.
// A native <dialog> keeps the focus inside, closes on Escape and gives the focus back.
import { h, icon } from "./dom.js";

const TOAST_STAYS = 5000;

export function toast(text) {
  const node = h("p", { class: "toast", "data-testid": "toast" }, text);
  const holder = document.getElementById("toasts");
  holder.replaceChildren(node);
  setTimeout(() => node.remove(), TOAST_STAYS);
}

function dialog(props, ...children) {
  const node = h("dialog", { ...props, onclose: () => node.remove() }, ...children);
  document.body.append(node);
  node.showModal();
  return node;
}

/** Let a click beside the dialog close it; its own padding is not beside it. */
function closesOutside(node) {
  node.addEventListener("click", (event) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const { clientX: x, clientY: y, target } = event;
    if (target === node && (x < left || x > right || y < top || y > bottom)) node.close();
  });
}

/** A callback's alert. Several wait for each other, as each has to be read. */
const alerts = [];
export function alertBox(text) {
  alerts.push(text);
  if (alerts.length === 1) nextAlert();
}

function nextAlert() {
  const node = dialog(
    { class: "dialog dialog--alert", role: "alertdialog", "data-testid": "alert", "aria-labelledby": "alert-name", "aria-describedby": "alert-text" },
    h("h2", { id: "alert-name" }, "Aftermile"),
    h("p", { id: "alert-text" }, alerts[0]),
    h("form", { method: "dialog" }, h("button", { class: "button", "data-testid": "alert-ok" }, "OK")),
  );
  node.addEventListener("close", () => {
    alerts.shift();
    if (alerts.length) nextAlert();
  });
}

export function lightbox(src, alt) {
  const node = dialog(
    { class: "lightbox", "aria-label": alt, "data-testid": "lightbox", onclick: () => node.close() },
    h("img", { src, alt }),
    h("button", { type: "button", class: "lightbox__close", "aria-label": "Close" }, icon("close")),
  );
}

const CITIES = [
  ["Auckland", -36.8485, 174.7633], ["Berlin", 52.52, 13.405], ["Delhi", 28.6139, 77.209],
  ["Helsinki", 60.1699, 24.9384], ["Lisbon", 38.7223, -9.1393], ["London", 51.5072, -0.1276],
  ["Los Angeles", 34.0522, -118.2437], ["Nairobi", -1.2921, 36.8219], ["New York", 40.7128, -74.006],
  ["São Paulo", -23.5505, -46.6333], ["Sydney", -33.8688, 151.2093], ["Tokyo", 35.6762, 139.6503],
];

/** Ask where the runner is; `send({latitude, longitude})` is called once, or never. */
export function locationBox(send) {
  const choose = (latitude, longitude) => {
    node.close();
    send({ latitude, longitude });
  };
  const problem = h("p", { class: "dialog__problem", role: "alert", hidden: true });
  const here = () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => choose(coords.latitude, coords.longitude),
    () => { problem.hidden = false; problem.textContent = "This browser did not give its location. Choose a city."; },
  );
  const node = dialog(
    { class: "dialog", "aria-labelledby": "place-name", "data-testid": "location-dialog" },
    heading("place-name", "Send a location", () => node.close()),
    h("div", { class: "cities", role: "group", "aria-label": "Cities" },
      CITIES.map(([name, latitude, longitude]) => h("button", { type: "button", class: "city", onclick: () => choose(latitude, longitude) }, name))),
    h("form", { class: "coordinates", onsubmit: (event) => {
      event.preventDefault();
      const given = new FormData(event.target);
      choose(Number(given.get("latitude")), Number(given.get("longitude")));
    } },
      number("Latitude", "latitude", 90), number("Longitude", "longitude", 180),
      h("button", { class: "button" }, "Send")),
    problem,
    navigator.geolocation && h("button", { type: "button", class: "button button--quiet", onclick: here }, icon("pin"), "Where I am now"),
    h("p", { class: "dialog__small" }, "It goes to the bot on this machine, to no map service."),
  );
  closesOutside(node);
}

const number = (label, name, most) =>
  h("label", {}, label, h("input", { name, type: "number", step: "any", min: -most, max: most, required: true, inputmode: "decimal" }));

const heading = (id, text, close) =>
  h("header", { class: "dialog__head" }, h("h2", { id }, text),
    h("button", { type: "button", class: "bare", "aria-label": "Close", onclick: close }, icon("close")));

const LANGUAGES = [["en", "English"], ["de", "Deutsch"], ["es", "Español"], ["fr", "Français"], ["ar", "العربية"]];

/** A second person on the same demo; `make({first_name, language_code})` is called once, or never. */
export function runnerBox(make) {
  const node = dialog(
    { class: "dialog", "aria-labelledby": "runner-name", "data-testid": "runner-dialog" },
    heading("runner-name", "New runner", () => node.close()),
    h("p", { class: "dialog__small" }, "Another person with a chat of their own. Handy to try things twice."),
    h("form", { class: "fields", onsubmit: (event) => {
      event.preventDefault();
      node.close();
      make(Object.fromEntries(new FormData(event.target)));
    } },
      h("label", {}, "First name", h("input", { name: "first_name", required: true, maxlength: 64, autocomplete: "off" })),
      h("label", {}, "Language of their app", h("select", { name: "language_code" }, LANGUAGES.map(([code, name]) => h("option", { value: code }, name)))),
      h("button", { class: "button" }, "Open their chat")),
  );
  closesOutside(node);
}
