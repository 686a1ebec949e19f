"""Readings, sites and charts for the tests of the rules."""

from datetime import date, time
from decimal import Decimal

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
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.screening import PriorAnswer
from clinic_notes.reference.terms import (
    Answer,
    Decision,
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

INR = "INR not used for apixaban, skin sound, patient informed"


def m(number: int | str) -> Measured:
    return Measured(ReadingState.MEASURED, Decimal(number))


def mmt(grade: str) -> Measured:
    return Measured(ReadingState.MEASURED, grade=grade)


def yes(
    item: str, *sites: Site, reason: str = "", mitigation: Mitigation | None = None
) -> AnswerDraft:
    return AnswerDraft(item, Answer.YES, sites, reason=reason, mitigation=mitigation)


def no(*items: str) -> tuple[AnswerDraft, ...]:
    return tuple(AnswerDraft(item, Answer.NO) for item in items)


def earlier(
    item: str, answer: Answer, on: date, *about: Site, sites: tuple[Site, ...] = ()
) -> PriorAnswer:
    return PriorAnswer(item, answer, on, sites, asked_about=about)


def abouts(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.about for finding in findings]


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]


def calf_use(**changes: object) -> UseDraft:
    given: dict[str, object] = {
        "instrument_id": 5,
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
    return UseDraft(**(given | changes))  # type: ignore[arg-type]


PLANTAR_USE = UseDraft(
    instrument_id=6,
    region="foot_plantar",
    side=Side.LEFT,
    tissues=("plantar_fascia",),
    stroke="j_stroke",
    direction="parallel",
    angle_degrees=45,
    pressure=Pressure.LIGHT,
    minutes=Decimal(4),
    motion="static",
    lubricant_id=1,
)

CHART_A1 = VisitDraft(
    served_on=date(2026, 3, 4),
    start_time=time(10, 30),
    position="prone",
    position_detail="foot over the edge",
    skin_response="erythema",
    assessment="Responded.",
    plan="Repeat in 2 days",
    timed_minutes=24,
    total_minutes=40,
    answers=(yes("anticoagulant", reason=INR, mitigation=Mitigation.REDUCE_PRESSURE),),
    pains=(
        PainDraft("now", before=m(3), after=m(2)),
        PainDraft("first_step", before=m(7), after=NOT_APPLICABLE),
        PainDraft("worst_24h", before=m(8)),
    ),
    roms=(
        RomDraft(
            "ankle_dorsiflexion",
            Side.LEFT,
            Mode.ACTIVE,
            "knee_straight",
            before=m(4),
            after=m(9),
        ),
        RomDraft("toe1_extension", Side.LEFT, Mode.PASSIVE, before=m(48)),
    ),
    measures=(MeasureDraft("psfs", detail="stand 12-hour shift", before=m(3)),),
    uses=(PLANTAR_USE, calf_use()),
    interventions=(InterventionDraft("stretch", "calf stretch 3 x 30 s"),),
)
"""Rosa Delgado's first session: plantar heel pain, taking a blood thinner."""

CHART_B4 = VisitDraft(
    served_on=date(2026, 4, 15),
    skin_response="erythema",
    assessment="Grip is gaining.",
    plan="Continue",
    timed_minutes=20,
    total_minutes=30,
    pains=(
        PainDraft("now", before=m(3), after=m(2)),
        PainDraft("movement", "gripping", before=m(5), after=m(4)),
    ),
    roms=(
        RomDraft("elbow_extension", Side.RIGHT, Mode.ACTIVE, before=m(-2)),
        RomDraft(
            "wrist_flexion", Side.RIGHT, Mode.PASSIVE, "elbow_straight", before=m(70), after=m(74)
        ),
    ),
    strengths=(StrengthDraft("wrist_extension", Side.RIGHT, StrengthMethod.MMT, before=mmt("4")),),
    measures=(
        MeasureDraft("grip_pain_free_kg", Side.RIGHT, before=m(26)),
        MeasureDraft("grip_pain_free_kg", Side.LEFT, before=m(42)),
    ),
    uses=(
        UseDraft(
            instrument_id=2,
            region="elbow_lat",
            side=Side.RIGHT,
            tissues=("common_extensor_tendon", "ecrb"),
            stroke="strum",
            direction="perpendicular",
            angle_degrees=60,
            pressure=Pressure.HEAVY,
            minutes=Decimal(3),
            discomfort=5,
        ),
    ),
    effects=(
        EffectDraft(
            "skin_abrasion",
            grade=1,
            region="elbow_lat",
            side=Side.RIGHT,
            size_cm=Decimal("0.5"),
            detail="a spot of blood",
        ),
    ),
)
"""Tom Okafor's fourth session: lateral elbow pain, a graze."""

CHART_C = VisitDraft(
    served_on=date(2026, 5, 5),
    decision=Decision.NOT_TREATED,
    not_treated_reason="Signs of a clot in the right calf after a long flight",
    referral="Dr. Ferreira, telephoned at 14:20",
    patient_informed=True,
    answers=(yes("dvt_or_suspected", RIGHT_CALF), *no("red_flag_calf_breathless")),
    pains=(PainDraft("now", before=m(5)),),
    measures=(
        MeasureDraft("girth_cm", Side.RIGHT, "calf", before=m("39.5")),
        MeasureDraft("girth_cm", Side.LEFT, "calf", before=m("36.8")),
    ),
)
"""Alma Lindqvist: screened, not treated."""
