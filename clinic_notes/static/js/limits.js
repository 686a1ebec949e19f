// Says beside a number, when its field is left, what the server would say about it. The sentences come
// with the field; the script only compares, and never keeps anybody from going on.
import { announce } from "./announce.js";

/** Check each input[data-limits] when it is left; take a message back as soon as it is obeyed. */
export function watchLimits() {
  document.addEventListener("focusout", ({ target }) => checkField(target));
  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.checked && !findProblem(target)) checkField(target);
  });
}

/** Check a field's value and show the message about it. */
export function checkField(field) {
  if (!field.dataset?.limits) return;
  // The server's message about this very value stays.
  if (field.value === field.defaultValue && !field.dataset.checked) return;
  const problem = findProblem(field);
  const isNew = problem?.text !== messageOf(field)?.textContent;
  show(field, problem);
  if (problem && isNew) announce(problem.text);
}

function findProblem(field) {
  const typed = field.value.trim().replace("\u2212", "-");
  if (!typed) return null;
  const limits = JSON.parse(field.dataset.limits);
  const error = (text) => ({ kind: "error", text: text.replace("{}", field.value.trim().slice(0, 40)) });
  const decimals = (typed.split(".")[1] ?? "").replace(/0+$/, "").length;
  const isNumber = new RegExp(`^(?:${limits.pattern})$`).test(typed);
  if (!isNumber || decimals > limits.decimalsRead) return error(limits.notANumber);
  if (!limits.outside) return null;
  const number = Number(typed);
  const isTooLow = number < limits.least || (limits.isMore && number === limits.least);
  if (isTooLow || number > limits.most) return error(limits.outside);
  if (decimals > limits.decimals) return error(limits.tooFine);
  if (number > limits.usual) return { kind: "warning", text: limits.unusual.replace("{}", String(number)) };
  return null;
}

function messageOf(field) {
  return document.getElementById(`${field.id}-error`);
}

function show(field, problem) {
  field.dataset.checked = "yes";
  const id = `${field.id}-error`;
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const describedBy = ids.filter((other) => other && other !== id);
  if (problem) {
    const message = messageOf(field) ?? addMessage(field, id);
    message.className = problem.kind;
    message.textContent = problem.text;
    describedBy.push(id);
  } else {
    messageOf(field)?.remove();
  }
  setOrRemove(field, "aria-invalid", problem?.kind === "error" ? "true" : "");
  setOrRemove(field, "aria-describedby", describedBy.join(" "));
}

function addMessage(field, id) {
  const message = document.createElement("p");
  message.id = id;
  (field.closest(".cell") ?? field.closest(".input-unit")).parentElement.append(message);
  return message;
}

function setOrRemove(field, attribute, value) {
  if (value) field.setAttribute(attribute, value);
  else field.removeAttribute(attribute);
}
