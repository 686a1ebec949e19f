// Fills in what follows from what a row of readings measures: its name, its limits, the unit, what a
// minus means. The page brings all of it along, in the server's words.
import { checkField } from "./limits.js";
import { rowParts } from "./rows.js";
import { updateSignButton } from "./plus-minus-button.js";

const CHOICE = /^(pains|roms|strengths|measures)-\d+-(context|movement|measure|side|detail)$/;

let hints;

/** Fill in both parts of a row as soon as it is chosen what the row measures. */
export function fillRowHints() {
  const template = document.querySelector("template[data-row-hints]");
  if (!template) return;
  hints = JSON.parse(template.content.textContent);
  document.addEventListener("change", ({ target }) => {
    const [, list] = CHOICE.exec(target.name ?? "") ?? [];
    const row = list && target.closest("[data-row]");
    if (row) fill(row, list);
  });
}

function fill(row, list) {
  const measured = field(row, "context") ?? field(row, "movement") ?? field(row, "measure");
  const hint = hints[list]?.[measured.value] ?? {};
  const details = [sideOf(row), field(row, "detail")?.value.trim()].filter(Boolean);
  for (const part of rowParts(row)) {
    for (const title of part.querySelectorAll("[data-row-title]"))
      title.textContent = [nameOf(measured, hint) ?? title.dataset.rowTitle, ...details].join(", ");
    for (const element of part.querySelectorAll("[data-hint]"))
      element.textContent = hint[element.dataset.hint] ?? "";
    for (const output of part.querySelectorAll("output[data-unit]"))
      output.dataset.unit = hint.unit ?? output.dataset.unit;
    for (const input of part.querySelectorAll("input[data-limits]")) setLimits(input, hint.limits);
  }
}

function field(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

// A row that was saved has the name the server gave it, and a hidden field instead of a select.
function nameOf(measured, { label }) {
  if (!measured.value) return undefined;
  return label ?? measured.selectedOptions?.[0].text ?? measured.dataset.label;
}

function sideOf(row) {
  const option = field(row, "side")?.selectedOptions[0];
  return option?.value && option.value !== "midline" ? option.text.toLowerCase() : "";
}

function setLimits(input, limits = {}) {
  const { pattern, wanted, places } = JSON.parse(input.dataset.limits);
  input.dataset.limits = JSON.stringify({ pattern, wanted, places, ...limits });
  updateSignButton(input, limits.least < 0);
  if (input.value) checkField(input);
}
