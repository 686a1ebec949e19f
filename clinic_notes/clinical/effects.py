"""Checks of an effect of treatment, and the least grade for it (clinical.md 5)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from clinic_notes.clinical.drafts import EffectDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.limits import Limits, check_number
from clinic_notes.clinical.wording import in_sentence, listed
from clinic_notes.reference.effects import effects, grades
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import EffectOutcome, TimeUnit

GRADE = Limits("Grade", 0, 4, decimals=0)
SIZE = Limits("Size", 0, 100, "cm", decimals=1)
LASTED = Limits("Duration", 0, 8760, decimals=2)
"""In any unit; in its own, a year at most, and a day in minutes."""
_LASTED = {
    TimeUnit.MINUTES: Limits("Duration", 0, 1440, "minutes", decimals=2),
    TimeUnit.HOURS: Limits("Duration", 0, 8760, "hours", decimals=2),
    TimeUnit.DAYS: Limits("Duration", 0, 365, "days", decimals=2),
}
ONSET = Limits("Time after treatment", 0, 1440, decimals=2)
TENDERNESS = Limits("Tenderness", 0, 10, decimals=0)

MODERATE, SEVERE = 2, 3
LARGE_BRUISE_CM = 5


ASKED_DAYS = 90
"""How long an effect is asked about while its end is not known (proposed)."""


class Followed(NamedTuple):
    """A session, its effects, and what it says became of those before it."""

    served_on: date
    outcome: EffectOutcome | None
    effects: Sequence[EffectDraft]


def check_effect(effect: EffectDraft, prefix: str) -> tuple[Finding, ...]:
    """Return what cannot be right in an effect; else a caution where its grade is too low."""
    refused = (
        *_check_numbers(effect, prefix),
        *_check_site(effect, prefix),
        *_check_times(effect, prefix),
    )
    return refused or tuple(_check_grade(effect, prefix))


def suggested_grade(effect: EffectDraft) -> int | None:
    """Return the least grade, 0 to 4, the reference allows for the effect; None if unknown.

    A bruise over 5 cm or tender is moderate, so is an adverse effect longer than a day;
    anything longer than 7 days is severe. A bruise is expected to take days, so only its size
    and tenderness, and the 7 days, raise it.
    """
    entry = effects.find(effect.effect)
    if entry is None:
        return None
    lasted = effect.lasted_days or 0
    if lasted > 7:
        return max(SEVERE, entry.least_grade)
    if entry.key == "ecchymosis":
        is_moderate = (effect.size_cm or 0) > LARGE_BRUISE_CM or (effect.tenderness or 0) > 0
    else:
        is_moderate = lasted > 1 and not entry.expected
    return max(MODERATE, entry.least_grade) if is_moderate else entry.least_grade


def open_effects(sessions: Iterable[Followed]) -> tuple[tuple[date, EffectDraft], ...]:
    """Return the effects of earlier sessions that nobody knows the end of, the latest first.

    ``sessions`` are those signed in the last ASKED_DAYS days, the latest first. One that answered
    "resolved" closes what came before it; one that was not asked, or answered otherwise, does not.
    """
    found: list[tuple[date, EffectDraft]] = []
    for session in sessions:
        found += [
            (session.served_on, effect)
            for effect in session.effects
            if is_asked_about(effect) and effect.outcome is not EffectOutcome.RESOLVED
        ]
        if session.outcome is EffectOutcome.RESOLVED:
            break
    return tuple(found)


def is_asked_about(effect: EffectDraft) -> bool:
    """Say whether the next session asks what became of an effect (proposed).

    Every one that is not expected after treatment, and an expected one of grade 1 or more.
    """
    entry = effects.find(effect.effect)
    return entry is not None and (not entry.expected or (effect.grade or 0) >= 1)


def _check_numbers(effect: EffectDraft, prefix: str) -> Iterator[Finding]:
    for field, limits in (
        ("grade", GRADE),
        ("size_cm", SIZE),
        ("lasted", _LASTED[effect.lasted_unit]),
        ("onset_after", ONSET),
        ("tenderness", TENDERNESS),
    ):
        number = getattr(effect, field)
        if number is not None:
            yield from check_number(number, limits, f"{prefix}-{field}")


def _check_times(effect: EffectDraft, prefix: str) -> Iterator[Finding]:
    if (effect.onset_after is None) != (effect.onset_unit is None):
        message = "Enter how long after treatment it began with its unit."
        yield Finding(Level.REFUSE, message, f"{prefix}-onset_after")
    if effect.resolved_on is not None and effect.outcome is not EffectOutcome.RESOLVED:
        message = "A day on which it was gone needs “Resolved”."
        yield Finding(Level.REFUSE, message, f"{prefix}-outcome")


def check_earlier_effects(draft: VisitDraft) -> Iterator[Finding]:
    """Refuse a day of resolution that cannot be right for the effects of earlier sessions."""
    gone_on = draft.earlier_effects_resolved_on
    if gone_on is None:
        return
    if draft.earlier_effects is not EffectOutcome.RESOLVED:
        message = "A day on which it was gone needs “Resolved”."
        yield Finding(Level.REFUSE, message, "earlier_effects")
    if gone_on > draft.served_on:
        message = "This day is after the session."
        yield Finding(Level.REFUSE, message, "earlier_effects_resolved_on")


def _check_site(effect: EffectDraft, prefix: str) -> Iterator[Finding]:
    region = regions.find(effect.region)
    if region is not None and effect.side is not None and effect.side not in region.sides:
        allowed = listed(region.sides, "or")
        yield Finding(Level.REFUSE, f"{region.label}: the side is {allowed}.", f"{prefix}-side")


def _check_grade(effect: EffectDraft, prefix: str) -> Iterator[Finding]:
    least = suggested_grade(effect)
    if effect.grade is not None and least is not None and effect.grade < least:
        least_text = f"{least} ({in_sentence(grades.label(str(least)))})"
        message = f"What is written here is at least grade {least_text}."
        yield Finding(Level.CAUTION, message, f"{prefix}-grade")
