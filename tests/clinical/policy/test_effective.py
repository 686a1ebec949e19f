"""The questions in force: of catalogue and policy, the stricter in each part."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.policy import (
    CATALOGUE_ALONE,
    ClinicPolicy,
    ItemPolicy,
    Part,
    PartChange,
    changes_between,
    questions_under,
)
from clinic_notes.clinical.policy.effective import under
from clinic_notes.clinical.screening import Verdict, clearance, items_due
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.contraindications import Contraindication, questions
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Reach, Severity, Side
from tests.drafts import LEFT_CALF, earlier, yes

TODAY = date(2026, 3, 11)
WHY = "seen, sound, explained"
ACHILLES = Site("achilles", Side.LEFT)


def policy(*items: ItemPolicy) -> ClinicPolicy:
    return ClinicPolicy(1, TODAY, items)


def cleared(item: str, own: ItemPolicy, *sites: Site, about: Site = LEFT_CALF, detail: str = ""):
    answer = yes(item, *sites, reason=WHY, mitigation=Mitigation.EXPLAIN_CONSENT, detail=detail)
    under_policy = questions_under(policy(own))
    return clearance((answer,), about=(about,), due=(), on=TODAY, questions=under_policy)


def test_without_a_policy_the_questions_are_the_catalogues() -> None:
    assert questions_under(CATALOGUE_ALONE) is questions


def test_only_the_items_of_the_policy_differ() -> None:
    changed = questions_under(policy(ItemPolicy("diabetes", ask_again_days=7)))
    assert [item.key for item in changed] == [item.key for item in questions]
    assert [item.key for item in changed if item != questions[item.key]] == ["diabetes"]


def test_a_blood_thinner_stops_the_session_where_the_clinic_says_so() -> None:
    given = cleared("anticoagulant", ItemPolicy("anticoagulant", severity=Severity.ABSOLUTE))
    assert given.verdict is Verdict.STOP


def test_varicose_veins_are_capped_where_the_clinic_says_so() -> None:
    given = cleared(
        "varicose_veins", ItemPolicy("varicose_veins", pressure_cap=Pressure.LIGHT), LEFT_CALF
    )
    assert given.cap_at(LEFT_CALF).pressure is Pressure.LIGHT


def test_a_wound_blocks_what_is_next_to_it_where_the_clinic_says_so() -> None:
    own = ItemPolicy("open_wound", reach=Reach.NEIGHBOURS)
    assert cleared("open_wound", ItemPolicy("open_wound"), LEFT_CALF, about=ACHILLES).blocked == ()
    ((site, _),) = cleared("open_wound", own, LEFT_CALF, about=ACHILLES).blocked
    assert site == ACHILLES


def test_the_cap_reaches_as_far_as_the_yes() -> None:
    own = ItemPolicy("crps", reach=Reach.NEIGHBOURS)
    given = cleared("crps", own, LEFT_CALF, about=ACHILLES)
    assert given.cap_at(ACHILLES).pressure is Pressure.LIGHT


@pytest.mark.parametrize(
    ("days_ago", "is_due"),
    [pytest.param(7, False, id="7 days ago"), pytest.param(8, True, id="8 days ago")],
)
def test_a_question_is_due_again_sooner(days_ago: int, is_due: bool) -> None:
    own = questions_under(policy(ItemPolicy("diabetes", ask_again_days=7)))
    asked = earlier("diabetes", Answer.NO, TODAY - timedelta(days=days_ago), LEFT_CALF)
    due = items_due((asked,), (LEFT_CALF,), TODAY, questions=own)
    assert ("diabetes" in due) is is_due
    assert "diabetes" not in items_due((asked,), (LEFT_CALF,), TODAY)


def test_a_question_is_due_every_session() -> None:
    own = questions_under(policy(ItemPolicy("diabetes", ask_again_days=0)))
    asked = earlier("diabetes", Answer.NO, TODAY, LEFT_CALF)
    assert "diabetes" in items_due((asked,), (LEFT_CALF,), TODAY, questions=own)


def test_an_injection_made_absolute_blocks_until_its_cap_would_have_ended() -> None:
    own = ItemPolicy("corticosteroid_injection", severity=Severity.ABSOLUTE)
    item = "corticosteroid_injection"
    capped = cleared(item, ItemPolicy(item), LEFT_CALF, detail="2026-02-01")
    assert (capped.blocked, capped.cap_at(LEFT_CALF).pressure) == ((), Pressure.LIGHT)
    assert cleared(item, own, LEFT_CALF, detail="2026-02-01").blocked
    assert cleared(item, own, LEFT_CALF, detail="2026-01-01").blocked == ()


def test_a_clinic_has_its_own_limit_of_blood_pressure() -> None:
    own = questions_under(policy(ItemPolicy("hypertension_uncontrolled", stops_from_systolic=160)))
    at = {"about": (LEFT_CALF,), "due": (), "on": TODAY, "blood_pressure": (165, 90)}
    assert clearance((), **at).verdict is Verdict.CLEAR
    assert clearance((), **at, questions=own).verdict is Verdict.STOP


def stricter_catalogue(**parts: object) -> Catalogue[Contraindication]:
    """Return the catalogue of a later release, in which varicose veins are stricter."""
    later = replace(questions["varicose_veins"], **parts)
    entries = (later if item.key == later.key else item for item in questions)
    return Catalogue(questions.name, entries, questions.review)


@pytest.mark.parametrize(
    "parts",
    [
        {"severity": Severity.ABSOLUTE},
        {"pressure_cap": Pressure.LIGHT},
        {"reach": Reach.LIMB},
        {"every_session": True},
        {"ask_again_days": 3},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_catalogue_that_became_stricter_is_not_loosened(parts: dict[str, object]) -> None:
    stored = ItemPolicy("varicose_veins", None, Pressure.MODERATE, Reach.NEIGHBOURS, 7)
    later = stricter_catalogue(**parts)
    item = questions_under(policy(stored), later)["varicose_veins"]
    assert {name: getattr(item, name) for name in parts} == parts


def test_a_modifier_made_relative_keeps_the_cap_it_had() -> None:
    item = replace(questions["varicose_veins"], severity=Severity.MODIFIER, reach=Reach.NEIGHBOURS)
    made = under(item, ItemPolicy(item.key, severity=Severity.RELATIVE))
    assert (made.severity, made.pressure_cap, made.cap_reach) == (
        Severity.RELATIVE, Pressure.MODERATE, Reach.NEIGHBOURS,
    )  # fmt: skip


def test_the_history_says_what_changed_from_what_to_what() -> None:
    old = questions["anticoagulant"]
    new = under(old, ItemPolicy("anticoagulant", Severity.ABSOLUTE, Pressure.LIGHT))
    assert list(changes_between(old, new)) == [
        PartChange("anticoagulant", Part.SEVERITY, "relative", "absolute"),
        PartChange("anticoagulant", Part.PRESSURE_CAP, "moderate", "light"),
    ]


def test_an_item_of_the_policy_is_replaced_or_taken_out() -> None:
    first, other = ItemPolicy("diabetes", ask_again_days=7), ItemPolicy("crps", reach=Reach.LIMB)
    before = policy(first, other)
    again = ItemPolicy("diabetes", ask_again_days=0)
    assert before.with_item(again) == (other, again)
    assert before.with_item(ItemPolicy("diabetes")) == (other,)


def test_the_note_names_the_policy() -> None:
    made = ClinicPolicy(3, date(2026, 11, 26))
    assert made.evaluated_by == "Evaluated by clinic policy version 3 of 26 Nov 2026"
    assert "catalogue alone" in CATALOGUE_ALONE.evaluated_by


def test_a_policy_asks_at_least_as_often_as_the_answers_are_read() -> None:
    assert {item.ask_again_days for item in questions} == {30}


def test_not_asked_counts_as_yes_where_the_clinic_made_it_absolute() -> None:
    own = questions_under(policy(ItemPolicy("anticoagulant", severity=Severity.ABSOLUTE)))
    given = clearance((), about=(LEFT_CALF,), due=("anticoagulant",), on=TODAY, questions=own)
    assert [finding.level for finding in given.findings] == [Level.STOP]
