"""A session as a browser sends it, and the full one of bar 6."""

from datetime import time
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
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.movements import movements
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import (
    Answer,
    ForceSource,
    Mitigation,
    Mode,
    Pressure,
    ReadingState,
    Side,
    StrengthMethod,
)
from tests.factories import measured, yesterday

Sent = dict[str, Any]

NO_NUMBER = Measured(ReadingState.NOT_TESTED)
NOT_APPLICABLE = Measured(ReadingState.NOT_APPLICABLE)

ROWS = ("pains", "roms", "strengths", "measures", "uses", "interventions", "effects")
_RENAMED = {"item": None, "sites": None}


def sent(draft: VisitDraft, **more: Any) -> Sent:
    """Return what the page of a visit would send for this draft."""
    data = {
        name: _typed(value)
        for name, value in vars(draft).items()
        if name not in (*ROWS, "answers", "patient_informed")
    }
    if draft.patient_informed:
        data["patient_informed"] = "y"
    for given in draft.answers:
        data |= {f"answers-{given.item}-{name}": value for name, value in _answer(given).items()}
    for name in ROWS:
        for number, row in enumerate(getattr(draft, name)):
            data |= row_sent(f"{name}-{number}", row)
    return data | more


def row_sent(prefix: str, row: Any) -> Sent:
    """Return what one row of the page would send, under the prefix ``uses-3``."""
    data: Sent = {}
    for name, value in vars(row).items():
        if isinstance(value, Measured):
            data |= _end(f"{prefix}-{name}", value)
        else:
            data[f"{prefix}-{name}"] = _typed(value)
    return data


def _answer(given: AnswerDraft) -> Sent:
    return {
        "answer": "" if given.answer is Answer.NOT_ASKED else given.answer.value,
        "places": [f"{site.region}:{site.side}" for site in given.sites],
        "detail": given.detail,
        "reason": given.reason,
        "mitigation": _typed(given.mitigation),
    }


def _end(name: str, end: Measured) -> Sent:
    state = "" if end.state in (None, ReadingState.MEASURED) else str(end.state)
    return {name: _typed(end.number), f"{name}_state": state, f"{name}_grade": end.grade}


def _typed(value: Any) -> Any:
    if value is None or value is False:
        return ""
    if isinstance(value, tuple):
        return list(value)
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


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
        subjective="Tight on stairs.\n\n  Worse after a shift.",
        assessment="Responded: 4° more.",
        plan="Repeat in two days — earlier if sore.",
        timed_minutes=60,
        total_minutes=75,
        answers=all_answers(),
        pains=_pains(),
        roms=tuple(_roms()),
        strengths=_strengths(),
        measures=_measures(),
        uses=tuple(_uses(instrument_id, lubricant_id)),
        interventions=(
            InterventionDraft("stretch", "calf stretch 3 x 30 s", Decimal(4)),
            InterventionDraft("exercise", "towel curls"),
            InterventionDraft("advice", "footwear", Decimal("2.5")),
        ),
        effects=_effects(),
    )


def all_answers() -> tuple[AnswerDraft, ...]:
    """Return all fifty answers: a precaution, a modifierless diabetes, a bruise elsewhere."""
    said = {
        "anticoagulant": AnswerDraft(
            "anticoagulant",
            Answer.YES,
            detail="apixaban 5 mg",
            reason="INR not used for apixaban, skin sound, patient informed",
            mitigation=Mitigation.REDUCE_PRESSURE,
        ),
        "ecchymosis_effusion": AnswerDraft(
            "ecchymosis_effusion",
            Answer.YES,
            (Site("foot_plantar", Side.LEFT), Site("foot_dorsal", Side.RIGHT)),
            detail="bruise, medial heel",
        ),
        "varicose_veins": AnswerDraft(
            "varicose_veins",
            Answer.YES,
            (Site("popliteal", Side.LEFT),),
            reason="veins are small and not tender",
            mitigation=Mitigation.AVOID_AREA,
        ),
    }
    return tuple(said.get(item.key, AnswerDraft(item.key, Answer.NO)) for item in checklist)


def _pains() -> tuple[PainDraft, ...]:
    return (
        PainDraft("now", before=measured(7), after=measured(4)),
        PainDraft("first_step", before=measured(8), after=NOT_APPLICABLE),
        PainDraft("movement", detail="gripping", before=measured(0)),
        PainDraft("movement", detail="stairs", after=measured(10)),
        PainDraft("worst_24h", before=NO_NUMBER, after=NO_NUMBER),
    )


def _roms() -> list[RomDraft]:
    limited = Measured(ReadingState.PAIN_LIMITED, Decimal("-4.5"))
    special = [
        RomDraft("elbow_extension", Side.LEFT, Mode.ACTIVE, before=measured(-5), after=measured(0)),
        RomDraft("elbow_extension", Side.RIGHT, Mode.ACTIVE, before=limited, after=NO_NUMBER),
        RomDraft(
            "ankle_dorsiflexion",
            Side.LEFT,
            Mode.ACTIVE,
            position="knee_straight",
            device="goniometer",
            before=measured(4),
            after=measured("9.5"),
        ),
        RomDraft("ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, position="knee_bent"),
    ]
    plain = [
        RomDraft(movement.key, side, Mode.PASSIVE, before=measured(20), after=measured(30))
        for movement in movements
        if movement.sided and movement.hard_min == 0
        for side in (Side.LEFT, Side.RIGHT)
    ]
    return special + plain[: 20 - len(special)]


def _strengths() -> tuple[StrengthDraft, ...]:
    def grade(key: str) -> Measured:
        return Measured(ReadingState.MEASURED, grade=key)

    mmt, newtons = StrengthMethod.MMT, StrengthMethod.DYNAMOMETER
    return (
        StrengthDraft("wrist_extension", Side.RIGHT, mmt, grade("4_minus"), grade("4")),
        StrengthDraft("wrist_extension", Side.LEFT, mmt, grade("5"), NO_NUMBER),
        StrengthDraft("knee_extension", Side.LEFT, newtons, measured("210.5"), measured(240)),
    )


def _measures() -> tuple[MeasureDraft, ...]:
    return (
        MeasureDraft("girth_cm", Side.LEFT, "calf", before=measured("36.8")),
        MeasureDraft("grip_pain_free_kg", Side.RIGHT, before=measured(18), after=measured(26)),
        MeasureDraft("groc", before=measured(-3), after=measured(5)),
        MeasureDraft("psfs", detail="stand a shift", before=measured(3)),
    )


def _uses(instrument_id: int, lubricant_id: int) -> list[UseDraft]:
    regions_used = ("calf", "achilles", "hamstring", "shin_ant")
    places = [(key, side) for key in regions_used for side in (Side.LEFT, Side.RIGHT)]
    plain = [
        UseDraft(
            instrument_id=instrument_id,
            region=region,
            side=side,
            tissues=regions[region].tissues[:3],
            stroke="sweep",
            direction="distal_to_proximal",
            angle_degrees=30 + number,
            pressure=Pressure.MODERATE if number % 2 else Pressure.LIGHT,
            minutes=Decimal("2.5") + number,
            motion="static",
            lubricant_id=lubricant_id if number % 2 else None,
            discomfort=number,
        )
        for number, (region, side) in enumerate(places)
    ]
    measured_force = {
        "newtons": Decimal("4.25"),
        "newtons_source": ForceSource.MEASURED,
        "note": "over the musculotendinous junction",
    }
    plain[3] = UseDraft(**(vars(plain[3]) | measured_force))
    return plain


def _effects() -> tuple[EffectDraft, ...]:
    return (
        EffectDraft("erythema", grade=0, region="calf", side=Side.LEFT),
        EffectDraft(
            "petechiae",
            grade=1,
            region="achilles",
            side=Side.LEFT,
            place="medial",
            size_cm=Decimal("1.5"),
            lasted_days=Decimal(2),
            tenderness=3,
            onset="immediately",
            detail="a dozen dots",
            action="pressure reduced",
        ),
    )
