"""Two texts side by side: which words of each the other does not have."""

import re
from difflib import SequenceMatcher
from itertools import groupby

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether the other text lacks it."""

_WORD = re.compile(r"\s*\S+|\s+")
MOST_COMPARED = 1_000_000
"""Pairs of words looked at. Beyond, as with two texts of a thousand words that have nothing in
common at either end, all between is marked: the page must not keep her waiting."""


def marked(one: str, other: str) -> tuple[Marked, Marked]:
    """Return both texts in pieces; joined, the pieces are the text again, letter for letter.

    Two texts without a word in common come back unmarked: there is nothing to point out.
    """
    ours, theirs = _WORD.findall(one), _WORD.findall(other)
    in_ours, in_theirs = [True] * len(ours), [True] * len(theirs)
    for at, there, size in _common(ours, theirs):
        in_ours[at : at + size] = in_theirs[there : there + size] = [False] * size
    if all(in_ours) and all(in_theirs):
        return _plain(one), _plain(other)
    return _pieces(ours, in_ours), _pieces(theirs, in_theirs)


def _common(ours: list[str], theirs: list[str]) -> list[tuple[int, int, int]]:
    """Return (place here, place there, length) of the runs of words both have."""
    begin = _alike(ours, theirs)
    end = _alike(ours[begin:][::-1], theirs[begin:][::-1])
    found = [(0, 0, begin), (len(ours) - end, len(theirs) - end, end)]
    middle, other_middle = ours[begin : len(ours) - end], theirs[begin : len(theirs) - end]
    if len(middle) * len(other_middle) <= MOST_COMPARED:
        matcher = SequenceMatcher(None, middle, other_middle)
        blocks = matcher.get_matching_blocks()
        found += ((begin + run.a, begin + run.b, run.size) for run in blocks)
    return found


def _alike(ours: list[str], theirs: list[str]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(ours), len(theirs)))


def _plain(text: str) -> Marked:
    return ((text, False),) if text else ()


def _pieces(words: list[str], flags: list[bool]) -> Marked:
    found: list[tuple[str, bool]] = []
    runs = groupby(zip(words, flags, strict=True), key=lambda pair: pair[1])
    for is_marked, run in runs:
        text = "".join(word for word, _ in run)
        # The space before the first word is no part of what differs.
        bare = (text.lstrip() or text) if is_marked else text
        found += [(text.removesuffix(bare), False), (bare, is_marked)]
    return tuple((text, is_marked) for text, is_marked in found if text)
