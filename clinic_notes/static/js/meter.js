// Counts what a note takes to write: presses, filled fields, keys, and the time that was work.
// It keeps nothing in the browser: the form carries the count, through refusals too, and the
// server adds it up. Only the author sees her own.

const MOST_MS = 99_999_999;
const SIGNS_OF_WORK = ["pointerdown", "pointermove", "keydown", "input", "wheel", "scroll"];

let form;
let idle; // A longer stretch without a sign of work is no work, in milliseconds.
let spent;
let begun; // When this page came, on the browser's own clock.
let latest; // The last sign of work.
let field = ""; // The group of choices that was counted last, and whether arrows walk in it.
let isWalking = false;

/** Count for form[data-meter]; the page that signs sends its count as it is left. */
export function startMeter() {
  form = document.querySelector("form[data-meter]");
  if (!form) return;
  idle = 1000 * Number(form.dataset.idleSeconds);
  begin(form.elements.meter.value);
  for (const sign of SIGNS_OF_WORK) document.addEventListener(sign, work, { passive: true, capture: true });
  document.addEventListener("keydown", key, true);
  document.addEventListener("click", press, true);
  document.addEventListener("change", filled, true);
  // However it is sent: by a button, by Enter, or by a script that saves it.
  form.addEventListener("formdata", ({ formData }) => formData.set("meter", text()));
  if (form.dataset.meter === "on-leaving") addEventListener("pagehide", tell);
}

/** Count a press that was no click: a key that stands for a button. */
export function countPress() {
  if (form) count();
}

function begin(carried) {
  const [elapsed, first, active, interactions, keys] = carried.split(" ");
  const isNew = !carried;
  spent = isNew
    ? { elapsed: 0, first: null, active: 0, interactions: wasPressedOpen() ? 1 : 0, keys: 0 }
    : { elapsed: +elapsed, first: first === "-" ? null : +first, active: +active, interactions: +interactions, keys: +keys };
  begun = latest = performance.now();
}

// A page that a save led to was not opened by a press of its own.
function wasPressedOpen() {
  const [how] = performance.getEntriesByType("navigation");
  return how?.type === "navigate" && how.redirectCount === 0;
}

function work() {
  const now = performance.now();
  if (now - latest <= idle) spent.active += now - latest;
  latest = now;
}

function count() {
  spent.interactions += 1;
  spent.first ??= elapsed();
}

function key(event) {
  isWalking = event.key.startsWith("Arrow");
  if (!event.isTrusted || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  spent.keys += 1;
  if (event.target.matches("input, select, textarea") && event.key !== "Tab") spent.first ??= elapsed();
}

function press(event) {
  const target = event.target.closest("button, a[href], summary, input[type=radio], input[type=checkbox]");
  if (!event.isTrusted || !target) return;
  if (event.detail > 0) isWalking = false;
  if (target.localName === "input") return choose(target.name);
  // Enter in a field presses the form's first button by itself: the field was what was filled.
  if (event.detail === 0 && document.activeElement !== target) return;
  count();
}

// A key at a time through a group of choices is one choice.
function choose(name) {
  if (!(isWalking && name === field)) count();
  field = name;
}

function filled({ target, isTrusted }) {
  if (!isTrusted || ["radio", "checkbox"].includes(target.type)) return;
  choose(target.localName === "select" ? target.name : "");
}

function elapsed() {
  return spent.elapsed + performance.now() - begun;
}

function text() {
  const { first, active, interactions, keys } = spent;
  const ms = (number) => String(Math.min(Math.round(number), MOST_MS));
  return [ms(elapsed()), first === null ? "-" : ms(first), ms(active), interactions, keys].join(" ");
}

function tell() {
  if (!spent.interactions && !form.elements.refused.value) return;
  navigator.sendBeacon(form.action, new FormData(form));
  begin("0 - 0 0 0");
}
