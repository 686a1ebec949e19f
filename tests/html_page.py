"""A page as a browser reads it: its fields, what they would send, words, ids and links."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

VOID = frozenset({"input", "link", "meta", "br", "hr", "img", "source", "col"})
"""Elements that have no end tag."""

Attributes = dict[str, str | None]


class Element(NamedTuple):
    """An element whose end tag has not come yet."""

    tag: str
    attributes: Attributes
    words: list[str] | None
    """Where its words are gathered, if it has an id."""


class Page(HTMLParser):
    """A parsed answer. What lies in a <template> is not on the page yet."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.status, self.source = answer.status_code, answer.get_data(as_text=True)
        self.sent: MultiDict[str, str] = MultiDict()
        """What a browser would send if the page's form were submitted untouched."""
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fields: dict[str, list[Attributes]] = {}
        self._open: list[Element] = []
        self._closed_off = 0
        """How many templates and scripts are open: what is in them is not shown."""
        self._words: list[str] = []
        self._words_by_id: dict[str, list[str]] = {}
        self.feed(self.source)

    @property
    def text(self) -> str:
        """Return all words on the page, with single spaces."""
        return re.sub(r"\s+", " ", "".join(self._words))

    @property
    def texts(self) -> dict[str, str]:
        """Return the words inside each element that has an id and any words."""
        return {name: "".join(words) for name, words in self._words_by_id.items() if words}

    def filled(self, **typed: str) -> MultiDict[str, str]:
        """Return what a browser would send after these fields were filled in."""
        sent = self.sent.copy()
        for name, text in typed.items():
            sent.setlist(name, [text])
        return sent

    def summary(self) -> dict[str, str]:
        """Return the errors listed at the top: the field each links to, and its words."""
        start = self.source.find('id="errors"')
        if start < 0:
            return {}
        part = self.source[start : self.source.index("</ul>", start)]
        found = re.findall(r'<a href="#([^"]+)">(.*?)</a>', part, re.DOTALL)
        return {anchor: unescape(words) for anchor, words in found}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        element_id = given.get("id")
        words: list[str] | None = None
        if not self._closed_off and tag != "template":
            if element_id:
                self.ids.add(element_id)
                words = self._words_by_id.setdefault(element_id, [])
            self._note(tag, given)
        if tag not in VOID:
            self._open.append(Element(tag, given, words))
            self._closed_off += tag in ("template", "script")

    def _note(self, tag: str, given: Attributes) -> None:
        if tag == "a":
            self.links.append(str(given.get("href")))
        elif tag == "input":
            self._input(given)
        elif tag == "option" and "selected" in given:
            self._choose(given)
        elif tag in ("select", "textarea"):
            self.fields.setdefault(str(given.get("name")), []).append(given)

    def _input(self, given: Attributes) -> None:
        name = given.get("name")
        if not name:
            return
        self.fields.setdefault(name, []).append(given)
        if given.get("type") not in ("radio", "checkbox") or "checked" in given:
            self.sent.add(name, given.get("value") or "")

    def _choose(self, given: Attributes) -> None:
        for element in reversed(self._open):
            if element.tag == "select":
                self.sent.add(str(element.attributes["name"]), given.get("value") or "")
                return

    def handle_data(self, data: str) -> None:
        if self._closed_off:
            return
        self._words.append(data)
        for element in self._open:
            if element.words is not None:
                element.words.append(data)
        if self._open and self._open[-1].tag == "textarea":
            # The line feed the template puts before a text is dropped by every browser.
            name = str(self._open[-1].attributes["name"])
            before = self.sent.get(name, "")
            self.sent.setlist(name, [before + (data if before else data.removeprefix("\n"))])

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            closed = self._open.pop().tag
            self._closed_off -= closed in ("template", "script")
            if closed == tag:
                return


_FIELD = re.compile(
    r"<template.*?</template>"
    r"|<input(?P<input>[^>]*)>"
    r"|<select(?P<select>[^>]*)>(?P<options>.*?)</select>"
    r"|<textarea(?P<area>[^>]*)>(?P<text>.*?)</textarea>",
    re.DOTALL,
)
_SELECTED = re.compile(r"<option([^>]* selected)")
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')


def quick_form_data(source: str) -> MultiDict[str, str]:
    """Return what `Page.sent` holds, ten times faster, for tests that read pages by the hundred."""
    sent: MultiDict[str, str] = MultiDict()
    for found in _FIELD.finditer(source):
        given = dict(_ATTRIBUTE.findall(found["input"] or found["select"] or found["area"] or ""))
        if found["input"]:
            is_choice = given.get("type") in ("radio", "checkbox")
            values = [given.get("value", "")] if "checked" in given or not is_choice else []
        elif found["select"]:
            values = [
                dict(_ATTRIBUTE.findall(o))["value"] for o in _SELECTED.findall(found["options"])
            ]
        else:
            values = [(found["text"] or "").removeprefix("\n")]
        if "name" in given:
            sent.setlistdefault(given["name"]).extend(unescape(value) for value in values)
    return MultiDict((name, value) for name, value in sent.items(multi=True))
