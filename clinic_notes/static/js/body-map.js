// The body map of the session form: a tap on a region adds a treatment row or opens the region's row;
// findings.js draws what the rows say by then. Each region is a link to its button in the list below; without
// scripts the link leads to the button, which submits the form.
import { announce } from "./announce.js";
import { addRow } from "./rows.js";

// How far beside a region a tap still means it, in pixels.
const REACH_PX = [3, 6, 9, 12];

let map;

/** Let the map answer to taps and follow the treatment rows. */
export function startBodyMap() {
  map = document.querySelector("[data-body-map]");
  if (!map) return;
  map.addEventListener("click", handleClick);
  map.addEventListener("pointerover", showName);
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
  announce(`${button.getAttribute("aria-label").split(":")[0]}: ${existing ? "its row" : "row added"}.`);
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
    side: chosen(element, "side")?.value,
  }));
  return rows.filter(({ region, side }) => region && side);
}
