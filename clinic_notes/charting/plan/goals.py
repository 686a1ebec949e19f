"""The goals of an episode with how far they are, from its signed sessions."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select, true, tuple_

from clinic_notes.charting.models import Reading, Visit, columns
from clinic_notes.charting.models.correction import (
    as_corrected,
    corrected_ends,
    with_corrections,
)
from clinic_notes.charting.models.visit import session_order
from clinic_notes.charting.models.void import counts
from clinic_notes.clinical.change import Row, SessionRow
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.goals import (
    GoalProgress,
    GoalState,
    goal_progress,
    goal_title,
    state_text,
)
from clinic_notes.clinical.wording import capitalized, day, in_sentence
from clinic_notes.core.db import db
from clinic_notes.plan_of_care.models import Goal
from clinic_notes.plan_of_care.queries import goal_draft
from clinic_notes.reference.plan_of_care import goal_end_reasons, goal_kinds

TONES = {
    GoalState.MET: "better",
    GoalState.ON_TRACK: "even",
    GoalState.BEHIND: "worse",
    GoalState.NOT_MEASURABLE: "",
}


@dataclass(frozen=True)
class GoalLine:
    """A goal as it is shown: what, by when, how far."""

    goal: Goal
    kind: str
    title: str
    progress: GoalProgress

    @property
    def is_met(self) -> bool:
        """Say whether it ended as met, or goes on and its latest reading reaches the target."""
        if self.goal.ended_on is not None:
            reason = goal_end_reasons.find(self.goal.end_reason)
            return reason is not None and reason.is_met
        return self.progress.state is GoalState.MET

    @property
    def state(self) -> str:
        """The state in words: of a goal that has ended, why it did."""
        if self.goal.ended_on is not None:
            return f"ended: {in_sentence(goal_end_reasons.label(self.goal.end_reason))}"
        return state_text(self.progress.state)

    @property
    def why(self) -> str:
        """What the state stands on, without the state itself."""
        if self.goal.ended_on is not None:
            return ", ".join(filter(None, (day(self.goal.ended_on), self.goal.end_detail)))
        return capitalized(self.progress.sentence.partition(": ")[2])

    @property
    def tone(self) -> str:
        """How the state is coloured; the words say it too."""
        if self.goal.ended_on is not None:
            return "better" if self.is_met else ""
        return TONES[self.progress.state]


def goal_lines(goals: Iterable[Goal], rows: Iterable[SessionRow], on: date) -> list[GoalLine]:
    """Return goals with how far they are on a day; ``rows`` are those of the signed sessions."""
    known = tuple(rows)
    return [
        GoalLine(
            goal,
            goal_kinds.label(goal.kind),
            goal_title(goal_draft(goal)),
            goal_progress(goal_draft(goal), known, on),
        )
        for goal in goals
    ]


def goals_in_note(visit: Visit, goals: Iterable[Goal], draft: VisitDraft) -> tuple[str, ...]:
    """Return those of its episode's goals that went on at the session, in words.

    They are as of the day of the session, with its readings; what later sessions found is not
    in them. Readings are read only of what these goals measure.
    """
    on = draft.served_on
    then = goals_at(goals, on)
    measures = {goal.measure for goal in then if goal.measure}
    earlier = rows_of_episode(visit.episode_id, on, visit.id, measures) if measures else ()
    return goals_in_words(then, earlier, draft)


def goals_at(goals: Iterable[Goal], on: date) -> list[Goal]:
    """Return those of an episode's goals that went on that day."""
    return [
        goal
        for goal in goals
        if goal.agreed_on <= on and (goal.ended_on is None or goal.ended_on >= on)
    ]


def goals_in_words(
    goals: Sequence[Goal], earlier: Iterable[SessionRow], draft: VisitDraft
) -> tuple[str, ...]:
    """Return goals in words, by the readings of earlier sessions and those of the draft."""
    lines = goal_lines(goals, (*earlier, *session_rows(draft)), draft.served_on) if goals else []
    return tuple(
        f"{line.kind}: {line.title}, by {day(line.goal.by_on)}. {line.progress.sentence}"
        for line in lines
    )


def session_rows(draft: VisitDraft) -> Iterator[SessionRow]:
    """Yield the readings of a session."""
    readings: Sequence[Row] = (*draft.pains, *draft.roms, *draft.strengths, *draft.measures)
    for row in readings:
        yield SessionRow(row, draft.served_on, draft.start_time, draft.measured_by_id)


def rows_of_episode(
    episode_id: int, until: date, but: int = 0, measures: Collection[str] = ()
) -> tuple[SessionRow, ...]:
    """Return the readings of the signed sessions up to a day, without those of visit ``but``.

    With ``measures``, only what these goals' measures may count.
    """
    # A key of a measure begins with the kind and the key of its readings.
    things = {tuple(measure.split(":")[:2]) for measure in measures}
    is_of_these = tuple_(Reading.kind, Reading.key).in_(sorted(things)) if things else true()
    # From the visits, by an outer join: given the choice, SQLite begins with every reading.
    statement = (
        select(
            Visit.served_on,
            Visit.start_time,
            Visit.measured_by_id,
            *(getattr(Reading, name) for name in columns.READING),
        )
        .select_from(Visit)
        .outerjoin(Reading, and_(Reading.visit_id == Visit.id, is_of_these))
        .where(
            Visit.episode_id == episode_id,
            Visit.served_on <= until,
            counts(Visit),
            Visit.id != but,
        )
        .order_by(*session_order(), Reading.row_order)
    )
    return tuple(
        SessionRow(
            columns.reading_draft(row),
            row.served_on,
            row.start_time,
            row.measured_by_id,
            corrected_ends(row),
        )
        for row in as_corrected(db.session.execute(with_corrections(statement)))
        if row.id is not None
    )
