"""A page as a browser reads it: what a form would send, which words and links stand there."""

import re
from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict

VOID = {"input", "link", "meta", "br", "hr", "img"}


class Page(HTMLParser):
    """A parsed answer. What lies in a <template> is not on the page yet."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.status, self.source = answer.status_code, answer.get_data(as_text=True)
        self.sent: MultiDict[str, str] = MultiDict()
        """What a browser would send if the page's form were submitted untouched."""
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.fields: dict[str, list[dict[str, str | None]]] = {}
        self.texts: dict[str, str] = {}
        """The words inside each element that has an id."""
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self._words: list[str] = []
        self.feed(self.source)

    @property
    def text(self) -> str:
        """Return all words on the page, with single spaces."""
        return re.sub(r"\s+", " ", "".join(self._words))

    def filled(self, **typed: str) -> MultiDict[str, str]:
        """Return what a browser would send after these fields were filled in."""
        sent = self.sent.copy()
        for name, text in typed.items():
            sent.setlist(name, [text])
        return sent

    def summary(self) -> dict[str, str]:
        """Return the complaints at the top: the field each links to, and its words."""
        start = self.source.index('id="errors"') if 'id="errors"' in self.source else None
        if start is None:
            return {}
        part = self.source[start : self.source.index("</ul>", start)]
        found = re.findall(r'<a href="#([^"]+)">(.*?)</a>', part, re.DOTALL)
        return {anchor: _unescaped(words) for anchor, words in found}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self._open.append((tag, given))
        if self._inside("template"):
            return
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag == "a":
            self.links.append((str(given.get("href")), ""))
        if tag == "input":
            self._input(given)
        elif tag == "option" and "selected" in given:
            self._choose(given)
        elif tag in ("select", "textarea"):
            self.fields.setdefault(str(given.get("name")), []).append(given)

    def _input(self, given: dict[str, str | None]) -> None:
        name = given.get("name")
        if not name:
            return
        self.fields.setdefault(name, []).append(given)
        is_ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if is_ticked:
            self.sent.add(name, given.get("value") or "")

    def _choose(self, given: dict[str, str | None]) -> None:
        select = next((a for tag, a in reversed(self._open) if tag == "select"), None)
        if select is not None:
            self.sent.add(str(select["name"]), given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._inside("template") or self._inside("script"):
            return
        self._words.append(data)
        for tag, given in self._open:
            if given.get("id"):
                self.texts[str(given["id"])] = self.texts.get(str(given["id"]), "") + data
            if tag == "textarea":
                # The line feed the template puts before a text is dropped by every browser.
                name = str(given["name"])
                before = self.sent.get(name, "")
                self.sent.setlist(name, [before + (data if before else data.removeprefix("\n"))])

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            closed, _ = self._open.pop()
            if closed == tag:
                return

    def _inside(self, tag: str) -> bool:
        return any(open_tag == tag for open_tag, _ in self._open)


def _unescaped(words: str) -> str:
    from html import unescape

    return unescape(words)
