// Covers the page of somebody who has gone away: it warns two minutes before the server signs them
// out, and covers the page then. What was typed stays behind the cover; the password takes it off.
import { announce } from "./announce.js";
import { askForPassword } from "./reauthenticate.js";

const EVENTS = ["pointerdown", "keydown", "input", "wheel", "touchmove"];
const TELL_SERVER_MS = 60000;
const WARN_BEFORE_MS = 120000;

let limit, warning, timer, tabs;
let activeAt = Date.now();
let toldAt = Date.now();
let isCovered = false;

/** Watch whether somebody is there, on pages of people who are signed in. */
export function watchIdleTime() {
  const { idleSeconds } = document.body.dataset;
  if (!idleSeconds) return;
  limit = Number(idleSeconds) * 1000;
  warning = document.getElementById("idle-warning");
  for (const type of EVENTS) addEventListener(type, noteUse, { passive: true, capture: true });
  // Other tabs of this browser are the same person's.
  tabs = new BroadcastChannel("idle");
  tabs.addEventListener("message", ({ data }) => noteUseElsewhere(data));
  // Timers stand still while a machine sleeps.
  document.addEventListener("visibilitychange", look);
  share();
  look();
}

function noteUse() {
  if (isCovered) return;
  activeAt = Date.now();
  if (activeAt - toldAt >= TELL_SERVER_MS) tellServer();
  else if (!warning.hidden) look();
}

function noteUseElsewhere(at) {
  if (!isCovered && at > activeAt) {
    activeAt = at;
    look();
  }
}

// Reading and scrolling ask nothing of the server, so it is told that somebody is there.
function tellServer() {
  toldAt = activeAt;
  share();
  fetch(document.body.dataset.stillHere, { headers: { Accept: "application/json" } }).catch(() => {});
  look();
}

function share() {
  tabs.postMessage(activeAt);
}

function look() {
  clearTimeout(timer);
  const left = activeAt + limit - Date.now();
  if (left <= 0) cover();
  else {
    if (warning.hidden && left <= WARN_BEFORE_MS) announce(warning.textContent.trim());
    warning.hidden = left > WARN_BEFORE_MS;
    timer = setTimeout(look, left > WARN_BEFORE_MS ? left - WARN_BEFORE_MS : left);
  }
}

function cover() {
  if (isCovered) return;
  isCovered = true;
  warning.hidden = true;
  document.body.classList.add("is-covered");
  askForPassword({ isCover: true, onSignedIn: uncover });
}

function uncover() {
  isCovered = false;
  document.body.classList.remove("is-covered");
  activeAt = toldAt = Date.now();
  share();
  look();
}
