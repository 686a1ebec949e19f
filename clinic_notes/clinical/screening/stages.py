"""Which stage of a condition was written, and what is not treated in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.wording import capitalized, listed, site_text
from clinic_notes.reference.contraindications import Contraindication, Stage

_COUNTED = re.compile(r"\b(\d{1,2})(?:\s*\+\s*\d)?\s*(w|wk|wks|weeks?|m|mo|months?)\b")
_ABBREVIATED = 3
"""Letters of the word for a stage that are enough: "2nd tri"."""


@dataclass(frozen=True)
class StageRestriction:
    """What a condition in its stage means for the sites to be treated."""

    blocked: tuple[tuple[Site, str], ...] = ()
    """Sites that may not be treated, each with the sentence that says why."""
    question: str = ""
    """What the therapist has to write first; "" where nothing is missing."""


def stage_of(item: Contraindication, detail: str) -> Stage | None:
    """Return the stage that was written; None where it is missing or ambiguous.

    It understands "second", "2nd trimester", "T2", "20 weeks" and "5 months".
    """
    text = detail.lower()
    counted = _COUNTED.findall(text)
    found = [_at(item.stages, int(number), is_weeks=unit[0] == "w") for number, unit in counted]
    rest = _COUNTED.sub(" ", text).strip(" ,.\n")
    # "Second" by itself is an answer; among words that name no stage it is the second child.
    is_named = item.stage_word[:_ABBREVIATED] in rest
    words = re.findall(r"\w+", rest) if is_named else [rest]
    found += [stage for stage in item.stages if set(words) & set(stage.words)]
    return found[0] if len(set(found)) == 1 else None


def stage_restriction(
    item: Contraindication, about: Sequence[Site], detail: str, yes_text: str
) -> StageRestriction:
    """Return what a "yes" with this detail means at these sites; ``yes_text`` is it in words."""
    stage = stage_of(item, detail)
    blocked = {site: "" for site in about if site.region in item.blocked_regions}
    if stage is not None:
        now = [site for site in about if site.region in stage.blocked_regions]
        blocked |= dict.fromkeys(now, f" in the {stage.name}")
    sentences = tuple(
        (site, f"{capitalized(site_text(site))} may not be treated{when}: {yes_text}.")
        for site, when in blocked.items()
    )
    question = _question(item, about, yes_text) if item.stages and stage is None else ""
    return StageRestriction(sentences, question)


def _question(item: Contraindication, about: Sequence[Site], yes_text: str) -> str:
    for stage in item.stages:
        if waiting := [site for site in about if site.region in stage.blocked_regions]:
            where = listed([site_text(site) for site in waiting])
            return f"Write {item.ask}: {where} may not be treated in the {stage.name}."
    return f"Write {item.ask}: {yes_text}."


def _at(stages: Sequence[Stage], number: int, *, is_weeks: bool) -> Stage:
    """Return the stage in which this many weeks, or months, are completed."""
    lasts = ((stage, stage.last_week if is_weeks else stage.last_month) for stage in stages)
    return next(stage for stage, last in lasts if last is None or number <= last)
