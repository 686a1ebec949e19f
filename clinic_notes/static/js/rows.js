// Adds and removes rows without a reload. Without scripts the same buttons, [name=add] and
// [data-drop-row], submit the form, and the server does it.
import { announce } from "./announce.js";

/** Listen for the buttons that add or remove a row, anywhere on the page. */
export function handleRowButtons() {
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

/** Add a row to a list and return it, or null where the page has no such list. A reading has two
    templates: its second part goes under After. */
export function addRow(list) {
  const templates = document.querySelectorAll(`template[data-row-template="${CSS.escape(list)}"]`);
  if (!templates.length) return null;
  const index = nextIndex(list);
  const [row] = [...templates].map((template) => {
    const copy = document.createElement("template");
    copy.innerHTML = template.innerHTML.replaceAll("__row__", index);
    const part = copy.content.firstElementChild;
    template.before(part);
    return part;
  });
  copyFromAbove(row, list);
  dispatchInput(row);
  return row;
}

// A new treatment row begins with the instrument and the lubricant of the row above.
function copyFromAbove(row, list) {
  const above = row.previousElementSibling;
  if (list !== "uses" || !above?.matches("[data-row]")) return;
  for (const name of ["instrument_id", "lubricant_id"])
    row.querySelector(`[name$="-${name}"]`).value = above.querySelector(`[name$="-${name}"]`).value;
}

/** Return the parts of a row: a reading has one under Before and one under After. */
export function rowParts(row) {
  const { rowName } = row.dataset;
  return rowName ? [...document.querySelectorAll(`[data-row-name="${CSS.escape(rowName)}"]`)] : [row];
}

// Indices may have gaps: the server matches rows by id, not by position. A removed row keeps its index,
// so that it can come back.
const highest = {};

function nextIndex(list) {
  const pattern = new RegExp(`^${list}-(\\d+)-`);
  for (const { name } of document.querySelectorAll(`[name^="${CSS.escape(list)}-"]`)) {
    const match = pattern.exec(name);
    if (match) highest[list] = Math.max(highest[list] ?? -1, Number(match[1]));
  }
  highest[list] = (highest[list] ?? -1) + 1;
  return highest[list];
}

function drop(button, event) {
  const row = button.closest("[data-row]");
  if (!row) return;
  event.preventDefault();
  const placeholder = placeholderFor(row);
  const others = rowParts(row).filter((part) => part !== row).map(takeOut);
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "btn btn-sm";
  undo.textContent = "Put it back";
  undo.addEventListener("click", () => {
    placeholder.replaceWith(row);
    for (const [mark, part] of others) mark.replaceWith(part);
    dispatchInput(row);
    firstControl(row)?.focus();
    announce("Row is back.");
  });
  (placeholder.querySelector("td") ?? placeholder).append("Row taken away. ", undo);
  row.replaceWith(placeholder);
  dispatchInput(placeholder);
  undo.focus();
  announce("Row taken away.");
}

function takeOut(part) {
  const mark = document.createComment("");
  part.replaceWith(mark);
  return [mark, part];
}

function placeholderFor(row) {
  const isTableRow = row.tagName === "TR";
  const placeholder = document.createElement(isTableRow ? "tr" : "div");
  placeholder.className = "row-removed";
  if (isTableRow) {
    const cell = document.createElement("td");
    cell.colSpan = row.cells.length;
    placeholder.append(cell);
  }
  return placeholder;
}

function firstControl(row) {
  return row.querySelector("input:not([type=hidden]), select, textarea");
}

function dispatchInput(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}
