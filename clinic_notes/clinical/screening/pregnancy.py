"""Sites not treated in pregnancy (clinical.md 4.2 and 6; New York State precautions)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.wording import capitalized, listed, site_text
from clinic_notes.reference.contraindications import Contraindication

_NAMES = {
    1: re.compile(r"\b(first|1st|1|i|t1)\b"),
    2: re.compile(r"\b(second|2nd|2|ii|t2)\b"),
    3: re.compile(r"\b(third|3rd|3|iii|t3)\b"),
}
_COUNTED = re.compile(r"\b(\d{1,2})(?:\s*\+\s*\d)?\s*(w|wk|wks|weeks?|m|mo|months?)\b")
_ENDS = {"w": (13, 27), "m": (3, 6)}
"""The last completed week, and month, of the first two trimesters (professional knowledge)."""


@dataclass(frozen=True)
class PregnancyRestriction:
    """What a pregnancy means for the sites to be treated."""

    blocked: tuple[tuple[Site, str], ...] = ()
    """Sites that may not be treated, each with the sentence that says why."""
    question: str = ""
    """What the therapist has to write first; "" where nothing is missing."""


def trimester(detail: str) -> int | None:
    """Return the trimester that was written, 1 to 3; None where it is missing or ambiguous.

    It understands "second", "2nd trimester", "T2", "20 weeks" and "5 months".
    """
    text = detail.lower()
    found = {_trimester_of(int(number), unit[0]) for number, unit in _COUNTED.findall(text)}
    rest = _COUNTED.sub(" ", text).strip(" ,.\n")
    # "Second" by itself is an answer; among words that name no trimester it is the second child.
    named = (n for n, name in _NAMES.items() if name.search(rest) and "tri" in rest)
    alone = (n for n, name in _NAMES.items() if name.fullmatch(rest))
    found.update(named, alone)
    return found.pop() if len(found) == 1 else None


def pregnancy_restriction(
    item: Contraindication, about: Sequence[Site], detail: str, yes_text: str
) -> PregnancyRestriction:
    """Return what a "yes" with this detail means at these sites; ``yes_text`` is it in words."""
    when = trimester(detail)
    back = [site for site in about if site.region in item.first_trimester_regions]
    blocked = {site: "" for site in about if site.region in item.blocked_regions}
    if when == 1:
        blocked |= dict.fromkeys(back, " in the first trimester")
    question = ""
    if back and when is None:
        where = listed([site_text(site) for site in back])
        question = f"Write which trimester: {where} may not be treated in the first."
    sentences = tuple(
        (site, f"{capitalized(site_text(site))} may not be treated{why}: {yes_text}.")
        for site, why in blocked.items()
    )
    return PregnancyRestriction(sentences, question)


def _trimester_of(number: int, unit: str) -> int:
    first, second = _ENDS[unit]
    return 1 if number <= first else 2 if number <= second else 3
