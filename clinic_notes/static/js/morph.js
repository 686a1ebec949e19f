// Makes a part of the page equal to what the server says now, node by node: what stays keeps its focus,
// its scroll position and what is typed in it.

const OWN = new Set(["open", "value", "checked", "selected", "aria-current"]);

/** Make an element equal to a new one of the same kind, without what belongs to the user: values,
    what is folded open, messages about typed values. */
export function morph(old, wanted) {
  if (old.isEqualNode(wanted)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.data = wanted.data;
    return;
  }
  morphAttributes(old, wanted);
  if (old.localName === "textarea") return;
  // Regions are drawn in the order of what was treated: nothing in a drawing has the focus.
  if (old.localName === "svg") return old.replaceChildren(...wanted.childNodes);
  const { value } = old;
  morphChildren(old, wanted);
  if (old.localName === "select") old.value = value;
}

function morphAttributes(old, wanted) {
  const isOwn = (name) =>
    (OWN.has(name) && old.localName !== "option") ||
    (old.hasAttribute("aria-invalid") && name.startsWith("aria-")) ||
    (old.localName === "option" && name === "selected");
  for (const { name } of [...old.attributes])
    if (!isOwn(name) && !wanted.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of wanted.attributes)
    if (!isOwn(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
}

function morphChildren(old, wanted) {
  const left = new Map();
  for (const node of old.childNodes) {
    const key = keyOf(node);
    if (!left.has(key)) left.set(key, []);
    left.get(key).push(node);
  }
  let next = old.firstChild;
  const nodes = [...wanted.childNodes];
  for (const node of nodes) {
    const same = takeSame(left.get(keyOf(node)) ?? [], node);
    if (same) morph(same, node);
    const placed = same ?? node;
    if (placed === next) next = next.nextSibling;
    else old.insertBefore(placed, next);
  }
  for (const node of [...left.values()].flat()) if (!isMessage(node)) node.remove();
}

// An element without a name of its own is the same where it holds one of the same fields. By its place alone,
// a part that comes before it would shift all, and whoever types in a field would see it replaced.
function takeSame(candidates, node) {
  const at = candidates.findIndex((one) => identityOf(node) || holdSame(one, node));
  return at < 0 ? undefined : candidates.splice(at, 1)[0];
}

function holdSame(one, other) {
  const [names, others] = [fieldNames(one), fieldNames(other)];
  return names.length ? names.some((name) => others.includes(name)) : !others.length;
}

function fieldNames(node) {
  return [...(node.querySelectorAll?.("input, select, textarea") ?? [])].map(({ name }) => name);
}

// What tells a node from its neighbours of the same kind: a control by its name, a choice by its value.
function keyOf(node) {
  const { localName, type, value } = controlOf(node);
  const choice = localName === "option" || /radio|checkbox/.test(type) ? value : "";
  return `${node.nodeName} ${identityOf(node)} ${choice}`;
}

function identityOf(node) {
  return node.id || controlOf(node).name || node.dataset?.live || "";
}

function controlOf(node) {
  return (node.localName === "label" && node.querySelector("input")) || node;
}

// What was said about a typed value, by the server or by limits.js, is taken back by limits.js.
function isMessage(node) {
  return Boolean(node.id?.endsWith("-error"));
}
