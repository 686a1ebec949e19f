"""The content of the patient's page, from what the queries read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from clinic_notes.charting.plan.due_items import days_of
from clinic_notes.charting.plan.goals import GoalLine, goal_lines
from clinic_notes.charting.report.queries import ReportLine, reports_of
from clinic_notes.clinical.change import SessionRow
from clinic_notes.clinical.drafts import PainDraft, Site
from clinic_notes.clinical.due import Due, DueKind, due_items
from clinic_notes.clinical.wording import capitalized, site_text
from clinic_notes.core.display import today
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care.models import Closing
from clinic_notes.plan_of_care.queries import DoneLine, last_closing, plan_of
from clinic_notes.progress import queries
from clinic_notes.progress.changes import Changes, changes_of
from clinic_notes.progress.dose_chart import Dose, DoseChart, dose_chart
from clinic_notes.progress.happenings import happenings_of
from clinic_notes.progress.measure_chart import MeasureChart, measure_charts
from clinic_notes.progress.pain_chart import Chart, pain_chart
from clinic_notes.progress.pain_trend import PainTrend, Rating, choose_trend, pain_trends
from clinic_notes.progress.queries import CorrectedEnds, Readings, Treatments, VisitRow
from clinic_notes.progress.sessions import SessionLine, session_lines
from clinic_notes.progress.targets import target_for, targets_of
from clinic_notes.reference.plan_of_care import closing_reasons
from clinic_notes.reference.terms import Decision, ReadingState

SESSIONS_A_PAGE = 20
RANK = attrgetter("rank")


@dataclass(frozen=True)
class Progress:
    """The progress of one episode."""

    episode: Episode
    visits: tuple[VisitRow, ...]
    """The visits of the episode, the earliest first."""
    trends: tuple[PainTrend, ...]
    trend: PainTrend | None
    chart: Chart | None
    changes: Changes
    charts: list[MeasureChart]
    dose: DoseChart | None
    goals: list[GoalLine]
    due: tuple[tuple[DueKind, Due], ...]
    """What is due, the most urgent first; nothing in a closed episode."""
    done: tuple[DoneLine, ...]
    reports: Sequence[ReportLine]
    """Those about the episode, the latest first."""
    closing: Closing | None
    """How the episode was closed, if it is and that was asked."""

    @property
    def drafts(self) -> int:
        """Return how many visits are not signed, and so not in the chart."""
        return sum(not visit.is_signed for visit in self.visits)


@dataclass(frozen=True)
class ClinicalRecord:
    """The clinical part of the page, for users who may read charts."""

    sessions: int
    """How many sessions there are, drafts among them."""
    lines: tuple[SessionLine, ...]
    """The sessions of the page that is shown, the latest first."""
    page: int
    """The page of the list of sessions that is shown, from 1."""
    pages: int
    session_counts: Counter[int]
    """How many sessions each episode has so far, by its id."""
    repeatable: frozenset[int]
    """The ids of the episodes whose last treatment may be repeated."""
    progress: Progress | None
    drafts: Mapping[int, VisitRow]
    """The latest draft of each episode that has one, by the episode's id."""


def clinical_record(
    patient_id: int, episodes: Sequence[Episode], episode_id: int, context: str, page: int = 1
) -> ClinicalRecord:
    """Return the sessions of a patient, and the progress of the episode asked for.

    Where that is not one of the patient's, it is the episode of the latest visit, else the first.
    A ``page`` beyond the list is its last.
    """
    visits, treatments = queries.visits_of(patient_id)
    complaints = {episode.id: episode.complaint for episode in episodes}
    episode = _episode(episodes, visits, episode_id)
    pages = max(1, -(-len(visits) // SESSIONS_A_PAGE))
    page = min(max(page, 1), pages)
    listed = visits[::-1][(page - 1) * SESSIONS_A_PAGE : page * SESSIONS_A_PAGE]
    readings, corrected = queries.readings_of(
        patient_id, episode.id if episode else 0, [visit.id for visit in listed]
    )
    return ClinicalRecord(
        sessions=len(visits),
        lines=session_lines(listed, treatments, readings, complaints, corrected),
        page=page,
        pages=pages,
        drafts={visit.episode_id: visit for visit in visits if not visit.is_signed},
        session_counts=Counter(visit.episode_id for visit in visits if not visit.void_words),
        repeatable=frozenset(visit.episode_id for visit in visits if visit.may_be_repeated),
        progress=_progress(episode, visits, treatments, readings, corrected, context)
        if episode
        else None,
    )


def site_of(episode: Episode) -> str:
    """Return the site of the complaint: "Left plantar foot"."""
    return capitalized(site_text(Site(episode.region, episode.side)))


def _episode(
    episodes: Sequence[Episode], visits: Sequence[VisitRow], episode_id: int
) -> Episode | None:
    latest = visits[-1].episode_id if visits else 0
    by_id = {episode.id: episode for episode in episodes}
    return by_id.get(episode_id) or by_id.get(latest) or next(iter(episodes), None)


def _progress(
    episode: Episode,
    visits: Sequence[VisitRow],
    treatments: Treatments,
    readings: Readings,
    corrected: CorrectedEnds,
    context: str,
) -> Progress:
    mine = tuple(visit for visit in visits if visit.episode_id == episode.id)
    # A draft may still change, so only signed notes are drawn; a voided one never.
    signed = [visit for visit in mine if visit.counts]
    sessions = [(visit.id, visit.served_on) for visit in signed]
    trends = pain_trends(_ratings(signed, readings, corrected), sessions)
    trend = choose_trend(trends, context)
    rows = [
        SessionRow(
            row,
            visit.served_on,
            visit.start_time,
            visit.measured_by_id,
            corrected.get(row.id or 0, frozenset()),
        )
        for visit in signed
        for row in readings.get(visit.id, ())
    ]
    changes = changes_of(rows, episode.region)
    is_closed = episode.closed_on is not None
    plan = plan_of(episode.id)
    goals = goal_lines(plan.goals, rows, today())
    targets = targets_of(goals)
    done = () if is_closed else plan.done
    return Progress(
        episode=episode,
        visits=mine,
        trends=trends,
        trend=trend,
        chart=pain_chart(trend, target_for(trend.row, targets)) if trend else None,
        changes=changes,
        charts=measure_charts(changes.lines, targets),
        dose=dose_chart(_doses(signed, treatments), happenings_of(signed, plan.done)),
        goals=goals,
        due=() if is_closed else _due(episode, signed, readings, done),
        done=done,
        reports=reports_of(episode.id),
        closing=last_closing(episode.id) if is_closed else None,
    )


def _due(
    episode: Episode, signed: Sequence[VisitRow], readings: Readings, done: Sequence[DoneLine]
) -> tuple[tuple[DueKind, Due], ...]:
    sessions = (
        (
            visit.served_on,
            visit.decision is Decision.TREATED,
            any(
                not isinstance(row, PainDraft) and row.before.state is ReadingState.MEASURED
                for row in readings.get(visit.id, ())
            ),
        )
        for visit in signed
    )
    days = days_of(episode, sessions, ((line.kind, line.done_on) for line in done))
    return due_items(days, today())


def closing_text(closing: Closing) -> str:
    """Return how an episode was closed: "goals met; 3 of 4 goals met; 8 of 10 sessions"."""
    goals = closing.goals_met + closing.goals_not_met
    planned = f" of {closing.planned_sessions} planned" if closing.planned_sessions else ""
    parts = (
        closing_reasons.label(closing.reason),
        closing.detail,
        f"{closing.goals_met} of {goals} goals met" if goals else "",
        f"{closing.sessions}{planned} sessions",
    )
    return "; ".join(filter(None, parts))


def _doses(visits: Sequence[VisitRow], treatments: Treatments) -> list[Dose]:
    return [
        Dose(
            visit.served_on,
            sum((use.minutes or Decimal(0) for use in uses), Decimal(0)),
            max(
                (use.pressure for use in uses if use.pressure), key=attrgetter("rank"), default=None
            ),
            visit.skin_response,
        )
        for visit in visits
        for uses in (treatments.get(visit.id, ()),)
    ]


def _ratings(
    visits: Sequence[VisitRow], readings: Readings, corrected: CorrectedEnds
) -> list[Rating]:
    return [
        Rating(
            visit.id,
            visit.served_on,
            row.context,
            row.detail,
            row.before,
            row.after,
            corrected.get(row.id or 0, frozenset()),
        )
        for visit in visits
        for row in readings.get(visit.id, ())
        if isinstance(row, PainDraft)
    ]
