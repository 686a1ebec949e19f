// Says beside a number, as the hand leaves it, what the server would say of it: in the server's
// own words, which came with the field. It only compares; it never keeps anybody from going on.
import { announce } from "./announce.js";

/** Look at each input[data-limits] when it is left, and take a complaint back once it is mended. */
export function keepLimits() {
  document.addEventListener("focusout", ({ target }) => look(target));
  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.checked && !judged(target)) look(target);
  });
}

/** Judge what stands in a field. */
export function look(field) {
  if (!field.dataset?.limits) return;
  // What the server said of this very value stands, whatever else there was to say.
  if (field.value === field.defaultValue && !field.dataset.checked) return;
  const said = judged(field);
  const isNew = said?.text !== message(field)?.textContent;
  show(field, said);
  if (said && isNew) announce(said.text);
}

function judged(field) {
  const typed = field.value.trim().replace("\u2212", "-");
  if (!typed) return null;
  const limits = JSON.parse(field.dataset.limits);
  const refused = (text) => ({ kind: "error", text: text.replace("{}", field.value.trim().slice(0, 40)) });
  const decimals = (typed.split(".")[1] ?? "").replace(/0+$/, "").length;
  if (!new RegExp(`^(?:${limits.pattern})$`).test(typed) || decimals > limits.places) return refused(limits.wanted);
  if (!limits.outside) return null;
  const number = Number(typed);
  const isTooLittle = number < limits.least || (limits.isMore && number === limits.least);
  if (isTooLittle || number > limits.most) return refused(limits.outside);
  if (decimals > limits.decimals) return refused(limits.tooFine);
  if (number > limits.usual) return { kind: "warning", text: limits.unusual.replace("{}", String(number)) };
  return null;
}

function message(field) {
  return document.getElementById(`${field.id}-error`);
}

function show(field, said) {
  field.dataset.checked = "yes";
  let line = message(field);
  const tied = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const ties = tied.filter((id) => id && id !== `${field.id}-error`);
  if (said) {
    if (!line) {
      line = document.createElement("p");
      line.id = `${field.id}-error`;
      (field.closest(".cell") ?? field.closest(".input-unit")).parentElement.append(line);
    }
    line.className = said.kind;
    line.textContent = said.text;
    ties.push(line.id);
  } else {
    line?.remove();
  }
  if (said?.kind === "error") field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (ties.length) field.setAttribute("aria-describedby", ties.join(" "));
  else field.removeAttribute("aria-describedby");
}
