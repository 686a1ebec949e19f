// Inserts text snippets: the name of one typed with its point, then a space or the tab key, or one
// chosen from a list. The list is asked for when it is first wanted.
import { announce } from "./announce.js";

const NAMED = /(?:^|\s)\.([a-z][a-z0-9-]*)$/i;

let loading;
let known = new Map();
let field;
let isInserting = false; // A text may itself end with a name and a space.

/** Listen in every form with a text that has a link [data-snippets-for]. */
export function startSnippets() {
  const links = document.querySelectorAll("[data-snippets-for]");
  if (!links.length) return;
  for (const link of links) link.addEventListener("click", openList);
  const form = links[0].closest("form");
  form.addEventListener("input", handleInput);
  form.addEventListener("keydown", handleTab);
  list().addEventListener("click", chooseFromList);
}

function list() {
  return document.getElementById("snippets");
}

// Asked for again after a failure, so that a lost network or sign-in is no lasting one.
function load() {
  loading ??= fetch(list().dataset.from, { headers: { Accept: "application/json" } })
    .then((response) => (response.ok ? response.json() : Promise.reject(response)))
    .then(({ snippets }) => {
      known = new Map(snippets.map(({ name, text }) => [name, text]));
    })
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}

// Only a text with a list beside it, and only where nothing is selected.
function nameBefore(target, end) {
  if (target.nodeName !== "TEXTAREA" || target.selectionStart !== target.selectionEnd) return "";
  return NAMED.exec(target.value.slice(0, end))?.[1].toLowerCase() ?? "";
}

function handleInput({ target, inputType }) {
  if (target.nodeName !== "TEXTAREA" || isInserting || !inputType?.startsWith("insert")) return;
  const caret = target.selectionStart;
  if (nameBefore(target, caret)) load().catch(() => {});
  const name = target.value[caret - 1] === " " && nameBefore(target, caret - 1);
  if (!name) return;
  const from = caret - name.length - 2;
  const typed = target.value.slice(from, caret);
  load()
    .then(() => {
      const end = target.selectionStart;
      // Meanwhile something else may stand there, or another text be written in.
      if (document.activeElement !== target || target.value.slice(from, caret) !== typed) return;
      const added = insert(target, known.get(name), from, caret, " ");
      target.setSelectionRange(end + added, end + added);
    })
    .catch(() => {});
}

function handleTab(event) {
  const { key, shiftKey, target } = event;
  if (key !== "Tab" || shiftKey) return;
  const name = nameBefore(target, target.selectionStart);
  if (!name || !known.has(name)) return;
  event.preventDefault();
  insert(target, known.get(name), target.selectionStart - name.length - 1, target.selectionStart);
}

// Returns by how much the text became longer.
function insert(target, text, from, to, after = "") {
  if (text === undefined) return 0;
  const before = target.value.length;
  target.focus();
  target.setSelectionRange(from, to);
  // Unlike every newer way to change a text, this one can be undone with the keyboard.
  isInserting = true;
  document.execCommand("insertText", false, text + after);
  isInserting = false;
  announce("Snippet inserted.");
  return target.value.length - before;
}

async function openList(event) {
  event.preventDefault();
  field = document.getElementById(event.currentTarget.dataset.snippetsFor);
  const dialog = list();
  const choices = dialog.querySelector("[data-choices]");
  dialog.showModal();
  choices.textContent = "Loading…";
  try {
    await load();
    choices.replaceChildren(...[...known].map(([name, text]) => choice(name, text)));
    if (!known.size) choices.textContent = "No snippets yet.";
  } catch {
    choices.textContent = "The list could not be loaded. Close it and try again.";
  }
  choices.querySelector("button")?.focus();
}

function choice(name, text) {
  const button = document.createElement("button");
  button.className = "btn snippet";
  button.type = "button";
  button.dataset.snippet = name;
  const label = document.createElement("strong");
  label.textContent = `.${name}`;
  button.append(label, ` ${text}`);
  return button;
}

function chooseFromList({ target }) {
  const name = target.closest("[data-snippet]")?.dataset.snippet;
  if (!name) return;
  list().close();
  const { selectionStart: from, selectionEnd: to, value } = field;
  const isNextToWord = from > 0 && /\S/.test(value[from - 1]);
  insert(field, (isNextToWord ? " " : "") + known.get(name), from, to);
}
