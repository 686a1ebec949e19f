"""General health, pregnancy, age and time since: what stops, caps and blocks, and the way out."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from clinic_notes.clinical.screening import PriorAnswer, Verdict
from clinic_notes.reference.terms import Answer, Pressure
from tests.clinical.situations.cases import (
    ACHILLES,
    AVOID,
    BACK,
    BELLY,
    BLOCKED,
    CALF,
    CLEAR,
    CONSENT,
    ELBOW,
    ELSEWHERE,
    FIRM,
    FOREARM,
    KNEE,
    LIGHT,
    MODERATE,
    REASONS,
    SACRUM,
    SCREENED,
    STOP,
    THIGH,
    TODAY,
    WHY,
    Case,
    a_yes,
    answered,
    at,
    check,
    gently,
    row,
)
from tests.drafts import yes

CIPRO = a_yes("fluoroquinolone", detail="ciprofloxacin until January")
TENDONS = "Pressure at most light at tendons today: fluoroquinolone antibiotic"
MOTHER = {"guardian": ("Ana Delgado, mother", date(2026, 3, 2))}


def pregnant(weeks: str, **more: Any) -> Case:
    return Case((a_yes("pregnancy", detail=weeks),), **more)


def born(years: int, *, days: int = 0, **more: Any) -> Case:
    return Case(born_on=date(TODAY.year - years, TODAY.month, TODAY.day + days), **more)


def then(item: str, days: int, answer: Answer = Answer.YES, **more: Any) -> PriorAnswer:
    on = TODAY - timedelta(days)
    return PriorAnswer(
        item, answer, on, reason=WHY, mitigation=CONSENT, asked_about=(CALF,), **more
    )


def asked(item: str, days: int, answer: Answer = Answer.YES, **more: Any) -> Case:
    """Return a session in which this was asked some days ago, and not today."""
    return Case(left_open=(item,), history=(then(item, days, answer),), **more)


@pytest.mark.parametrize(
    ("case", "verdict", "cap", "sentence", "way_out"),
    [
        row(
            "a fever", Case((yes("fever_systemic_infection"),)), STOP, None,
            "No treatment today: fever or acutely ill today", SCREENED,
        ),
        row(
            "weight lost without meaning to", Case((yes("red_flag_weight_loss"),)), STOP, None,
            "No treatment today: unexplained weight loss", SCREENED,
        ),
        row(
            "night pain that no position eases", Case((yes("red_flag_night_pain"),), BACK), STOP,
            None, "No treatment today: night pain no position eases", SCREENED,
        ),
        row(
            "cannot consent today", Case((yes("unable_to_consent_or_intolerant"),)), STOP, None,
            "No treatment today: cannot consent, or declines", SCREENED,
        ),
        row(
            "a lump in the calf", Case((yes("malignancy_local", CALF),)), BLOCKED, None,
            "Left calf may not be treated today: cancer or unexplained lump here", ELSEWHERE,
        ),
        row(
            "a lump in the calf, next to it", Case((yes("malignancy_local", CALF),), ACHILLES),
            BLOCKED, None, "Left Achilles may not be treated today: cancer", {"at": FOREARM},
        ),
        row("a lump in the calf, the thigh", Case((yes("malignancy_local", CALF),), THIGH), CLEAR,
            None),
        row("cancer years ago, cleared", Case((a_yes("cancer_history"),)), CLEAR, None),
        row(
            "cancer years ago, no reason", Case((yes("cancer_history"),)), REASONS, None,
            "Write why you go on, in at least 10 characters: cancer",
            answered(a_yes("cancer_history")),
        ),
        row(
            "connective tissue disease, firm", Case((a_yes("autoimmune_ctd"),)), CLEAR, MODERATE,
            "Pressure at most moderate today: autoimmune or connective tissue", gently(MODERATE),
        ),
        row(
            "long-term steroids, firm", Case((a_yes("long_term_steroids"),)), CLEAR, MODERATE,
            "Pressure at most moderate today: long-term oral steroids", gently(MODERATE),
        ),
        row(
            "steroids and CRPS: the lower cap counts",
            Case((a_yes("long_term_steroids"), a_yes("crps", CALF)), pressure=MODERATE), CLEAR,
            LIGHT,
            "Pressure at most light at the left calf today: CRPS", gently(LIGHT),
        ),
        row(
            "kidney disease, no reason", Case((yes("kidney_liver_dysfunction"),)), REASONS, None,
            "Write why you go on", answered(a_yes("kidney_liver_dysfunction")),
        ),
        row("ciprofloxacin, the Achilles firm", Case((CIPRO,), ACHILLES), CLEAR, LIGHT, TENDONS,
            gently(LIGHT)),
        row("ciprofloxacin, the kneecap tendon firm", Case((CIPRO,), KNEE), CLEAR, LIGHT, TENDONS,
            gently(LIGHT)),
        row("ciprofloxacin, the elbow firm", Case((CIPRO,), ELBOW), CLEAR, LIGHT, TENDONS,
            gently(LIGHT)),
        row("ciprofloxacin, the calf firm", Case((CIPRO,)), CLEAR, None),
        row(
            "an antibiotic nobody named", Case((a_yes("fluoroquinolone"),)), REASONS, None,
            "Write which one, and when it was last taken", answered(CIPRO),
        ),
        row(
            "10 weeks pregnant, the belly", pregnant("10 weeks", at=BELLY, pressure=LIGHT), BLOCKED,
            MODERATE, "Abdomen in the midline may not be treated: possibly pregnant", ELSEWHERE
            | gently(LIGHT),
        ),
        row(
            "30 weeks pregnant, the belly", pregnant("30 weeks", at=BELLY, pressure=LIGHT), BLOCKED,
            MODERATE, "Abdomen in the midline may not be treated: possibly pregnant", {"at": CALF},
        ),
        row(
            "10 weeks pregnant, the low back", pregnant("10 weeks", at=BACK, pressure=LIGHT),
            BLOCKED, MODERATE, "Low back in the midline may not be treated in the first trimester",
            {"at": CALF},
        ),
        row(
            "first trimester, the sacrum", pregnant("first", at=SACRUM, pressure=LIGHT), BLOCKED,
            MODERATE,
            "Sacrum and SI joint in the midline may not be treated in the first trimester",
            {"at": CALF},
        ),
        row("13 weeks pregnant, the low back", pregnant("13 weeks", at=BACK, pressure=LIGHT),
            BLOCKED, MODERATE, "Low back in the midline may not be treated in the first trimester",
            {"at": CALF}),
        row("14 weeks pregnant, the low back gently", pregnant("14 weeks", at=BACK,
            pressure=MODERATE),
            CLEAR, MODERATE),
        row("third trimester, the low back firm", pregnant("third", at=BACK), CLEAR, MODERATE,
            "Pressure at most moderate today: possibly pregnant", gently(MODERATE)),
        row("20 weeks pregnant, the calf firm", pregnant("20 weeks"), CLEAR, MODERATE,
            "Pressure at most moderate today: possibly pregnant", gently(MODERATE)),
        row(
            "pregnant, nobody asked how long, the calf", pregnant("", pressure=LIGHT), REASONS,
            MODERATE, "Write the weeks or the trimester: possibly pregnant",
            answered(a_yes("pregnancy", detail="20 weeks")),
        ),
        row(
            "pregnant, nobody asked how long, the low back",
            pregnant("", at=BACK, pressure=LIGHT), REASONS, MODERATE,
            "Write the weeks or the trimester: low back in the midline may not be treated in the",
            answered(a_yes("pregnancy", detail="20 weeks")),
        ),
        row("11 years old, moderate", born(12, days=1, pressure=MODERATE, **MOTHER), CLEAR, LIGHT,
            "Pressure at most light today: the patient is under 12", gently(LIGHT)),
        row("12 years old today, firm", born(12, **MOTHER), CLEAR, MODERATE,
            "Pressure at most moderate today: the patient is under 18", gently(MODERATE)),
        row("17 years old, firm", born(18, days=1, **MOTHER), CLEAR, MODERATE,
            "Pressure at most moderate today: the patient is under 18", gently(MODERATE)),
        row("18 years old today, firm", born(18), CLEAR, None),
        row("15 years old, no guardian asked", born(15, pressure=LIGHT), CLEAR, MODERATE,
            "The patient is under 18: record on the patient's page which guardian consented",
            MOTHER),
        row("15 years old, the guardian asked only afterwards",
            born(15, pressure=LIGHT, guardian=("Ana", date(2026, 3, 12))), CLEAR, MODERATE,
            "The patient is under 18", MOTHER),
        row("a child with a blood thinner, moderate",
            born(11, answers=(a_yes("anticoagulant"),), pressure=MODERATE, **MOTHER), CLEAR, LIGHT,
            "Pressure at most light today: the patient is under 12", gently(LIGHT)),
        row("osteoporosis said 10 days ago, not asked again", asked("osteoporosis", 10), CLEAR,
            MODERATE, "Pressure at most moderate today: osteoporosis (asked 1 Mar 2026).",
            gently(MODERATE)),
        row("osteoporosis said 30 days ago, moderate",
            asked("osteoporosis", 30, pressure=MODERATE), CLEAR, MODERATE),
        row("osteoporosis said 31 days ago, to be asked again",
            asked("osteoporosis", 31, pressure=MODERATE), Verdict.INCOMPLETE, MODERATE,
            "Safety check incomplete: 1 question is not asked", {"left_open": ()}),
        row("injected, no day written 10 days ago", asked("corticosteroid_injection", 10,
            pressure=LIGHT), Verdict.INCOMPLETE, LIGHT,
            "Safety check incomplete", {"left_open": (), "at": FOREARM}),
        row("no osteoporosis 10 days ago", asked("osteoporosis", 10, Answer.NO), CLEAR, None),
        row("no osteoporosis 31 days ago", asked("osteoporosis", 31, Answer.NO), Verdict.INCOMPLETE,
            None, "Safety check incomplete", {"left_open": ()}),
        row("a blood thinner said 3 days ago is asked every session",
            asked("anticoagulant", 3, pressure=MODERATE), Verdict.INCOMPLETE, MODERATE,
            "Safety check incomplete", {"left_open": ()}),
        row("a blood thinner stopped since", Case(history=(then("anticoagulant", 3),)), CLEAR,
            None),
        row("an open fracture said 10 days ago, not asked again",
            asked("fracture_unstable", 10), BLOCKED, None,
            "Left calf may not be treated today: unstable or recent fracture (asked 1 Mar 2026)",
            {"left_open": ()}),
        row("veins avoided 10 days ago, not asked again",
            Case(left_open=("varicose_veins",),
                 history=(then("varicose_veins", 10)._replace(mitigation=AVOID),)),
            BLOCKED, None,
            "Left calf may not be treated today: the area is avoided, varicose veins",
            answered(a_yes("varicose_veins", CALF)) | {"left_open": ()}),
        row("asked about the calf 10 days ago, the thigh treated",
            asked("varicose_veins", 10, Answer.NO, at=THIGH), Verdict.INCOMPLETE, None,
            "Safety check incomplete", {"left_open": ()}),
    ],
)  # fmt: skip
def test_person(
    case: Case, verdict: Verdict, cap: Pressure | None, sentence: str, way_out: Mapping[str, Any]
) -> None:
    check(case, verdict, cap, sentence, way_out)


def test_a_firm_sweep_is_what_these_sessions_try() -> None:
    (use,) = Case().draft.uses
    assert (use.pressure, use.stroke, use.site) == (FIRM, "sweep", CALF)
    assert at("calf") == CALF
