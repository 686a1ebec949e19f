"""Skin, wounds and scars: where may be treated, how hard, and the way out."""

from collections.abc import Mapping
from typing import Any

import pytest

from clinic_notes.clinical.screening import Verdict
from clinic_notes.reference.terms import Pressure, Side
from tests.clinical.situations.cases import (
    AVOID,
    BLOCKED,
    CALF,
    CLEAR,
    ELSEWHERE,
    FOREARM,
    KNEE,
    LIGHT,
    MODERATE,
    REASONS,
    REDUCE,
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

RIGHT_KNEE, BOTH_KNEES = at("knee_ant", Side.RIGHT), at("knee_ant", Side.BILATERAL)
SCAR = {"tissues": ("scar_tissue",)}
CLOSED = "closed and dry, Dr. Ferreira 2 Mar"
ENDED = "ended 2019, skin sound"


def scar_on_the_knee(*answers: Any, **more: Any) -> Case:
    return Case(answers, KNEE, use=SCAR, **more)


def knee_blocked(what: str) -> str:
    return f"Left anterior knee may not be treated today: {what} (asked today)"


@pytest.mark.parametrize(
    ("case", "verdict", "cap", "sentence", "way_out"),
    [
        row("sound skin", Case(), CLEAR, None),
        row("an old scar at the knee", scar_on_the_knee(), CLEAR, None),
        row(
            "a wound at the knee, its scar treated", scar_on_the_knee(yes("open_wound", KNEE)),
            BLOCKED, None, knee_blocked("broken or healing skin"), ELSEWHERE,
        ),
        row(
            "a cut not closed at the knee, its scar treated",
            scar_on_the_knee(yes("unhealed_incision", KNEE)),
            BLOCKED, None, knee_blocked("surgical cut not healed"), ELSEWHERE,
        ),
        row(
            "an infected knee, its scar treated", scar_on_the_knee(yes("skin_infection", KNEE)),
            BLOCKED, None, knee_blocked("skin infection or rash"), ELSEWHERE,
        ),
        row(
            "stitches at the knee", Case((yes("sutures_staples", KNEE),), KNEE),
            BLOCKED, None, knee_blocked("stitches, staples or skin glue"), ELSEWHERE,
        ),
        row(
            "psoriasis at the knee", Case((yes("inflammatory_skin", KNEE),), KNEE),
            BLOCKED, None, knee_blocked("eczema, psoriasis, dermatitis"), ELSEWHERE,
        ),
        row(
            "sunburn at the knee", Case((yes("sunburn", KNEE),), KNEE),
            BLOCKED, None, knee_blocked("sunburn or fresh burn"), ELSEWHERE,
        ),
        row(
            "a wound at both knees, the left one treated",
            Case((yes("open_wound", BOTH_KNEES),), KNEE),
            BLOCKED, None, knee_blocked("broken or healing skin"), ELSEWHERE,
        ),
        row(
            "a wound at the right knee, the left one treated",
            Case((yes("open_wound", RIGHT_KNEE),), KNEE), CLEAR, None,
        ),
        row(
            "a wound at the knee, the thigh treated", Case((yes("open_wound", KNEE),), THIGH),
            CLEAR, None,
        ),
        row(
            "a wound whose place nobody wrote down", Case((yes("open_wound"),), KNEE),
            BLOCKED, None, knee_blocked("broken or healing skin"),
            answered(yes("open_wound", FOREARM)),
        ),
        row(
            "scabies", Case((yes("contagious_skin"),)), STOP, None,
            "No treatment today: contagious skin condition (asked today).", SCREENED,
        ),
        row(
            "a scar of eight weeks that nobody saw closed", scar_on_the_knee(a_yes("recent_scar",
            KNEE)),
            BLOCKED, LIGHT,
            "Write who found it closed, dry and free of infection, and when: scar under 12 weeks",
            gently(LIGHT) | answered(a_yes("recent_scar", KNEE, detail=CLOSED)),
        ),
        row(
            "a scar of eight weeks that the surgeon found closed, firm",
            scar_on_the_knee(a_yes("recent_scar", KNEE, detail=CLOSED)),
            CLEAR, LIGHT, "Pressure at most light at the left anterior knee today: scar under",
            gently(LIGHT),
        ),
        row(
            "a young scar on the knee, the thigh treated",
            Case((a_yes("recent_scar", KNEE, detail=CLOSED),), THIGH), CLEAR, None,
        ),
        row(
            "a new tattoo on the calf, nothing decided", Case((yes("recent_body_art", CALF),)),
            REASONS, None, "Write why you go on at the left calf, in at least 10 characters",
            answered(a_yes("recent_body_art", CALF)),
        ),
        row(
            "a new tattoo on the calf, avoided", Case((a_yes("recent_body_art", CALF, by=AVOID),)),
            BLOCKED, None,
            "Left calf may not be treated today: the area is avoided, new tattoo or piercing",
            answered(a_yes("recent_body_art", CALF)),
        ),
        row("a burn scar, explained", Case((a_yes("burn_scar", CALF),)), CLEAR, None),
        row(
            "a burn scar, pressure reduced", Case((a_yes("burn_scar", CALF, by=REDUCE),)),
            CLEAR, MODERATE, "Pressure at most moderate at the left calf today: burn scar",
            gently(MODERATE),
        ),
        row(
            "a burn scar, avoided", Case((a_yes("burn_scar", CALF, by=AVOID),)),
            BLOCKED, None, "Left calf may not be treated today: the area is avoided, burn scar",
            ELSEWHERE,
        ),
        row(
            "a burn scar avoided on the calf, the forearm treated",
            Case((a_yes("burn_scar", CALF, by=AVOID),), FOREARM), CLEAR, None,
        ),
        row(
            "thin skin, firm", Case((a_yes("fragile_skin", CALF),)), CLEAR, MODERATE,
            "Pressure at most moderate at the left calf today: thin, easily torn skin",
            gently(MODERATE),
        ),
        row(
            "thin skin at the forearm and the calf, firm",
            Case((a_yes("fragile_skin", FOREARM, CALF),)), CLEAR, MODERATE,
            "Pressure at most moderate at the left forearm and left calf today: thin, easily torn",
            gently(MODERATE),
        ),
        row(
            "thin skin at the other calf",
            Case((a_yes("fragile_skin", at("calf", Side.RIGHT)),)), CLEAR, None,
        ),
        row(
            "irradiated skin, nothing known of it", Case((a_yes("radiotherapy", CALF),),
            pressure=LIGHT),
            REASONS, LIGHT, "Write when it ended, and how the skin is: radiotherapy to the area",
            answered(a_yes("radiotherapy", CALF, detail=ENDED)),
        ),
        row(
            "irradiated skin, firm", Case((a_yes("radiotherapy", CALF, detail=ENDED),)),
            CLEAR, LIGHT, "Pressure at most light at the left calf today: radiotherapy to the area",
            gently(LIGHT),
        ),
    ],
)  # fmt: skip
def test_skin(
    case: Case, verdict: Verdict, cap: Pressure | None, sentence: str, way_out: Mapping[str, Any]
) -> None:
    check(case, verdict, cap, sentence, way_out)
