// Rows that come and go without a reload. The server does the same for the same
// buttons when no script runs: [name=add] and [data-drop-row] are real submit buttons.
import { announce } from "./announce.js";

/** Listen for "add a row" and "take this row away" on the whole page. */
export function growRows() {
  if (!document.querySelector("template[data-row-template]")) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.name === "add") add(button, event);
    else if (button.matches("[data-drop-row]")) drop(button, event);
  });
}

function add(button, event) {
  const row = addRow(button.value);
  if (!row) return;
  event.preventDefault();
  firstControl(row)?.focus();
  announce("Row added.");
}

/** Lay out one more row of a list and return it; nothing where the page has no such list. A pair of
    readings has two templates: its other half goes where what is measured after stands. */
export function addRow(rows) {
  const templates = document.querySelectorAll(`template[data-row-template="${CSS.escape(rows)}"]`);
  if (!templates.length) return null;
  const index = nextIndex(rows);
  const [row] = [...templates].map((template) => {
    const fresh = document.createElement("template");
    fresh.innerHTML = template.innerHTML.replaceAll("__row__", index);
    const half = fresh.content.firstElementChild;
    template.before(half);
    return half;
  });
  touched(row);
  return row;
}

/** Return the parts of a row, wherever on the page they stand. */
export function halvesOf(row) {
  const { rowName } = row.dataset;
  return rowName ? [...document.querySelectorAll(`[data-row-name="${CSS.escape(rowName)}"]`)] : [row];
}

// Indices may have gaps: the server matches rows by their id, never by position.
// A row that was taken away keeps its index, so that it can come back.
let highest = {};

function nextIndex(rows) {
  const pattern = new RegExp(`^${rows}-(\\d+)-`);
  for (const { name } of document.querySelectorAll(`[name^="${CSS.escape(rows)}-"]`)) {
    const found = pattern.exec(name);
    if (found) highest[rows] = Math.max(highest[rows] ?? -1, Number(found[1]));
  }
  highest[rows] = (highest[rows] ?? -1) + 1;
  return highest[rows];
}

function drop(button, event) {
  const row = button.closest("[data-row]");
  if (!row) return;
  event.preventDefault();
  const note = placeholder(row);
  const gaps = halvesOf(row).filter((half) => half !== row).map(takeOut);
  const back = document.createElement("button");
  back.type = "button";
  back.className = "btn btn-sm";
  back.textContent = "Put it back";
  back.addEventListener("click", () => {
    note.replaceWith(row);
    for (const [gap, half] of gaps) gap.replaceWith(half);
    touched(row);
    firstControl(row)?.focus();
    announce("Row is back.");
  });
  (note.querySelector("td") ?? note).append("Row taken away. ", back);
  row.replaceWith(note);
  touched(note);
  back.focus();
  announce("Row taken away.");
}

function takeOut(half) {
  const gap = document.createComment("");
  half.replaceWith(gap);
  return [gap, half];
}

function placeholder(row) {
  const note = document.createElement(row.tagName === "TR" ? "tr" : "div");
  note.className = "row-removed";
  if (row.tagName === "TR") {
    note.append(document.createElement("td"));
    note.firstChild.colSpan = row.cells.length;
  }
  return note;
}

function firstControl(row) {
  return row.querySelector("input:not([type=hidden]), select, textarea");
}

function touched(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}
