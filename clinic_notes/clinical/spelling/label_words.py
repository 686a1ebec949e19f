"""Finds the words for a substance on a label, whether written as one word or in parts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from clinic_notes.clinical.spelling.normal_form import folded

_LISTED = re.compile(r"[,;()|\u2022]")
_MORE_PARTS = 2
"""So many parts more than the words looked for may be written in: bees wax for beeswax."""
_LEAST_PLURAL = 4


def is_named(text: str, substances: Iterable[str]) -> bool:
    """Say whether a label names one of the substances, in whole words and in any spelling.

    Blanks, hyphens, capitals and plurals make no difference: bee wax, Bees-wax and beeswax are
    one. What the label says it is free of is not named.
    """
    wanted = [folded(substance).split() for substance in substances]
    most = max(map(len, wanted), default=0) + _MORE_PARTS
    sought = {spelling for words in wanted if words for spelling in _spellings(words)}
    return not sought.isdisjoint(_runs(text, most))


@lru_cache(maxsize=256)  # A session uses the same product at many sites, and is checked twice.
def _runs(text: str, most: int) -> frozenset[str]:
    parts = (folded(part).split() for part in _LISTED.split(text))
    return frozenset(run for words in parts for run in _runs_of(words, most))


def _runs_of(words: Sequence[str], most: int) -> Iterator[str]:
    for first in range(len(words)):
        for end in range(first + 1, min(first + most, len(words)) + 1):
            if words[end : end + 1] != ["free"]:
                yield from _spellings(words[first:end])


def _spellings(words: Sequence[str]) -> Iterable[str]:
    """Return the words as one, each in the singular, with an s between them or without."""
    first, *others = map(_singular, words)
    spelled = [first]
    for word in others:
        spelled = [before + between + word for before in spelled for between in ("", "s")]
    return spelled


def _singular(word: str) -> str:
    is_plural = len(word) >= _LEAST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word
