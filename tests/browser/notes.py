"""Reads a note off its page: every line under the name it stands beside."""

from playwright.sync_api import Page

# One pass over the page, so that the test sees what a person sees and nothing of the record.
READ = """() => {
  const said = {}, seen = {};
  const text = element => element ? element.innerText.replace(/\\s+/g, " ").trim() : "";
  const put = (name, value) => {
    seen[name] = (seen[name] ?? 0) + 1;
    said[seen[name] > 1 ? `${name} ${seen[name]}` : name] = value;
  };
  const end = (cell, which) => {
    const [before, after] = cell.split(" → ");
    const value = which == "before" ? before : after ?? "";
    return value.replace(/ \\([+\\u2212]?[\\d.]+\\D{0,3}\\)$/, "").replace(/^not recorded$/, "");
  };
  for (const badge of document.querySelectorAll(".heading .tag")) put("badge", text(badge));
  put("facts", text(document.querySelector(".heading-facts")));
  put("summary", text(document.querySelector("#summary .prose")));
  for (const line of document.querySelectorAll(".notice p")) put("notice", text(line));
  for (const item of document.querySelectorAll("#note-safety dt")) {
    const lines = [...item.nextElementSibling.querySelectorAll("p:not(.hint)")];
    put(`safety, ${text(item)}`, lines.map(text).join(" | "));
  }
  put("safety, no", text(document.querySelector("#note-safety > p")));
  for (const row of document.querySelectorAll("#note-readings tbody tr:not(.group)")) {
    const how = row.querySelector("th .muted"), label = row.querySelector("th");
    const name = text(label).replace(text(how), "").trim(), line = text(row.cells[1]);
    const full = said[`${name}, before`] === undefined ? name : `${name}, ${text(how)}`;
    if (how) put(`${full}, how`, text(how));
    put(`${full}, before`, end(line, "before"));
    put(`${full}, after`, end(line, "after"));
  }
  put("position", text(document.querySelector("#note-treatment .panel-head .aside")));
  for (const use of document.querySelectorAll(".treated-region")) {
    const tissues = use.querySelector("h3 .muted");
    const where = text(use.querySelector("h3")).replace(text(tissues), "").trim();
    put(`${where}, treated`, where);
    put(`${where}, tissues`, text(tissues));
    put(`${where}, instrument`, text(use.querySelector("h3 + p")));
    for (const term of use.querySelectorAll("dt"))
      put(`${where}, ${text(term).toLowerCase()}`, text(term.nextElementSibling));
  }
  for (const line of document.querySelectorAll("#note-also li")) put("also", text(line));
  for (const line of document.querySelectorAll("#note-response > p")) put("response", text(line));
  for (const line of document.querySelectorAll("#note-response li")) put("effect", text(line));
  for (const title of document.querySelectorAll("#note-texts h3"))
    put(text(title).toLowerCase(), text(title.nextElementSibling));
  put("minutes", text(document.querySelector("#note-texts > p:last-child.muted")));
  put("signed by", text(document.querySelector("[aria-label=Signature] .signature")));
  for (const added of document.querySelectorAll(".addendum"))
    for (const line of added.querySelectorAll("p:not(.signature)")) put("added", text(line));
  const note = document.querySelector("article").innerText;
  const measured = note.match(/measured by[:\\s]+([^.\\n]+)/i);
  put("measured by", measured ? measured[1] : "");
  return said;
}"""
RECORD = """() => {
  const text = chosen => document.querySelector(chosen)?.innerText.replace(/\\s+/g, " ") ?? "";
  return {
    name: text("h1"), facts: text(".heading-facts"), alerts: text(".patient-bar-alerts"),
    episodes: text("#episodes"), page: text("body"),
  };
}"""


def note_on(page: Page) -> dict[str, str]:
    """Return what the note says, by the name of each line; lines that are empty left out."""
    said: dict[str, str] = page.evaluate(READ)
    return {name: value for name, value in said.items() if value}


def record_on(page: Page) -> dict[str, str]:
    """Return what the patient's page says, by its parts."""
    said: dict[str, str] = page.evaluate(RECORD)
    return said
