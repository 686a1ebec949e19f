"""Reasons, mitigations, pressure, sites: what the table of items does not show."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening import (
    Clearance,
    Verdict,
    clearance,
    overlaps,
)
from clinic_notes.clinical.screening.in_force import ActiveYes
from clinic_notes.clinical.screening.rulings import ruling, ruling_not_asked
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Severity, Side
from tests.clinical.charts import abouts, messages
from tests.drafts import INR, LEFT_CALF, LEFT_FOOT, RIGHT_CALF, earlier, yes

TODAY = date(2026, 3, 11)


def screened(*answers: AnswerDraft, about: tuple[Site, ...] = (LEFT_CALF,)) -> Clearance:
    return clearance(answers, about=about, due=(), on=TODAY)


@pytest.mark.parametrize(
    ("side", "other", "do_meet"),
    [
        (Side.LEFT, Side.LEFT, True),
        (Side.LEFT, Side.RIGHT, False),
        (Side.LEFT, Side.BILATERAL, True),
        (Side.RIGHT, Side.MIDLINE, True),
        (Side.MIDLINE, Side.BILATERAL, True),
    ],
)
def test_sides_meet_in_one_region_only(side: Side, other: Side, do_meet: bool) -> None:
    assert overlaps(Site("lumbar", side), Site("lumbar", other)) is do_meet
    assert overlaps(Site("lumbar", other), Site("lumbar", side)) is do_meet
    assert not overlaps(Site("lumbar", side), Site("thoracic", other))


def test_a_blocked_region_is_named_with_its_side_and_the_others_stay_open() -> None:
    given = screened(yes("ecchymosis_effusion", LEFT_FOOT), about=(LEFT_FOOT, LEFT_CALF))
    sentence = "Left plantar foot may not be treated today: bruise or joint effusion (asked today)."
    assert given.verdict is Verdict.REGIONS_BLOCKED
    assert given.blocked == ((LEFT_FOOT, sentence),)
    assert messages(given.findings) == [sentence]


def test_a_flagged_place_nobody_means_to_treat_is_only_a_note() -> None:
    given = screened(yes("ecchymosis_effusion", LEFT_FOOT))
    assert given.verdict is Verdict.CLEAR
    assert [(f.level, f.message) for f in given.findings] == [
        (
            Level.NOTE,
            "Keep away from the left plantar foot: bruise or joint effusion (asked today).",
        )
    ]


def test_a_flag_without_a_place_counts_for_every_treated_place() -> None:
    given = screened(yes("open_wound"), about=(LEFT_FOOT, LEFT_CALF))
    assert [site for site, _ in given.blocked] == [LEFT_FOOT, LEFT_CALF]


@pytest.mark.parametrize(
    ("reason", "mitigation", "asked_for"),
    [
        pytest.param("", None, ["reason", "mitigation"], id="neither"),
        pytest.param("skin fine", Mitigation.SHORTEN, ["reason"], id="nine characters"),
        pytest.param("   skin ok   ", Mitigation.SHORTEN, ["reason"], id="spaces do not count"),
        pytest.param("skin sound", Mitigation.SHORTEN, [], id="ten characters"),
        pytest.param(INR, None, ["mitigation"], id="no mitigation"),
    ],
)
def test_a_precaution_needs_a_reason_and_a_mitigation(
    reason: str, mitigation: Mitigation | None, asked_for: list[str]
) -> None:
    given = screened(yes("anticoagulant", reason=reason, mitigation=mitigation))
    refused = [finding for finding in given.findings if finding.level is Level.REFUSE]
    assert abouts(refused) == [f"answers-anticoagulant-{part}" for part in asked_for]
    assert given.verdict is (Verdict.REASONS_NEEDED if asked_for else Verdict.CLEAR)


def test_the_question_for_a_reason_names_the_region() -> None:
    given = screened(yes("varicose_veins", LEFT_CALF, mitigation=Mitigation.SHORTEN))
    assert messages(given.findings) == [
        "Write why you go on at the left calf, in at least 10 characters: "
        "varicose veins (asked today)."
    ]


def test_a_young_scar_is_blocked_until_it_is_written_who_found_it_closed() -> None:
    given = screened(yes("recent_scar", LEFT_CALF, reason=INR, mitigation=Mitigation.SHORTEN))
    assert [why for _, why in given.blocked] == [
        "Left calf may not be treated today: scar under 12 weeks (asked today), until you write "
        "who found it closed, dry and free of infection, and when."
    ]


def test_what_is_missing_of_a_precaution_is_asked_for_at_its_field() -> None:
    given = screened(yes("neuropathy_sensation_loss", LEFT_CALF))
    numb = "numbness in the area (asked today)"
    assert [(f.about.split("-")[-1], f.message) for f in given.findings] == [
        ("reason", f"Write why you go on at the left calf, in at least 10 characters: {numb}."),
        ("mitigation", f"Choose what you do about it at the left calf: {numb}."),
        ("detail", f"Write the result of the sensation test: {numb}."),
        ("answer", f"Pressure at most light at the left calf today: {numb}."),
    ]


@pytest.mark.parametrize("mitigation", Mitigation)
def test_reduced_pressure_caps_the_pressure_whatever_the_item(mitigation: Mitigation) -> None:
    given = screened(yes("cancer_history", reason=INR, mitigation=mitigation))
    cap = given.cap_at(LEFT_CALF)
    is_capped = mitigation is Mitigation.REDUCE_PRESSURE
    assert (cap.pressure if cap else None) is (Pressure.MODERATE if is_capped else None)


def test_reduced_pressure_at_a_place_not_treated_caps_nothing() -> None:
    answer = yes("varicose_veins", RIGHT_CALF, reason=INR, mitigation=Mitigation.REDUCE_PRESSURE)
    assert screened(answer).cap_at(LEFT_CALF) is None


def test_a_modifier_caps_the_pressure_and_needs_no_reason() -> None:
    modifier = replace(checklist["varicose_veins"], severity=Severity.MODIFIER)
    asked = earlier("varicose_veins", Answer.YES, TODAY, LEFT_CALF)

    met = ruling(modifier, ActiveYes(asked, met=(LEFT_CALF,), flagged=(LEFT_CALF,)), TODAY)
    unmet = ruling(modifier, ActiveYes(asked, met=()), TODAY)

    assert [cap.pressure for cap in met.caps] == [Pressure.MODERATE]
    assert [f.level for f in met.findings] == [Level.CAUTION]
    assert not unmet.caps
    assert ruling_not_asked(modifier, (LEFT_CALF,)).findings[0].level is Level.REFUSE
    wound, clot = (checklist[key] for key in ("open_wound", "dvt_or_suspected"))
    told = [
        ruling_not_asked(item, (LEFT_CALF,)).findings[0].message for item in (modifier, wound, clot)
    ]
    assert told == [
        "Varicose veins: not asked. Ask it.",
        "Broken or healing skin: not asked. Until it is, it counts as yes.",
        "Blood clot (DVT), or signs of one: not asked. Until it is, it counts as yes.",
    ]
    light = replace(modifier, pressure_cap=Pressure.LIGHT)
    own = ruling(light, ActiveYes(asked, met=(LEFT_CALF,), flagged=(LEFT_CALF,)), TODAY)
    assert [cap.pressure for cap in own.caps] == [Pressure.LIGHT]


def test_a_precaution_about_the_session_needs_its_reason_before_any_place_is_chosen() -> None:
    given = screened(yes("anticoagulant"), about=())
    assert given.verdict is Verdict.REASONS_NEEDED
    assert ActiveYes(earlier("anticoagulant", Answer.YES, TODAY), met=()).is_relevant


def test_places_are_blocked_by_the_condition_or_by_its_stage_alone() -> None:
    pregnancy, back = checklist["pregnancy"], Site("lumbar", Side.MIDLINE)
    told = earlier("pregnancy", Answer.YES, TODAY)._replace(detail="first", reason=INR)
    both = ActiveYes(told, met=(back, Site("abdomen", Side.MIDLINE)))
    always = ruling(replace(pregnancy, stages=()), both, TODAY)
    at_first = ruling(replace(pregnancy, blocked_regions=()), both, TODAY)
    assert [site.region for site, _ in always.blocked] == ["abdomen"]
    assert not [f for f in always.findings if f.message.startswith("Write the weeks")]
    assert [site.region for site, _ in at_first.blocked] == ["lumbar"]


def test_what_was_written_once_counts_until_it_is_asked_again() -> None:
    numb = earlier("neuropathy_sensation_loss", Answer.YES, date(2026, 3, 1), LEFT_CALF)
    told = numb._replace(detail="5.07 felt", reason=INR, mitigation=Mitigation.SHORTEN)
    given = clearance((), about=(LEFT_CALF,), history=(told,), due=(), on=TODAY)
    assert given.verdict is Verdict.CLEAR


def test_stop_outweighs_all_else_and_open_questions_outweigh_a_block() -> None:
    wound, clot = yes("open_wound", LEFT_CALF), yes("dvt_or_suspected")
    due = {"open_wound", "dvt_or_suspected", "anticoagulant"}
    both = clearance((wound, clot), about=(LEFT_CALF,), due=due, on=TODAY)
    one = clearance((wound,), about=(LEFT_CALF,), due=due, on=TODAY)
    assert (both.verdict, one.verdict) == (Verdict.STOP, Verdict.INCOMPLETE)


def test_a_verdict_has_the_name_by_which_pages_look_it_up() -> None:
    names = ["clear", "reasons_needed", "regions_blocked", "stop", "incomplete"]
    assert [verdict.value for verdict in Verdict] == names
