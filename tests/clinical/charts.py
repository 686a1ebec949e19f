"""The three paper charts as drafts, and what findings say."""

from datetime import date, time
from decimal import Decimal

from clinic_notes.clinical.drafts import (
    EffectDraft,
    InterventionDraft,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.findings import Finding
from clinic_notes.reference.terms import Decision, Mode, Pressure, Side, StrengthMethod
from tests.drafts import (
    BLOOD_THINNER,
    NOT_APPLICABLE,
    RIGHT_CALF,
    calf_use,
    graded,
    measured,
    no,
    yes,
)


def abouts(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.about for finding in findings]


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]


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
    answers=(BLOOD_THINNER,),
    pains=(
        PainDraft("now", before=measured(3), after=measured(2)),
        PainDraft("first_step", before=measured(7), after=NOT_APPLICABLE),
        PainDraft("worst_24h", before=measured(8)),
    ),
    roms=(
        RomDraft(
            "ankle_dorsiflexion",
            Side.LEFT,
            Mode.ACTIVE,
            "knee_straight",
            before=measured(4),
            after=measured(9),
        ),
        RomDraft("toe1_extension", Side.LEFT, Mode.PASSIVE, before=measured(48)),
    ),
    measures=(MeasureDraft("psfs", detail="stand 12-hour shift", before=measured(3)),),
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
        PainDraft("now", before=measured(3), after=measured(2)),
        PainDraft("movement", "gripping", before=measured(5), after=measured(4)),
    ),
    roms=(
        RomDraft("elbow_extension", Side.RIGHT, Mode.ACTIVE, before=measured(-2)),
        RomDraft(
            "wrist_flexion",
            Side.RIGHT,
            Mode.PASSIVE,
            "elbow_straight",
            before=measured(70),
            after=measured(74),
        ),
    ),
    strengths=(
        StrengthDraft("wrist_extension", Side.RIGHT, StrengthMethod.MMT, before=graded("4")),
    ),
    measures=(
        MeasureDraft("grip_pain_free_kg", Side.RIGHT, before=measured(26)),
        MeasureDraft("grip_pain_free_kg", Side.LEFT, before=measured(42)),
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
    pains=(PainDraft("now", before=measured(5)),),
    measures=(
        MeasureDraft("girth_cm", Side.RIGHT, "calf", before=measured("39.5")),
        MeasureDraft("girth_cm", Side.LEFT, "calf", before=measured("36.8")),
    ),
)
"""Alma Lindqvist: screened, not treated."""
