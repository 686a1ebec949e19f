"""What is on record of an episode for a report: sessions, readings, goals, plan."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.charting.models import (
    Addendum,
    Effect,
    InstrumentUse,
    Intervention,
    ScreeningAnswer,
    Visit,
    columns,
)
from clinic_notes.charting.models.correction import is_withdrawn
from clinic_notes.charting.models.visit import session_order
from clinic_notes.charting.models.void import counts
from clinic_notes.charting.note.content import MITIGATIONS, effect_in_words
from clinic_notes.charting.plan.goals import GoalLine, goal_lines, rows_of_episode
from clinic_notes.clinical.diagnosis import diagnosis_text
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.reports import EpisodeFacts, GoalFacts, Session, Use
from clinic_notes.clinical.wording import day, in_sentence, joined
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.queries import last_closing, plan_of
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.plan_of_care import closing_reasons
from clinic_notes.reference.terms import Answer, Decision

_Found = dict[int, list[Any]]


def episode_facts(episode: Episode) -> EpisodeFacts:
    """Return what is on record of an episode until today."""
    today = today_at_clinic()
    rows, plan = rows_of_episode(episode.id, today), plan_of(episode.id)
    reports = [line.done_on for line in plan.done if line.kind is DueKind.PROGRESS_REPORT]
    return EpisodeFacts(
        complaint=episode.complaint,
        region=episode.region,
        opened_on=episode.opened_on,
        sessions=tuple(_sessions(episode.id)),
        rows=rows,
        goals=tuple(map(_goal, goal_lines(plan.goals, rows, today))),
        diagnosis=diagnosis_text(episode.diagnoses, episode.code_system),
        onset=joined(day(episode.onset_on), episode.onset, episode.mechanism),
        planned_visits=episode.planned_visits,
        visits_per_week=episode.visits_per_week,
        planned_weeks=episode.planned_weeks,
        certified_from=episode.certified_from,
        certified_until=episode.certified_until,
        closing=_closing(episode),
        last_report_on=max(reports, default=None),
    )


def _goal(line: GoalLine) -> GoalFacts:
    goal = line.goal
    return GoalFacts(
        kind=line.kind,
        title=line.title,
        by_on=goal.by_on,
        state=line.state,
        why=line.why,
        measure=goal.measure,
        detail=goal.detail,
        target=goal.target,
    )


def _closing(episode: Episode) -> str:
    closing = last_closing(episode.id) if episode.closed_on else None
    return joined(closing_reasons.label(closing.reason), closing.detail) if closing else ""


def _sessions(episode_id: int) -> Iterator[Session]:
    """Yield the sessions that count, the earliest first."""
    uses = _of_each(episode_id, InstrumentUse, ~is_withdrawn())
    others = _of_each(episode_id, Intervention)
    effects, later = _of_each(episode_id, Effect), _of_each(episode_id, Addendum)
    cautions = _of_each(episode_id, ScreeningAnswer, ScreeningAnswer.answer == Answer.YES)
    for visit in db.session.execute(_visits(episode_id)):
        reported = [*effects[visit.id], *(added for added in later[visit.id] if added.effect)]
        yield Session(
            on=visit.served_on,
            is_treated=visit.decision is Decision.TREATED,
            skin=visit.skin_response,
            plan=visit.plan,
            referral=visit.referral,
            uses=tuple(
                Use(Site(use.region, use.side), use.pressure, use.minutes) for use in uses[visit.id]
            ),
            interventions=tuple(other.kind for other in others[visit.id]),
            effects=tuple(effect_in_words(columns.effect_draft(each)) for each in reported),
            precautions=tuple(
                f"{in_sentence(checklist.label(answer.item))} ({MITIGATIONS[answer.mitigation]})"
                for answer in cautions[visit.id]
                if answer.mitigation
            ),
        )


def _visits(episode_id: int) -> Any:
    return (
        select(
            Visit.id,
            Visit.served_on,
            Visit.decision,
            Visit.skin_response,
            Visit.plan,
            Visit.referral,
        )
        .where(Visit.episode_id == episode_id, counts(Visit))
        .order_by(*session_order())
    )


def _of_each(episode_id: int, table: Any, *conditions: ColumnElement[bool]) -> _Found:
    """Return such rows of a table by visit, of an episode's sessions that count."""
    # From the visits, by an outer join: given the choice, SQLite begins with every row.
    statement = (
        select(Visit.id.label("visit"), table)
        .select_from(Visit)
        .outerjoin(table, and_(table.visit_id == Visit.id, *conditions))
        .where(Visit.episode_id == episode_id, counts(Visit))
        .order_by(*session_order(), table.id)
    )
    found: _Found = defaultdict(list)
    for visit_id, row in db.session.execute(statement):
        if row is not None:
            found[visit_id].append(row)
    return found
