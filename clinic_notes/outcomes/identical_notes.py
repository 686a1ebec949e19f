"""The query of signed notes of one patient that say the same, letter by letter."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.void import counts
from clinic_notes.clinical.wording import day
from clinic_notes.core.db import db
from clinic_notes.outcomes.queries import MOST, Waiting, listed, signed

LEAST_TEXT = 40
"""Characters under which two notes may well say the same, such as "No change." (proposed)."""


def identical_notes(since: datetime) -> list[Waiting]:
    """Return the patients with notes of the same text signed since then, by the last of each.

    The text is what was written freely: subjective, assessment, plan. What was measured is not
    compared: a copy with other figures is a copy still.
    """
    text = (Visit.subjective, Visit.assessment, Visit.plan)
    length = sum((func.length(part) for part in text[1:]), start=func.length(text[0]))
    count = func.count()
    found = {
        row.id: row
        for row in db.session.execute(
            select(
                func.max(Visit.id).label("id"),
                func.min(Visit.served_on).label("first_on"),
                count.label("notes"),
            )
            .where(Visit.signed_at >= since, counts(Visit), length >= LEAST_TEXT)
            .group_by(Visit.patient_id, *text)
            .having(count > 1)
            .order_by(func.max(Visit.signed_at).desc())
            .limit(MOST)
        )
    }
    # Who signed is read of the note itself: of a group it would be anybody's.
    rows = db.session.execute(signed(since).where(Visit.id.in_(found))).all()
    return listed(rows, what=lambda row: _in_words(found[row.id]))


def _in_words(group: Any) -> str:
    return f"the same text in {group.notes} notes since {day(group.first_on)}"
