// Gives a number that may be negative the number pad, and a ± button for pads without a minus.

/** Add the button to each such field; the style sheet shows it on touch screens only. */
export function addPlusMinusButtons() {
  for (const field of document.querySelectorAll("input[data-limits]:not([inputmode])"))
    updateSignButton(field, true);
}

/** Add or remove a field's button, as what it measures is chosen. */
export function updateSignButton(field, mayBeNegative) {
  field.parentElement.querySelector(".plus-minus-button")?.remove();
  field.inputMode ||= "decimal";
  if (!mayBeNegative) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plus-minus-button";
  button.textContent = "±";
  button.setAttribute("aria-label", `Plus or minus, ${field.labels[0]?.textContent.trim() ?? ""}`);
  button.addEventListener("click", () => changeSign(field));
  field.before(button);
}

function changeSign(field) {
  const text = field.value.trim();
  field.value = /^[-\u2212]/.test(text) ? text.slice(1) : `-${text.replace("+", "")}`;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  field.focus();
}
