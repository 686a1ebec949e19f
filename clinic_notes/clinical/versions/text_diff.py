"""Marks the words in which two texts differ."""

import re
from difflib import SequenceMatcher
from itertools import groupby

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether the other text lacks it."""

_WORD = re.compile(r"\s*\S+|\s+")
MOST_COMPARED = 1_000_000
"""Pairs of words compared at most. In longer texts, such as two of a thousand words each, all
between the common beginning and end is marked, so that the page does not become slow."""


def word_diff(one: str, other: str) -> tuple[Marked, Marked]:
    """Return both texts in pieces; the pieces of a text, joined, are exactly that text.

    Two texts without a word in common come back unmarked: everything would be marked.
    """
    a, b = _WORD.findall(one), _WORD.findall(other)
    is_marked_a, is_marked_b = [True] * len(a), [True] * len(b)
    for at_a, at_b, size in _common(a, b):
        is_marked_a[at_a : at_a + size] = is_marked_b[at_b : at_b + size] = [False] * size
    if all(is_marked_a) and all(is_marked_b):
        return _unmarked(one), _unmarked(other)
    return _pieces(a, is_marked_a), _pieces(b, is_marked_b)


def _common(a: list[str], b: list[str]) -> list[tuple[int, int, int]]:
    """Return (position in a, position in b, length) of the runs of words both have."""
    begin = _common_prefix(a, b)
    end = _common_prefix(a[begin:][::-1], b[begin:][::-1])
    found = [(0, 0, begin), (len(a) - end, len(b) - end, end)]
    between_a, between_b = a[begin : len(a) - end], b[begin : len(b) - end]
    if len(between_a) * len(between_b) <= MOST_COMPARED:
        blocks = SequenceMatcher(None, between_a, between_b).get_matching_blocks()
        found += ((begin + run.a, begin + run.b, run.size) for run in blocks)
    return found


def _common_prefix(a: list[str], b: list[str]) -> int:
    pairs = enumerate(zip(a, b, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(a), len(b)))


def _unmarked(text: str) -> Marked:
    return ((text, False),) if text else ()


def _pieces(words: list[str], flags: list[bool]) -> Marked:
    found: list[tuple[str, bool]] = []
    runs = groupby(zip(words, flags, strict=True), key=lambda pair: pair[1])
    for is_marked, run in runs:
        text = "".join(word for word, _ in run)
        # The space before the first word is not marked.
        bare = (text.lstrip() or text) if is_marked else text
        found += [(text.removesuffix(bare), False), (bare, is_marked)]
    return tuple((text, is_marked) for text, is_marked in found if text)
