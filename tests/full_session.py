"""The largest session of the tests: some of everything a session may hold."""

from dataclasses import replace
from datetime import time
from decimal import Decimal
from itertools import product

from clinic_notes.clinical.drafts import (
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
from clinic_notes.reference.movements import movements
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import (
    AnsweredBy,
    ConsentBy,
    EffectOutcome,
    ForceSource,
    Mitigation,
    Mode,
    Pressure,
    ReadingState,
    Side,
    StrengthMethod,
    TimeUnit,
)
from tests.drafts import (
    INR,
    LEFT_FOOT,
    NOT_APPLICABLE,
    NOT_TESTED,
    calf_use,
    graded,
    measured,
    whole_checklist,
    yes,
    yesterday,
)

LEFT, RIGHT = SIDES = (Side.LEFT, Side.RIGHT)


def full_draft(instrument_id: int, lubricant_id: int, measured_by_id: int) -> VisitDraft:
    """Return eight uses, twenty ROM rows, the whole checklist, and some of all else."""
    return VisitDraft(
        served_on=yesterday(),
        start_time=time(10, 30),
        end_time=time(11, 45),
        measured_by_id=measured_by_id,
        position="prone",
        position_detail="foot over the edge",
        skin_response="petechiae",
        consent_by=ConsentBy.PATIENT,
        consent_about="bruises for a week, soreness for two days",
        answered_by=AnsweredBy.INTERPRETER,
        systolic=132,
        diastolic=84,
        subjective="Tight on stairs.\n\n  Worse after a shift.",
        assessment="Responded: 4° more.",
        plan="Repeat in two days — earlier if sore.",
        timed_minutes=60,
        total_minutes=75,
        minutes_reason="stretched while the lubricant was wiped off",
        answers=ANSWERS,
        pains=PAINS,
        roms=_roms(),
        strengths=STRENGTHS,
        measures=MEASURES,
        uses=_uses(instrument_id, lubricant_id),
        interventions=(
            InterventionDraft("stretch", "calf stretch 3 x 30 s", Decimal(4), "97530"),
            InterventionDraft("exercise", "towel curls"),
            InterventionDraft("advice", "footwear", Decimal("2.5")),
        ),
        effects=EFFECTS,
    )


ANSWERS = whole_checklist(
    yes("anticoagulant", detail="apixaban 5 mg", reason=INR, mitigation=Mitigation.REDUCE_PRESSURE),
    yes("ecchymosis_effusion", LEFT_FOOT, Site("foot_dorsal", RIGHT), detail="bruise, medial heel"),
    yes(
        "varicose_veins",
        Site("popliteal", LEFT),
        reason="veins are small and not tender",
        mitigation=Mitigation.AVOID_AREA,
    ),
)
"""All answers: a blood thinner, a bruise elsewhere, veins to be avoided, otherwise no."""

PAINS = (
    PainDraft("now", before=measured(7), after=measured(4)),
    PainDraft("first_step", before=measured(8), after=NOT_APPLICABLE),
    PainDraft("movement", detail="gripping", before=measured(0)),
    PainDraft("movement", detail="stairs", after=measured(10)),
    PainDraft("worst_24h", before=NOT_TESTED, after=NOT_TESTED),
)

STRENGTHS = (
    StrengthDraft(
        "wrist_extension", RIGHT, StrengthMethod.MMT, graded("4_minus"), after=graded("4")
    ),
    StrengthDraft("wrist_extension", LEFT, StrengthMethod.MMT, graded("5"), NOT_TESTED),
    StrengthDraft(
        "knee_extension", LEFT, StrengthMethod.DYNAMOMETER, measured("210.5"), measured(240)
    ),
)

MEASURES = (
    MeasureDraft("girth_cm", LEFT, "calf", before=measured("36.8")),
    MeasureDraft("grip_pain_free_kg", RIGHT, before=measured(18), after=measured(26)),
    MeasureDraft("groc", before=measured(-3), after=measured(5)),
    MeasureDraft("psfs", detail="stand a shift", before=measured(3)),
)

EFFECTS = (
    EffectDraft("erythema", grade=0, region="calf", side=LEFT, lasted=Decimal("0.5")),
    EffectDraft(
        "petechiae",
        grade=1,
        region="achilles",
        side=LEFT,
        place="medial",
        size_cm=Decimal("1.5"),
        lasted=Decimal(2),
        tenderness=3,
        onset="within_24h",
        onset_after=Decimal(6),
        onset_unit=TimeUnit.HOURS,
        outcome=EffectOutcome.BETTER,
        detail="a dozen dots",
        action="pressure reduced",
    ),
)


def _roms() -> tuple[RomDraft, ...]:
    limited = Measured(ReadingState.PAIN_LIMITED, Decimal("-4.5"))
    ankle = RomDraft("ankle_dorsiflexion", LEFT, Mode.ACTIVE)
    special = (
        RomDraft("elbow_extension", LEFT, Mode.ACTIVE, before=measured(-5), after=measured(0)),
        RomDraft("elbow_extension", RIGHT, Mode.ACTIVE, before=limited, after=NOT_TESTED),
        replace(
            ankle,
            position="knee_straight",
            device="goniometer",
            before=measured(4),
            after=measured("9.5"),
        ),
        replace(ankle, position="knee_bent"),
    )
    plain = tuple(
        RomDraft(movement.key, side, Mode.PASSIVE, before=measured(20), after=measured(30))
        for movement, side in product(movements, SIDES)
        if movement.sided and movement.hard_min == 0
    )
    return (special + plain)[:20]


def _uses(instrument_id: int, lubricant_id: int) -> tuple[UseDraft, ...]:
    sites = product(("calf", "achilles", "hamstring", "shin_ant"), SIDES)
    uses = [
        calf_use(
            instrument_id,
            lubricant_id if number % 2 else None,
            region=region,
            side=side,
            tissues=regions[region].tissues[:3],
            angle_degrees=30 + number,
            pressure=Pressure.MODERATE if number % 2 else Pressure.LIGHT,
            minutes=Decimal("2.5") + number,
            discomfort=number,
        )
        for number, (region, side) in enumerate(sites)
    ]
    uses[3] = replace(
        uses[3],
        newtons=Decimal("4.25"),
        newtons_source=ForceSource.MEASURED,
        note="over the musculotendinous junction",
    )
    return tuple(uses)
