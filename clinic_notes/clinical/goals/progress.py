"""How far a goal is on a day, from its readings."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clinic_notes.clinical.change import Row, SessionRow
from clinic_notes.clinical.change.comparable import is_rating_of_change
from clinic_notes.clinical.goals.measure import is_same_thing, measured_row, way
from clinic_notes.clinical.goals.model import GoalDraft, GoalProgress, GoalState
from clinic_notes.clinical.readings import unit_of
from clinic_notes.clinical.wording import day, with_unit
from clinic_notes.reference.terms import ReadingState


class Point(NamedTuple):
    """A number on a day."""

    on: date
    number: Decimal


def goal_progress(goal: GoalDraft, rows: Iterable[SessionRow], today: date) -> GoalProgress:
    """Return how far the goal is: met, on track, behind, or not measurable yet.

    Of each session the reading before treatment counts, for it shows what lasted. The latest
    decides: a goal that was reached and lost again is not met. Proposed, without a published
    source: on track is who has come, on the day of the latest reading, at least as far as a
    straight line from the start to the target on the day it is wanted by. The line begins on the
    day the goal was agreed, or on that of the first reading, if that was later.
    """
    row = measured_row(goal.measure, goal.detail) if goal.measure else None
    if row is None or goal.target is None:
        return _not_measurable("it is in words; it is met when the therapist ends it as met")
    points = _points(row, rows)
    start = _start(goal, row, points)
    if start is None:
        return _not_measurable("not measured yet")
    later = [point for point in points if point.on > start.on]
    return _judged(goal, row, goal.target, start, later, today)


def _points(row: Row, rows: Iterable[SessionRow]) -> list[Point]:
    found = [
        Point(one.on, one.row.before.number)
        for one in rows
        if one.row.before.state is ReadingState.MEASURED
        and one.row.before.number is not None
        and is_same_thing(row, one.row)
    ]
    # Sorted by the day only: of two sessions in one day the later given counts.
    return sorted(found, key=lambda point: point.on)


def _start(goal: GoalDraft, row: Row, points: Sequence[Point]) -> Point | None:
    if goal.start is not None:
        return Point(goal.agreed_on, goal.start)
    if is_rating_of_change(row):
        return Point(goal.agreed_on, Decimal(0))
    known = [point for point in points if point.on <= goal.agreed_on]
    return known[-1] if known else next(iter(points), None)


def _judged(
    goal: GoalDraft, row: Row, target: Decimal, start: Point, later: list[Point], today: date
) -> GoalProgress:
    better = way(row, start.number, target)
    latest = later[-1] if later else start
    is_met = (latest.number - target) * better >= 0

    def found(state: GoalState, words: str) -> GoalProgress:
        return GoalProgress(state, words, start.number, start.on, latest.number, latest.on)

    now = f"{with_unit(latest.number, unit_of(row))} on {day(latest.on)}"
    if is_met and (later or not is_rating_of_change(row)):
        return found(GoalState.MET, f"Met: {now}.")
    if not later:
        why = "not measured since it was agreed"
        late = f"; it was wanted by {day(goal.by_on)}" if today > goal.by_on else ""
        return found(GoalState.NOT_MEASURABLE, f"Not measurable yet: {why}{late}.")
    reached = next((p.on for p in later if (p.number - target) * better >= 0), None)
    once = f"; it was reached on {day(reached)} and did not last" if reached else ""
    if today > goal.by_on:
        return found(
            GoalState.BEHIND, f"Behind: {now}, and it was wanted by {day(goal.by_on)}{once}."
        )
    expected = _expected(goal, target, start, latest.on)
    state = GoalState.ON_TRACK if (latest.number - expected) * better >= 0 else GoalState.BEHIND
    title = "On track" if state is GoalState.ON_TRACK else "Behind"
    line = with_unit(round(expected, 1), unit_of(row))
    return found(state, f"{title}: {now}, where a straight line to the target is at {line}{once}.")


def _expected(goal: GoalDraft, target: Decimal, start: Point, on: date) -> Decimal:
    """Return where a straight line from the start to the target is on a day."""
    begin = max(start.on, goal.agreed_on)
    whole, elapsed = (goal.by_on - begin).days, (on - begin).days
    if whole <= 0 or elapsed >= whole:
        return target
    return start.number + (target - start.number) * elapsed / whole


def _not_measurable(why: str) -> GoalProgress:
    return GoalProgress(GoalState.NOT_MEASURABLE, f"Not measurable yet: {why}.")
