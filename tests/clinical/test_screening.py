"""Reasons, mitigations, earlier answers, pressure: what the table of items does not show."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening import (
    Asked,
    Clearance,
    Verdict,
    clearance,
    contradictions,
    items_due,
    overlaps,
)
from clinic_notes.clinical.screening.rulings import ruling, ruling_not_asked
from clinic_notes.clinical.screening.standing import StandingYes
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Severity, Side
from tests.clinical.making import INR, LEFT_CALF, LEFT_FOOT, RIGHT_CALF, abouts, messages, no, yes

TODAY = date(2026, 3, 11)
LAST_WEEK = TODAY - timedelta(days=7)
BOTH_CALVES = Site("calf", Side.BILATERAL)
ELBOW = Site("elbow_lat", Side.RIGHT)


def screened(
    *answers: AnswerDraft,
    about: tuple[Site, ...] = (LEFT_CALF,),
    standing: tuple[Asked, ...] = (),
) -> Clearance:
    return clearance(answers, about=about, standing=standing, due=(), on=TODAY)


def earlier(
    item: str, answer: Answer, on: date, *about: Site, sites: tuple[Site, ...] = ()
) -> Asked:
    return Asked(item, answer, on, sites, asked_about=about)


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
    assert abouts(given.findings) == [f"answers-anticoagulant-{part}" for part in asked_for]
    assert given.verdict is (Verdict.REASONS_NEEDED if asked_for else Verdict.CLEAR)


def test_the_question_for_a_reason_names_the_region() -> None:
    given = screened(yes("varicose_veins", LEFT_CALF, mitigation=Mitigation.AVOID_AREA))
    assert messages(given.findings) == [
        "Write why you go on at the left calf, in at least 10 characters: "
        "varicose veins (asked today)."
    ]


@pytest.mark.parametrize("mitigation", Mitigation)
def test_only_reduced_pressure_caps_the_pressure(mitigation: Mitigation) -> None:
    given = screened(yes("anticoagulant", reason=INR, mitigation=mitigation))
    is_capped = mitigation is Mitigation.REDUCE_PRESSURE
    assert given.pressure_cap is (Pressure.MODERATE if is_capped else None)


def test_reduced_pressure_at_a_place_not_treated_caps_nothing() -> None:
    answer = yes("varicose_veins", RIGHT_CALF, reason=INR, mitigation=Mitigation.REDUCE_PRESSURE)
    assert screened(answer).pressure_cap is None


def test_a_modifier_caps_the_pressure_and_needs_no_reason() -> None:
    modifier = replace(checklist["varicose_veins"], severity=Severity.MODIFIER)
    asked = earlier("varicose_veins", Answer.YES, TODAY, LEFT_CALF)

    met = ruling(modifier, StandingYes(asked, met=(LEFT_CALF,)), TODAY)
    unmet = ruling(modifier, StandingYes(asked, met=()), TODAY)

    assert met.caps_pressure
    assert [f.level for f in met.findings] == [Level.CAUTION]
    assert not unmet.caps_pressure
    assert ruling_not_asked(modifier, (LEFT_CALF,)).findings[0].level is Level.REFUSE


def test_stop_outweighs_all_else_and_open_questions_outweigh_a_block() -> None:
    wound, clot = yes("open_wound", LEFT_CALF), yes("dvt_or_suspected")
    due = {"open_wound", "dvt_or_suspected", "anticoagulant"}
    both = clearance((wound, clot), about=(LEFT_CALF,), due=due, on=TODAY)
    one = clearance((wound,), about=(LEFT_CALF,), due=due, on=TODAY)
    assert (both.verdict, one.verdict) == (Verdict.STOP, Verdict.INCOMPLETE)


class TestEarlierAnswers:
    def test_a_yes_counts_until_it_is_asked_again(self) -> None:
        past = earlier("bleeding_disorder", Answer.YES, LAST_WEEK, LEFT_CALF)
        given = screened(standing=(past,))
        assert given.verdict is Verdict.STOP
        assert messages(given.findings) == [
            "No treatment today: bleeding disorder (asked 4 Mar 2026)."
        ]
        assert screened(*no("bleeding_disorder"), standing=(past,)).verdict is Verdict.CLEAR

    def test_not_asked_today_does_not_unsay_it(self) -> None:
        past = earlier("bleeding_disorder", Answer.YES, LAST_WEEK, LEFT_CALF)
        open_question = AnswerDraft("bleeding_disorder", Answer.NOT_ASKED)
        assert screened(open_question, standing=(past,)).verdict is Verdict.STOP

    def test_the_reason_on_file_counts(self) -> None:
        past = Asked(
            "diabetes", Answer.YES, LAST_WEEK, (), "sensation tested", Mitigation.SHORTEN, (ELBOW,)
        )
        assert screened(standing=(past,)).verdict is Verdict.CLEAR
        assert screened(standing=(replace(past, reason=""),)).verdict is Verdict.REASONS_NEEDED

    def test_the_latest_of_two_wins_in_whatever_order_they_come(self) -> None:
        was_yes = earlier("diabetes", Answer.YES, LAST_WEEK, LEFT_CALF)
        now_no = earlier("diabetes", Answer.NO, LAST_WEEK + timedelta(days=1), LEFT_CALF)
        assert screened(standing=(now_no, was_yes)).verdict is Verdict.CLEAR
        now_yes = replace(now_no, answer=Answer.YES)
        was_no = replace(was_yes, answer=Answer.NO)
        assert screened(standing=(now_yes, was_no)).verdict is Verdict.REASONS_NEEDED

    def test_what_was_said_later_than_this_session_is_not_known_yet(self) -> None:
        later = earlier("bleeding_disorder", Answer.YES, TODAY + timedelta(days=1), LEFT_CALF)
        assert screened(standing=(later,)).verdict is Verdict.CLEAR

    def test_a_no_about_the_elbow_does_not_unsay_a_yes_about_the_calf(self) -> None:
        calf = earlier("osteomyelitis", Answer.YES, LAST_WEEK, LEFT_CALF)
        elbow = earlier("osteomyelitis", Answer.NO, LAST_WEEK + timedelta(days=1), ELBOW)
        given = screened(standing=(calf, elbow), about=(LEFT_CALF, ELBOW))
        assert [site for site, _ in given.blocked] == [LEFT_CALF]

    def test_a_no_about_one_calf_leaves_the_other_flagged(self) -> None:
        both = earlier("osteomyelitis", Answer.YES, LAST_WEEK, BOTH_CALVES)
        left = earlier("osteomyelitis", Answer.NO, LAST_WEEK + timedelta(days=1), LEFT_CALF)
        given = screened(standing=(both, left), about=(LEFT_CALF, RIGHT_CALF))
        assert [site for site, _ in given.blocked] == [RIGHT_CALF]

    def test_a_no_about_the_calf_does_not_unsay_a_lump_next_to_it(self) -> None:
        achilles = Site("achilles", Side.LEFT)
        lump = earlier("malignancy_local", Answer.YES, LAST_WEEK, achilles, sites=(achilles,))
        given = screened(*no("malignancy_local"), standing=(lump,))
        assert given.verdict is Verdict.REGIONS_BLOCKED

    def test_a_yes_nobody_placed_counts_everywhere_but_where_it_was_asked_again(self) -> None:
        somewhere = earlier("osteomyelitis", Answer.YES, LAST_WEEK)
        left = earlier("osteomyelitis", Answer.NO, LAST_WEEK + timedelta(days=1), LEFT_CALF)
        given = screened(standing=(somewhere, left), about=(LEFT_CALF, RIGHT_CALF))
        assert [site for site, _ in given.blocked] == [RIGHT_CALF]


class TestWhatIsDue:
    def due(self, *history: Asked, about: tuple[Site, ...] = (LEFT_CALF,)) -> tuple[str, ...]:
        return items_due(history, about, TODAY)

    def test_every_session_items_are_always_due(self) -> None:
        assert "open_wound" in self.due(earlier("open_wound", Answer.NO, TODAY, LEFT_CALF))

    @pytest.mark.parametrize(
        ("days_ago", "is_due"), [(0, False), (30, False), (31, True), (-1, True)]
    )
    def test_the_others_after_30_days(self, days_ago: int, is_due: bool) -> None:
        asked = earlier("diabetes", Answer.NO, TODAY - timedelta(days=days_ago), LEFT_CALF)
        assert ("diabetes" in self.due(asked)) is is_due

    def test_an_answer_left_open_was_not_asked(self) -> None:
        assert "diabetes" in self.due(earlier("diabetes", Answer.NOT_ASKED, LAST_WEEK, LEFT_CALF))

    @pytest.mark.parametrize(
        ("asked_about", "about", "is_due"),
        [
            pytest.param((LEFT_CALF,), (LEFT_CALF,), False, id="the same place"),
            pytest.param((LEFT_CALF,), (RIGHT_CALF,), True, id="the other side"),
            pytest.param((LEFT_CALF,), (LEFT_FOOT,), True, id="a new region"),
            pytest.param((LEFT_CALF,), (LEFT_CALF, LEFT_FOOT), True, id="one of two is new"),
            pytest.param((BOTH_CALVES,), (LEFT_CALF,), False, id="both were asked about"),
            pytest.param((LEFT_CALF,), (BOTH_CALVES,), True, id="only one of both was"),
            pytest.param((LEFT_CALF, RIGHT_CALF), (BOTH_CALVES,), False, id="each of both was"),
            pytest.param((LEFT_CALF,), (), False, id="no place planned yet"),
        ],
    )
    def test_a_question_about_a_region_is_asked_for_each_place(
        self, asked_about: tuple[Site, ...], about: tuple[Site, ...], is_due: bool
    ) -> None:
        asked = earlier("varicose_veins", Answer.NO, LAST_WEEK, *asked_about)
        assert ("varicose_veins" in self.due(asked, about=about)) is is_due

    def test_a_question_about_the_person_is_not_asked_again_for_a_new_region(self) -> None:
        asked = earlier("diabetes", Answer.NO, LAST_WEEK, LEFT_CALF)
        assert "diabetes" not in self.due(asked, about=(ELBOW,))


def test_the_record_says_yes_and_the_answer_no() -> None:
    found = contradictions(
        (*no("anticoagulant", "diabetes"), yes("pregnancy")), {"anticoagulant", "pregnancy"}
    )
    assert [(f.level, f.item, f.message) for f in found] == [
        (
            Level.CAUTION,
            "anticoagulant",
            "The patient's record says blood thinner; today's answer is no. "
            "Find out which is right.",
        )
    ]
