"""Where a pregnant patient is not treated (clinical.md 4.2 and 6; New York State precautions)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.wording import listed, opening, place

PREGNANCY = "pregnancy"
NEVER = frozenset({"abdomen"})
"""Regions that are blocked all through a pregnancy (clinical.md 6, "pregnancy block")."""
NOT_AT_FIRST = frozenset({"lumbar", "sacroiliac"})
"""Low back and sacrum: not in the first trimester (clinical.md 4.2)."""

_NAMES = {
    1: re.compile(r"\b(first|1st|1|i|t1)\b"),
    2: re.compile(r"\b(second|2nd|2|ii|t2)\b"),
    3: re.compile(r"\b(third|3rd|3|iii|t3)\b"),
}
_COUNTED = re.compile(r"\b(\d{1,2})(?:\s*\+\s*\d)?\s*(w|wk|wks|weeks?|m|mo|months?)\b")
_ENDS = {"w": (13, 27), "m": (3, 6)}
"""The last completed week, and month, of the first two trimesters (professional knowledge)."""


@dataclass(frozen=True)
class KeptOff:
    """What a pregnancy says of the places to be treated."""

    blocked: tuple[tuple[Site, str], ...] = ()
    """Places that may not be treated, each with the sentence that says why."""
    question: str = ""
    """What has to be written first, "" where nothing has."""


def trimester(detail: str) -> int | None:
    """Return the trimester that was written, None where it is not one and clear.

    Read are "second", "2nd trimester", "T2", "20 weeks" and "5 months".
    """
    text = detail.lower()
    said = {_of(int(number), unit[0]) for number, unit in _COUNTED.findall(text)}
    rest = _COUNTED.sub(" ", text).strip(" ,.\n")
    # "Second" by itself is an answer; among words that name no trimester it is the second child.
    named = (n for n, name in _NAMES.items() if name.search(rest) and "tri" in rest)
    alone = (n for n, name in _NAMES.items() if name.fullmatch(rest))
    said.update(named, alone)
    return said.pop() if len(said) == 1 else None


def kept_off(about: Sequence[Site], detail: str, said: str) -> KeptOff:
    """Return what a "yes" with this detail says of the places; ``said`` is the answer in words."""
    when = trimester(detail)
    back = [site for site in about if site.region in NOT_AT_FIRST]
    blocked = [site for site in about if site.region in NEVER]
    if when == 1:
        blocked += back
    question = ""
    if back and when is None:
        where = listed([place(site) for site in back])
        question = f"Write which trimester: {where} may not be treated in the first."
    return KeptOff(tuple(_sentences(blocked, said)), question)


def _sentences(sites: Sequence[Site], said: str) -> Iterator[tuple[Site, str]]:
    for site in sites:
        first = " in the first trimester" if site.region in NOT_AT_FIRST else ""
        yield site, f"{opening(place(site))} may not be treated{first}: {said}."


def _of(number: int, unit: str) -> int:
    first, second = _ENDS[unit]
    return 1 if number <= first else 2 if number <= second else 3
