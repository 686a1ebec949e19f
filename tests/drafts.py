"""Drafts for tests: readings, answers, treatment rows, a session that may be signed."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    InterventionDraft,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    Site,
    StrengthDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.screening import PriorAnswer
from clinic_notes.core import clock
from clinic_notes.reference.contraindications import questions
from clinic_notes.reference.terms import (
    Answer,
    Mitigation,
    Mode,
    Pressure,
    ReadingState,
    Side,
    StrengthMethod,
)

LEFT_CALF = Site("calf", Side.LEFT)
RIGHT_CALF = Site("calf", Side.RIGHT)
LEFT_FOOT = Site("foot_plantar", Side.LEFT)

NOT_TESTED = Measured(ReadingState.NOT_TESTED)
NOT_APPLICABLE = Measured(ReadingState.NOT_APPLICABLE)


def yesterday() -> date:
    """Return a day that is over in every clinic of the cast."""
    return clock.today("America/Chicago") - timedelta(days=1)


def measured(number: int | str) -> Measured:
    return Measured(ReadingState.MEASURED, Decimal(number))


def graded(grade: str) -> Measured:
    """Return an MMT grade."""
    return Measured(ReadingState.MEASURED, grade=grade)


def yes(
    item: str,
    *sites: Site,
    detail: str = "",
    reason: str = "",
    mitigation: Mitigation | None = None,
) -> AnswerDraft:
    return AnswerDraft(item, Answer.YES, sites, detail, reason, mitigation)


def no(*items: str) -> tuple[AnswerDraft, ...]:
    return tuple(AnswerDraft(item, Answer.NO) for item in items)


def earlier(
    item: str, answer: Answer, on: date, *about: Site, sites: tuple[Site, ...] = ()
) -> PriorAnswer:
    """Return an answer of a session that was about these sites."""
    return PriorAnswer(item, answer, on, sites, asked_about=about)


ASKED = tuple(item for item in questions if not item.asked_before)
"""The questions that are asked whatever is treated."""


def whole_checklist(*given: AnswerDraft) -> tuple[AnswerDraft, ...]:
    """Return an answer to each of these questions: those given, otherwise no."""
    by_item = {answer.item: answer for answer in given}
    return tuple(by_item.get(item.key, AnswerDraft(item.key, Answer.NO)) for item in ASKED)


INR = "INR not used for apixaban, skin sound, patient informed"
BLOOD_THINNER = yes("anticoagulant", reason=INR, mitigation=Mitigation.REDUCE_PRESSURE)
ANSWERS = whole_checklist(BLOOD_THINNER, yes("ecchymosis_effusion", LEFT_FOOT))
"""The whole checklist: a blood thinner, a bruised foot, otherwise no."""
ALL_NO = whole_checklist(
    AnswerDraft("anticoagulant", Answer.NO, reason="apixaban was stopped in May")
)
"""The whole checklist answered no: Rosa's blood thinner was stopped."""


def calf_use(instrument_id: int = 5, lubricant_id: int | None = None, **changes: Any) -> UseDraft:
    """Return a treatment row at the left calf."""
    given: dict[str, Any] = {
        "region": "calf",
        "side": Side.LEFT,
        "tissues": ("gastrocnemius", "soleus"),
        "stroke": "sweep",
        "direction": "distal_to_proximal",
        "angle_degrees": 30,
        "pressure": Pressure.MODERATE,
        "minutes": Decimal(5),
        "motion": "static",
    }
    return UseDraft(instrument_id, lubricant_id=lubricant_id, **(given | changes))


def treated_draft(
    instrument_id: int, lubricant_id: int | None = None, **changes: Any
) -> VisitDraft:
    """Return a whole session that may be signed, with a row in each table of a visit."""
    left, grade_4 = Side.LEFT, graded("4")
    given: dict[str, Any] = {
        "served_on": yesterday(),
        "start_time": time(10, 30),
        "end_time": time(11, 10),
        "position": "prone",
        "skin_response": "erythema",
        "subjective": "Tight on stairs.",
        "assessment": "Responded.",
        "plan": "Repeat in two days.",
        "timed_minutes": 24,
        "total_minutes": 40,
        "answers": ANSWERS,
        "pains": (PainDraft("now", before=measured(3), after=measured(2)),),
        "roms": (
            RomDraft("ankle_dorsiflexion", left, Mode.ACTIVE, "", "", measured(4), measured(9)),
        ),
        "strengths": (
            StrengthDraft("ankle_plantarflexion", left, StrengthMethod.MMT, before=grade_4),
        ),
        "measures": (MeasureDraft("girth_cm", left, "calf", before=measured("36.8")),),
        "uses": (calf_use(instrument_id, lubricant_id, pressure=Pressure.LIGHT),),
        "interventions": (InterventionDraft("stretch", "calf stretch 3 x 30 s", Decimal(4)),),
        "effects": (EffectDraft("erythema", grade=0, region="calf", side=left),),
    }
    return VisitDraft(**(given | changes))
