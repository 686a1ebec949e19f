"""What changed over an episode: tiles with the worst first, and every measured thing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from clinic_notes.clinical.change import Row, SessionRow
from clinic_notes.clinical.drafts import Measured, PainDraft, RomDraft
from clinic_notes.progress.changes import changes_of
from clinic_notes.reference.terms import Mode, ReadingState, Side
from tests.drafts import measured

MARCH, APRIL, MAY = date(2026, 3, 4), date(2026, 4, 4), date(2026, 5, 4)
MAYA, JONAS = 1, 2

ANKLE = RomDraft(
    "ankle_dorsiflexion",
    Side.LEFT,
    Mode.ACTIVE,
    "knee_straight",
    "goniometer",
    measured(4),
    measured(9),
)
KNEE = RomDraft("knee_flexion", Side.LEFT, Mode.ACTIVE, "", "goniometer", measured(98))
WORST = PainDraft("worst_24h", before=measured(8))


def session(row: Row, on: date, by: int | None = MAYA) -> SessionRow:
    return SessionRow(row, on, rater=by)


def test_first_and_latest_are_what_was_found_before_treatment() -> None:
    later = replace(ANKLE, before=measured(11))
    (line,) = changes_of([session(ANKLE, MARCH), session(later, APRIL)], "calf").lines
    assert (line.label, line.how) == (
        "Ankle dorsiflexion, left, active",
        "knee straight, goniometer",
    )
    assert (line.first_text, line.latest_text) == ("4°", "11°")
    assert [one.on for one in line.series] == [MARCH, APRIL]
    assert line.since_start is not None
    assert line.since_start.values == "4° → 11°"


def test_what_was_measured_otherwise_is_another_line_or_not_compared() -> None:
    others = [
        replace(ANKLE, side=Side.RIGHT),
        replace(ANKLE, mode=Mode.PASSIVE),
        replace(ANKLE, position="knee_bent"),
    ]
    rows = [session(ANKLE, MARCH), *(session(row, APRIL) for row in others)]
    assert [len(line.series) for line in changes_of(rows, "calf").lines] == [1, 1, 1, 1]
    other_device = replace(ANKLE, device="inclinometer")
    (line,) = changes_of([session(ANKLE, MARCH), session(other_device, APRIL)], "calf").lines
    assert line.since_start is not None
    assert (line.since_start.verdict, line.since_start.why) == ("not comparable", "another device")


def test_a_reading_stopped_by_pain_is_not_judged_as_a_change() -> None:
    limited = replace(ANKLE, before=Measured(ReadingState.PAIN_LIMITED, Decimal(6)))
    (line,) = changes_of([session(ANKLE, MARCH), session(limited, APRIL)], "calf").lines
    assert line.latest_text == "6° (limited by pain)"
    assert line.since_start is not None
    assert line.since_start.verdict == "not comparable"


def test_a_session_that_did_not_measure_it_is_passed_over() -> None:
    blank = replace(ANKLE, before=Measured(), after=Measured())
    (line,) = changes_of([session(ANKLE, MARCH), session(blank, APRIL)], "calf").lines
    assert len(line.series) == 1


def test_98_and_112_degrees_by_two_therapists_are_no_progress() -> None:
    later = replace(KNEE, before=measured(112))
    changes = changes_of([session(KNEE, MARCH), session(later, APRIL, JONAS)], "knee_ant")
    (line,) = changes.lines
    assert line.since_start is not None
    assert line.since_start.verdict == "within measurement error"
    assert "two raters" in line.since_start.why
    assert changes.criteria[0].source


def test_at_most_four_tiles_and_the_worst_stands_first() -> None:
    contexts = ("now", "movement", "first_step", "rest", "worst_24h")
    rows = [session(replace(WORST, context=context), MARCH) for context in contexts]
    rows += [session(replace(WORST, context=c, before=measured(3)), APRIL) for c in contexts[:-1]]
    rows.append(session(replace(WORST, before=measured(10)), APRIL))
    tiles = changes_of(rows, "lumbar").tiles
    assert len(tiles) == 4
    assert tiles[0].label == "Worst pain in 24 hours"
    assert [tile.since_start.tone for tile in tiles if tile.since_start] == [
        "worse", "better", "better", "better",
    ]  # fmt: skip


def test_one_reading_has_no_tile_and_says_so() -> None:
    changes = changes_of([session(ANKLE, MAY)], "calf")
    assert not changes.tiles
    assert changes.lines[0].since_start is not None
    assert changes.lines[0].since_start.why == "one reading only"
