"""The readings of a note in words: each measured before and after."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from clinic_notes.clinical.drafts import (
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    VisitDraft,
)
from clinic_notes.clinical.readings import change_text, pair_text, reading_text
from clinic_notes.clinical.wording import in_sentence, joined
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import devices, joint_positions, movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import Side, StrengthMethod

BY_PATIENT = "before by the patient, on the tablet"
"""What is said of a reading that the patient entered."""


@dataclass(frozen=True)
class Pair:
    """One thing measured, before and after, with how it was measured."""

    label: str
    how: str
    before: str
    after: str
    change: str
    line: str
    id: int | None = None
    corrected: tuple[str, ...] = ()
    """What an addendum made of it."""


def readings_by_kind(draft: VisitDraft) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    """Yield the title of each kind of reading and its rows.

    Rows nobody filled in are left out, also where the last session's words stand in them.
    """
    kinds: tuple[tuple[str, tuple[Any, ...], Callable[[Any], Pair]], ...] = (
        ("Pain, 0 to 10", draft.pains, _pain),
        ("Range of motion", draft.roms, _rom),
        ("Strength", draft.strengths, _strength),
        ("Tests and scores", draft.measures, _measure),
    )
    for title, rows, pair_of in kinds:
        yield title, tuple(pair_of(row) for row in rows if _is_entered(row))


def _is_entered(row: Any) -> bool:
    return not (row.before.is_blank and row.after.is_blank)


def _pain(row: PainDraft) -> Pair:
    return _pair(row, pain_contexts.label(row.context), row.detail)


def _rom(row: RomDraft) -> Pair:
    position = in_sentence(joint_positions.label(row.position)) if row.position else ""
    device = in_sentence(devices.label(row.device)) if row.device else ""
    how = joined(str(row.mode), position, device)
    return _pair(row, _sided(movements.label(row.movement), row.side), how, "°")


def _strength(row: StrengthDraft) -> Pair:
    how, unit = ("MMT", "") if row.method is StrengthMethod.MMT else ("dynamometer", "N")
    return _pair(row, _sided(movements.label(row.movement), row.side), how, unit)


def _measure(row: MeasureDraft) -> Pair:
    measure = measures[row.measure]
    label = _sided(measure.label, row.side)
    return _pair(row, label, row.detail, measure.unit, signed=measure.is_change)


def _pair(row: Any, label: str, how: str, unit: str = "", *, signed: bool = False) -> Pair:
    before, after = row.before, row.after
    how = joined(how, BY_PATIENT) if before.by_patient else how
    return Pair(
        label=label,
        how=how,
        before=reading_text(before, unit, signed=signed),
        after=reading_text(after, unit, signed=signed),
        change=change_text(before, after, unit).strip(),
        line=pair_text(before, after, unit, signed=signed),
        id=row.id,
    )


def _sided(label: str, side: Side | None) -> str:
    named = {Side.BILATERAL: "both sides", Side.MIDLINE: ""}
    words = "" if side is None else named.get(side, side.value)
    return f"{label}, {words}" if words else label
