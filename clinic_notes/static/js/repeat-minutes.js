// Enters the minutes of an earlier session, "As on 6 Mar: timed 26, total 40 min", without a reload.
// Without scripts the button submits the form, and the server does the same.
import { announce } from "./announce.js";

/** Let the button enter its minutes; what is typed already stays. */
export function handleMinutesButton() {
  const button = document.querySelector("button[name=minutes_as]");
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    const { timed, total } = button.dataset;
    enter(button.form.elements.timed_minutes, timed);
    enter(button.form.elements.total_minutes, total);
    const line = button.parentElement;
    line.textContent = button.textContent.trim();
    line.tabIndex = -1;
    line.focus();
    announce(line.textContent);
  });
}

function enter(field, minutes) {
  if (field.value.trim()) return;
  field.value = minutes;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}
