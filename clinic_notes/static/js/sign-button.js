// A figure that may be negative gets the number pad, and a ± button for the pads without a minus.

/** Give each such field its button; the style sheet shows it where a finger points. */
export function addSigns() {
  for (const field of document.querySelectorAll("input[data-limits]:not([inputmode])")) fitSign(field, true);
}

/** Give a field its button or take it away, as what it measures is chosen. */
export function fitSign(field, mayBeNegative) {
  field.parentElement.querySelector(".sign-button")?.remove();
  field.inputMode ||= "decimal";
  if (!mayBeNegative) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sign-button";
  button.textContent = "±";
  button.setAttribute("aria-label", `Plus or minus, ${field.labels[0]?.textContent.trim() ?? ""}`);
  button.addEventListener("click", () => turn(field));
  field.before(button);
}

function turn(field) {
  const typed = field.value.trim();
  field.value = /^[-\u2212]/.test(typed) ? typed.slice(1) : `-${typed.replace("+", "")}`;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  field.focus();
}
