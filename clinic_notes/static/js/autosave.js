// Sends a form to the clinic's server while it is typed: shortly after a pause, at the latest every
// few seconds, and once more as the page is left. Each send bears the form instance and a revision;
// the server stores one row for each instance, and the highest revision wins.
import { announce } from "./announce.js";
import { setUpReauthentication } from "./reauthenticate.js";

const PAUSE_MS = 1500;
const PAUSE_WHEN_LARGE_MS = 400;
const LONGEST_WAIT_MS = 8000;
const TIMEOUT_MS = 8000;
const RETRY_MS = [1000, 2000, 4000, 8000, 10000];
// Only 64 KB may still be under way when a page is gone. A larger form has to be sent before that,
// so it is sent after a shorter pause.
const KEEPALIVE_BYTES = 60000;
const REASONS = { 401: ":", 403: ": another person is signed in here", 507: ": too many forms are kept, save or discard some of them" };

// Only what a person does keeps them signed in: a send that is tried again says so.
const JSON_ONLY = { Accept: "application/json" };

let form, status;
let edits = 0; // How often something was typed,
let savedEdits = 0; // how much of that the server has,
let sentOnLeaving = 0; // and how much was sent as the page was left.
let unsentSince = 0; // When the first edit that was not sent yet was made.
let timer;
let isSending = false;
let isLarge = false;
let failures = 0;
let failedEdits = -1; // How often something was typed when a send failed last.
let isUnreachable = false;

/** Autosave form[data-autosave]; it gets an "autosaved" event when the server has all of it. */
export function startAutosave() {
  form = document.querySelector("form[data-autosave]");
  if (!form) return;
  status = document.querySelector("[data-saved-at]");
  form.addEventListener("input", noteEdit);
  form.addEventListener("submit", submitWhenReachable);
  document.addEventListener("submit", endWithSubmit);
  // The way to another page begins outside the form: its text is saved before a link is followed.
  document.addEventListener("pointerdown", ({ target }) => form.contains(target) || saveNow());
  document.addEventListener("visibilitychange", () => document.hidden && saveOnLeaving());
  for (const type of ["beforeunload", "pagehide"]) window.addEventListener(type, saveOnLeaving);
  window.addEventListener("online", saveNow);
  setUpReauthentication(saveNow);
  // A form that came back with errors holds text that is not saved.
  if (document.querySelector(".error-summary")) noteEdit();
}

function noteEdit() {
  edits += 1;
  unsentSince ||= Date.now();
  if (!failures && !isSending) schedule();
}

function schedule() {
  clearTimeout(timer);
  const latest = unsentSince + LONGEST_WAIT_MS - Date.now();
  timer = setTimeout(send, Math.min(isLarge ? PAUSE_WHEN_LARGE_MS : PAUSE_MS, Math.max(latest, 0)));
}

function saveNow() {
  if (savedEdits < edits && !isSending) send();
}

// A send that is under way does not outlive the page: everything is sent once more.
function saveOnLeaving() {
  if (savedEdits === edits || sentOnLeaving === edits) return;
  sentOnLeaving = edits;
  send(true);
}

async function send(isLeaving = false) {
  clearTimeout(timer);
  const sentEdits = edits;
  unsentSince = 0;
  isSending = true;
  try {
    const response = await post(isLeaving);
    isUnreachable = false;
    if (response.ok) succeed(sentEdits, (await response.json()).saved_at);
    else fail(response.status);
  } catch {
    isUnreachable = true;
    fail(0);
  }
}

async function post(isLeaving) {
  raiseRevision(form);
  const body = new URLSearchParams(new FormData(form));
  // This token belongs to the form's own submit.
  body.delete("once");
  const response = await request(body, isLeaving);
  if (response.status !== 400) return response;
  // After a new sign-in in another window the CSRF token is void; the response brings the new one.
  const { csrf_token: token } = await response.json().catch(() => ({}));
  if (!token) return response;
  body.set("csrf_token", token);
  const second = await request(body, isLeaving);
  if (second.ok) for (const field of document.getElementsByName("csrf_token")) field.value = token;
  return second;
}

function request(body, isLeaving) {
  isLarge = String(body).length >= KEEPALIVE_BYTES;
  return fetch(form.dataset.autosave, {
    method: "POST",
    headers: edits === failedEdits ? { ...JSON_ONLY, "X-By-Timer": "1" } : JSON_ONLY,
    body,
    keepalive: isLeaving && !isLarge,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

function raiseRevision(target) {
  target.elements.revision.value = Number(form.elements.revision.value) + 1;
}

function succeed(sentEdits, time) {
  isSending = false;
  savedEdits = Math.max(savedEdits, sentEdits);
  status.dataset.savedAt = time;
  if (failures) announce("Saved again.");
  failures = 0;
  show(`Saved ${time}`);
  if (savedEdits < edits) schedule();
  else form.dispatchEvent(new Event("autosaved"));
}

function fail(code) {
  isSending = false;
  failedEdits = edits;
  sentOnLeaving = 0;
  clearTimeout(timer);
  if (savedEdits === edits) return;
  const sentence = `Not saved since ${status.dataset.savedAt}${REASONS[code] ?? ""}`;
  if (show(sentence, code)) announce(code === 401 ? `${sentence} sign in again.` : sentence);
  timer = setTimeout(send, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

function show(sentence, code) {
  const isNew = status.textContent.trim() !== sentence;
  if (isNew) status.textContent = sentence;
  status.classList.toggle("is-unsaved", code !== undefined);
  document.querySelector("[data-reauthenticate]").hidden = code !== 401;
  return isNew;
}

// Without a connection the browser would replace the page, and its text, by an error page of its own.
async function submitWhenReachable(event) {
  if (!isUnreachable || savedEdits === edits) return;
  event.preventDefault();
  const { submitter } = event;
  await send();
  if (!isUnreachable) form.requestSubmit(submitter);
  else announce("There is no connection. Nothing was saved; what you typed is still here.");
}

// A submitted form takes its text along, and a discarded one is not wanted: neither is sent again.
function endWithSubmit({ target, defaultPrevented }) {
  if (defaultPrevented || !(target === form || target.matches("[data-discard]"))) return;
  raiseRevision(target);
  savedEdits = edits;
  clearTimeout(timer);
}
