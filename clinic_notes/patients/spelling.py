"""Compares names and dates of birth in different spellings."""

import re
import unicodedata
from calendar import month_abbr
from datetime import date

_SILENT = "'\u2018\u2019\u02bc`\u00b4"
"""Apostrophes: O'Brien is found as obrien."""
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i"})
_SEPARATES = ("P", "Z", "C")
_MONTHS = {name.lower(): number for number, name in enumerate(month_abbr) if name}

_YEAR_FIRST = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})")
_DAY_MONTH_WORD = re.compile(r"(\d{1,2})\.? ([a-z]{3})[a-z]*\.?,? (\d{4})")
_MONTH_WORD_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")


def searchable(text: str) -> str:
    """Return a name without case, accents and punctuation: ``rené o'brien`` is ``rene obrien``."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    letters = "".join(
        " " if unicodedata.category(character)[0] in _SEPARATES else character
        for character in plain
        if character not in _SILENT and unicodedata.category(character) != "Mn"
    )
    return " ".join(letters.translate(_UNDECOMPOSED).split())


def birth_dates(text: str) -> tuple[date, ...]:
    """Return every date the text can mean: two for ``3/4/1979``, one for ``3.4.1979``."""
    text = text.strip().lower()
    found: set[date | None] = set()
    if match := _YEAR_FIRST.fullmatch(text):
        found.add(_day(*match.groups()))
    elif match := _YEAR_LAST.fullmatch(text):
        first, mark, second, year = match.groups()
        found.add(_day(year, second, first))
        # With points the day comes first; with slashes and dashes either may.
        if mark != ".":
            found.add(_day(year, first, second))
    elif match := _DAY_MONTH_WORD.fullmatch(text):
        day, month, year = match.groups()
        found.add(_day(year, _MONTHS.get(month, 0), day))
    elif match := _MONTH_WORD_DAY.fullmatch(text):
        month, day, year = match.groups()
        found.add(_day(year, _MONTHS.get(month, 0), day))
    return tuple(sorted(day for day in found if day is not None))


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_close(typed: str, name: str) -> bool:
    """Say whether a name begins with a word, allowing one typing error.

    An error is one letter too many, missing, wrong or swapped with the next. One or two letters
    must be exact; three must be the whole name, apart from the error.
    """
    if name.startswith(typed):
        return True
    if len(typed) < 3:
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), len(name))
    rests = [
        (typed[at + 1 :], name[at + 1 :]),
        (typed[at:], name[at + 1 :]),
        (typed[at + 1 :], name[at:]),
    ]
    if typed[at : at + 2] == name[at : at + 2][::-1]:
        rests.append((typed[at + 2 :], name[at + 2 :]))
    if len(typed) == 3:
        return any(rest == of_name for rest, of_name in rests)
    return any(of_name.startswith(rest) for rest, of_name in rests)


def all_close(typed: str, name: str) -> bool:
    """Say whether every typed word is close to a word of the name, in any order.

    Both are as ``searchable`` returns them.
    """
    words = name.split()
    return all(any(is_close(word, of_name) for of_name in words) for word in typed.split())


def variants(word: str) -> frozenset[str]:
    """Return the word, and what is left of it without any one of its letters.

    Words that are one typing error apart have one of these in common (symmetric deletion).
    """
    return frozenset((word, *(word[:n] + word[n + 1 :] for n in range(len(word)))))


def search_keys(name: str, mrn: str) -> frozenset[tuple[str, str]]:
    """Return (kind, key) of what a patient is found by; the name is as `searchable` returns it."""
    words = name.split()
    return frozenset(
        (
            ("number", mrn.casefold()),
            *(("name", word) for word in words),
            *(("misspelled", variant) for word in words for variant in variants(word)),
        )
    )


def may_be_same(one: str, other: str) -> bool:
    """Say whether two searchable names may be two spellings of one."""
    return all_close(one, other) or all_close(other, one)
