// "Nothing new since 4 Mar" without a reload. The server does the same for the same button when no
// script runs; what is ticked here, and when, is sent with everything else.
import { announce } from "./announce.js";

/** Answer in place what the button in the safety check offers. */
export function answerAfresh() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=confirm_unchanged]");
    if (!button) return;
    event.preventDefault();
    const items = button.dataset.items.split(" ").filter(sayNo);
    keepMoment(button, items);
    show(button, items.length);
  });
}

function sayNo(item) {
  const answers = [...document.getElementsByName(`answers-${item}-answer`)];
  if (answers.some((one) => one.checked && one.value)) return false;
  const no = answers.find((one) => one.value === "no");
  if (no) no.checked = true;
  return Boolean(no);
}

// The server's own time when it made the page, and the time since: a tablet's clock may be wrong.
function keepMoment(button, items) {
  const at = new Date(Date.parse(button.dataset.now) + performance.now());
  const line = document.createElement("input");
  line.type = "hidden";
  line.name = "answers-at";
  line.value = `${at.toISOString().slice(0, 19)}Z no ${button.dataset.about} ${items.join(" ")}`;
  button.form.append(line);
}

function show(button, count) {
  const said = `${button.textContent.trim()}: ${count} answered no.`;
  const list = document.querySelector("#safety .reconfirm-changes");
  const summary = list?.querySelector("summary");
  if (summary) {
    summary.textContent = `${count} asked, all no`;
    list.open = false;
    summary.focus();
  }
  countDown(count);
  const form = button.form;
  button.closest(".reconfirm-all").textContent = said;
  announce(said);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function countDown(count) {
  const badge = document.querySelector("#safety .tag");
  const left = Number.parseInt(badge?.textContent, 10) - count;
  if (left > 0) badge.textContent = `${left} not asked yet`;
  else if (left === 0) badge.textContent = "all asked";
}
