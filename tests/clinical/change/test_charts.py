"""Charts A and B: the verdicts that a clinician would give."""

from datetime import date

import pytest

from clinic_notes.clinical.change import (
    Basis,
    Comparison,
    Row,
    SessionRow,
    Verdict,
    by_measured_thing,
    judged_changes,
)
from clinic_notes.clinical.drafts import (
    BLANK,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
)
from clinic_notes.reference.terms import Mode, Side, StrengthMethod
from tests.clinical.change.pairs import (
    LAST,
    MEANINGFUL,
    NOT_COMPARABLE,
    NOT_JUDGED,
    REAL,
    SESSION,
    START,
    WITHIN,
    figure,
)
from tests.drafts import NOT_APPLICABLE, NOT_TESTED, graded, measured

Found = dict[Comparison, tuple[Verdict, str]]

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def verdicts(sessions: list[SessionRow], region: str) -> Found:
    (series,) = by_measured_thing(sessions)
    changes = judged_changes(series, Basis(region))
    return {change.comparison: (change.verdict, figure(change)) for change in changes}


def heel(*rows: Row) -> Found:
    days = (date(2026, 3, 4), date(2026, 3, 6), date(2026, 3, 11))
    found = [SessionRow(row, on, rater=1) for row, on in zip(rows, days, strict=False)]
    return verdicts(found, "foot_plantar")


def elbow(*rows: Row) -> Found:
    days = (date(2026, 4, 1), date(2026, 4, 15), date(2026, 4, 24))
    raters = (1, 2, 1)
    taken = zip(rows, days, raters, strict=False)
    return verdicts([SessionRow(row, on, rater=rater) for row, on, rater in taken], "elbow_lat")


class TestChartA:
    def pain(self, context: str, *ends: tuple[Measured, Measured]) -> Found:
        return heel(*(PainDraft(context, before=before, after=after) for before, after in ends))

    def bend(self, *ends: tuple[int, int]) -> Found:
        return heel(
            *(
                RomDraft(
                    "ankle_dorsiflexion", LEFT, Mode.ACTIVE, "knee_straight", "goniometer",
                    measured(before), measured(after),
                )
                for before, after in ends
            )
        )  # fmt: skip

    def test_the_first_step_hurts_less_by_as_much_as_matters(self) -> None:
        found = self.pain(
            "first_step", (measured(7), NOT_APPLICABLE), (measured(6), BLANK), (measured(5), BLANK)
        )
        assert found == {
            LAST: (WITHIN, "1.77 points"),
            START: (MEANINGFUL, "2 points"),
        }

    def test_after_the_first_session_the_first_step_was_not_rated(self) -> None:
        found = self.pain("first_step", (measured(7), NOT_APPLICABLE))
        assert found[SESSION] == (NOT_COMPARABLE, "")

    def test_the_worst_pain_is_less_by_as_much_as_matters(self) -> None:
        found = self.pain(
            "worst_24h", (measured(8), BLANK), (measured(7), BLANK), (measured(6), BLANK)
        )
        assert found[START] == (MEANINGFUL, "2 points")

    def test_pain_now_moved_within_error(self) -> None:
        found = self.pain(
            "now",
            (measured(3), measured(2)),
            (measured(3), measured(2)),
            (measured(2), measured(1)),
        )
        assert set(found.values()) == {(WITHIN, "1.77 points")}

    @pytest.mark.parametrize(
        ("sessions", "verdict"),
        [
            pytest.param([(4, 9)], REAL, id="session 1, 5 degrees"),
            pytest.param([(4, 9), (5, 9)], WITHIN, id="session 2, 4 degrees"),
            pytest.param([(4, 9), (5, 9), (6, 11)], REAL, id="session 3, 5 degrees"),
        ],
    )
    def test_a_session_loosens_the_ankle_by_about_its_error(
        self, sessions: list[tuple[int, int]], verdict: Verdict
    ) -> None:
        assert self.bend(*sessions)[SESSION] == (verdict, "5°")

    def test_what_lasted_in_the_ankle_is_within_error(self) -> None:
        found = self.bend((4, 9), (5, 9), (6, 11))
        assert (found[LAST], found[START]) == ((WITHIN, "5°"), (WITHIN, "5°"))

    def test_the_toe_that_was_not_measured_last_keeps_its_last_reading(self) -> None:
        toes = [
            RomDraft("toe1_extension", LEFT, Mode.PASSIVE, before=value)
            for value in (measured(48), measured(50), NOT_TESTED)
        ]
        assert heel(*toes) == {LAST: (WITHIN, "5°"), START: (WITHIN, "5°")}

    def test_function_was_rated_once(self) -> None:
        found = heel(MeasureDraft("psfs", detail="stand 12-hour shift", before=measured(3)))
        assert found == {LAST: (NOT_COMPARABLE, ""), START: (NOT_COMPARABLE, "")}


class TestChartB:
    def pain(self, context: str, detail: str, *ends: tuple[int, int]) -> Found:
        return elbow(*(PainDraft(context, detail, measured(b), measured(a)) for b, a in ends))

    def wrist(self, *ends: tuple[int, int]) -> Found:
        return elbow(
            *(
                RomDraft(
                    "wrist_flexion", RIGHT, Mode.PASSIVE, "elbow_straight",
                    before=measured(b), after=measured(a),
                )
                for b, a in ends
            )
        )  # fmt: skip

    def test_gripping_hurts_less_by_as_much_as_matters(self) -> None:
        found = self.pain("movement", "gripping", (7, 5), (5, 4), (3, 2))
        assert found == {
            SESSION: (WITHIN, "1.4 points"),
            LAST: (Verdict.SMALL, "2.3 points"),
            START: (MEANINGFUL, "2.3 points"),
        }

    def test_pain_now_is_gone_by_as_much_as_matters(self) -> None:
        found = self.pain("now", "", (4, 3), (3, 2), (1, 0))
        assert found[START] == (MEANINGFUL, "2.3 points")

    def test_session_4_is_judged_against_the_error_between_raters(self) -> None:
        found = self.wrist((62, 70), (70, 74))
        assert found == {
            SESSION: (WITHIN, "5°"),
            LAST: (WITHIN, "10°"),
            START: (WITHIN, "10°"),
        }

    def test_the_same_8_degrees_by_one_rater_are_beyond_error(self) -> None:
        assert self.wrist((62, 70))[SESSION] == (REAL, "5°")

    def test_at_session_6_the_first_rater_measures_again(self) -> None:
        found = self.wrist((62, 70), (70, 74), (76, 78))
        assert (found[LAST], found[START]) == ((WITHIN, "10°"), (REAL, "5°"))

    def test_the_elbow_straightens_within_error(self) -> None:
        rows = [
            RomDraft("elbow_extension", RIGHT, Mode.ACTIVE, before=measured(value))
            for value in (-5, -2, 0)
        ]
        assert elbow(*rows[:2])[START] == (WITHIN, "10°")
        assert elbow(*rows) == {LAST: (WITHIN, "10°"), START: (WITHIN, "7°")}

    def test_pain_free_grip_gains_as_much_as_matters(self) -> None:
        rows = [MeasureDraft("grip_pain_free_kg", RIGHT, before=measured(v)) for v in (18, 26, 35)]
        assert elbow(*rows[:2])[START] == (WITHIN, "9.4 kg")
        assert elbow(*rows) == {LAST: (WITHIN, "9.4 kg"), START: (MEANINGFUL, "6.5 kg")}

    def test_the_other_hand_stays_as_it_was(self) -> None:
        rows = [MeasureDraft("grip_pain_free_kg", LEFT, before=measured(v)) for v in (41, 42, 41)]
        assert elbow(*rows)[START] == (WITHIN, "9.4 kg")

    def test_muscle_grades_are_shown_and_not_judged(self) -> None:
        rows = [
            StrengthDraft("wrist_extension", RIGHT, StrengthMethod.MMT, graded(grade))
            for grade in ("4_minus", "4", "5")
        ]
        assert elbow(*rows) == {LAST: (NOT_JUDGED, ""), START: (NOT_JUDGED, "")}

    def test_the_score_of_the_elbow_fell_by_as_much_as_matters(self) -> None:
        rows = [
            MeasureDraft("prtee", before=measured(58)),
            MeasureDraft("prtee", before=measured(33)),
        ]
        assert elbow(*rows)[START] == (MEANINGFUL, "14.8 points")

    def test_the_rating_of_change_becomes_a_success(self) -> None:
        rows = [MeasureDraft("groc", before=value) for value in (BLANK, measured(3), measured(5))]
        assert elbow(*rows[:2])[START] == (NOT_JUDGED, "")
        assert elbow(*rows)[START] == (MEANINGFUL, "5 points")
