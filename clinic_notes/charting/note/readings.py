"""The readings of a note in words: each measured before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Measured, VisitDraft
from clinic_notes.clinical.readings import change_text, pair_text, reading_text
from clinic_notes.clinical.wording import in_sentence, joined
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import devices, joint_positions, movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import Side, StrengthMethod


@dataclass(frozen=True)
class Pair:
    """One thing measured, before and after, with how it was measured."""

    label: str
    how: str
    before: str
    after: str
    change: str
    line: str


def readings_by_kind(draft: VisitDraft) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    """Yield the title of each kind of reading and its rows; rows nobody filled in are left out."""
    yield (
        "Pain, 0 to 10",
        tuple(
            _pair(pain_contexts.label(p.context), p.detail, p.before, p.after)
            for p in draft.pains
            if _is_entered(p)
        ),
    )
    yield (
        "Range of motion",
        tuple(
            _pair(
                _sided(movements.label(r.movement), r.side),
                joined(
                    str(r.mode),
                    in_sentence(joint_positions.label(r.position)) if r.position else "",
                    in_sentence(devices.label(r.device)) if r.device else "",
                ),
                r.before,
                r.after,
                "°",
            )
            for r in draft.roms
            if _is_entered(r)
        ),
    )
    yield (
        "Strength",
        tuple(
            _pair(
                _sided(movements.label(s.movement), s.side),
                "MMT" if s.method is StrengthMethod.MMT else "dynamometer",
                s.before,
                s.after,
                "" if s.method is StrengthMethod.MMT else "N",
            )
            for s in draft.strengths
            if _is_entered(s)
        ),
    )
    yield (
        "Tests and scores",
        tuple(
            _pair(
                _sided(measures.label(m.measure), m.side),
                m.detail,
                m.before,
                m.after,
                measures[m.measure].unit,
                signed=measures[m.measure].is_change,
            )
            for m in draft.measures
            if _is_entered(m)
        ),
    )


def _is_entered(row: object) -> bool:
    blank: bool = row.before.is_blank and row.after.is_blank  # type: ignore[attr-defined]
    return not blank


def _pair(
    label: str, how: str, before: Measured, after: Measured, unit: str = "", *, signed: bool = False
) -> Pair:
    return Pair(
        label=label,
        how=how,
        before=reading_text(before, unit, signed=signed),
        after=reading_text(after, unit, signed=signed),
        change=change_text(before, after, unit).strip(),
        line=pair_text(before, after, unit, signed=signed),
    )


def _sided(label: str, side: Side | None) -> str:
    named = {Side.BILATERAL: "both sides", Side.MIDLINE: ""}
    words = "" if side is None else named.get(side, side.value)
    return f"{label}, {words}" if words else label
