"""Checks of a patient and of an episode."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from clinic_notes.clinical.diagnosis import check_diagnoses
from clinic_notes.clinical.due import CERTIFIED_DAYS, certified_until
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.limits import Limits, check_number
from clinic_notes.clinical.spelling.normal_form import says_nothing
from clinic_notes.clinical.wording import SIDES, day
from clinic_notes.patients.drafts import (
    OTHER,
    AllergiesAsked,
    AllergyDraft,
    ConditionDraft,
    EpisodeDraft,
    PatientDraft,
)
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.contraindications import contraindications
from clinic_notes.reference.lubricants import allergens
from clinic_notes.reference.regions import regions

OLDEST = 130
"""Years. The longest documented human life was 122."""
PLANNED_VISITS = Limits("Planned sessions", 1, 200, decimals=0)
VISITS_PER_WEEK = Limits("Sessions a week", 1, 14, decimals=0)
PLANNED_WEEKS = Limits("Planned weeks", 1, 104, decimals=0)


def check_patient(
    draft: PatientDraft, *, today: date, held: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Return what cannot be right; keys in ``held``, those on record, may be retired."""
    return (
        *_check_name(draft),
        *_check_birth(draft.born_on, today),
        *_check_answer(draft),
        *_check_guardian(draft, today),
        *_each(draft.allergies, "allergies", _check_allergy, today, held),
        *_each(draft.conditions, "conditions", _check_condition, today, held),
        *_check_since_birth(draft),
    )


def check_episode(
    draft: EpisodeDraft,
    *,
    born_on: date,
    today: date,
    held: Collection[str] = (),
    closed_on: date | None = None,
) -> tuple[Finding, ...]:
    """Return what cannot be right in an episode of a patient born on that day."""
    return (
        *_check_key(regions, draft.region, "region", today, held),
        *_check_side(draft),
        *_check_days(draft, born_on, today, closed_on),
        *_check_counts(draft),
        *check_diagnoses(draft.diagnoses, draft.code_system, "diagnoses"),
        *_check_certification(draft),
    )


def _refuse(about: str, message: str) -> Finding:
    return Finding(Level.REFUSE, message, about)


def _check_name(draft: PatientDraft) -> Iterator[Finding]:
    if not (draft.given_name or draft.family_name):
        yield _refuse("family_name", "Enter a name. Who has only one may leave the other blank.")
    for about in ("given_name", "family_name"):
        name = getattr(draft, about)
        if name and says_nothing(name):
            yield _refuse(about, "Write the name with letters, or leave it blank.")


def _check_birth(born_on: date, today: date) -> Iterator[Finding]:
    if born_on > today:
        yield _refuse("born_on", "The date of birth is in the future.")
    elif today.year - born_on.year > OLDEST:
        yield _refuse("born_on", f"The date of birth is more than {OLDEST} years ago.")


def _check_answer(draft: PatientDraft) -> Iterator[Finding]:
    lists_some = draft.has_allergies in (AllergiesAsked.YES, AllergiesAsked.SOME)
    if lists_some and not draft.allergies:
        yield _refuse("has_allergies", "This answer needs at least one allergy: add it below.")
    elif draft.allergies and not lists_some:
        yield _refuse(
            "has_allergies",
            "Allergies are listed below. Choose “Has allergies” or “Some known, the rest not "
            "asked”, or take the rows away.",
        )


def _check_guardian(draft: PatientDraft, today: date) -> Iterator[Finding]:
    consented_on = draft.guardian_consented_on
    if draft.guardian and consented_on is None:
        yield _refuse("guardian_consented_on", "Enter the day on which the guardian consented.")
    if consented_on is not None and not draft.guardian:
        yield _refuse("guardian", "Enter who the guardian is.")
    if consented_on is not None and not draft.born_on <= consented_on <= today:
        yield _refuse("guardian_consented_on", "This day is in the future, or before the birth.")


def _each(
    rows: Collection[Any], name: str, check: Any, today: date, held: Collection[str]
) -> Iterator[Finding]:
    for number, row in enumerate(rows):
        yield from check(row, f"{name}-{number}-", today, held)


def _check_allergy(
    row: AllergyDraft, prefix: str, today: date, held: Collection[str]
) -> Iterator[Finding]:
    if not row.allergen:
        yield _refuse(f"{prefix}allergen", "Choose the group of the allergen, or “Other”.")
    elif row.allergen != OTHER:
        yield from _check_key(allergens, row.allergen, f"{prefix}allergen", today, held)
    elif not row.substance:
        yield _refuse(f"{prefix}substance", "Name the substance: “Other” says too little.")


def _check_condition(
    row: ConditionDraft, prefix: str, today: date, held: Collection[str]
) -> Iterator[Finding]:
    if not row.label:
        yield _refuse(f"{prefix}label", "Name the condition, or take the row away.")
    if row.item:
        yield from _check_key(contraindications, row.item, f"{prefix}item", today, held)
    if row.since_on and row.since_on > today:
        yield _refuse(f"{prefix}since_on", "A condition cannot begin in the future.")


def _check_since_birth(draft: PatientDraft) -> Iterator[Finding]:
    for number, row in enumerate(draft.conditions):
        if row.since_on and row.since_on < draft.born_on:
            message = "A condition cannot begin before the patient's birth."
            yield _refuse(f"conditions-{number}-since_on", message)


def _check_key(
    catalogue: Catalogue[Any], key: str, about: str, today: date, held: Collection[str]
) -> Iterator[Finding]:
    if key not in held and not catalogue.is_current(key, today):
        yield _refuse(about, "This is not on the list. Choose one from it.")


def _check_side(draft: EpisodeDraft) -> Iterator[Finding]:
    region = regions.find(draft.region)
    if region is not None and draft.side not in region.sides:
        fitting = ", ".join(SIDES[side] for side in region.sides)
        yield _refuse("side", f"{region.label}: choose from {fitting}.")


def _check_days(
    draft: EpisodeDraft, born_on: date, today: date, closed_on: date | None
) -> Iterator[Finding]:
    for about, label, on in (
        ("onset_on", "The onset", draft.onset_on),
        ("referred_on", "The referral", draft.referred_on),
        ("opened_on", "The opening", draft.opened_on),
        ("certified_from", "The certification", draft.certified_from),
    ):
        if on and on > today and about != "certified_from":
            yield _refuse(about, f"{label} is in the future.")
        elif on and on < born_on:
            yield _refuse(about, f"{label} is before the patient's birth.")
    if closed_on and closed_on < draft.opened_on:
        yield _refuse("opened_on", f"The episode closed on {day(closed_on)}.")


def _check_counts(draft: EpisodeDraft) -> Iterator[Finding]:
    for about, limits in (
        ("planned_visits", PLANNED_VISITS),
        ("visits_per_week", VISITS_PER_WEEK),
        ("planned_weeks", PLANNED_WEEKS),
    ):
        number = getattr(draft, about)
        if number is not None:
            yield from check_number(number, limits, about)


def _check_certification(draft: EpisodeDraft) -> Iterator[Finding]:
    begins, ends = draft.certified_from, draft.certified_until
    if begins is None:
        if ends or draft.certified_by:
            yield _refuse("certified_from", "Say from which day the plan of care is certified.")
        return
    if not draft.certified_by:
        yield _refuse("certified_by", "Say who certified the plan of care.")
    longest = certified_until(begins)
    if ends and ends < begins:
        yield _refuse("certified_until", "The certification cannot end before it begins.")
    elif ends and ends > longest and draft.needs_certification:
        yield _refuse(
            "certified_until",
            f"A certification lasts {CERTIFIED_DAYS} days at most: until {day(longest)}.",
        )
