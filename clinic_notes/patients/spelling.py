"""Compares names and dates of birth in different spellings."""

import re
from calendar import month_abbr
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from clinic_notes.clinical.spelling.normal_form import folded, number_key

_MONTHS = {name.lower(): number for number, name in enumerate(month_abbr) if name}

_YEAR_FIRST = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4}|\d\d)")
_DAY_MONTH_WORD = re.compile(r"(\d{1,2})\.? ([a-z]{3})[a-z]*\.?,? (\d{4})")
_MONTH_WORD_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
_CENTURIES = ("19", "20")
_LEAST_OF_NUMBER = 2
"""So many characters of a number, a digit among them, find it from its middle."""

searchable = folded


def full_name(given_name: str, family_name: str) -> str:
    """Return a person's name, the given name first; some people have one name only."""
    return f"{given_name} {family_name}".strip()


def birth_dates(text: str) -> tuple[date, ...]:
    """Return every date the text can mean: two for ``3/4/1979``, one for ``3.4.1979``."""
    found: list[tuple[str | int, str | int, str | int]] = []
    text = " ".join(text.lower().split())
    if match := _YEAR_FIRST.fullmatch(text):
        found.append((match[1], match[2], match[3]))
    elif match := _YEAR_LAST.fullmatch(text):
        first, mark, second, year = match.groups()
        for whole in [year] if len(year) > 2 else [century + year for century in _CENTURIES]:
            found.append((whole, second, first))
            # With points the day comes first; with slashes and dashes either may.
            if mark != ".":
                found.append((whole, first, second))
    elif match := _DAY_MONTH_WORD.fullmatch(text):
        found.append((match[3], _MONTHS.get(match[2], 0), match[1]))
    elif match := _MONTH_WORD_DAY.fullmatch(text):
        found.append((match[3], _MONTHS.get(match[1], 0), match[2]))
    return tuple(sorted(set(_days(found))))


def mistaken_dates(born_on: date) -> tuple[date, ...]:
    """Return the date, and what it may be by mistake: day and month or two digits swapped."""
    year, month, day = born_on.isoformat().split("-")
    found = [(year, month, day), (year, day, month)]
    found += [(year[:n] + year[n + 1] + year[n] + year[n + 2 :], month, day) for n in range(3)]
    found += [(year, month[::-1], day), (year, month, day[::-1])]
    return tuple(sorted(set(_days(found))))


def _days(found: list[tuple[Any, Any, Any]]) -> Iterator[date]:
    for year, month, day in found:
        with suppress(ValueError):
            yield date(int(year), int(month), int(day))


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


def joined_words(name: str) -> frozenset[str]:
    """Return the words of a searchable name as one, begun at each: Anne Marie is annemarie too."""
    words = name.split()
    return frozenset("".join(words[n:] + words[:n]) for n in range(len(words)))


def search_keys(name: str, mrn: str) -> frozenset[tuple[str, str]]:
    """Return (kind, key) of what a patient is found by; the name is as `searchable` returns it."""
    words, number = name.split(), number_key(mrn)
    return frozenset(
        (
            ("number", number),
            *(("in number", end) for end in parts_of_number(number)),
            *(("name", joined) for joined in joined_words(name)),
            *(("misspelled", variant) for word in words for variant in variants(word)),
        )
    )


def parts_of_number(number: str) -> Iterator[str]:
    """Yield what follows in a number on each of its characters: what is in it begins one."""
    ends = (number[n:] for n in range(1, len(number) + 1 - _LEAST_OF_NUMBER))
    return (end for end in ends if is_part_of_number(end))


def is_part_of_number(text: str) -> bool:
    """Say whether a text is looked for in the middle of numbers too."""
    return len(text) >= _LEAST_OF_NUMBER and any(map(str.isdigit, text))


def may_be_same(one: str, other: str) -> bool:
    """Say whether two searchable names may be two spellings of one."""
    whole = "".join(one.split())
    joined = joined_words(other)
    return (
        all_close(one, other)
        or all_close(other, one)
        or any(is_close(whole, name) and abs(len(whole) - len(name)) <= 1 for name in joined)
    )
