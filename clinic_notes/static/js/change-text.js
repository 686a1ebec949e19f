// "7 to 4, 3 less pain" beside two readings while they are being entered. Whether a change
// means something is for the rules on the server to say.

/** Fill each output[data-before] from its two fields, now and whenever one of them is done. */
export function showPairs() {
  if (!document.querySelector("output[data-before]")) return;
  refresh();
  document.addEventListener("change", refresh);
  // A row that comes or goes says so by an input; a key does too, but 1 on the way to 12 is no change.
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("input, textarea")) refresh();
  });
}

function refresh() {
  for (const output of document.querySelectorAll("output[data-before]")) {
    const text = inWords(figure(output.dataset.before), figure(output.dataset.after), output.dataset);
    if (output.textContent !== text) output.textContent = text;
  }
}

function inWords(before, after, { of, unit }) {
  if (before === null || after === null) return "";
  const close = unit === "°" ? unit : "";
  const span = `${shown(before)}${close} to ${shown(after)}${close}`;
  // Readings carry at most two decimals; binary fractions must not show through.
  const change = Math.round((after - before) * 100) / 100;
  if (change === 0) return `${span}, no change`;
  const size = close || !unit || unit.startsWith("/") ? `${Math.abs(change)}${close}` : `${Math.abs(change)} ${unit}`;
  return `${span}, ${size} ${change > 0 ? "more" : "less"}${of ? ` ${of}` : ""}`;
}

function figure(name) {
  const field = [...document.getElementsByName(name)].find((one) => one.type !== "radio" || one.checked);
  const typed = field?.value.trim().replace("\u2212", "-") ?? "";
  return typed === "" || Number.isNaN(Number(typed)) ? null : Number(typed);
}

function shown(number) {
  return String(number).replace("-", "\u2212");
}
