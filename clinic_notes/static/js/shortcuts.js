// Keyboard shortcuts of the session form. Those of one character can be switched off and do nothing
// while a field is filled; the others need a modifier that no browser or screen reader uses.
import { countPress } from "./meter.js";

// A setting of this browser; it says nothing about a patient.
const SETTING = "single-keys";

let sections;
let isSectionNext = false; // "g" was pressed: the next digit names a section.

/** Listen for shortcuts where the page has a list of them. */
export function listenForShortcuts() {
  const list = document.querySelector("dialog[data-shortcuts]");
  if (!list) return;
  const links = [...document.querySelectorAll(".step-nav a")];
  sections = links.map((link) => document.getElementById(link.hash.slice(1)));
  const opener = document.querySelector("[data-open-shortcuts]");
  opener.hidden = false;
  opener.addEventListener("click", () => list.showModal());
  const singleKeys = list.querySelector("[name=single-keys]");
  singleKeys.checked = localStorage.getItem(SETTING) !== "off";
  singleKeys.addEventListener("change", () => {
    if (singleKeys.checked) localStorage.removeItem(SETTING);
    else localStorage.setItem(SETTING, "off");
  });
  document.addEventListener("keydown", (event) => {
    if (list.open || !handleKey(event, list, singleKeys.checked)) return;
    event.preventDefault();
    countPress();
  });
}

// Returns whether the key was a shortcut.
function handleKey(event, list, areSingleKeysOn) {
  const { key, altKey } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && !altKey && key.toLowerCase() === "s") return pressSubmit("save");
  if (isCommand && !altKey && key === "Enter") return pressSubmit("sign");
  if (altKey && !isCommand && key === "PageDown") return goBy(1);
  if (altKey && !isCommand && key === "PageUp") return goBy(-1);
  if (isCommand || altKey) return false;
  if (chooseRating(event)) return true;
  if (!areSingleKeysOn || isTyping(event.target)) return false;
  const wasSectionNext = isSectionNext;
  isSectionNext = key === "g";
  if (key === "?") return open(list);
  return wasSectionNext && /^[1-9]$/.test(key) && goTo(sections[key - 1]);
}

// A digit typed on a rating scale that has the focus is its rating.
function chooseRating({ key, target }) {
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

function pressSubmit(value) {
  document.querySelector(`.save-bar button[name=then][value=${value}]`).click();
  return true;
}

function goBy(step) {
  const third = window.innerHeight / 3;
  const current = sections.filter((section) => section.getBoundingClientRect().top <= third).length - 1;
  return goTo(sections[Math.min(Math.max(current + step, 0), sections.length - 1)]);
}

function goTo(section) {
  if (!section) return false;
  const title = section.querySelector("h2");
  title.tabIndex = -1;
  section.scrollIntoView();
  title.focus({ preventScroll: true });
  return true;
}
