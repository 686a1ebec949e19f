// Keeps what is typed in a visit's form at the clinic's server while it is typed: shortly after
// a pause, at the latest every few seconds, and once more as the page goes away. A send bears
// the form's form_instance and a number; the server keeps one row a form_instance, and the highest number wins.
import { askAgain } from "./reauthenticate.js";
import { announce } from "./announce.js";

const PAUSE_MS = 1500;
const EVERY_MS = 8000;
const PATIENCE_MS = 8000;
const RETRY_MS = [1000, 2000, 4000, 8000, 10000];
// What all requests of a closing page may weigh together is 64 KB.
const LAST_WORDS = 60000;
const WHY = { 401: ":", 403: ": another person is signed in here" };

let form, status;
let edits = 0; // How often something was typed, and how much of that the server has.
let kept = 0;
let since = 0; // When the first of what was never sent was typed.
let timer;
let sending = false;
let failures = 0;
let isUnreachable = false;
let lastWords = 0; // What was sent as the page went away.

/** Keep the form that marks itself with data-keep; it hears "kept" when all of it is. */
export function keepTyping() {
  form = document.querySelector("form[data-autosave]");
  if (!form) return;
  status = document.querySelector("[data-saved-at]");
  form.addEventListener("input", typed);
  form.addEventListener("submit", holdBack);
  document.addEventListener("submit", sendForm);
  // Whoever goes elsewhere leaves the form first: by then all is kept, and nobody is warned.
  document.addEventListener("pointerdown", ({ target }) => form.contains(target) || flush());
  document.addEventListener("visibilitychange", () => document.hidden && flush(true));
  for (const end of ["beforeunload", "pagehide"]) window.addEventListener(end, () => flush(true));
  window.addEventListener("online", () => flush());
  askAgain(form, flush);
  // A form that came back holds words that are not saved.
  if (document.querySelector(".error-summary")) typed();
}

function typed() {
  edits += 1;
  since ||= Date.now();
  if (!failures && !sending) plan();
}

function plan() {
  clearTimeout(timer);
  timer = setTimeout(send, Math.min(PAUSE_MS, Math.max(since + EVERY_MS - Date.now(), 0)));
}

function flush(isLast = false) {
  if (kept === edits || (isLast ? lastWords === edits : sending)) return;
  if (isLast) lastWords = edits;
  send(isLast);
}

async function send(isLast = false) {
  clearTimeout(timer);
  const upTo = edits;
  since = 0;
  sending = true;
  try {
    const answer = await post(isLast);
    isUnreachable = false;
    if (answer.ok) succeed(upTo, (await answer.json()).saved_at);
    else fail(answer.status);
  } catch {
    isUnreachable = true;
    fail(0);
  }
}

async function post(isLast) {
  number(form);
  const body = new URLSearchParams(new FormData(form));
  // The token against double sending is for the form itself.
  body.delete("once");
  const answer = await ask(body, isLast);
  if (answer.status !== 400) return answer;
  // Signed in anew in another window: the form's token is void, and the answer brings another.
  const { csrf_token: token } = await answer.json().catch(() => ({}));
  if (!token) return answer;
  body.set("csrf_token", token);
  const second = await ask(body, isLast);
  if (second.ok) for (const field of document.getElementsByName("csrf_token")) field.value = token;
  return second;
}

function ask(body, isLast) {
  return fetch(form.dataset.autosave, {
    method: "POST",
    headers: { Accept: "application/json" },
    body,
    keepalive: isLast && String(body).length < LAST_WORDS,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

function number(target) {
  target.elements.revision.value = Number(form.elements.revision.value) + 1;
}

function succeed(upTo, at) {
  sending = false;
  kept = Math.max(kept, upTo);
  status.dataset.savedAt = at;
  if (failures) announce("Saved again.");
  failures = 0;
  show(`Saved ${at}`);
  if (kept < edits) plan();
  else form.dispatchEvent(new Event("kept"));
}

function fail(code) {
  sending = false;
  lastWords = 0;
  clearTimeout(timer);
  if (kept === edits) return;
  const sentence = `Not saved since ${status.dataset.savedAt}${WHY[code] ?? ""}`;
  if (show(sentence, code)) announce(code === 401 ? `${sentence} sign in again.` : sentence);
  timer = setTimeout(send, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

function show(sentence, code) {
  const isNews = status.textContent.trim() !== sentence;
  if (isNews) status.textContent = sentence;
  status.classList.toggle("is-unsaved", code !== undefined);
  document.querySelector("[data-reauthenticate]").hidden = code !== 401;
  return isNews;
}

// Without a server the browser would leave for a page of its own, and the words with it.
async function holdBack(event) {
  if (!isUnreachable || kept === edits) return;
  event.preventDefault();
  const { submitter } = event;
  await send();
  if (!isUnreachable) form.requestSubmit(submitter);
  else announce("There is no connection. Nothing was saved; what you typed is still here.");
}

// What the form itself takes along is not sent beside it; what is typed after that is. Nor is
// what its writer throws away.
function sendForm({ target, defaultPrevented }) {
  if (defaultPrevented || !(target === form || target.matches("[data-discard]"))) return;
  number(target);
  kept = edits;
  clearTimeout(timer);
}
