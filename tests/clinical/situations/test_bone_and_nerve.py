"""Bones, joints, injuries, injections and nerves: where, how hard, how long after."""

from collections.abc import Mapping
from typing import Any

import pytest

from clinic_notes.clinical.screening import Verdict
from clinic_notes.reference.terms import Pressure
from tests.clinical.situations.cases import (
    ACHILLES,
    AVOID,
    BACK,
    BLOCKED,
    CALF,
    CHEST,
    CLEAR,
    ELBOW,
    ELSEWHERE,
    FOOT,
    FOREARM,
    LIGHT,
    MODERATE,
    NECK,
    REASONS,
    RIGHT_CALF,
    SCREENED,
    STOP,
    THIGH,
    THROAT,
    Case,
    a_yes,
    answered,
    at,
    check,
    gently,
    row,
)
from tests.drafts import yes

STANDING, PRONE = {"visit": {"position": "standing"}}, {"visit": {"position": "prone"}}
UNSTABLE = (yes("fracture_unstable", CALF),)
HEALING = a_yes("fracture_healing", CALF)
NUMB = a_yes("neuropathy_sensation_loss", FOOT, detail="5.07 not felt")
SPINE = "Pressure at most light at the spine and the ribs today: osteoporosis"


def injected(detail: str, **more: Any) -> Case:
    return Case((a_yes("corticosteroid_injection", ACHILLES, detail=detail),), **more)


@pytest.mark.parametrize(
    ("case", "verdict", "cap", "sentence", "way_out"),
    [
        row(
            "an unstable fracture there", Case(UNSTABLE), BLOCKED, None,
            "Left calf may not be treated today: unstable or recent fracture", ELSEWHERE,
        ),
        row(
            "an unstable fracture next to it", Case(UNSTABLE, ACHILLES), BLOCKED, None,
            "Left Achilles may not be treated today: unstable or recent fracture", {"at": FOREARM},
        ),
        row("an unstable fracture, the thigh treated lying", Case(UNSTABLE, THIGH), CLEAR, None),
        row(
            "an unstable fracture, the thigh treated standing", Case(UNSTABLE, THIGH, **STANDING),
            BLOCKED, None, "Left posterior thigh may not be treated under load today", PRONE,
        ),
        row(
            "an unstable fracture, the thigh treated against resistance",
            Case(UNSTABLE, THIGH, use={"motion": "resisted"}), BLOCKED, None,
            "Left posterior thigh may not be treated under load today",
            {"use": {"motion": "static"}},
        ),
        row(
            "an unstable fracture, the thigh treated in the task that hurts",
            Case(UNSTABLE, THIGH, use={"motion": "functional"}), BLOCKED, None,
            "Left posterior thigh may not be treated under load today", {"use": {"motion": ""}},
        ),
        row(
            "an unstable fracture, the forearm treated standing",
            Case(UNSTABLE, FOREARM, **STANDING), CLEAR, None,
        ),
        row(
            "an unstable fracture, the other leg standing", Case(UNSTABLE, RIGHT_CALF, **STANDING),
            CLEAR, None,
        ),
        row(
            "a healing fracture there, firm", Case((HEALING,)), CLEAR, LIGHT,
            "Pressure at most light at the left calf and next to it today: closed fracture",
            gently(LIGHT),
        ),
        row(
            "a healing fracture there, no reason", Case((yes("fracture_healing", CALF),),
            pressure=LIGHT),
            REASONS, LIGHT, "Write why you go on at the left calf", answered(HEALING),
        ),
        row(
            "a healing fracture, next to it, firm", Case((HEALING,), ACHILLES), CLEAR, LIGHT,
            "Pressure at most light at the left calf and next to it", gently(LIGHT),
        ),
        row(
            "a healing fracture avoided, next to it, firm",
            Case((a_yes("fracture_healing", CALF, by=AVOID),), ACHILLES), CLEAR, LIGHT,
            "Pressure at most light at the left calf and next to it", gently(LIGHT),
        ),
        row("a healing fracture, the forearm treated", Case((HEALING,), FOREARM), CLEAR, None),
        row(
            "perhaps a stress fracture, no reason", Case((yes("stress_fracture_suspected", CALF),)),
            REASONS, None, "Write why you go on at the left calf",
            answered(a_yes("stress_fracture_suspected", CALF)),
        ),
        row(
            "bone infection there", Case((yes("osteomyelitis", CALF),)), BLOCKED, None,
            "Left calf may not be treated today: bone infection", ELSEWHERE,
        ),
        row(
            "osteoporosis, the calf firm", Case((a_yes("osteoporosis"),)), CLEAR, MODERATE,
            "Pressure at most moderate today: osteoporosis", gently(MODERATE),
        ),
        row(
            "osteoporosis, the low back moderate", Case((a_yes("osteoporosis"),), BACK, MODERATE),
            CLEAR, LIGHT, SPINE, gently(LIGHT),
        ),
        row(
            "osteoporosis, the mid-back moderate",
            Case((a_yes("osteoporosis"),), at("thoracic"), MODERATE), CLEAR, LIGHT, SPINE,
            gently(LIGHT),
        ),
        row(
            "osteoporosis, the sacrum moderate",
            Case((a_yes("osteoporosis"),), at("sacroiliac"), MODERATE), CLEAR, LIGHT, SPINE,
            gently(LIGHT),
        ),
        row(
            "osteoporosis, the ribs moderate", Case((a_yes("osteoporosis"),), CHEST, MODERATE),
            CLEAR, LIGHT, SPINE, gently(LIGHT),
        ),
        row(
            "osteoporosis, the neck moderate", Case((a_yes("osteoporosis"),), NECK, MODERATE),
            CLEAR, LIGHT, SPINE, gently(LIGHT),
        ),
        row("arthritis, explained", Case((a_yes("ra_active", ELBOW),), ELBOW), CLEAR, None),
        row(
            "arthritis, no reason", Case((yes("ra_active", ELBOW),), ELBOW), REASONS, None,
            "Write why you go on at the left lateral elbow", answered(a_yes("ra_active", ELBOW)),
        ),
        row(
            "hot and swollen since yesterday, no reason", Case((yes("acute_inflammation", CALF),)),
            REASONS, None, "Write why you go on at the left calf",
            answered(a_yes("acute_inflammation", CALF)),
        ),
        row(
            "a torn muscle", Case((yes("acute_trauma_rupture", CALF),)), BLOCKED, None,
            "Left calf may not be treated today: complete tear or fresh trauma", ELSEWHERE,
        ),
        row(
            "a deep bruise", Case((yes("hematoma", CALF),)), BLOCKED, None,
            "Left calf may not be treated today: deep bruise (haematoma)", ELSEWHERE,
        ),
        row(
            "a bruise from last time on the foot, the foot treated",
            Case((yes("ecchymosis_effusion", FOOT),), FOOT), BLOCKED, None,
            "Left plantar foot may not be treated today: bruise or joint effusion", ELSEWHERE,
        ),
        row(
            "a bruise from last time on the foot, the calf treated",
            Case((yes("ecchymosis_effusion", FOOT),)), CLEAR, None,
        ),
        row(
            "bone forming in the thigh", Case((yes("myositis_ossificans", THIGH),), THIGH),
            BLOCKED, None, "Left posterior thigh may not be treated today: bone forming", ELSEWHERE,
        ),
        row(
            "injected, nobody knows when", injected("", at=ACHILLES), BLOCKED, LIGHT,
            "Write the date as 2026-03-11; until then it counts as today",
            answered(a_yes("corticosteroid_injection", ACHILLES, detail="2025-11-02")),
        ),
        row(
            "injected last week", injected("2026-03-04", at=ACHILLES), BLOCKED, LIGHT,
            "Left Achilles may not be treated today: recent injection (steroid, PRP)",
            {"at": FOREARM},
        ),
        row(
            "injected last week, next to it", injected("2026-03-04"), BLOCKED, LIGHT,
            "Left calf may not be treated today: recent injection", ELSEWHERE,
        ),
        row(
            "injected 14 days ago", injected("2026-02-25", at=ACHILLES), BLOCKED, LIGHT,
            "Left Achilles may not be treated today: recent injection", {"at": FOREARM},
        ),
        row(
            "injected 15 days ago, firm", injected("2026-02-24", at=ACHILLES), CLEAR, LIGHT,
            "Pressure at most light at the left Achilles and next to it today", gently(LIGHT),
        ),
        row(
            "injected 42 days ago, firm next to it", injected("2026-01-28"), CLEAR, LIGHT,
            "Pressure at most light at the left Achilles and next to it today", gently(LIGHT),
        ),
        row("injected 43 days ago", injected("2026-01-27", at=ACHILLES), CLEAR, None),
        row("injected last week, the thigh treated", injected("2026-03-04", at=THIGH), CLEAR, None),
        row(
            "injected on a day to come", injected("2026-03-12", at=ACHILLES), BLOCKED, LIGHT,
            "Write the date as 2026-03-11; until then it counts as today", {"at": FOREARM},
        ),
        row(
            "a numb foot, not tested", Case((a_yes("neuropathy_sensation_loss", FOOT),), FOOT,
            LIGHT),
            REASONS, LIGHT, "Write the result of the sensation test: numbness in the area",
            answered(NUMB),
        ),
        row(
            "a numb foot, heavy", Case((NUMB,), FOOT), CLEAR, LIGHT,
            "Pressure at most light at the left plantar foot today: numbness in the area",
            gently(LIGHT),
        ),
        row("a numb foot, the calf treated", Case((NUMB,)), CLEAR, None),
        row(
            "diabetes and a numb foot, firm", Case((a_yes("diabetes"), NUMB), FOOT), CLEAR, LIGHT,
            "Pressure at most light at the left plantar foot today: numbness", gently(LIGHT),
        ),
        row("diabetes, feeling tested normal", Case((a_yes("diabetes"),), FOOT), CLEAR, None),
        row(
            "CRPS of the forearm, moderate", Case((a_yes("crps", FOREARM),), FOREARM, MODERATE),
            CLEAR, LIGHT, "Pressure at most light at the left forearm today: CRPS", gently(LIGHT),
        ),
        row(
            "CRPS of the forearm, avoided", Case((a_yes("crps", FOREARM, by=AVOID),), FOREARM,
            LIGHT),
            BLOCKED, LIGHT, "Left forearm may not be treated today: the area is avoided, CRPS",
            {"at": CALF},
        ),
        row(
            "widespread pain, moderate", Case((a_yes("central_sensitisation"),), pressure=MODERATE),
            CLEAR, LIGHT, "Pressure at most light today: widespread pain, fibromyalgia",
            gently(LIGHT),
        ),
        row(
            "saddle numbness", Case((yes("cauda_equina_red_flag"),), BACK), STOP, None,
            "No treatment today: bladder, bowel or saddle change", SCREENED,
        ),
        row(
            "spreading tingling, no reason", Case((yes("acute_nerve_compression", CALF),)),
            REASONS, None, "Write why you go on at the left calf",
            answered(a_yes("acute_nerve_compression", CALF)),
        ),
        row(
            "dizzy and seeing double before the neck is treated",
            Case((yes("cervical_artery"),), THROAT, LIGHT), STOP, None,
            "No treatment today: signs of a neck artery problem", SCREENED,
        ),
        row(
            "dizzy and seeing double, the calf treated", Case((yes("cervical_artery"),)), STOP,
            None,
            "No treatment today: signs of a neck artery problem", SCREENED,
        ),
        row(
            "the neck treated, its arteries not asked about",
            Case(at=NECK, left_open=("cervical_artery",)), Verdict.INCOMPLETE, None,
            "Safety check incomplete: 1 question is not asked", {"left_open": ()},
        ),
        row(
            "the calf treated, the arteries of the neck not asked about",
            Case(left_open=("cervical_artery",)), CLEAR, None,
        ),
    ],
)  # fmt: skip
def test_bone_and_nerve(
    case: Case, verdict: Verdict, cap: Pressure | None, sentence: str, way_out: Mapping[str, Any]
) -> None:
    check(case, verdict, cap, sentence, way_out)
