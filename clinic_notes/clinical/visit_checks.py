"""The checks of single fields, over a whole visit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from typing import TypeVar

from clinic_notes.clinical.billing import check_services
from clinic_notes.clinical.catalogue_checks import check_keys
from clinic_notes.clinical.dosage import check_minutes, check_use, treated_minutes
from clinic_notes.clinical.drafts import EffectDraft, InterventionDraft, VisitDraft
from clinic_notes.clinical.effects import check_earlier_effects, check_effect
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.limits import Limits, check_number
from clinic_notes.clinical.readings import (
    check_duplicates,
    check_measure,
    check_pain,
    check_rom,
    check_strength,
)
from clinic_notes.clinical.readings.blood_pressure import check_blood_pressure
from clinic_notes.clinical.screening.pressure_caps import PressureCap, lowest_cap
from clinic_notes.clinical.signing import ANY_DAY, EpisodeSpan, check_times
from clinic_notes.clinical.wording import day

Row = TypeVar("Row")

INTERVENTION_MINUTES = Limits("Minutes", 0, 240, "min", decimals=2)


def check_visit(
    draft: VisitDraft,
    *,
    today: date,
    now: time | None = None,
    born_on: date | None = None,
    span: EpisodeSpan = ANY_DAY,
    caps: Sequence[PressureCap] = (),
) -> tuple[Finding, ...]:
    """Return what cannot be right, or is unusual, in what was entered, in the order of the form.

    A finding's ``about`` names the field by the row's position in the draft, as
    ``uses-2-angle_degrees``. ``today`` and ``now`` are in the clinic's time zone, ``born_on`` is
    the patient's date of birth, ``span`` those between which sessions of the episode
    are, ``caps`` the highest pressures allowed today. Missing
    values are found by ``signing.missing``: a draft may have gaps, but no impossible value.
    """
    return (
        *check_times(draft, today, now=now, born_on=born_on, span=span),
        *check_keys(draft),
        *check_earlier_effects(draft),
        *check_blood_pressure(draft.systolic, draft.diastolic),
        *_each(draft.pains, "pains", check_pain),
        *_each(draft.roms, "roms", check_rom),
        *_each(draft.strengths, "strengths", check_strength),
        *_each(draft.measures, "measures", check_measure),
        *check_duplicates(draft),
        *_each(
            draft.uses,
            "uses",
            lambda use, prefix: check_use(use, prefix=prefix, cap=lowest_cap(caps, use.site)),
        ),
        *_each(draft.interventions, "interventions", _check_intervention),
        *_each(draft.effects, "effects", check_effect),
        *check_minutes(draft.timed_minutes, draft.total_minutes, treated_minutes(draft.uses)),
        *check_services(draft),
    )


def check_addendum(
    text: str,
    about_on: date | None,
    effect: EffectDraft,
    *,
    today: date,
    born_on: date | None = None,
    corrects: Iterable[Finding] = (),
) -> tuple[Finding, ...]:
    """Return what cannot be right in an addendum to a signed note: text, an effect, or both.

    ``about_on`` is the day the addendum is about, ``today`` the clinic's own, ``corrects`` what
    cannot be right in its correction of a value.
    """
    findings: list[Finding] = list(corrects)
    has_effect = effect != EffectDraft(effect="", id=effect.id)
    if not text.strip() and not has_effect and not findings:
        findings.append(Finding(Level.REFUSE, "Write what you add, or choose an effect.", "text"))
    if about_on is not None and about_on > today:
        findings.append(Finding(Level.REFUSE, "This day is in the future.", "about_on"))
    if about_on is not None and born_on is not None and about_on < born_on:
        message = f"The patient was only born on {day(born_on)}: check the date."
        findings.append(Finding(Level.REFUSE, message, "about_on"))
    if has_effect and not effect.effect:
        findings.append(Finding(Level.REFUSE, "Choose the effect.", "effect"))
    if effect.effect:
        findings += (
            replace(found, about=found.about.removeprefix("added-"))
            for found in check_effect(effect, "added")
        )
    return tuple(findings)


def _each(
    rows: Sequence[Row], name: str, check: Callable[[Row, str], tuple[Finding, ...]]
) -> Iterator[Finding]:
    for number, row in enumerate(rows):
        yield from check(row, f"{name}-{number}")


def _check_intervention(row: InterventionDraft, prefix: str) -> tuple[Finding, ...]:
    if row.minutes is None:
        return ()
    return tuple(check_number(row.minutes, INTERVENTION_MINUTES, f"{prefix}-minutes"))
