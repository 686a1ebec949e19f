// Writes "7 to 4, 3 less pain" beside two readings while they are entered. What a change means is for
// the rules on the server to say.

/** Fill each output[data-before] from its two fields, now and whenever one of them changes. */
export function showChangeTexts() {
  if (!document.querySelector("output[data-before]")) return;
  refresh();
  document.addEventListener("change", refresh);
  // An added or removed row dispatches "input" itself. In a field "input" comes too early: 1 of 12.
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("input, textarea")) refresh();
  });
}

function refresh() {
  for (const output of document.querySelectorAll("output[data-before]")) {
    const { before, after } = output.dataset;
    const text = changeText(readNumber(before), readNumber(after), output.dataset);
    if (output.textContent !== text) output.textContent = text;
  }
}

function changeText(before, after, { of, unit }) {
  if (before === null || after === null) return "";
  const degree = unit === "°" ? unit : "";
  const range = `${withMinus(before)}${degree} to ${withMinus(after)}${degree}`;
  // Readings have at most two decimals; rounding hides what binary fractions add.
  const change = Math.round((after - before) * 100) / 100;
  if (change === 0) return `${range}, no change`;
  const isUnitLeftOut = degree || !unit || unit.startsWith("/");
  const size = `${Math.abs(change)}${isUnitLeftOut ? degree : ` ${unit}`}`;
  return `${range}, ${size} ${change > 0 ? "more" : "less"}${of ? ` ${of}` : ""}`;
}

function readNumber(name) {
  const fields = [...document.getElementsByName(name)];
  const field = fields.find(({ type, checked }) => type !== "radio" || checked);
  const text = field?.value.trim().replace("\u2212", "-") ?? "";
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

function withMinus(number) {
  return String(number).replace("-", "\u2212");
}
