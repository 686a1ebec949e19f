"""Blood, vessels and lymph: what stops, what caps, and the way out."""

from collections.abc import Mapping
from typing import Any

import pytest

from clinic_notes.clinical.screening import Verdict
from clinic_notes.reference.terms import Mitigation, Pressure, Side
from tests.clinical.situations.cases import (
    ACHILLES,
    AVOID,
    BACK,
    BLOCKED,
    CALF,
    CHEST,
    CLEAR,
    ELSEWHERE,
    FOOT,
    FOREARM,
    HEAVY,
    LIGHT,
    MODERATE,
    REASONS,
    REDUCE,
    RIGHT_CALF,
    SCREENED,
    STOP,
    THIGH,
    Case,
    a_yes,
    answered,
    at,
    check,
    gently,
    row,
)
from tests.drafts import yes

THINNER = "Pressure at most moderate today: blood thinner (asked today)."
UPPER_ARM = at("upper_arm")


def pressure_of(systolic: int, diastolic: int) -> Case:
    return Case(visit={"systolic": systolic, "diastolic": diastolic})


@pytest.mark.parametrize(
    ("case", "verdict", "cap", "sentence", "way_out"),
    [
        row(
            "a calf swollen after a flight, no injury", Case((yes("dvt_or_suspected"),),
            RIGHT_CALF),
            STOP, None, "No treatment today: blood clot (DVT), or signs of one", SCREENED,
        ),
        row(
            "signs of a clot, the forearm treated", Case((yes("dvt_or_suspected"),), FOREARM),
            STOP, None, "No treatment today: blood clot (DVT), or signs of one", SCREENED,
        ),
        row(
            "a known calf strain of two days, no risk of a clot",
            Case((a_yes("acute_inflammation", CALF),)), CLEAR, None,
        ),
        row(
            "nobody asked about a clot", Case(left_open=("dvt_or_suspected",)),
            Verdict.INCOMPLETE, None, "Safety check incomplete: 1 question is not asked",
            {"left_open": ()},
        ),
        row(
            "an inflamed vein in the calf", Case((yes("thrombophlebitis", CALF),)), BLOCKED, None,
            "Left calf may not be treated today: inflamed vein", ELSEWHERE,
        ),
        row(
            "an inflamed vein in the other calf", Case((yes("thrombophlebitis", RIGHT_CALF),)),
            CLEAR, None,
        ),
        *(
            row(
                f"a blood thinner, {how}, firm",
                Case((a_yes("anticoagulant", by=Mitigation(by)),)), CLEAR, MODERATE, THINNER,
                gently(MODERATE),
            )
            for by, how in (
                ("explain_consent", "explained"), ("shorten", "shortened"),
                ("reduce_pressure", "reduced"), ("clearance_obtained", "cleared"),
                ("avoid_area", "area avoided"),
            )
        ),
        row(
            "a blood thinner, heavy on the foot", Case((a_yes("anticoagulant"),), FOOT, HEAVY),
            CLEAR, MODERATE, THINNER, gently(MODERATE),
        ),
        row(
            "a blood thinner, no reason", Case((yes("anticoagulant"),), pressure=LIGHT),
            REASONS, MODERATE, "Write why you go on, in at least 10 characters: blood thinner",
            answered(a_yes("anticoagulant")),
        ),
        row(
            "a blood thinner, nothing done about it",
            Case((a_yes("anticoagulant", by=None),), pressure=LIGHT),
            REASONS, MODERATE, "Choose what you do about it: blood thinner",
            answered(a_yes("anticoagulant")),
        ),
        row(
            "haemophilia", Case((yes("bleeding_disorder"),)), STOP, None,
            "No treatment today: bleeding disorder", SCREENED,
        ),
        row(
            "blood pressure not controlled", Case((yes("hypertension_uncontrolled"),)), STOP, None,
            "No treatment today: blood pressure not controlled", SCREENED,
        ),
        row(
            "184/96 mmHg, said to be well", pressure_of(184, 96), STOP, None,
            "No treatment today: blood pressure 184/96 mmHg, the limit is 180/110 mmHg.",
            {"visit": {**SCREENED["visit"], "systolic": 184, "diastolic": 96}},
        ),
        row(
            "150/112 mmHg", pressure_of(150, 112), STOP, None,
            "No treatment today: blood pressure 150/112 mmHg", SCREENED,
        ),
        row("132/84 mmHg", pressure_of(132, 84), CLEAR, None),
        row("179/109 mmHg", pressure_of(179, 109), CLEAR, None),
        row(
            "only the systolic written", Case(visit={"systolic": 132}), CLEAR, None,
            "Enter the diastolic pressure too.", {"visit": {"systolic": 132, "diastolic": 84}},
        ),
        row(
            "a heart attack lately", Case((yes("acute_cardiac"),)), STOP, None,
            "No treatment today: recent heart trouble", SCREENED,
        ),
        row("varicose veins, explained", Case((a_yes("varicose_veins", CALF),)), CLEAR, None),
        row(
            "varicose veins, avoided, treated all the same",
            Case((a_yes("varicose_veins", CALF, by=AVOID),)), BLOCKED, None,
            "Left calf may not be treated today: the area is avoided, varicose veins",
            answered(a_yes("varicose_veins", CALF)),
        ),
        row(
            "varicose veins, pressure reduced", Case((a_yes("varicose_veins", CALF, by=REDUCE),)),
            CLEAR, MODERATE, "Pressure at most moderate at the left calf today: varicose veins",
            gently(MODERATE),
        ),
        row(
            "lymphoedema of the leg, its thigh treated", Case((a_yes("lymphedema", CALF),), THIGH),
            CLEAR, LIGHT, "Pressure at most light on the whole limb of the left calf today: lymph",
            gently(LIGHT),
        ),
        row(
            "lymphoedema of the leg, its foot treated", Case((a_yes("lymphedema", CALF),), FOOT),
            CLEAR, LIGHT, "Pressure at most light on the whole limb of the left calf",
            gently(LIGHT),
        ),
        row(
            "lymphoedema of the leg, the other leg",
            Case((a_yes("lymphedema", CALF),), RIGHT_CALF), CLEAR, None,
        ),
        row("lymphoedema of the leg, the arm", Case((a_yes("lymphedema", CALF),), FOREARM), CLEAR,
            None),
        row(
            "nodes removed at the arm, its elbow treated",
            Case((a_yes("lymphedema", UPPER_ARM),), FOREARM), CLEAR, LIGHT,
            "Pressure at most light on the whole limb of the left upper arm", gently(LIGHT),
        ),
        row(
            "nodes removed on both sides, the right calf treated",
            Case((a_yes("lymphedema", at("calf", Side.BILATERAL)),), RIGHT_CALF), CLEAR, LIGHT,
            "Pressure at most light on the whole limb of the calf on both sides", gently(LIGHT),
        ),
        row(
            "lymphoedema of the leg, its thigh avoided",
            Case((a_yes("lymphedema", CALF, by=AVOID),), THIGH), BLOCKED, LIGHT,
            "Left posterior thigh may not be treated today: the area is avoided, lymphoedema",
            {"at": FOREARM},
        ),
        row(
            "lymphoedema of the leg, no reason, its thigh treated",
            Case((yes("lymphedema", CALF),), THIGH, LIGHT), REASONS, LIGHT,
            "Write why you go on at the left posterior thigh",
            answered(a_yes("lymphedema", CALF)),
        ),
        row(
            "claudication of the leg, its foot treated",
            Case((a_yes("arterial_disease", CALF),), FOOT), CLEAR, LIGHT,
            "Pressure at most light on the whole limb of the left calf today: arterial disease",
            gently(LIGHT),
        ),
        row(
            "claudication of the leg, the arm treated",
            Case((a_yes("arterial_disease", CALF),), FOREARM), CLEAR, None,
        ),
        row("claudication, the back treated", Case((a_yes("arterial_disease", CALF),), BACK), CLEAR,
            None),
        row(
            "a pacemaker, the chest avoided", Case((a_yes("pacemaker_pump_implant", CHEST,
            by=AVOID),), CHEST),
            BLOCKED, None,
            "Left chest wall may not be treated today: the area is avoided, pacemaker",
            {"at": ACHILLES},
        ),
        row(
            "a pacemaker, the chest treated for a reason",
            Case((a_yes("pacemaker_pump_implant", CHEST),), CHEST), CLEAR, None,
        ),
    ],
)  # fmt: skip
def test_circulation(
    case: Case, verdict: Verdict, cap: Pressure | None, sentence: str, way_out: Mapping[str, Any]
) -> None:
    check(case, verdict, cap, sentence, way_out)
