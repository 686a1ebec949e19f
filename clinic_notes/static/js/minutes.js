// "As on 6 Mar: timed 26, total 40 min" without a reload. The server does the same for the same
// button when no script runs; what is typed already stays.
import { announce } from "./announce.js";

/** Enter in place the minutes that the button beside their fields offers. */
export function offerMinutes() {
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
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}
