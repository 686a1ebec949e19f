"""Drafts the texts of a report from what is on record, in plain clinical English.

The therapist edits them. Nothing is said that the record does not: what was not recorded is left
out, and what is needed and not on record stays empty for the therapist to write.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from clinic_notes.clinical.due import certified_until
from clinic_notes.clinical.reports.changes import changes_text, findings_text
from clinic_notes.clinical.reports.kinds import KINDS, ReportKind
from clinic_notes.clinical.reports.model import EpisodeFacts, ReportDraft, Session
from clinic_notes.clinical.wording import (
    capitalized,
    day,
    in_sentence,
    joined,
    listed,
    number_text,
    site_text,
)
from clinic_notes.reference.effects import skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.terms import Pressure

Sessions = Sequence[Session]
IASTM = "Instrument-assisted soft tissue mobilization"


def draft_report(kind: ReportKind, facts: EpisodeFacts, today: date) -> ReportDraft:
    """Return a report with what the record says, for the period it is about."""
    begin, end = period(kind, facts, today)
    covered = facts.sessions if kind is ReportKind.PLAN_OF_CARE else facts.between(begin, end)
    texts: dict[str, Callable[[], str]] = {
        "diagnosis": lambda: diagnosis_text(facts),
        "reason": lambda: reason_text(kind, facts),
        "attendance": lambda: attendance_text(covered, facts),
        "goals": lambda: goals_text(facts),
        "changes": lambda: _changes(kind, facts),
        "treatment": lambda: treatment_text(covered),
        "response": lambda: response_text(covered),
        "frequency": lambda: frequency_text(facts),
        "skilled_need": lambda: skilled_need_text(covered),
        "plan": lambda: plan_text(kind, facts),
    }
    used = (part.name for part in KINDS[kind].parts)
    return ReportDraft(begin, end, **{name: texts[name]() for name in used})


def period(kind: ReportKind, facts: EpisodeFacts, today: date) -> tuple[date, date]:
    """Return the first and last day that a report is about.

    A progress report begins after the last one; a plan of care is certified for its duration.
    """
    days = [session.on for session in facts.sessions]
    first, last = min(days, default=facts.opened_on), max(days, default=today)
    if kind is ReportKind.PLAN_OF_CARE:
        return _certification(facts, first, today)
    if kind is ReportKind.PROGRESS_REPORT and facts.last_report_on is not None:
        after = facts.last_report_on + timedelta(1)
        return min(after, last), last
    return first, last


def _certification(facts: EpisodeFacts, first: date, today: date) -> tuple[date, date]:
    """Return the days that are certified; once they are over, those that follow."""
    days = facts.planned_weeks and facts.planned_weeks * 7
    begin = facts.certified_from or first
    end = facts.certified_until or certified_until(begin, days)
    if end >= today:
        return begin, end
    return end + timedelta(1), certified_until(end + timedelta(1), days)


def diagnosis_text(facts: EpisodeFacts) -> str:
    """Return the diagnosis with complaint and onset; "" where no diagnosis is on record."""
    if not facts.diagnosis:
        return ""
    onset = f"Onset: {facts.onset}." if facts.onset else ""
    return " ".join(filter(None, (f"{facts.diagnosis}.", f"{facts.complaint}.", onset)))


def reason_text(kind: ReportKind, facts: EpisodeFacts) -> str:
    """Return why a patient is discharged or referred, as far as it is on record."""
    if kind is ReportKind.DISCHARGE_SUMMARY:
        return f"{capitalized(facts.closing)}." if facts.closing else ""
    return next((session.referral for session in reversed(facts.sessions) if session.referral), "")


def attendance_text(sessions: Sessions, facts: EpisodeFacts) -> str:
    """Return how many sessions took place, and of how many planned."""
    if not sessions:
        return ""
    first, last = sessions[0].on, sessions[-1].on
    when = f"on {day(first)}" if first == last else f"from {day(first)} to {day(last)}"
    text = f"{capitalized(_times(len(sessions), 'session'))} {when}"
    screened = sum(not session.is_treated for session in sessions)
    if screened:
        text += f", {screened} of them screened and not treated"
    planned = facts.planned_visits
    took_place = f" Of {planned} planned, {len(facts.sessions)} took place." if planned else ""
    return f"{text}.{took_place}"


def goals_text(facts: EpisodeFacts) -> str:
    """Return each goal with how far it is, one a line."""
    return "\n".join(
        f"{goal.kind}: {goal.title}, by {day(goal.by_on)}. {capitalized(goal.state)}"
        + (f": {in_sentence(goal.why)}" if goal.why else ".")
        for goal in facts.goals
    )


def _changes(kind: ReportKind, facts: EpisodeFacts) -> str:
    if kind is ReportKind.PLAN_OF_CARE:
        return findings_text(facts.rows)
    return changes_text(facts.rows, facts.region)


def treatment_text(sessions: Sessions) -> str:
    """Return where the instrument was used, how firmly and long, and what else was done."""
    uses = [use for session in sessions for use in session.uses]
    sites = _counted(sessions, lambda one: {site_text(use.site) for use in one.uses})
    others = _counted(
        sessions, lambda one: {in_sentence(interventions.label(key)) for key in one.interventions}
    )
    how = joined(_pressures(use.pressure for use in uses), _minutes(use.minutes for use in uses))
    return " ".join(
        filter(
            None,
            (
                f"{IASTM}: {listed(sites)}." if sites else "",
                f"{capitalized(how)}." if how else "",
                f"Also {listed(others)}." if others else "",
            ),
        )
    )


def response_text(sessions: Sessions) -> str:
    """Return the skin's responses and every adverse effect, each on its day."""
    if not sessions:
        return ""
    skin = _counted(
        sessions, lambda one: {in_sentence(skin_responses.label(one.skin))} if one.skin else set()
    )
    effects = [f"{day(one.on)}: {in_sentence(words)}" for one in sessions for words in one.effects]
    afterwards = f"Skin afterwards: {listed(skin)}. " if skin else ""
    if not effects:
        return f"{afterwards}No adverse effect was recorded."
    return f"{afterwards}Effects recorded: {'; '.join(effects)}."


def frequency_text(facts: EpisodeFacts) -> str:
    """Return how much treatment is planned, "" where nothing is."""
    visits, week, weeks = facts.planned_visits, facts.visits_per_week, facts.planned_weeks
    planned = joined(
        _times(visits, "session") if visits else "",
        f"{week} a week" if week else "",
        f"for {_times(weeks, 'week')}" if weeks else "",
    )
    return f"{capitalized(planned)}." if planned else ""


def skilled_need_text(sessions: Sessions) -> str:
    """Return the precautions that were managed: the part of the need that is on record."""
    managed = _counted(sessions, lambda one: set(one.precautions))
    return f"Precautions managed: {'; '.join(managed)}." if managed else ""


def plan_text(kind: ReportKind, facts: EpisodeFacts) -> str:
    """Return the plan of the latest note, with what was planned of sessions in a progress report.

    What a note planned for the next session is no plan for the time after the last one.
    """
    if kind is ReportKind.DISCHARGE_SUMMARY:
        return ""
    latest = next((session.plan for session in reversed(facts.sessions) if session.plan), "")
    planned = frequency_text(facts) if kind is ReportKind.PROGRESS_REPORT else ""
    return "\n".join(filter(None, (latest, f"Planned: {in_sentence(planned)}" if planned else "")))


def _counted(sessions: Sessions, words_of: Callable[[Session], set[str]]) -> list[str]:
    """Return words of sessions with in how many, the most frequent first."""
    counts = Counter(words for session in sessions for words in sorted(words_of(session)))
    return [f"{words} in {_times(count, 'session')}" for words, count in counts.most_common()]


def _pressures(used: Iterable[Pressure | None]) -> str:
    """Return the range of the pressures used: an ordinal scale has no mean."""
    found = set(used)
    names = [str(pressure) for pressure in Pressure if pressure in found]
    return f"{_range(names)} pressure" if names else ""


def _minutes(used: Iterable[Decimal | None]) -> str:
    found = sorted({minutes for minutes in used if minutes is not None})
    if not found:
        return ""
    return f"{_range([number_text(number) for number in found])} minutes at a place"


def _range(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _times(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
