"""What was answered in earlier sessions: how long it holds, and when it is asked again."""

from datetime import date, timedelta

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.screening import Clearance, PriorAnswer, Verdict, clearance, items_due
from clinic_notes.reference.terms import Answer, Mitigation, Side
from tests.clinical.charts import messages
from tests.drafts import LEFT_CALF, LEFT_FOOT, RIGHT_CALF, earlier, no

TODAY = date(2026, 3, 11)
LAST_WEEK = TODAY - timedelta(days=7)
BOTH_CALVES = Site("calf", Side.BILATERAL)
ELBOW = Site("elbow_lat", Side.RIGHT)


def screened(
    *answers: AnswerDraft,
    about: tuple[Site, ...] = (LEFT_CALF,),
    history: tuple[PriorAnswer, ...] = (),
) -> Clearance:
    return clearance(answers, about=about, history=history, due=(), on=TODAY)


class TestEarlierAnswers:
    def test_a_yes_counts_until_it_is_asked_again(self) -> None:
        past = earlier("bleeding_disorder", Answer.YES, LAST_WEEK, LEFT_CALF)
        given = screened(history=(past,))
        assert given.verdict is Verdict.STOP
        assert messages(given.findings) == [
            "No treatment today: bleeding disorder (asked 4 Mar 2026)."
        ]
        assert screened(*no("bleeding_disorder"), history=(past,)).verdict is Verdict.CLEAR

    def test_not_asked_today_does_not_unsay_it(self) -> None:
        past = earlier("bleeding_disorder", Answer.YES, LAST_WEEK, LEFT_CALF)
        open_question = AnswerDraft("bleeding_disorder", Answer.NOT_ASKED)
        assert screened(open_question, history=(past,)).verdict is Verdict.STOP

    def test_the_reason_on_file_counts(self) -> None:
        past = PriorAnswer(
            "diabetes", Answer.YES, LAST_WEEK, (), "sensation tested", Mitigation.SHORTEN, (ELBOW,)
        )
        assert screened(history=(past,)).verdict is Verdict.CLEAR
        assert screened(history=(past._replace(reason=""),)).verdict is Verdict.REASONS_NEEDED

    def test_the_latest_of_two_wins_in_whatever_order_they_come(self) -> None:
        was_yes = earlier("diabetes", Answer.YES, LAST_WEEK, LEFT_CALF)
        now_no = earlier("diabetes", Answer.NO, LAST_WEEK + timedelta(days=1), LEFT_CALF)
        assert screened(history=(now_no, was_yes)).verdict is Verdict.CLEAR
        now_yes = now_no._replace(answer=Answer.YES)
        was_no = was_yes._replace(answer=Answer.NO)
        assert screened(history=(now_yes, was_no)).verdict is Verdict.REASONS_NEEDED

    def test_what_was_said_later_than_this_session_is_not_known_yet(self) -> None:
        later = earlier("bleeding_disorder", Answer.YES, TODAY + timedelta(days=1), LEFT_CALF)
        assert screened(history=(later,)).verdict is Verdict.CLEAR

    def test_a_no_about_the_elbow_does_not_unsay_a_yes_about_the_calf(self) -> None:
        calf = earlier("osteomyelitis", Answer.YES, LAST_WEEK, LEFT_CALF)
        elbow = earlier("osteomyelitis", Answer.NO, LAST_WEEK + timedelta(days=1), ELBOW)
        given = screened(history=(calf, elbow), about=(LEFT_CALF, ELBOW))
        assert [site for site, _ in given.blocked] == [LEFT_CALF]

    def test_a_no_about_one_calf_leaves_the_other_flagged(self) -> None:
        both = earlier("osteomyelitis", Answer.YES, LAST_WEEK, BOTH_CALVES)
        left = earlier("osteomyelitis", Answer.NO, LAST_WEEK + timedelta(days=1), LEFT_CALF)
        given = screened(history=(both, left), about=(LEFT_CALF, RIGHT_CALF))
        assert [site for site, _ in given.blocked] == [RIGHT_CALF]

    def test_a_no_about_the_calf_does_not_unsay_a_lump_next_to_it(self) -> None:
        achilles = Site("achilles", Side.LEFT)
        lump = earlier("malignancy_local", Answer.YES, LAST_WEEK, achilles, sites=(achilles,))
        given = screened(*no("malignancy_local"), history=(lump,))
        assert given.verdict is Verdict.REGIONS_BLOCKED

    def test_a_lump_found_to_be_none_frees_its_neighbours(self) -> None:
        achilles = Site("achilles", Side.LEFT)
        lump = earlier("malignancy_local", Answer.YES, LAST_WEEK, achilles)
        gone = earlier("malignancy_local", Answer.NO, LAST_WEEK + timedelta(days=1), achilles)
        assert screened(history=(lump, gone)).verdict is Verdict.CLEAR

    def test_a_yes_nobody_placed_counts_everywhere_but_where_it_was_asked_again(self) -> None:
        somewhere = earlier("osteomyelitis", Answer.YES, LAST_WEEK)
        left = earlier("osteomyelitis", Answer.NO, LAST_WEEK + timedelta(days=1), LEFT_CALF)
        given = screened(history=(somewhere, left), about=(LEFT_CALF, RIGHT_CALF))
        assert [site for site, _ in given.blocked] == [RIGHT_CALF]


class TestWhatIsDue:
    def due(self, *history: PriorAnswer, about: tuple[Site, ...] = (LEFT_CALF,)) -> tuple[str, ...]:
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
            pytest.param((LEFT_CALF,), (LEFT_CALF,), False, id="the same site"),
            pytest.param((LEFT_CALF,), (RIGHT_CALF,), True, id="the other side"),
            pytest.param((LEFT_CALF,), (LEFT_FOOT,), True, id="a new region"),
            pytest.param((LEFT_CALF,), (LEFT_CALF, LEFT_FOOT), True, id="one of two is new"),
            pytest.param((BOTH_CALVES,), (LEFT_CALF,), False, id="both were asked about"),
            pytest.param((LEFT_CALF,), (BOTH_CALVES,), True, id="only one of both was"),
            pytest.param((LEFT_CALF, RIGHT_CALF), (BOTH_CALVES,), False, id="each of both was"),
            pytest.param((LEFT_CALF,), (), False, id="no site planned yet"),
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
