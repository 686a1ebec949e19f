// The body map while the form is being filled: a tap adds a treatment row or opens the one that
// stands there, and the figure follows the rows. Each region is a link to its button in the list;
// without scripts the link leads there and the button sends the form.
import { announce } from "./announce.js";
import { addRow } from "./rows.js";

const SVG = "http://www.w3.org/2000/svg";
// In the order of how much they say: the hardest row of a place shades it.
const SHADES = ["unsaid", "light", "moderate", "firm", "heavy"];
const REACH = [3, 6, 9, 12];

let map;

/** Make the map of the form answer to taps, and follow the treatment rows. */
export function liveMap() {
  map = document.querySelector("[data-body-map]");
  if (!map) return;
  for (const place of map.querySelectorAll(".body-map-drawing a, button[name=add]")) {
    // What the safety check says of a place stays when its row is taken away again.
    const { state = "" } = place.dataset;
    const isTreated = SHADES.includes(state);
    place.dataset.rest = isTreated ? "" : state;
    if (place.localName === "a") continue;
    const said = place.getAttribute("aria-label");
    place.dataset.label = said.split(":")[0];
    place.dataset.said = isTreated ? place.dataset.label : said;
  }
  map.addEventListener("click", tap);
  map.addEventListener("pointerover", name);
  document.getElementById("uses").addEventListener("input", follow);
}

function tap(event) {
  const button = event.target.closest("button[name=add]");
  if (button) {
    event.preventDefault();
    return open(button);
  }
  const spot = event.target.closest("svg.body-map-drawing") && (event.target.closest(".body-map-drawing a") ?? nearest(event));
  if (!spot) return;
  event.preventDefault();
  const control = controlOf(spot);
  if (control.localName === "button") open(control);
  else say(control.textContent);
}

// A fingertip is wider than a wrist: what lies just beside a region means it.
function nearest({ clientX, clientY }) {
  for (const far of REACH)
    for (let turn = 0; turn < 12; turn += 1) {
      const angle = (turn * Math.PI) / 6;
      const there = document.elementFromPoint(clientX + far * Math.cos(angle), clientY + far * Math.sin(angle));
      const spot = there?.closest(".body-map-drawing a");
      if (spot) return spot;
    }
  return null;
}

function controlOf(spot) {
  return document.getElementById(spot.getAttribute("href").slice(1));
}

// The name under the pointer, where the invitation to tap stood.
function name(event) {
  const spot = event.target.closest(".body-map-drawing a");
  const title = spot?.dataset.state === "blocked" ? "not today" : spot?.querySelector("title").textContent;
  map.closest("section").querySelector(".aside").textContent = (title ?? "tap a region").split(":")[0];
}

function say(words) {
  map.querySelector(".body-map-message").textContent = words;
}

function open(button) {
  const [, region, side] = button.value.split(":");
  let row = placed().find((one) => covers(one, region, side))?.row;
  const isNew = !row;
  row ??= waiting() ?? addRow("uses");
  if (isNew) {
    control(row, "region").value = region;
    const choice = row.querySelector(`[name$="-side"][value="${side}"]`);
    if (choice) choice.checked = true;
    for (const kind of ["input", "change"])
      control(row, "region").dispatchEvent(new Event(kind, { bubbles: true }));
  }
  say("");
  announce(`${button.dataset.label}: ${isNew ? "row added" : "its row"}.`);
  row.querySelector("input:not([type=hidden]), select").focus({ preventScroll: true });
  row.scrollIntoView({ block: "start" });
}

// The row of this place; one for both sides stands for each of them.
function covers(row, region, side) {
  const both = row.side === "bilateral" && ["left", "right"].includes(side);
  return row.region === region && (row.side === side || both);
}

function waiting() {
  return rows().find((row) => !control(row, "region").value);
}

function rows() {
  return [...document.querySelectorAll("#uses > [data-row]")];
}

function control(row, field) {
  return row.querySelector(`[name$="-${field}"]`);
}

function chosen(row, field) {
  return row.querySelector(`[name$="-${field}"]:checked`);
}

// The rows that say where.
function placed() {
  const said = rows().map((row) => ({
    row,
    region: control(row, "region").value,
    label: control(row, "region").selectedOptions[0]?.text,
    side: chosen(row, "side")?.value,
    sideLabel: chosen(row, "side")?.closest("label").textContent.trim().toLowerCase(),
    pressure: chosen(row, "pressure")?.value || "unsaid",
    minutes: control(row, "minutes").value.trim(),
  }));
  return said.filter((row) => row.region && row.side);
}

// The row that was offered with the place of the complaint is not begun until it says more.
function isBegun({ row, region, side }) {
  const more = [...row.querySelectorAll("input:not([type=hidden]), select")].filter(
    (one) => !/-(region|side)$/.test(one.name) && one.value && (one.checked || !/radio|checkbox/.test(one.type)),
  );
  return more.length > 0 || `${region}:${side}` !== map.dataset.suggested;
}

function follow() {
  const places = new Map();
  for (const row of placed()) {
    row.row.querySelector("h3").textContent = `${row.label}, ${row.sideLabel}`;
    const place = `${row.region}:${row.side}`;
    if (isBegun(row)) places.set(place, [...(places.get(place) ?? []), row]);
  }
  const done = [...places.values()].map((here, at) => ({
    ...here[0],
    number: at + 1,
    shade: hardest(here.map((row) => row.pressure)),
    words: here.map(inWords).join("; "),
  }));
  for (const button of map.querySelectorAll("button[name=add]")) paintButton(button, done);
  for (const group of map.querySelectorAll(".body-map-numbers")) group.replaceChildren();
  for (const spot of map.querySelectorAll(".body-map-drawing a")) paintSpot(spot, done);
  map.querySelector("ol.body-map-legend").replaceChildren(...done.map(line));
}

function hardest(shades) {
  return shades.reduce((a, b) => (SHADES.indexOf(b) > SHADES.indexOf(a) ? b : a));
}

function inWords({ pressure, minutes }) {
  const words = pressure === "unsaid" ? "pressure not chosen" : pressure;
  return minutes ? `${words}, ${minutes} min` : words;
}

function paintButton(button, done) {
  const [, region, side] = button.value.split(":");
  const here = done.filter((row) => covers(row, region, side));
  const { label, said } = button.dataset;
  button.setAttribute("aria-label", here.length ? `${label}: ${here.map((row) => row.words).join("; ")}` : said);
  shade(button, here);
}

function paintSpot(spot, done) {
  const [, region, side] = (controlOf(spot).value ?? "").split(":");
  const here = done.filter((row) => covers(row, region, side));
  shade(spot, here);
  if (!here.length) return;
  // On top, so that no neighbour's edge lies over its own.
  spot.parentNode.querySelector(".body-map-line").before(spot);
  if (spot.dataset.at) number(spot, here);
}

function shade(place, here) {
  const { rest } = place.dataset;
  const state = here.length && rest !== "blocked" ? hardest(here.map((row) => row.shade)) : rest;
  if (state) place.dataset.state = state;
  else delete place.dataset.state;
}

function number(spot, here) {
  const [x, y] = spot.dataset.at.split(" ");
  const circle = drawn("circle", { cx: x, cy: y });
  const text = drawn("text", { x, y });
  text.textContent = here.map((row) => row.number).join("+");
  spot.parentNode.querySelector(".body-map-numbers").append(circle, text);
}

function drawn(shape, attributes) {
  const element = document.createElementNS(SVG, shape);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function line({ number: count, region, side, label, sideLabel, words, shade: pressed }) {
  const place = map.querySelector(`button[name=add][value="uses:${region}:${side}"]`);
  const state = place?.dataset.rest === "blocked" ? "blocked" : pressed;
  const item = document.createElement("li");
  item.dataset.number = count;
  item.innerHTML = `<svg class="body-map-swatch" viewBox="0 0 20 20" aria-hidden="true"><rect class="body-map-region"
    data-state="${state}" x="1" y="1" width="18" height="18" rx="4"/></svg><span><strong></strong></span>`;
  item.querySelector("strong").textContent = `${label}, ${sideLabel}`;
  item.querySelector("span").append(` ${words}`);
  return item;
}
