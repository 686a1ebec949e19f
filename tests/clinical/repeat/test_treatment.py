"""Treatment settings are copied, findings are not; each value knows its origin."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.repeat.treatment import (
    REPEATED,
    Origin,
    PastTreatment,
    check_clone,
    clone_share,
    origins,
    repeated,
)
from clinic_notes.clinical.repeat.wording import origin_in_words, repeat_in_words
from clinic_notes.clinical.summary import Names
from clinic_notes.reference.terms import ForceSource, Pressure, Side
from tests.clinical.charts import PLANTAR_USE
from tests.drafts import calf_use

ON = date(2026, 11, 19)
WHOLE = calf_use(
    id=40,
    lubricant_id=1,
    newtons=Decimal("4.25"),
    newtons_source=ForceSource.MEASURED,
    discomfort=3,
    note="over the junction",
    copied_from_id=12,
    is_confirmed=True,
)
FOOT = replace(PLANTAR_USE, id=41)
NAMES = Names(instruments={5: "GT5", 6: "GT6"}, lubricants={1: "Jelly", 2: "Balm"})
LAST = PastTreatment(7, date(2026, 11, 12), (WHOLE, FOOT), position="prone")


def test_a_row_is_repeated_without_anything_that_was_measured_or_remarked() -> None:
    row = repeated(WHOLE)
    copied = {name: getattr(row, name) for name in REPEATED}
    assert copied == {name: getattr(WHOLE, name) for name in REPEATED}
    assert row == UseDraft(**copied, copied_from_id=40)
    left = {f.name for f in fields(UseDraft)} - {*REPEATED, "copied_from_id"}
    assert left == {"newtons", "newtons_source", "discomfort", "note", "id", "is_confirmed"}


@pytest.mark.parametrize(
    ("changes", "is_confirmed", "expected"),
    [
        pytest.param({}, False, {"pressure": "copied", "stroke": "copied"}, id="as it was"),
        pytest.param({}, True, {"pressure": "confirmed", "side": "confirmed"}, id="checked"),
        pytest.param(
            {"pressure": Pressure.FIRM},
            True,
            {"pressure": "entered", "minutes": "confirmed"},
            id="changed, the rest checked",
        ),
        pytest.param({"lubricant_id": None}, True, {"lubricant_id": "entered"}, id="taken out"),
        pytest.param({"minutes": Decimal("5.00")}, False, {"minutes": "copied"}, id="5 is 5.00"),
    ],
)
def test_where_a_value_came_from(
    changes: dict[str, Any], is_confirmed: bool, expected: dict[str, str]
) -> None:
    row = replace(repeated(WHOLE), is_confirmed=is_confirmed, **changes)
    found = origins(row, WHOLE)
    assert {name: found[name] for name in expected} == expected


def test_without_a_source_every_value_was_entered_and_a_blank_is_none() -> None:
    assert set(origins(calf_use(lubricant_id=None), None).values()) == {Origin.ENTERED}
    assert "lubricant_id" not in origins(calf_use(lubricant_id=None), None)


def text(*uses: UseDraft, **changes: Any) -> str:
    draft = VisitDraft(ON, uses=uses, position="prone", repeated_from_id=7)
    return repeat_in_words(replace(draft, **changes), [LAST], NAMES)


CALF, SOLE = repeated(WHOLE), repeated(FOOT)


@pytest.mark.parametrize(
    ("uses", "changes", "expected"),
    [
        ((CALF, SOLE), {}, "Treatment repeated from 12 Nov, unchanged"),
        (
            (replace(CALF, pressure=Pressure.FIRM), SOLE),
            {},
            "Treatment repeated from 12 Nov; changed: left calf pressure moderate to firm",
        ),
        (
            (replace(CALF, pressure=Pressure.FIRM),),
            {},
            "Treatment repeated from 12 Nov; changed: pressure moderate to firm; "
            "left out: left plantar foot",
        ),
        (
            (replace(CALF, minutes=Decimal("2.5"), lubricant_id=2, instrument_id=6), SOLE),
            {"position": ""},
            "Treatment repeated from 12 Nov; changed: left calf instrument GT5 to GT6, left calf "
            "time 5 min to 2.5 min, left calf lubricant Jelly to Balm, position prone to not said",
        ),
        (
            (CALF, SOLE, calf_use(side=Side.RIGHT)),
            {},
            "Treatment repeated from 12 Nov; added: right calf",
        ),
        (
            (replace(CALF, side=Side.RIGHT, tissues=("soleus",), angle_degrees=None), SOLE),
            {},
            "Treatment repeated from 12 Nov; changed: left calf to right calf, left calf tissues "
            "gastrocnemius and soleus to soleus, left calf angle 30° to none",
        ),
        ((CALF, SOLE), {"served_on": date(2027, 1, 4)},
         "Treatment repeated from 12 Nov 2026, unchanged"),
        ((calf_use(),), {}, ""),
    ],
    ids=["unchanged", "one change", "left out", "several", "added", "moved", "next year", "none"],
)  # fmt: skip
def test_the_note_tells_of_it(
    uses: tuple[UseDraft, ...], changes: dict[str, Any], expected: str
) -> None:
    assert text(*uses, **changes) == expected


def test_two_sessions_repeated_in_one_are_both_named() -> None:
    older = PastTreatment(3, date(2026, 11, 5), (replace(FOOT, id=9),), position="prone")
    draft = VisitDraft(ON, uses=(CALF, repeated(older.uses[0])), position="prone")
    found = repeat_in_words(draft, [LAST, older], NAMES)
    assert found == "Treatment repeated from 12 Nov and 5 Nov, unchanged"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (CALF, "copied from 12 Nov"),
        (replace(CALF, is_confirmed=True), "as on 12 Nov, checked"),
        (
            replace(CALF, is_confirmed=True, pressure=Pressure.FIRM, side=Side.RIGHT),
            "place and pressure changed, the rest as on 12 Nov, checked",
        ),
        (calf_use(), ""),
    ],
    ids=["copied", "checked", "changed", "entered"],
)
def test_each_row_tells_how_much_of_it_is_as_it_was(row: UseDraft, expected: str) -> None:
    assert origin_in_words(row, [LAST], ON) == expected


def notes(*uses: UseDraft) -> list[PastTreatment]:
    return [PastTreatment(n, ON, (use,)) for n, use in enumerate(uses)]


SAME = calf_use(lubricant_id=1)  # Nine settings.
FIRM, OTHER_TIME = replace(SAME, pressure=Pressure.FIRM), replace(SAME, minutes=Decimal(4))


@pytest.mark.parametrize(
    ("earlier", "share"),
    [
        pytest.param(notes(SAME, SAME), None, id="two notes are no habit"),
        pytest.param(notes(SAME, SAME, SAME), 9, id="three alike"),
        pytest.param(notes(SAME, FIRM, SAME), 8, id="one pressure differed once"),
        pytest.param(notes(SAME, FIRM, OTHER_TIME), 7, id="two differed"),
        pytest.param(notes(*[SAME] * 5, FIRM), 9, id="the sixth is not compared"),
        pytest.param(notes(*[SAME] * 4, FIRM), 8, id="the fifth is"),
        pytest.param(notes(*[PLANTAR_USE] * 5), 0, id="another site"),
    ],
)
def test_the_share_that_never_changes(earlier: list[PastTreatment], share: int | None) -> None:
    expected = None if share is None else Decimal(share) / 9
    assert clone_share([SAME], earlier) == expected


def test_a_second_row_at_one_place_is_compared_with_the_second() -> None:
    both = PastTreatment(1, ON, (SAME, FIRM))
    assert clone_share([SAME, FIRM], [both] * 3) == 1
    assert clone_share([], [both] * 3) is None


@pytest.mark.parametrize(("earlier", "warned"), [(SAME, True), (FIRM, False)])
def test_the_author_is_warned_and_not_hindered(earlier: UseDraft, warned: bool) -> None:
    found = check_clone([SAME], notes(*[earlier] * 4))
    assert [finding.level for finding in found] == [Level.CAUTION] * warned
    assert all("100% of this treatment is the same in your last 4" in f.message for f in found)
