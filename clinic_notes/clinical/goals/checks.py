"""Checks of a goal: a measure that exists, a target it can reach."""

from collections.abc import Collection, Iterator
from datetime import date

from clinic_notes.clinical.change import Row
from clinic_notes.clinical.change.comparable import is_rating_of_change
from clinic_notes.clinical.change.model import amount_text
from clinic_notes.clinical.findings import Finding, Level, refusals
from clinic_notes.clinical.goals.measure import detail_prompt, limits_of, measured_row, way
from clinic_notes.clinical.goals.model import GoalDraft
from clinic_notes.clinical.limits import check_number
from clinic_notes.clinical.readings import unit_of
from clinic_notes.clinical.wording import day, in_sentence, with_unit
from clinic_notes.reference.plan_of_care import goal_end_reasons, goal_kinds

MOST_DAYS = 3 * 366
"""A day further off than three years is a slip of the keyboard (proposed)."""


def check_goal(
    draft: GoalDraft, *, today: date, held: Collection[str] = (), opened_on: date | None = None
) -> tuple[Finding, ...]:
    """Return what cannot be right in a goal of an episode that opened on that day.

    Keys in ``held``, those on record, may be retired.
    """
    return (
        *_check_kind(draft, today, held),
        *_check_days(draft, today, opened_on),
        *(_check_measured(draft) if draft.measure else _check_words(draft)),
    )


def check_ending(
    reason: str, ended_on: date, detail: str, *, agreed_on: date, today: date
) -> tuple[Finding, ...]:
    """Return what cannot be right in the end of a goal."""
    found = []
    if not goal_end_reasons.is_current(reason, today):
        found.append(_refuse("end_reason", "Say why the goal ends: choose from the list."))
    elif goal_end_reasons[reason].needs_detail and not detail:
        found.append(_refuse("end_detail", "Say in words why the goal ends."))
    if ended_on > today:
        found.append(_refuse("ended_on", "The goal cannot end in the future."))
    elif ended_on < agreed_on:
        found.append(_refuse("ended_on", "The goal cannot end before it was agreed."))
    return tuple(found)


def _refuse(about: str, message: str) -> Finding:
    return Finding(Level.REFUSE, message, about)


def _check_kind(draft: GoalDraft, today: date, held: Collection[str]) -> Iterator[Finding]:
    if draft.kind not in held and not goal_kinds.is_current(draft.kind, today):
        yield _refuse("kind", "Choose the kind of goal from the list.")
    if draft.agreed_by is None:
        yield _refuse("agreed_by", "Say who agreed to this goal.")


def _check_days(draft: GoalDraft, today: date, opened_on: date | None) -> Iterator[Finding]:
    if opened_on is not None and draft.agreed_on < opened_on:
        yield _refuse("agreed_on", f"The episode opened on {day(opened_on)}.")
    if draft.agreed_on > today:
        yield _refuse("agreed_on", "A goal cannot be agreed in the future.")
    if draft.by_on <= draft.agreed_on:
        yield _refuse("by_on", "The goal is wanted by a day after the day it was agreed.")
    elif (draft.by_on - draft.agreed_on).days > MOST_DAYS:
        yield _refuse("by_on", "The goal is wanted in more than three years. Is the year right?")


def _check_words(draft: GoalDraft) -> Iterator[Finding]:
    if not draft.words:
        yield _refuse("words", "Choose what is measured, or say the goal in words.")
    for about, number in (("target", draft.target), ("start", draft.start)):
        if number is not None:
            yield _refuse(about, "A number needs something that is measured: choose it above.")


def _check_measured(draft: GoalDraft) -> Iterator[Finding]:
    row = measured_row(draft.measure, draft.detail)
    if row is None:
        yield _refuse("measure", "No such measure exists. Choose one from the list, or use words.")
        return
    if (prompt := detail_prompt(row)) and not draft.detail:
        yield _refuse("detail", f"{prompt}.")
    if draft.target is None:
        yield _refuse("target", "Say which number is the goal.")
        return
    limits = limits_of(row)
    for about, number in (("target", draft.target), ("start", draft.start)):
        if number is not None and limits is not None:
            outside = refusals(check_number(number, limits, about))
            yield from outside
            if outside:
                return
    yield from _check_way(draft, row)


def _check_way(draft: GoalDraft, row: Row) -> Iterator[Finding]:
    if draft.target is None:
        return
    start, unit = draft.start, unit_of(row)
    if start is None:
        if not way(row, None, draft.target) and not is_rating_of_change(row):
            yield _refuse("start", "Neither more nor less is better here: say where it starts.")
    elif start == draft.target:
        yield _refuse("target", "The target is where it starts: there is nothing to reach.")
    elif (draft.target - start) * way(row, start, draft.target) < 0:
        worse = amount_text(abs(draft.target - start), row)
        yield _refuse(
            "target",
            f"The target is worse than the start by {in_sentence(worse)}: "
            f"{with_unit(start, unit)} to {with_unit(draft.target, unit)}.",
        )
