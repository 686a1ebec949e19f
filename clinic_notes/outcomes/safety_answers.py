"""Queries of who was treated against an answer of the safety check, and why."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from clinic_notes.charting.models import ScreeningAnswer, Visit
from clinic_notes.clinical.how_asked.yes_words import WENT_ON
from clinic_notes.clinical.wording import in_sentence, joined
from clinic_notes.core.db import db
from clinic_notes.outcomes.queries import MOST_NOTES, Waiting, listed, signed
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Decision


def treated_with_caution(since: datetime) -> list[Waiting]:
    """Return who was treated though a question was answered yes, with the reason, since then."""
    return _explained(
        since,
        Answer.YES,
        lambda row: joined(
            f"{checklist.label(row.item)}: {row.reason.strip().rstrip('.')}",
            WENT_ON[row.mitigation] if row.mitigation else "",
        ),
    )


def against_the_record(since: datetime) -> list[Waiting]:
    """Return whose record says yes and who was treated on a no, with the reason, since then."""
    return _explained(
        since,
        Answer.NO,
        lambda row: f"No to {in_sentence(checklist.label(row.item))}: {row.reason}",
    )


def _explained(since: datetime, answer: Answer, what: Callable[[Any], str]) -> list[Waiting]:
    """Return the answers that needed a reason, each question of an episode once, the latest.

    Of the latest 5,000 notes: their ids lead to their answers, a join to all of the clinic.
    """
    notes = db.session.scalars(
        signed(since)
        .where(Visit.decision == Decision.TREATED)
        .with_only_columns(Visit.id)
        .limit(MOST_NOTES)
    ).all()
    rows = db.session.execute(
        signed(since, ScreeningAnswer.item, ScreeningAnswer.reason, ScreeningAnswer.mitigation)
        .outerjoin(ScreeningAnswer, ScreeningAnswer.visit_id == Visit.id)
        .where(
            ScreeningAnswer.visit_id.in_(notes),
            ScreeningAnswer.answer == answer,
            ScreeningAnswer.reason != "",
        )
    )
    latest: dict[tuple[int, str], Any] = {}
    for row in rows:
        latest.setdefault((row.episode_id, row.item), row)
    return listed(list(latest.values()), what=what)
