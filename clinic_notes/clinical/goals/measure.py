"""What a goal measures: a key, the row it stands for, and which way is better."""

from collections.abc import Iterator
from decimal import Decimal

from clinic_notes.clinical.change import Row
from clinic_notes.clinical.change.comparable import direction
from clinic_notes.clinical.drafts import MeasureDraft, PainDraft, RomDraft, StrengthDraft
from clinic_notes.clinical.limits import Limits
from clinic_notes.clinical.readings import (
    NPRS,
    WHAT_IS_MEASURED,
    measure_limits,
    rom_limits,
    same_measure,
    strength_limits,
)
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import joint_positions, movements, movements_for
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import Mode, Side, StrengthMethod

_SIDES = (Side.LEFT, Side.RIGHT)


def measure_key(row: Row) -> str:
    """Return the key of what a row measures: ``rom:ankle_dorsiflexion:left:active:knee_straight``.

    It is a stored format. A manual muscle grade has no number and so no key.
    """
    match row:
        case PainDraft():
            parts: tuple[object, ...] = ("pain", row.context)
        case RomDraft():
            parts = ("rom", row.movement, row.side, row.mode, row.position)
        case StrengthDraft():
            parts = ("strength", row.movement, row.side)
        case MeasureDraft():
            parts = ("measure", row.measure, row.side or "")
    return ":".join(map(str, parts)).rstrip(":")


def measured_row(key: str, detail: str = "") -> Row | None:
    """Return a row that measures what the key says; None where there is no such measure."""
    kind, what, side, mode, position, *rest = (*key.split(":"), "", "", "", "", "")
    if any(rest):
        return None
    if kind == "pain":
        row: Row | None = PainDraft(what, detail) if what in pain_contexts else None
    elif kind == "measure":
        row = _test(what, side, detail)
    elif kind in ("rom", "strength") and what in movements:
        row = _of_movement(kind, what, side, mode, position)
    else:
        row = None
    return row if row is not None and measure_key(row) == key else None


def _test(what: str, side: str, detail: str) -> Row | None:
    if what not in measures:
        return None
    if measures[what].sided:
        return MeasureDraft(what, Side(side), detail) if side in _SIDES else None
    return MeasureDraft(what, None, detail)


def _of_movement(kind: str, what: str, side: str, mode: str, position: str) -> Row | None:
    if side not in (_SIDES if movements[what].sided else (Side.MIDLINE,)):
        return None
    if kind == "strength":
        return StrengthDraft(what, Side(side), StrengthMethod.DYNAMOMETER)
    if mode not in list(Mode) or (position and position not in joint_positions):
        return None
    return RomDraft(what, Side(side), Mode(mode), position)


def measures_for(region: str, side: Side) -> Iterator[Row]:
    """Yield what a goal of a complaint may measure, the nearest first: pain, motion, tests."""
    yield from (PainDraft(context.key) for context in pain_contexts)
    for movement in movements_for([region]):
        for at in _sides_of(side) if movement.sided else (Side.MIDLINE,):
            for mode in Mode:
                for position in movement.positions or ("",):
                    yield RomDraft(movement.key, at, mode, position)
            yield StrengthDraft(movement.key, at, StrengthMethod.DYNAMOMETER)
    for measure in measures:
        for one in _sides_of(side) if measure.sided else (None,):
            yield MeasureDraft(measure.key, one)


def _sides_of(side: Side) -> tuple[Side, ...]:
    return (side,) if side in _SIDES else _SIDES


def limits_of(row: Row) -> Limits | None:
    """Return the limits of what a row measures."""
    match row:
        case PainDraft():
            return NPRS
        case RomDraft():
            return rom_limits(row.movement)
        case StrengthDraft():
            return strength_limits(row.movement)
        case MeasureDraft():
            return measure_limits(row.measure)


def detail_prompt(row: Row) -> str:
    """Return what has to be said beside the measure, such as which activity; "" for nothing."""
    match row:
        case PainDraft():
            return pain_contexts[row.context].detail_prompt
        case MeasureDraft() if measures[row.measure].needs_detail:
            return measures[row.measure].detail_prompt or "Say which one"
    return ""


def is_same_thing(goal: Row, row: Row) -> bool:
    """Say whether a reading's row measures what the goal does.

    A goal that names no joint position takes readings in any; a movement without sides has none.
    """
    if type(goal) is not type(row):
        return False
    compared = [part for part in WHAT_IS_MEASURED[type(goal)] if part != "position"]
    if isinstance(goal, RomDraft | StrengthDraft) and not movements[goal.movement].sided:
        compared.remove("side")
    if getattr(goal, "position", ""):
        compared.append("position")
    return all(
        same_measure(part, getattr(goal, part)) == same_measure(part, getattr(row, part))
        for part in compared
    )


def way(row: Row, start: Decimal | None, target: Decimal) -> int:
    """Return 1 where the goal is a larger number, -1 where a smaller, 0 where nothing says so.

    Where neither is better by itself, as with a girth, the goal goes from its start to its target.
    """
    better = direction(row, target if start is None else max(start, target))
    if better == 0 and start is not None:
        return (target > start) - (target < start)
    return better
