// Counts what a note takes to write: presses, filled fields, keys, and active time. It stores nothing
// in the browser: the form carries the count, also when it is refused, and the server adds it up.
// Only the author sees their own figures.

const MOST_MS = 99_999_999;
const ACTIVITY = ["pointerdown", "pointermove", "keydown", "input", "wheel", "scroll"];

let form;
let idleMs; // After a longer stretch without activity the time does not count.
let counts;
let startedAt; // When the page was opened, on the browser's own clock.
let activeAt; // When the last activity was.
let countedField = ""; // The group of choices that was counted last.
let isArrowKey = false; // Whether the last key was an arrow, which walks through a group.

/** Count for form[data-meter]; the page that signs sends its count when it is left. */
export function startMeter() {
  form = document.querySelector("form[data-meter]");
  if (!form) return;
  idleMs = 1000 * Number(form.dataset.idleSeconds);
  start(form.elements.meter.value);
  for (const type of ACTIVITY) document.addEventListener(type, addActiveTime, { passive: true, capture: true });
  document.addEventListener("keydown", countKey, true);
  document.addEventListener("click", countClick, true);
  document.addEventListener("change", countFilled, true);
  // Whether a button, Enter or a script submits the form.
  form.addEventListener("formdata", ({ formData }) => formData.set("meter", asText()));
  if (form.dataset.meter === "on-leaving") window.addEventListener("pagehide", sendOnLeaving);
}

/** Count a shortcut as the press of the button it stands for. */
export function countPress() {
  if (form) count();
}

function start(carried) {
  const [elapsed, first, ...others] = carried.split(" ");
  const [active, interactions, keys] = others.map(Number);
  counts = carried
    ? { elapsed: Number(elapsed), first: first === "-" ? null : Number(first), active, interactions, keys }
    : { elapsed: 0, first: null, active: 0, interactions: wasOpenedByPress() ? 1 : 0, keys: 0 };
  startedAt = performance.now();
  activeAt = startedAt;
}

// A page that a save redirected to was not opened by a press of its own.
function wasOpenedByPress() {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation?.type === "navigate" && navigation.redirectCount === 0;
}

function addActiveTime() {
  const now = performance.now();
  if (now - activeAt <= idleMs) counts.active += now - activeAt;
  activeAt = now;
}

function count() {
  counts.interactions += 1;
  counts.first ??= elapsed();
}

function countKey(event) {
  isArrowKey = event.key.startsWith("Arrow");
  if (!event.isTrusted || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  counts.keys += 1;
  if (event.target.matches("input, select, textarea") && event.key !== "Tab") counts.first ??= elapsed();
}

function countClick(event) {
  const target = event.target.closest("button, a[href], summary, input[type=radio], input[type=checkbox]");
  if (!event.isTrusted || !target) return;
  if (event.detail > 0) isArrowKey = false;
  if (target.localName === "input") return countChoice(target.name);
  // Enter in a field clicks the form's first button by itself: only the field was filled.
  if (event.detail === 0 && document.activeElement !== target) return;
  count();
}

// Several arrow keys in one group of choices are one choice.
function countChoice(name) {
  if (!isArrowKey || name !== countedField) count();
  countedField = name;
}

function countFilled({ target, isTrusted }) {
  if (!isTrusted || ["radio", "checkbox"].includes(target.type)) return;
  countChoice(target.localName === "select" ? target.name : "");
}

function elapsed() {
  return counts.elapsed + performance.now() - startedAt;
}

function asText() {
  const { first, active, interactions, keys } = counts;
  const ms = (number) => String(Math.min(Math.round(number), MOST_MS));
  return [ms(elapsed()), first === null ? "-" : ms(first), ms(active), interactions, keys].join(" ");
}

function sendOnLeaving() {
  if (!counts.interactions && !form.elements.refused.value) return;
  navigator.sendBeacon(form.action, new FormData(form));
  start("0 - 0 0 0");
}
