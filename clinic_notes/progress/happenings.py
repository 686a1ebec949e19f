"""What happened in an episode, as its notes and the plan of care tell it: one statement."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import literal, null, select, union_all

from clinic_notes.charting.models import Addendum, Effect, ScreeningAnswer
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.wording import joined
from clinic_notes.core.db import db
from clinic_notes.plan_of_care.queries import DoneLine
from clinic_notes.progress.dose_chart import MOST, Happening
from clinic_notes.progress.queries import VisitRow
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, grades
from clinic_notes.reference.terms import Answer

ADVERSE = 1
"""The least grade of an effect that is an event: 0 is what treatment is expected to do."""
_DONE = {
    DueKind.PROGRESS_REPORT: "progress report",
    DueKind.REASSESSMENT: "re-assessment",
}


def happenings_of(visits: Sequence[VisitRow], done: Sequence[DoneLine]) -> list[Happening]:
    """Return referrals, injections, adverse effects, addenda, reports and re-assessments.

    ``visits`` are the signed sessions, the earliest first; only the latest sixty are drawn.
    """
    drawn = visits[-MOST:]
    referrals = [
        Happening(visit.served_on, f"referred to {visit.referral}")
        for visit in drawn
        if visit.referral
    ]
    recorded = [Happening(line.done_on, _DONE[line.kind]) for line in done if line.kind in _DONE]
    return [*referrals, *_in_notes(drawn), *recorded]


def _in_notes(visits: Sequence[VisitRow]) -> Iterator[Happening]:
    days = {visit.id: visit.served_on for visit in visits}
    dated = [item.key for item in checklist if item.capped_days]
    # Asked for by the ids of the visits: of a join SQLite begins with every effect of the clinic.
    kinds = (
        select(literal("effect"), Effect.visit_id, Effect.effect, Effect.grade).where(
            Effect.visit_id.in_(days), Effect.grade >= ADVERSE
        ),
        select(literal("addendum"), Addendum.visit_id, Addendum.effect, Addendum.grade).where(
            Addendum.visit_id.in_(days)
        ),
        select(
            literal("injection"), ScreeningAnswer.visit_id, ScreeningAnswer.detail, null()
        ).where(
            ScreeningAnswer.visit_id.in_(days),
            ScreeningAnswer.answer == Answer.YES,
            ScreeningAnswer.item.in_(dated),
        ),
    )
    rows: Sequence[Any] = db.session.execute(union_all(*kinds)).all()
    seen = set()
    for kind, visit_id, what, grade in sorted(rows, key=lambda row: days[row[1]]):
        text = _text(kind, what, grade)
        # An injection is told at each session until it no longer counts.
        if kind != "injection" or text not in seen:
            yield Happening(days[visit_id], text)
        seen.add(text)


def _text(kind: str, what: str, grade: int | None) -> str:
    if kind == "injection":
        return joined("injection", what)
    if kind == "addendum" and not what:
        return "addendum to the note"
    name = effects.label(what).lower() if what else "effect"
    degree = f", grade {grade} ({grades.label(str(grade)).lower()})" if grade is not None else ""
    return f"{'told later: ' if kind == 'addendum' else ''}{name}{degree}"
