// Shortcuts of the session form. Those of one character can be switched off, and rest while a
// field is being filled; the others need a modifier that no browser or screen reader claims.
import { countPress } from "./meter.js";

const OFF = "single-keys"; // A liking of the person at this screen, nothing of a patient.

let sections;
let awaited = false; // "g" was pressed: the next digit names a section.

/** Listen for shortcuts where the page has a list of them. */
export function listenForKeys() {
  const list = document.querySelector("dialog[data-shortcuts]");
  if (!list) return;
  sections = [...document.querySelectorAll(".step-nav a")].map((link) => document.getElementById(link.hash.slice(1)));
  const opener = document.querySelector("[data-open-shortcuts]");
  opener.hidden = false;
  opener.addEventListener("click", () => list.showModal());
  const off = list.querySelector("[name=single-keys]");
  off.checked = localStorage.getItem(OFF) !== "off";
  off.addEventListener("change", () => {
    if (off.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
  });
  document.addEventListener("keydown", (event) => {
    if (list.open || !pressed(event, list, off.checked)) return;
    event.preventDefault();
    countPress();
  });
}

function pressed(event, list, mayBeSingle) {
  const { key, altKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && !altKey && key.toLowerCase() === "s") return send("save");
  if (command && !altKey && key === "Enter") return send("sign");
  if (altKey && !command && key === "PageDown") return step(1);
  if (altKey && !command && key === "PageUp") return step(-1);
  if (command || altKey) return false;
  if (inStrip(event)) return true;
  if (!mayBeSingle || isTyping(event.target)) return false;
  const isNext = awaited;
  awaited = key === "g";
  if (key === "?") return open(list);
  return isNext && /^[1-9]$/.test(key) && go(sections[key - 1]);
}

// A figure typed on a strip that has the focus is that figure.
function inStrip({ key, target }) {
  const choice = /^\d$/.test(key) && target.closest(".rating-scale")?.querySelector(`input[value="${key}"]`);
  if (!choice) return false;
  choice.focus();
  choice.click();
  return true;
}

function isTyping(target) {
  return target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}

function open(list) {
  list.showModal();
  return true;
}

function send(what) {
  document.querySelector(`.foot button[name=then][value=${what}]`).click();
  return true;
}

function step(by) {
  const third = window.innerHeight / 3;
  const here = sections.filter((section) => section.getBoundingClientRect().top <= third).length - 1;
  return go(sections[Math.min(Math.max(here + by, 0), sections.length - 1)]);
}

function go(section) {
  if (!section) return false;
  const title = section.querySelector("h2");
  title.tabIndex = -1;
  section.scrollIntoView();
  title.focus({ preventScroll: true });
  return true;
}
