"""The safety checks of the three paper charts, each with the whole checklist asked."""

from collections.abc import Collection
from datetime import date

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening import Clearance, PriorAnswer, Verdict, clearance, items_due
from clinic_notes.reference.contraindications import questions
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Side
from tests.clinical.charts import CHART_C
from tests.drafts import INR, LEFT_CALF, LEFT_FOOT, RIGHT_CALF, no, yes

ELBOW, FOREARM = Site("elbow_lat", Side.RIGHT), Site("forearm", Side.RIGHT)

THINNER = yes("anticoagulant", reason=INR, mitigation=Mitigation.REDUCE_PRESSURE)
DIABETES = yes(
    "diabetes", reason="sensation tested, normal", mitigation=Mitigation.CLEARANCE_OBTAINED
)


def fully_asked(*given: AnswerDraft, due: Collection[str]) -> tuple[AnswerDraft, ...]:
    """Return the answers, and "no" to all else that is due."""
    return (*given, *no(*(key for key in due if key not in {a.item for a in given})))


def everything_but(*given: AnswerDraft) -> tuple[AnswerDraft, ...]:
    return fully_asked(*given, due=[item.key for item in questions])


def on_file(answers: tuple[AnswerDraft, ...], on: date, *about: Site) -> tuple[PriorAnswer, ...]:
    return tuple(
        PriorAnswer(a.item, a.answer, on, a.sites, a.reason, a.mitigation, about) for a in answers
    )


class TestChartA:
    FIRST = date(2026, 3, 4)
    THIRD = date(2026, 3, 11)

    def third(self, *about: Site) -> Clearance:
        history = on_file(everything_but(THINNER), self.FIRST, LEFT_FOOT, LEFT_CALF)
        due = items_due(history, about, self.THIRD)
        bruise = yes("ecchymosis_effusion", LEFT_FOOT)
        answers = fully_asked(THINNER, bruise, due=due)
        return clearance(answers, about=about, history=history, due=due, on=self.THIRD)

    def test_first_session_goes_on_at_moderate_pressure_at_most(self) -> None:
        answers = everything_but(THINNER)
        given = clearance(answers, about=(LEFT_FOOT, LEFT_CALF), on=self.FIRST)
        cap = given.cap_at(LEFT_CALF)
        assert given.verdict is Verdict.CLEAR
        assert cap is not None
        assert cap.pressure is Pressure.MODERATE

    def test_third_session_may_not_treat_the_bruised_foot(self) -> None:
        given = self.third(LEFT_FOOT, LEFT_CALF)
        assert given.verdict is Verdict.REGIONS_BLOCKED
        assert [site for site, _ in given.blocked] == [LEFT_FOOT]

    def test_third_session_may_treat_the_calf(self) -> None:
        given = self.third(LEFT_CALF)
        assert (given.verdict, given.blocked) == (Verdict.CLEAR, ())
        cap = given.cap_at(LEFT_CALF)
        assert cap is not None
        assert cap.pressure is Pressure.MODERATE

    def test_what_was_asked_a_week_ago_is_not_asked_again(self) -> None:
        history = on_file(everything_but(THINNER), self.FIRST, LEFT_FOOT, LEFT_CALF)
        due = items_due(history, (LEFT_CALF,), self.THIRD)
        every_session = {item.key for item in questions if item.every_session}
        assert set(due) == every_session - {"cervical_artery"}


class TestChartB:
    FIRST = date(2026, 4, 1)

    def test_diabetes_with_a_reason_goes_on_with_no_cap(self) -> None:
        given = clearance(everything_but(DIABETES), about=(ELBOW, FOREARM), on=self.FIRST)
        assert (given.verdict, given.cap_at(ELBOW)) == (Verdict.CLEAR, None)

    def test_the_reason_of_the_first_session_still_counts_at_the_fourth(self) -> None:
        fourth = date(2026, 4, 15)
        history = on_file(everything_but(DIABETES), self.FIRST, ELBOW, FOREARM)
        due = items_due(history, (ELBOW, FOREARM), fourth)
        answers = fully_asked(due=due)
        assert "diabetes" not in due
        given = clearance(answers, about=(ELBOW, FOREARM), history=history, due=due, on=fourth)
        assert given.verdict is Verdict.CLEAR


class TestChartC:
    def test_signs_of_a_clot_stop_the_session_wherever_one_meant_to_treat(self) -> None:
        for about in ((RIGHT_CALF,), (ELBOW,), ()):
            given = clearance(CHART_C.answers, about=about, on=CHART_C.served_on)
            assert given.verdict is Verdict.STOP
            first = given.findings[0]
            assert (first.level, first.item) == (Level.STOP, "dvt_or_suspected")
            assert first.message == (
                "No treatment today: blood clot (DVT), or signs of one (asked today)."
            )

    def test_what_was_not_asked_before_the_stop_stays_not_asked(self) -> None:
        given = clearance(CHART_C.answers, about=(RIGHT_CALF,), on=CHART_C.served_on)
        asked = {a.item for a in CHART_C.answers if a.answer is not Answer.NOT_ASKED}
        assert set(given.not_asked) == {item.key for item in questions} - asked
