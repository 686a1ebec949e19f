"""What is wrong with the layout of a page: it scrolls sideways, overprints, or is hard to hit."""

from playwright.sync_api import Page, ViewportSize

WIDTHS: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 844},
    {"width": 820, "height": 1180},
    {"width": 1280, "height": 800},
)
LEAST = 44
"""Pixels a target that stands by itself is high; a link within a sentence is as its words."""
FAULTS = """least => {
  const found = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) found.push(`scrolls to ${root.scrollWidth}`);
  const scrolls = one => {
    for (let part = one; part && part !== document.body; part = part.parentElement) {
      const {overflowX, position} = getComputedStyle(part);
      if (overflowX !== "visible" || position === "fixed" || position === "sticky") return true;
    }
    return false;
  };
  const hidden = "svg, .visually-hidden, .skip-link, option, dialog";
  const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility() || parent.closest(hidden)) continue;
    if (scrolls(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) texts.push([box, node]);
  }
  const rows = new Map();
  for (const text of texts) {
    const [box, node] = text;
    if (box.right > root.clientWidth + 1) found.push(`leaves the page: ${node.data.trim()}`);
    const row = Math.floor((box.top + box.bottom) / 80);
    rows.set(row, [...(rows.get(row) ?? []), text]);
  }
  for (const [row, those] of rows) {
    const near = [...those, ...(rows.get(row + 1) ?? [])];
    for (const [a, one] of those) for (const [b, other] of near) {
      // The same words drawn twice in one place are seen once.
      const isSame = one.data.trim() === other.data.trim() && a.left === b.left && a.top === b.top;
      if (one === other || isSame) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 4) found.push(`overprints: ${one.data.trim()} / ${other.data.trim()}`);
    }
  }
  const targets = document.querySelectorAll("a[href], button, summary, input, select, textarea");
  for (const one of targets) {
    if (!one.checkVisibility() || one.closest(hidden) || one.type === "hidden") continue;
    const isInText = one.matches("a") && getComputedStyle(one).display === "inline";
    const target = one.matches("[type=radio], [type=checkbox]") ? one.closest("label") : one;
    const {width, height} = target.getBoundingClientRect();
    if (!isInText && width && height < least - 0.6)
      found.push(`${Math.round(height)} px high: ${one.outerHTML.slice(0, 80)}`);
  }
  return [...new Set(found)].slice(0, 8);
}"""


def layout_faults(page: Page) -> list[str]:
    """Return what is wrong with the page on a phone, a tablet and a desktop."""
    found = []
    for size in WIDTHS:
        page.set_viewport_size(size)
        lines: list[str] = page.evaluate(FAULTS, LEAST)
        found += [f"{size['width']} px wide: {line[:200]}" for line in lines]
    return found
