"""What a careful clinician would stop, cap or ask, in the words of a clinic."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_notes.clinical.dosage import check_use
from clinic_notes.clinical.drafts import AnswerDraft, Site, UseDraft
from clinic_notes.clinical.findings import Level, refusals
from clinic_notes.clinical.screening import PriorAnswer, clearance
from clinic_notes.clinical.screening.pressure_caps import caps_for_age, lowest_cap
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Side
from tests.drafts import calf_use, yes

TODAY = date(2026, 3, 11)
LIGHT, MODERATE, FIRM = Pressure.LIGHT, Pressure.MODERATE, Pressure.FIRM
CONSENT = Mitigation.EXPLAIN_CONSENT
WHY = "seen, sound, explained"


def at(region: str, side: Side = Side.LEFT) -> Site:
    return Site(region, side)


def a_yes(
    item: str, *sites: Site, detail: str = "", mitigation: Mitigation = CONSENT
) -> AnswerDraft:
    return replace(yes(item, *sites, reason=WHY, mitigation=mitigation), detail=detail)


CALF, ACHILLES, THIGH, FOOT = at("calf"), at("achilles"), at("hamstring"), at("foot_plantar")
KNEE, FOREARM, NECK = at("knee_ant"), at("forearm"), at("cervical_post", Side.MIDLINE)
BACK, BELLY = at("lumbar", Side.MIDLINE), at("abdomen", Side.MIDLINE)


@pytest.mark.parametrize(
    ("answer", "site", "cap"),
    [
        pytest.param(a_yes("anticoagulant"), CALF, MODERATE, id="a blood thinner, explained"),
        pytest.param(a_yes("long_term_steroids"), CALF, MODERATE, id="long-term steroids"),
        pytest.param(a_yes("autoimmune_ctd"), CALF, MODERATE, id="connective tissue disease"),
        pytest.param(a_yes("fragile_skin", CALF), CALF, MODERATE, id="fragile skin there"),
        pytest.param(a_yes("fragile_skin", CALF), FOREARM, None, id="fragile skin elsewhere"),
        pytest.param(a_yes("osteoporosis"), CALF, MODERATE, id="osteoporosis, the calf"),
        pytest.param(a_yes("osteoporosis"), BACK, LIGHT, id="osteoporosis, the low back"),
        pytest.param(a_yes("osteoporosis"), NECK, LIGHT, id="osteoporosis, the neck"),
        pytest.param(a_yes("osteoporosis"), at("chest"), LIGHT, id="osteoporosis, the ribs"),
        pytest.param(
            a_yes("neuropathy_sensation_loss", FOOT, detail="5.07 not felt"),
            FOOT, LIGHT, id="a numb foot",
        ),
        pytest.param(
            a_yes("neuropathy_sensation_loss", FOOT, detail="5.07 not felt"),
            CALF, None, id="a numb foot, the calf treated",
        ),
        pytest.param(a_yes("crps", FOREARM), FOREARM, LIGHT, id="CRPS of the forearm"),
        pytest.param(a_yes("central_sensitisation"), CALF, LIGHT, id="widespread pain"),
        pytest.param(a_yes("pregnancy", detail="second"), CALF, MODERATE, id="pregnant, the calf"),
        pytest.param(a_yes("pregnancy", detail="third"), BACK, MODERATE, id="pregnant, the back"),
        pytest.param(a_yes("lymphedema", CALF), THIGH, LIGHT, id="lymphoedema of that leg"),
        pytest.param(a_yes("lymphedema", CALF), at("hamstring", Side.RIGHT), None, id="other leg"),
        pytest.param(a_yes("lymphedema", FOREARM), CALF, None, id="lymphoedema of an arm"),
        pytest.param(a_yes("fracture_healing", CALF), CALF, LIGHT, id="a healing fracture"),
        pytest.param(a_yes("fracture_healing", CALF), ACHILLES, LIGHT, id="next to a fracture"),
        pytest.param(a_yes("fracture_healing", CALF), FOREARM, None, id="far from a fracture"),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-02-20"),
            ACHILLES, LIGHT, id="injected 19 days ago",
        ),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-01-28"),
            ACHILLES, LIGHT, id="injected 42 days ago",
        ),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-01-27"),
            ACHILLES, None, id="injected 43 days ago",
        ),
        pytest.param(
            a_yes("cancer_history", mitigation=Mitigation.REDUCE_PRESSURE),
            CALF, MODERATE, id="cancer in the past, pressure reduced",
        ),
        pytest.param(a_yes("cancer_history"), CALF, None, id="cancer in the past, explained"),
    ],
)  # fmt: skip
def test_how_hard_may_be_treated(answer: AnswerDraft, site: Site, cap: Pressure | None) -> None:
    given = clearance((answer,), about=(site,), due=(), on=TODAY)
    found = given.cap_at(site)
    assert (found.pressure if found else None) is cap
    assert not given.blocked


@pytest.mark.parametrize(
    ("answer", "site", "is_blocked"),
    [
        pytest.param(a_yes("corticosteroid_injection", ACHILLES), ACHILLES, True, id="no date"),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-02-25"),
            ACHILLES, True, id="injected 14 days ago",
        ),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-02-24"),
            ACHILLES, False, id="injected 15 days ago",
        ),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-03-01"),
            CALF, True, id="injected next to it",
        ),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-04-01"),
            ACHILLES, True, id="a date to come is none",
        ),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES, detail="2026-02-31"),
            ACHILLES, True, id="a date that cannot be is none",
        ),
        pytest.param(
            a_yes("corticosteroid_injection", ACHILLES), FOREARM, False, id="injected elsewhere"
        ),
        pytest.param(
            a_yes("varicose_veins", CALF, mitigation=Mitigation.AVOID_AREA),
            CALF, True, id="varicose veins, the area avoided",
        ),
        pytest.param(a_yes("varicose_veins", CALF), CALF, False, id="varicose veins, explained"),
        pytest.param(
            a_yes("pacemaker_pump_implant", at("chest"), mitigation=Mitigation.AVOID_AREA),
            at("chest"), True, id="a pacemaker, the area avoided",
        ),
        pytest.param(
            a_yes("burn_scar", CALF, mitigation=Mitigation.AVOID_AREA),
            FOREARM, False, id="a burn scar avoided, the forearm treated",
        ),
        pytest.param(yes("unhealed_incision", KNEE), KNEE, True, id="a scar that is not healed"),
        pytest.param(a_yes("pregnancy", detail="third"), BELLY, True, id="pregnant, the abdomen"),
        pytest.param(a_yes("pregnancy", detail="first"), BACK, True, id="first trimester, back"),
        pytest.param(a_yes("pregnancy", detail="second"), BACK, False, id="second trimester"),
    ],
)  # fmt: skip
def test_what_may_not_be_treated(answer: AnswerDraft, site: Site, is_blocked: bool) -> None:
    given = clearance((answer,), about=(site,), due=(), on=TODAY)
    assert [blocked for blocked, _ in given.blocked] == [site] * is_blocked


def test_an_injection_without_its_date_asks_for_it_and_says_what_counts() -> None:
    given = clearance(
        (a_yes("corticosteroid_injection", ACHILLES),), about=(ACHILLES,), due=(), on=TODAY
    )
    asked = [f for f in given.findings if f.level is Level.REFUSE]
    assert [finding.about for finding in asked] == ["answers-corticosteroid_injection-detail"]
    injection = "recent injection (steroid, PRP) (asked today)"
    assert asked[0].message == (
        f"Write the date as 2026-03-11; until then it counts as today: {injection}."
    )
    (why,) = (message for _, message in given.blocked)
    assert why == (f"Left Achilles may not be treated today: {injection}, 14 days are to pass.")


@pytest.mark.parametrize("on", ["2026-03-04", "2026-03-11, left"], ids=["last week", "today"])
def test_an_injection_with_its_date_asks_for_nothing_more(on: str) -> None:
    told = a_yes("corticosteroid_injection", ACHILLES, detail=on)
    given = clearance((told,), about=(ACHILLES,), due=(), on=TODAY)
    assert [finding.level for finding in given.findings] == [Level.BLOCK]


def test_numbness_asks_how_feeling_was_tested() -> None:
    numb = a_yes("neuropathy_sensation_loss", FOOT)
    given = clearance((numb,), about=(FOOT,), due=(), on=TODAY)
    asked = [f.message for f in given.findings if f.level is Level.REFUSE]
    assert asked == ["Write the result of the sensation test: numbness in the area (asked today)."]


@pytest.mark.parametrize(
    ("born_on", "cap"),
    [
        pytest.param(date(2014, 3, 12), LIGHT, id="the day before 12"),
        pytest.param(date(2014, 3, 11), MODERATE, id="12 today"),
        pytest.param(date(2008, 3, 12), MODERATE, id="the day before 18"),
        pytest.param(date(2008, 3, 11), None, id="18 today"),
        pytest.param(date(1940, 1, 1), None, id="86"),
    ],
)
def test_a_child_is_treated_lightly(born_on: date, cap: Pressure | None) -> None:
    found = lowest_cap(caps_for_age(born_on, TODAY), CALF)
    assert (found.pressure if found else None) is cap


@pytest.mark.parametrize("mitigation", Mitigation)
def test_no_measure_lifts_a_cap(mitigation: Mitigation) -> None:
    given = clearance(
        (a_yes("anticoagulant", mitigation=mitigation),), about=(CALF,), due=(), on=TODAY
    )
    use = calf_use(pressure=FIRM)
    (refused,) = refusals(check_use(use, prefix="uses-0", cap=given.cap_at(CALF)))
    message = "Pressure at most moderate today: blood thinner (asked today)."
    assert refused.message == message
    # It is said once, also where reducing the pressure asks for the same.
    assert [found.message for found in given.findings] == [message]


def test_a_cap_about_certain_regions_is_no_cap_elsewhere() -> None:
    given = clearance((a_yes("osteoporosis"),), about=(CALF, BACK), due=(), on=TODAY)
    _, spine = given.caps
    assert (spine.applies_to(BACK), spine.applies_to(CALF)) == (True, False)


def test_the_lowest_of_several_caps_counts() -> None:
    answers = (a_yes("anticoagulant"), a_yes("crps", CALF))
    given = clearance(answers, about=(CALF,), due=(), on=TODAY)
    cap = given.cap_at(CALF)
    assert cap is not None
    assert cap.message == "Pressure at most light at the left calf today: CRPS (asked today)."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"region": "cervical_ant", "pressure": FIRM}, "pressure", id="firm"),
        pytest.param({"region": "cervical_ant", "pressure": MODERATE}, "note", id="no reason"),
        pytest.param({"region": "hip_flexor", "pressure": Pressure.HEAVY}, "pressure", id="heavy"),
        pytest.param({"stroke": "brush", "pressure": MODERATE}, "pressure", id="a hard brush"),
    ],
)
def test_where_only_light_pressure_is_usual(changes: dict[str, object], field: str) -> None:
    use: UseDraft = calf_use(tissues=(), angle_degrees=None, **changes)
    (refused,) = refusals(check_use(use, prefix="uses-0"))
    assert refused.about == f"uses-0-{field}"


def test_a_scar_lies_in_its_region_and_is_blocked_with_it() -> None:
    on_the_scar = calf_use(region="knee_ant", tissues=("scar_tissue",))
    assert not refusals(check_use(on_the_scar, prefix="uses-0"))
    given = clearance((yes("open_wound", KNEE),), about=(on_the_scar.site,), due=(), on=TODAY)
    assert [site for site, _ in given.blocked] == [KNEE]


@pytest.mark.parametrize(
    ("answered_on", "is_blocked", "cap"),
    [
        pytest.param(date(2026, 2, 25), True, LIGHT, id="14 days ago"),
        pytest.param(date(2026, 2, 24), False, LIGHT, id="15 days ago"),
        pytest.param(date(2026, 1, 28), False, LIGHT, id="42 days ago"),
        pytest.param(date(2026, 1, 27), False, None, id="43 days ago"),
    ],
)
def test_an_injection_without_a_date_counts_from_the_day_it_was_told(
    answered_on: date, is_blocked: bool, cap: Pressure | None
) -> None:
    told = PriorAnswer(
        "corticosteroid_injection", Answer.YES, answered_on, (ACHILLES,), WHY, CONSENT, (ACHILLES,)
    )
    given = clearance((), about=(ACHILLES,), history=(told,), due=(), on=TODAY)
    found = given.cap_at(ACHILLES)
    assert bool(given.blocked) is is_blocked
    assert (found.pressure if found else None) is cap


def test_an_injection_told_weeks_ago_without_a_date_still_asks_for_it() -> None:
    told = PriorAnswer(
        "corticosteroid_injection", Answer.YES, date(2026, 2, 19), (ACHILLES,), WHY, CONSENT
    )
    given = clearance((), about=(ACHILLES,), history=(told,), due=(), on=TODAY)
    assert [f.message for f in given.findings if f.level is Level.REFUSE] == [
        "Write the date of the injection, as 2026-03-11: recent injection (steroid, PRP) (asked "
        "19 Feb 2026)."
    ]


@pytest.mark.parametrize(
    "region",
    [
        "shoulder_ant", "shoulder_post", "elbow_lat", "elbow_med", "wrist", "hand_thumb",
        "knee_ant", "achilles", "ankle", "foot_plantar",
    ],
)  # fmt: skip
def test_after_a_fluoroquinolone_each_place_of_tendons_is_treated_lightly(region: str) -> None:
    told = a_yes("fluoroquinolone", detail="levofloxacin in January")
    given = clearance((told,), about=(at(region),), due=(), on=TODAY)
    cap = given.cap_at(at(region))
    assert cap is not None
    assert cap.pressure is LIGHT
