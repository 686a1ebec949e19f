"""What a clinic may choose: stricter than the catalogue, never the same or laxer."""

import pytest

from clinic_notes.clinical.policy import ItemPolicy, check_item_policy, stricter_options
from clinic_notes.reference.contraindications import questions
from clinic_notes.reference.terms import Pressure, Reach, Severity

PRESSURE = "hypertension_uncontrolled"
WHY = "decided in the team on Monday"
ABSOLUTE, RELATIVE, MODIFIER = Severity.ABSOLUTE, Severity.RELATIVE, Severity.MODIFIER
LIGHT, MODERATE, FIRM = Pressure.LIGHT, Pressure.MODERATE, Pressure.FIRM
SITE, NEIGHBOURS, LIMB = Reach.SITE, Reach.NEIGHBOURS, Reach.LIMB


def messages(own: ItemPolicy, reason: str = WHY) -> list[tuple[str, str]]:
    found = check_item_policy(questions[own.item], own, reason)
    return [(finding.about, finding.message) for finding in found]


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(ItemPolicy("anticoagulant", severity=ABSOLUTE), id="no blood thinners"),
        pytest.param(ItemPolicy("anticoagulant", pressure_cap=LIGHT), id="thinner, light only"),
        pytest.param(ItemPolicy("varicose_veins", pressure_cap=MODERATE), id="veins, a cap at all"),
        pytest.param(ItemPolicy("varicose_veins", reach=LIMB), id="veins, the whole limb"),
        pytest.param(ItemPolicy("open_wound", reach=NEIGHBOURS), id="a wound, next to it too"),
        pytest.param(ItemPolicy("fracture_unstable", reach=LIMB), id="unstable, without a load"),
        pytest.param(ItemPolicy("diabetes", ask_again_days=14), id="diabetes every 14 days"),
        pytest.param(ItemPolicy("diabetes", ask_again_days=0), id="diabetes every session"),
        pytest.param(
            ItemPolicy(PRESSURE, stops_from_systolic=160, stops_from_diastolic=100),
            id="blood pressure, lower limits",
        ),
        pytest.param(
            ItemPolicy("fracture_healing", ABSOLUTE, reach=LIMB, ask_again_days=29),
            id="several parts at once",
        ),
    ],
)
def test_stricter_is_allowed(own: ItemPolicy) -> None:
    assert messages(own) == []


@pytest.mark.parametrize(
    ("own", "about", "says"),
    [
        pytest.param(
            ItemPolicy("anticoagulant", severity=RELATIVE), "severity", "the same as",
            id="the same severity",
        ),
        pytest.param(
            ItemPolicy("anticoagulant", severity=MODIFIER), "severity", "laxer than",
            id="a laxer severity",
        ),
        pytest.param(
            ItemPolicy("open_wound", severity=RELATIVE), "severity", "laxer than",
            id="a wound made relative",
        ),
        pytest.param(
            ItemPolicy("anticoagulant", pressure_cap=MODERATE), "pressure_cap", "the same as",
            id="the same cap",
        ),
        pytest.param(
            ItemPolicy("crps", pressure_cap=MODERATE), "pressure_cap", "laxer than",
            id="a laxer cap",
        ),
        pytest.param(
            ItemPolicy("varicose_veins", pressure_cap=FIRM), "pressure_cap", "light or moderate",
            id="a cap that is none",
        ),
        pytest.param(
            ItemPolicy("open_wound", pressure_cap=LIGHT), "pressure_cap", "nobody is treated",
            id="a cap where nobody is treated",
        ),
        pytest.param(
            ItemPolicy("anticoagulant", ABSOLUTE, LIGHT), "pressure_cap", "nobody is treated",
            id="a cap beside no treatment",
        ),
        pytest.param(
            ItemPolicy("lymphedema", reach=LIMB), "reach", "the same as", id="the same reach",
        ),
        pytest.param(
            ItemPolicy("lymphedema", reach=SITE), "reach", "laxer than", id="a shorter reach",
        ),
        pytest.param(
            ItemPolicy("anticoagulant", reach=LIMB), "reach", "the whole session already",
            id="a reach beyond the session",
        ),
        pytest.param(
            ItemPolicy("diabetes", ask_again_days=30), "ask_again_days", "the same as",
            id="the same days",
        ),
        pytest.param(
            ItemPolicy("diabetes", ask_again_days=60), "ask_again_days", "laxer than",
            id="more days",
        ),
        pytest.param(
            ItemPolicy(PRESSURE, stops_from_systolic=180), "stops_from_systolic", "the same as",
            id="the same blood pressure",
        ),
        pytest.param(
            ItemPolicy(PRESSURE, stops_from_diastolic=120), "stops_from_diastolic", "laxer than",
            id="a higher blood pressure",
        ),
        pytest.param(
            ItemPolicy(PRESSURE, stops_from_systolic=20), "stops_from_systolic", "50 mmHg to",
            id="a blood pressure nobody has",
        ),
        pytest.param(
            ItemPolicy("crps", stops_from_systolic=160), "stops_from_systolic", "has no limit",
            id="blood pressure of another item",
        ),
        pytest.param(
            ItemPolicy("diabetes", ask_again_days=-1), "ask_again_days", "0 for every session",
            id="days that are none",
        ),
        pytest.param(
            ItemPolicy("anticoagulant", ask_again_days=7), "ask_again_days", "every session",
            id="asked every session already",
        ),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words(own: ItemPolicy, about: str, says: str) -> None:
    ((field, message),) = messages(own)
    assert field == about
    assert says in message


def test_a_change_has_a_reason_and_changes_something() -> None:
    own = ItemPolicy("anticoagulant", severity=ABSOLUTE)
    assert messages(own, "because") == [("reason", "Write the reason, in at least 10 characters.")]
    again = check_item_policy(questions["anticoagulant"], own, WHY, in_force=own)
    assert [finding.message for finding in again] == ["Nothing differs from the policy in force."]
    assert [about for about, _ in messages(ItemPolicy("anticoagulant"))] == [""]


def test_back_to_the_catalogue_is_allowed() -> None:
    own, before = ItemPolicy("anticoagulant"), ItemPolicy("anticoagulant", severity=ABSOLUTE)
    assert check_item_policy(questions["anticoagulant"], own, WHY, in_force=before) == ()


@pytest.mark.parametrize("item", questions, ids=lambda item: item.key)
def test_whatever_is_offered_is_allowed(item) -> None:
    offered = stricter_options(item)
    owns = [
        *(ItemPolicy(item.key, severity=value) for value in offered.severities),
        *(ItemPolicy(item.key, pressure_cap=value) for value in offered.caps),
        *(ItemPolicy(item.key, reach=value) for value in offered.reaches),
        *(ItemPolicy(item.key, ask_again_days=value) for value in offered.days),
    ]
    assert [own for own in owns if messages(own)] == []
    assert offered.are_none == (not owns)
