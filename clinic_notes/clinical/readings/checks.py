"""Checks of a reading, before or after treatment (clinical.md 7, 8, 9)."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from clinic_notes.clinical.drafts import (
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    VisitDraft,
)
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.limits import Limits, check_number
from clinic_notes.clinical.spelling.normal_form import letters_only
from clinic_notes.clinical.wording import in_sentence
from clinic_notes.reference.measures import measures, mmt_grades
from clinic_notes.reference.movements import movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import ReadingState, Side, StrengthMethod

NPRS = Limits("Pain", 0, 10, decimals=0)
"""The Numeric Pain Rating Scale: whole numbers, 0 none to 10 worst imaginable."""
DYNAMOMETER = Limits("Strength", 0, 1000, "N", decimals=1)
"""A hand-held dynamometer."""

WHAT_IS_MEASURED: Mapping[type, tuple[str, ...]] = {
    PainDraft: ("context", "detail"),
    RomDraft: ("movement", "side", "mode", "position"),
    StrengthDraft: ("movement", "side", "method"),
    MeasureDraft: ("measure", "side", "detail"),
}
"""The fields that say what a row measures. A visit measures each thing once."""

WITH_A_NUMBER = (ReadingState.MEASURED, ReadingState.PAIN_LIMITED)


def same_measure(name: str, value: object) -> str:
    """Return the value of such a field as it is compared: words by their letters only."""
    text = str(value or "")
    return letters_only(text) if name == "detail" else text


@lru_cache(maxsize=256)
def rom_limits(movement: str | None) -> Limits | None:
    """Return the limits of a movement in degrees; None where it is unknown."""
    entry = movements.find(movement or "")
    if entry is None:
        return None
    return Limits(
        entry.label, entry.hard_min, entry.hard_max, "°", decimals=1, unusual_above=entry.soft_max()
    )


@lru_cache(maxsize=256)
def strength_limits(movement: str | None) -> Limits | None:
    """Return the limits of a movement's strength in newtons; None where it is unknown."""
    entry = movements.find(movement or "")
    if entry is None:
        return None
    return replace(DYNAMOMETER, label=f"Strength of {in_sentence(entry.label)}")


@lru_cache(maxsize=256)
def measure_limits(measure: str | None) -> Limits | None:
    """Return the limits of a test or score, in its own unit; None where it is unknown."""
    entry = measures.find(measure or "")
    if entry is None:
        return None
    return Limits(entry.label, entry.minimum, entry.maximum, entry.unit, entry.decimals)


def check_pain(draft: PainDraft, prefix: str) -> tuple[Finding, ...]:
    """Return what cannot be right in a pain rating: whole numbers 0 to 10, each in its context."""
    limits = replace(NPRS, label=pain_contexts.label(draft.context))
    return (
        *_check_end(draft.before, limits, f"{prefix}-before"),
        *_check_end(draft.after, limits, f"{prefix}-after"),
    )


def check_rom(draft: RomDraft, prefix: str) -> tuple[Finding, ...]:
    """Return what cannot be right in a joint movement, in degrees.

    Outside the hard limits it is refused; over 130 % of the highest norm it is a caution.
    """
    movement, limits = movements.find(draft.movement), rom_limits(draft.movement)
    if movement is None or limits is None:
        return ()
    return (
        *_check_side(movement.label, draft.side, f"{prefix}-side", is_sided=movement.sided),
        *_check_end(draft.before, limits, f"{prefix}-before"),
        *_check_end(draft.after, limits, f"{prefix}-after"),
    )


def check_strength(draft: StrengthDraft, prefix: str) -> tuple[Finding, ...]:
    """Return what cannot be right in a strength test: an MMT grade, or 0 to 1000 newtons."""
    movement, limits = movements.find(draft.movement), strength_limits(draft.movement)
    if movement is None or limits is None:
        return ()
    findings = [*_check_side(limits.label, draft.side, f"{prefix}-side", is_sided=movement.sided)]
    for end, about in ((draft.before, f"{prefix}-before"), (draft.after, f"{prefix}-after")):
        if draft.method is StrengthMethod.MMT:
            findings += _check_grade(end, limits.label, about)
        else:
            findings += _check_end(end, limits, about)
    return tuple(findings)


def check_measure(draft: MeasureDraft, prefix: str) -> tuple[Finding, ...]:
    """Return what cannot be right in a linear or functional test or a score, in its own unit."""
    measure, limits = measures.find(draft.measure), measure_limits(draft.measure)
    if measure is None or limits is None:
        return ()
    has_no_detail = measure.needs_detail and not letters_only(draft.detail)
    needs_detail = Finding(
        Level.REFUSE,
        f"{measure.label}: {in_sentence(measure.detail_prompt) or 'say which one'}.",
        f"{prefix}-detail",
    )
    return (
        *_check_side(measure.label, draft.side, f"{prefix}-side", is_sided=measure.sided),
        *((needs_detail,) if has_no_detail else ()),
        *_check_end(draft.before, limits, f"{prefix}-before"),
        *_check_end(draft.after, limits, f"{prefix}-after"),
    )


def check_duplicates(draft: VisitDraft) -> tuple[Finding, ...]:
    """Return a refusal for each row that measures the same thing as an earlier one."""
    lists = {
        "pains": draft.pains,
        "roms": draft.roms,
        "strengths": draft.strengths,
        "measures": draft.measures,
    }
    return tuple(found for name, rows in lists.items() for found in _repeated(name, rows))


def _check_end(end: Measured, limits: Limits, about: str) -> Iterable[Finding]:
    label = limits.label
    if end.grade:
        yield Finding(Level.REFUSE, f"{label}: a grade has no place here.", about)
    elif end.number is not None and end.state not in WITH_A_NUMBER:
        yield Finding(
            Level.REFUSE, f"{label}: give a number, or say why there is none, not both.", about
        )
    elif end.number is not None:
        yield from check_number(end.number, limits, about)
    elif end.state is ReadingState.MEASURED:
        yield Finding(Level.REFUSE, f"{label}: enter the number, {limits.in_words}.", about)


def _check_grade(end: Measured, label: str, about: str) -> Iterable[Finding]:
    allowed = ", ".join(grade.label for grade in mmt_grades)
    if end.number is not None:
        yield Finding(Level.REFUSE, f"{label}: a manual test has a grade, not a number.", about)
    elif end.grade and end.grade not in mmt_grades:
        yield Finding(
            Level.REFUSE, f"{label}: {end.grade} is no grade. Grades are {allowed}.", about
        )
    elif end.grade and end.state not in WITH_A_NUMBER:
        yield Finding(
            Level.REFUSE, f"{label}: give a grade, or say why there is none, not both.", about
        )
    elif end.state is ReadingState.MEASURED and not end.grade:
        yield Finding(Level.REFUSE, f"{label}: choose the grade, one of {allowed}.", about)


def _check_side(label: str, side: Side | None, about: str, *, is_sided: bool) -> Iterable[Finding]:
    is_one_side = side in (Side.LEFT, Side.RIGHT)
    if is_sided and not is_one_side:
        yield Finding(Level.REFUSE, f"{label}: choose left or right.", about)
    elif is_one_side and not is_sided:
        yield Finding(Level.REFUSE, f"{label} has no left or right.", about)


def _repeated(name: str, rows: Iterable[object]) -> Iterable[Finding]:
    seen: Counter[Hashable] = Counter()
    for number, row in enumerate(rows):
        measures = WHAT_IS_MEASURED[type(row)]
        identity = tuple(same_measure(part, getattr(row, part)) for part in measures)
        if seen[identity]:
            yield Finding(
                Level.REFUSE,
                "This stands here twice. Keep one row.",
                f"{name}-{number}-{measures[0]}",
            )
        seen[identity] += 1
