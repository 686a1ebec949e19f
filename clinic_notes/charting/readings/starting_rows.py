"""The rows a new session's form begins with, never with a reading in them.

The rows of the last signed session come back empty; a first session gets the pain contexts and
the movements of the episode's region.
"""

from collections.abc import Sequence
from typing import Any

from clinic_notes.charting.models import columns
from clinic_notes.clinical.drafts import Measured
from clinic_notes.clinical.readings import reading_text
from clinic_notes.clinical.spelling.normal_form import letters_only
from clinic_notes.patients.models import Episode
from clinic_notes.reference.movements import movements, movements_for
from clinic_notes.reference.terms import Mode, Side

FIRST_STEP_REGIONS = ("foot_plantar", "achilles")
"""Where the first steps of the morning are what hurts."""


def starting_rows(episode: Episode, last: Sequence[Any]) -> dict[str, Any]:
    """Return the rows of a new visit's form, with no reading in any of them."""
    if last:
        return _rows_of(last)
    contexts = ["now", "movement", "worst_24h"]
    if episode.region in FIRST_STEP_REGIONS:
        contexts[1] = "first_step"
    return {
        "pains": [{"context": context} for context in contexts],
        "roms": [
            {"movement": movement.key, "side": side, "mode": Mode.ACTIVE}
            for movement in movements_for([episode.region])[:4]
            for side in _sides(movement.key, episode.side)
        ],
    }


def first_use(episode: Episode) -> dict[str, Any]:
    """Return the treatment row an empty form begins with: only where the complaint is."""
    return {"region": episode.region, "side": episode.side}


def last_values(last: Sequence[Any]) -> dict[tuple[str, ...], str]:
    """Return what was measured last time, by `row_key`: shown beside a field, never in it."""
    found = {}
    for row in last:
        before = Measured(row.before_state, row.before_number, row.before_grade)
        if not before.is_blank:
            key = row_key(row.kind, row.key, row.side, row.mode, row.position, row.detail)
            found[key] = reading_text(before)
    return found


def row_key(*parts: object) -> tuple[str, ...]:
    """Return what makes two rows the same measurement: kind, what, side, mode, position, detail."""
    *keys, detail = ("" if part is None else str(part) for part in parts)
    return (*keys, letters_only(detail))


def _rows_of(last: Sequence[Any]) -> dict[str, Any]:
    return {
        f"{kind}s": [columns.what_is_measured(row) for row in last if row.kind == kind]
        for kind in columns.READING_KINDS
    }


def _sides(movement: str, side: Side) -> tuple[Side, ...]:
    if not movements[movement].sided:
        return (Side.MIDLINE,)
    if side in (Side.LEFT, Side.RIGHT):
        return (side,)
    return (Side.LEFT, Side.RIGHT)
