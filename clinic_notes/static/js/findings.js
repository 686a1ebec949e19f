// Shows what the rules say of the form as it stands: the server is asked after each change, and each part
// of its answer takes the place of the same part of the page. No rule is known here.
import { morph } from "./morph.js";

const PAUSE_MS = 250; // After a key, until the word is likely to be typed.
const PAUSE_AFTER_CHOICE_MS = 10; // A choice is finished as it is made; a script may make several.

let form, timer, asked;

/** Keep the parts of form[data-findings] true while it is filled in. */
export function startFindings() {
  form = document.querySelector("form[data-findings]");
  if (!form) return;
  form.addEventListener("input", ({ target }) => schedule(isText(target)));
  form.addEventListener("change", () => schedule(false));
}

function isText({ localName, type }) {
  return localName === "textarea" || (localName === "input" && !/radio|checkbox/.test(type));
}

function schedule(isTyping) {
  // What was asked before is out of date: its answer must not come after a newer one.
  form.dataset.asking = "";
  asked?.abort();
  clearTimeout(timer);
  timer = setTimeout(ask, isTyping ? PAUSE_MS : PAUSE_AFTER_CHOICE_MS);
}

async function ask() {
  const { signal } = (asked = new AbortController());
  const body = new URLSearchParams(new FormData(form));
  // This token belongs to the form's own submit.
  body.delete("once");
  try {
    const response = await fetch(form.dataset.findings, { method: "POST", body, signal });
    if (response.ok && !response.redirected) show(await response.text(), signal);
  } catch {
    // Aborted, or out of reach: autosave.js says so, and the next change asks again.
  } finally {
    if (!signal.aborted) delete form.dataset.asking;
  }
}

function show(source, signal) {
  if (signal.aborted) return;
  const answer = document.createElement("template");
  answer.innerHTML = source;
  for (const part of answer.content.querySelectorAll("[data-live]")) {
    const old = document.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    if (old) morph(old, part);
  }
  form.dispatchEvent(new Event("findings"));
}
