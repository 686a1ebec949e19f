"""The drafts of the demo's episodes and visits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from clinic_notes.clinical.drafts import (
    BLANK,
    AnswerDraft,
    InterventionDraft,
    Measured,
    PainDraft,
    RomDraft,
    Site,
    UseDraft,
    VisitDraft,
)
from clinic_notes.demo.complaints import Complaint, Measurement, Technique
from clinic_notes.demo.episode_courses import Course, Ending, Session
from clinic_notes.demo.equipment import Supplies
from clinic_notes.demo.goals import WEEKS
from clinic_notes.demo.patients import Health
from clinic_notes.patients.drafts import EpisodeDraft
from clinic_notes.reference.techniques import strokes
from clinic_notes.reference.terms import (
    Answer,
    CodeSystem,
    Decision,
    HowAsked,
    Mitigation,
    Pressure,
    ReadingState,
    Side,
)

FEVER = "fever_systemic_infection"
_GOING_ON = {
    "anticoagulant": (
        "INR not used for apixaban, skin sound, risk of bruising explained",
        Mitigation.REDUCE_PRESSURE,
    ),
    "diabetes": (
        "Sensation tested with a monofilament, normal; skin checked",
        Mitigation.EXPLAIN_CONSENT,
    ),
    "osteoporosis": (
        "Treated area is soft tissue away from bone, pressure kept low",
        Mitigation.REDUCE_PRESSURE,
    ),
}


def episode_draft(course: Course) -> EpisodeDraft:
    """Return the episode of a course."""
    complaint, is_referred = course.complaint, course.planned % 2 == 1
    return EpisodeDraft(
        complaint=_sided(complaint, course.side),
        region=complaint.region,
        side=course.side,
        opened_on=course.opened_on,
        onset=complaint.onset,
        onset_on=course.onset_on,
        referral=course.referral or ("Primary care physician" if is_referred else "Self-referred"),
        code_system=CodeSystem.ICD10CM,
        diagnoses=complaint.code,
        planned_weeks=WEEKS,
        needs_certification=is_referred,
        certified_from=course.opened_on if is_referred else None,
        certified_by="Primary care physician" if is_referred else "",
        planned_visits=course.planned,
        visits_per_week=2,
        goals=complaint.goals,
    )


def sites(course: Course, ending: Ending) -> tuple[Site, ...]:
    """Return the sites a session is about: those treated, or the episode's own."""
    if ending is Ending.NOT_TREATED:
        return (Site(course.complaint.region, course.side),)
    return tuple(_site(course, technique) for technique in course.complaint.techniques)


def visit_draft(
    course: Course,
    session: Session,
    health: Health,
    supplies: Supplies,
    *,
    due: Sequence[str],
    at: time,
    measured_by_id: int,
) -> VisitDraft:
    """Return the visit of a session; ``due`` are the questions to ask, ``at`` its start."""
    if session.ending is Ending.NOT_TREATED:
        return _not_treated(session, health, due, at, course.before(session))
    uses = tuple(
        _use(course, session, technique, health, supplies)
        for technique in course.complaint.techniques
    )
    timed = int(sum(use.minutes or 0 for use in uses)) + session.minutes_added
    is_open = session.ending is Ending.DRAFT
    return VisitDraft(
        served_on=session.on,
        start_time=at,
        end_time=None if is_open else _later(at, timed + 12),
        measured_by_id=measured_by_id,
        position=course.complaint.position,
        skin_response="" if is_open else session.skin,
        subjective=_subjective(course.complaint, session),
        assessment="" if is_open else _assessment(session),
        plan="" if is_open else _plan(session),
        timed_minutes=None if is_open else timed,
        total_minutes=None if is_open else timed + 12,
        answers=_answers(health, due, course.before(session)),
        pains=_pains(course.complaint, session, is_open=is_open),
        roms=tuple(
            _rom(course.side, way, pair, is_open=is_open or not session.has_motion_after)
            for way, pair in zip(course.complaint.measured, session.motion, strict=True)
        ),
        uses=uses,
        interventions=() if is_open else (
            InterventionDraft("exercise", course.complaint.home, Decimal(8)),
        ),
        effects=(session.effect,) if session.effect else (),
    )  # fmt: skip


def _not_treated(
    session: Session, health: Health, due: Sequence[str], at: time, last_on: date | None
) -> VisitDraft:
    answers = [answer for answer in _answers(health, due, last_on) if answer.item != FEVER]
    fever = AnswerDraft(FEVER, Answer.YES, detail="38.6 °C", how_asked=HowAsked.ONE_BY_ONE)
    return VisitDraft(
        served_on=session.on,
        start_time=at,
        decision=Decision.NOT_TREATED,
        not_treated_reason="Feverish since last night, 38.6 °C measured here.",
        referral="Own doctor today, by telephone from the clinic",
        patient_informed=True,
        subjective="Aching all over, slept badly.",
        plan="Next session when free of fever for two days.",
        answers=(*answers, fever),
        pains=(PainDraft("now", before=_measured(session.pain[0])),),
    )


def _answers(health: Health, due: Sequence[str], last_on: date | None) -> tuple[AnswerDraft, ...]:
    """Return an answer to each question: a first session asks one by one, later ones in one tap."""
    how = HowAsked.ONE_BY_ONE if last_on is None else HowAsked.UNCHANGED

    def answer(item: str) -> AnswerDraft:
        asked = AnswerDraft(item, Answer.NO, how_asked=how, unchanged_since=last_on)
        if item not in health.items:
            return asked
        reason, mitigation = _GOING_ON[item]
        return replace(asked, answer=Answer.YES, reason=reason, mitigation=mitigation)

    return tuple(answer(item) for item in due)


def _pains(complaint: Complaint, session: Session, *, is_open: bool) -> tuple[PainDraft, ...]:
    now, then = session.pain, session.context
    # The first steps of the morning cannot be rated again after a session.
    after = Measured(ReadingState.NOT_APPLICABLE) if complaint.context == "first_step" else None
    return (
        PainDraft("now", "", _measured(now[0]), BLANK if is_open else _measured(now[1])),
        PainDraft(
            complaint.context,
            complaint.context_detail,
            _measured(then[0]),
            BLANK if is_open else after or _measured(then[1]),
        ),
        PainDraft("worst_24h", before=_measured(session.worst)),
    )


def _rom(side: Side, way: Measurement, pair: tuple[int, int], *, is_open: bool) -> RomDraft:
    return RomDraft(
        way.movement,
        side if way.is_sided else Side.MIDLINE,
        way.mode,
        way.position,
        way.device,
        _measured(pair[0]),
        BLANK if is_open else _measured(pair[1]),
    )


def _use(
    course: Course, session: Session, technique: Technique, health: Health, supplies: Supplies
) -> UseDraft:
    site = _site(course, technique)
    return UseDraft(
        instrument_id=supplies.instrument(technique.instrument, health.allergens).id,
        region=site.region,
        side=site.side,
        tissues=technique.tissues,
        stroke=technique.stroke,
        direction=technique.direction,
        angle_degrees=technique.angle,
        pressure=_pressure(session.pressure, technique.stroke, health),
        minutes=Decimal(technique.minutes),
        motion=technique.motion,
        lubricant_id=supplies.lubricant(course.planned % 2, health.allergens).id,
        discomfort=session.discomfort,
    )


def _pressure(usual: Pressure, stroke: str, health: Health) -> Pressure:
    """Return the usual pressure, or less with brittle bones or a stroke that is light by nature."""
    if "osteoporosis" in health.items:
        return Pressure.LIGHT
    cap = strokes[stroke].pressure_cap
    return usual if cap is None else min(usual, cap, key=lambda pressure: pressure.rank)


def _site(course: Course, technique: Technique) -> Site:
    return Site(technique.region or course.complaint.region, course.side)


def _measured(number: int) -> Measured:
    return Measured(ReadingState.MEASURED, Decimal(number))


def _sided(complaint: Complaint, side: Side) -> str:
    return f"{complaint.words}, {side}" if side in (Side.LEFT, Side.RIGHT) else complaint.words


def _later(start: time, minutes: int) -> time:
    end = start.hour * 60 + start.minute + minutes
    return time(end // 60, end % 60)


def _subjective(complaint: Complaint, session: Session) -> str:
    if session.number == 1:
        return f"{complaint.onset}."
    worst = f"at worst {session.worst} of 10 since yesterday"
    if session.pain[0] <= 2:
        return f"Good days outnumber the bad ones, {worst}."
    if session.pain[0] <= 5:
        return f"About as last time, {worst}."
    return f"A bad few days, slept poorly, {worst}."


def _assessment(session: Session) -> str:
    before, after = session.pain
    if after < before:
        return f"Less pain directly after treatment ({before} to {after}), moves more freely."
    if after == before:
        return f"No change directly after treatment (pain {before})."
    return f"Irritable today, sorer after ({before} to {after})."


def _plan(session: Session) -> str:
    if session.pain[1] > session.pain[0]:
        return "Lighter pressure next time; review in three days."
    if session.pressure is Pressure.LIGHT:
        return "Repeat; moderate pressure if the skin stays calm."
    return "Repeat the same in three days; home exercise daily."
