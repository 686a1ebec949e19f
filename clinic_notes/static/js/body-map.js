// The body map of the session form: a tap on a region adds a treatment row or opens the region's row,
// and the drawing follows the rows. Each region is a link to its button in the list below; without
// scripts the link leads to the button, which submits the form.
import { announce } from "./announce.js";
import { addRow } from "./rows.js";

const SVG = "http://www.w3.org/2000/svg";
// From light to hard: the hardest row of a region shades it.
const SHADES = ["unsaid", "light", "moderate", "firm", "heavy"];
// How far beside a region a tap still means it, in pixels.
const REACH_PX = [3, 6, 9, 12];

let map;

/** Let the map answer to taps and follow the treatment rows. */
export function startBodyMap() {
  map = document.querySelector("[data-body-map]");
  if (!map) return;
  for (const target of map.querySelectorAll(".body-map-drawing a, button[name=add]")) noteUntreated(target);
  map.addEventListener("click", handleClick);
  map.addEventListener("pointerover", showName);
  document.getElementById("uses").addEventListener("input", update);
}

// How a region looks and what its button says without a treatment row: what the safety check says of
// it stays when its row is removed.
function noteUntreated(target) {
  const { state = "" } = target.dataset;
  const isTreated = SHADES.includes(state);
  target.dataset.untreatedState = isTreated ? "" : state;
  if (target.localName === "a") return;
  const label = target.getAttribute("aria-label");
  target.dataset.label = label.split(":")[0];
  target.dataset.untreatedLabel = isTreated ? target.dataset.label : label;
}

function handleClick(event) {
  const button = event.target.closest("button[name=add]");
  if (button) {
    event.preventDefault();
    return openRow(button);
  }
  if (!event.target.closest(".body-map-drawing")) return;
  const region = event.target.closest(".body-map-drawing a") ?? nearestRegion(event);
  if (!region) return;
  event.preventDefault();
  const listed = listEntryOf(region);
  if (listed.localName === "button") openRow(listed);
  else showMessage(listed.textContent);
}

// A fingertip is wider than a wrist: a tap just beside a region means the region.
function nearestRegion({ clientX, clientY }) {
  for (const distance of REACH_PX)
    for (let step = 0; step < 12; step += 1) {
      const angle = (step * Math.PI) / 6;
      const [x, y] = [clientX + distance * Math.cos(angle), clientY + distance * Math.sin(angle)];
      const region = document.elementFromPoint(x, y)?.closest(".body-map-drawing a");
      if (region) return region;
    }
  return null;
}

// The button of a region in the list, or the sentence that says why it may not be treated.
function listEntryOf(region) {
  return document.getElementById(region.getAttribute("href").slice(1));
}

// The name of the region under the pointer, in place of "tap a region".
function showName(event) {
  const region = event.target.closest(".body-map-drawing a");
  const isBlocked = region?.dataset.state === "blocked";
  const name = isBlocked ? "not today" : (region?.querySelector("title").textContent ?? "tap a region");
  map.closest("section").querySelector(".aside").textContent = name.split(":")[0];
}

function showMessage(text) {
  map.querySelector(".body-map-message").textContent = text;
}

function openRow(button) {
  const [, region, side] = button.value.split(":");
  const existing = treatedRows().find((row) => covers(row, region, side))?.element;
  const row = existing ?? emptyRow() ?? addRow("uses");
  if (!existing) enterSite(row, region, side);
  showMessage("");
  announce(`${button.dataset.label}: ${existing ? "its row" : "row added"}.`);
  row.querySelector("input:not([type=hidden]), select").focus({ preventScroll: true });
  row.scrollIntoView({ block: "start" });
}

function enterSite(row, region, side) {
  const select = field(row, "region");
  select.value = region;
  const choice = row.querySelector(`[name$="-side"][value="${side}"]`);
  if (choice) choice.checked = true;
  for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
}

// Whether a row treats this side of this region; a row for both sides treats each of them.
function covers(row, region, side) {
  const isBoth = row.side === "bilateral" && ["left", "right"].includes(side);
  return row.region === region && (row.side === side || isBoth);
}

function emptyRow() {
  return rowElements().find((row) => !field(row, "region").value);
}

function rowElements() {
  return [...document.querySelectorAll("#uses > [data-row]")];
}

function field(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

function chosen(row, name) {
  return row.querySelector(`[name$="-${name}"]:checked`);
}

// The rows that name a region and a side.
function treatedRows() {
  const rows = rowElements().map((element) => ({
    element,
    region: field(element, "region").value,
    label: field(element, "region").selectedOptions[0]?.text,
    side: chosen(element, "side")?.value,
    sideLabel: chosen(element, "side")?.closest("label").textContent.trim().toLowerCase(),
    pressure: chosen(element, "pressure")?.value || "unsaid",
    minutes: field(element, "minutes").value.trim(),
  }));
  return rows.filter(({ region, side }) => region && side);
}

// The row that the form suggests for the complaint counts once it says more than its region and side.
function isBegun({ element, region, side }) {
  const controls = [...element.querySelectorAll("input:not([type=hidden]), select")];
  const isFilled = ({ name, value, type, checked }) =>
    !/-(region|side)$/.test(name) && value && (checked || !/radio|checkbox/.test(type));
  return controls.some(isFilled) || `${region}:${side}` !== map.dataset.suggested;
}

function update() {
  const sites = new Map();
  for (const row of treatedRows()) {
    row.element.querySelector("h3").textContent = `${row.label}, ${row.sideLabel}`;
    const site = `${row.region}:${row.side}`;
    if (isBegun(row)) sites.set(site, [...(sites.get(site) ?? []), row]);
  }
  const treated = [...sites.values()].map((rows, index) => ({
    ...rows[0],
    number: index + 1,
    shade: hardest(rows.map(({ pressure }) => pressure)),
    words: rows.map(inWords).join("; "),
  }));
  for (const button of map.querySelectorAll("button[name=add]")) updateButton(button, treated);
  for (const group of map.querySelectorAll(".body-map-numbers")) group.replaceChildren();
  for (const region of map.querySelectorAll(".body-map-drawing a")) updateRegion(region, treated);
  map.querySelector("ol.body-map-legend").replaceChildren(...treated.map(legendItem));
}

function hardest(shades) {
  return shades.reduce((a, b) => (SHADES.indexOf(b) > SHADES.indexOf(a) ? b : a));
}

function inWords({ pressure, minutes }) {
  const words = pressure === "unsaid" ? "pressure not chosen" : pressure;
  return minutes ? `${words}, ${minutes} min` : words;
}

function updateButton(button, treated) {
  const [, region, side] = button.value.split(":");
  const here = treated.filter((row) => covers(row, region, side));
  const { label, untreatedLabel } = button.dataset;
  const words = here.map((row) => row.words).join("; ");
  button.setAttribute("aria-label", words ? `${label}: ${words}` : untreatedLabel);
  setState(button, here);
}

function updateRegion(region, treated) {
  const [, key, side] = (listEntryOf(region).value ?? "").split(":");
  const here = treated.filter((row) => covers(row, key, side));
  setState(region, here);
  if (!here.length) return;
  // Drawn last, so that no neighbour's edge covers its own.
  region.parentNode.querySelector(".body-map-line").before(region);
  if (region.dataset.at) drawNumber(region, here);
}

function setState(target, here) {
  const { untreatedState } = target.dataset;
  const isTreated = here.length && untreatedState !== "blocked";
  const state = isTreated ? hardest(here.map(({ shade }) => shade)) : untreatedState;
  if (state) target.dataset.state = state;
  else delete target.dataset.state;
}

function drawNumber(region, here) {
  const [x, y] = region.dataset.at.split(" ");
  const circle = svgElement("circle", { cx: x, cy: y });
  const text = svgElement("text", { x, y });
  text.textContent = here.map(({ number }) => number).join("+");
  region.parentNode.querySelector(".body-map-numbers").append(circle, text);
}

function svgElement(shape, attributes) {
  const element = document.createElementNS(SVG, shape);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function legendItem({ number, region, side, label, sideLabel, words, shade }) {
  const button = map.querySelector(`button[name=add][value="uses:${region}:${side}"]`);
  const state = button?.dataset.untreatedState === "blocked" ? "blocked" : shade;
  const item = document.createElement("li");
  item.dataset.number = number;
  item.innerHTML = `<svg class="body-map-swatch" viewBox="0 0 20 20" aria-hidden="true">
    <rect class="body-map-region" data-state="${state}" x="1" y="1" width="18" height="18" rx="4"/></svg>
    <span><strong></strong></span>`;
  item.querySelector("strong").textContent = `${label}, ${sideLabel}`;
  item.querySelector("span").append(` ${words}`);
  return item;
}
