// "Nothing new since 4 Mar" without a reload: answers every question of the button with no, and
// records when. Without scripts the button submits the form, and the server does the same.
import { announce } from "./announce.js";

/** Let the button of the safety check answer in place. */
export function handleReconfirmButton() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=confirm_unchanged]");
    if (!button) return;
    event.preventDefault();
    const items = button.dataset.items.split(" ").filter(answerNo);
    addAnswerTime(button, items);
    showAnswered(button, items.length);
  });
  // Answered by hand since: then it was asked by itself, though the answer may be the same again.
  document.addEventListener("change", ({ target }) => {
    const item = /^answers-(.+)-answer$/.exec(target.name ?? "")?.[1];
    if (item) for (const field of document.getElementsByName("answers-at")) removeItem(field, item);
  });
}

function removeItem(field, item) {
  const words = field.value.split(" ");
  if (words.includes(item)) field.value = words.filter((word) => word !== item).join(" ");
}

// False where the question is answered already, or is not on the page.
function answerNo(item) {
  const choices = [...document.getElementsByName(`answers-${item}-answer`)];
  if (choices.some(({ checked, value }) => checked && value)) return false;
  const no = choices.find(({ value }) => value === "no");
  if (no) no.checked = true;
  return Boolean(no);
}

// The server's time when it made the page and the time since: the device's own clock may be wrong.
function addAnswerTime(button, items) {
  const { now, how } = button.dataset;
  const at = new Date(Date.parse(now) + performance.now()).toISOString().slice(0, 19);
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "answers-at";
  field.value = `${at}Z no ${how} ${items.join(" ")}`;
  button.form.append(field);
}

function showAnswered(button, count) {
  const sentence = `${button.textContent.trim()}: ${count} answered no.`;
  const changes = document.querySelector("#safety .reconfirm-changes");
  const summary = changes?.querySelector("summary");
  if (summary) {
    summary.textContent = `${count} asked, all no`;
    changes.open = false;
    summary.focus();
  }
  lowerNotAskedCount(count);
  const { form } = button;
  button.closest(".reconfirm-all").textContent = sentence;
  announce(sentence);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function lowerNotAskedCount(count) {
  const tag = document.querySelector("#safety .tag");
  const left = Number.parseInt(tag?.textContent, 10) - count;
  if (left > 0) tag.textContent = `${left} not asked yet`;
  else if (left === 0) tag.textContent = "all asked";
}
