// What a row of readings is called, how far its numbers may go, their unit and what a minus means:
// all of it follows from what is chosen in the row. The page brings it, in the server's words.
import { look } from "./limits.js";
import { halvesOf } from "./rows.js";
import { fitSign } from "./sign-button.js";

const CHOOSES = /^(pains|roms|strengths|measures)-\d+-(context|movement|measure|side|detail)$/;

let facts;

/** Fill a row in, both halves of it, as soon as it is chosen what it measures. */
export function fillFacts() {
  const told = document.querySelector("template[data-row-hints]");
  if (!told) return;
  facts = JSON.parse(told.content.textContent);
  document.addEventListener("change", ({ target }) => {
    const [, list] = CHOOSES.exec(target.name ?? "") ?? [];
    const row = list && target.closest("[data-row]");
    if (row) fill(row, list);
  });
}

function fill(row, list) {
  const what = part(row, "context") ?? part(row, "movement") ?? part(row, "measure");
  const fact = facts[list]?.[what.value] ?? {};
  const words = [nameOf(what, fact), side(row), part(row, "detail")?.value.trim()].filter(Boolean);
  for (const half of halvesOf(row)) {
    for (const name of half.querySelectorAll("[data-about]"))
      name.textContent = [words[0] ?? name.dataset.about, ...words.slice(1)].join(", ");
    for (const place of half.querySelectorAll("[data-hint]")) place.textContent = fact[place.dataset.hint] ?? "";
    for (const output of half.querySelectorAll("output[data-unit]"))
      output.dataset.unit = fact.unit ?? output.dataset.unit;
    for (const field of half.querySelectorAll("input[data-limits]")) limit(field, fact.limits);
  }
}

function part(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

// A row that stands was named by the server, and says what it measures in a hidden field.
function nameOf(what, { label }) {
  if (!what.value) return undefined;
  return label ?? what.selectedOptions?.[0].text ?? what.dataset.label;
}

function side(row) {
  const chosen = part(row, "side")?.selectedOptions[0];
  return chosen?.value && chosen.value !== "midline" ? chosen.text.toLowerCase() : "";
}

function limit(field, reach = {}) {
  const { pattern, wanted, places } = JSON.parse(field.dataset.limits);
  field.dataset.limits = JSON.stringify({ pattern, wanted, places, ...reach });
  fitSign(field, reach.least < 0);
  if (field.value) look(field);
}
