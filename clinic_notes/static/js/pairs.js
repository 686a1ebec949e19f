// "7 → 4 (-3)" beside two readings while they are being entered. Whether a change
// means something is for the rules on the server to say.

/** Fill each output[data-before] from its two fields, now and on every change. */
export function showPairs() {
  if (!document.querySelector("output[data-before]")) return;
  refresh();
  document.addEventListener("input", refresh);
}

function refresh() {
  for (const output of document.querySelectorAll("output[data-before]")) {
    const before = figure(output.dataset.before);
    const after = figure(output.dataset.after);
    const both = before !== null && after !== null;
    const text = both ? `${before} → ${after} (${signed(after - before)})` : "";
    if (output.textContent !== text) output.textContent = text;
  }
}

function figure(name) {
  const field = [...document.getElementsByName(name)].find((one) => one.type !== "radio" || one.checked);
  const typed = field?.value.trim() ?? "";
  return typed === "" || Number.isNaN(Number(typed)) ? null : Number(typed);
}

// Readings carry at most two decimals; binary fractions must not show through.
function signed(change) {
  const rounded = Math.round(change * 100) / 100;
  if (rounded === 0) return "no change";
  return rounded > 0 ? `+${rounded}` : `−${-rounded}`;
}
