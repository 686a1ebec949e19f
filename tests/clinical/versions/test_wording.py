"""The differences between two versions, in the words of the form."""

from dataclasses import fields, replace
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from wtforms import Form

from clinic_notes.charting.screening.forms import AnswerForm
from clinic_notes.charting.session_form.forms import ROW_FORMS, VisitForm
from clinic_notes.clinical.drafts import (
    EffectDraft,
    InterventionDraft,
    Measured,
    MeasureDraft,
    Site,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.versions.merge import Difference, differences
from clinic_notes.clinical.versions.wording import (
    IN_TITLE,
    DisplayNames,
    display_text,
    field_label,
    heading,
    row_title,
    value_text,
)
from clinic_notes.clinical.wording import MINUS
from clinic_notes.reference.terms import Decision, Mitigation, Pressure, Side
from tests.clinical.versions.two_versions import OPENED, PLAIN, ROWS, changed
from tests.drafts import calf_use, graded, measured, yes

NAMES = DisplayNames(
    instruments={3: "GT5"},
    lubricants={4: "Petroleum jelly"},
    people={2: "Maya Reyes, PT, DPT"},
    sessions={7: "4 Nov 2026"},
    copied_rows={70: "4 Nov 2026"},
)
FORMS: dict[str, type[Form]] = {"": VisitForm, "answers": AnswerForm, **ROW_FORMS}
OTHER_NAMES = {"sites": "places"}
"""Fields of a draft whose form field has another name."""
NEVER_TYPED = {"copied_from_id": "Copied from", "repeated_from_id": "Repeated from"}
"""Fields that a form carries and nobody fills in, so that it has no label for them."""


def row_of(rows: str) -> Any:
    return getattr(OPENED, rows)[0] if rows else OPENED


PARTS = [("", name) for name in PLAIN] + [
    (rows, part.name)
    for rows in ROWS
    for part in fields(row_of(rows))
    if part.compare and part.name not in ("id", "item")
]


@pytest.mark.parametrize(("rows", "part"), PARTS, ids=lambda part: part or "visit")
def test_a_part_is_called_what_the_form_calls_it(rows: str, part: str) -> None:
    """A part that is added to a draft is to be named here as in its form."""
    field = getattr(FORMS[rows], OTHER_NAMES.get(part, part))
    expected = NEVER_TYPED.get(part) or field.args[0]
    assert field_label(part, row_of(rows)) == expected


@pytest.mark.parametrize(("rows", "part"), PARTS, ids=lambda part: part or "visit")
def test_every_part_can_be_told_in_both_versions(rows: str, part: str) -> None:
    row = row_of(rows)
    other = changed(row, part)
    made = replace(OPENED, **{rows: (other, *getattr(OPENED, rows)[1:])}) if rows else other
    (found,) = differences(OPENED, made, OPENED)
    assert display_text(found, found.stored, NAMES) != display_text(found, found.typed, NAMES)
    assert any(heading(found, NAMES))


def test_every_kind_of_row_has_a_title() -> None:
    assert {type(row_of(rows)) for rows in ROWS} == set(IN_TITLE)
    assert all(row_title(row_of(rows), NAMES) for rows in ROWS)


ROM = OPENED.roms[0]
TREATED = calf_use(instrument_id=3, lubricant_id=4, pressure=Pressure.LIGHT)


@pytest.mark.parametrize(
    ("row", "part", "expected"),
    [
        pytest.param(OPENED, "start_time", "10:30", id="a time"),
        pytest.param(OPENED, "served_on", f"{OPENED.served_on.day} Nov 2026", id="a day"),
        pytest.param(replace(OPENED, end_time=time(9)), "end_time", "09:00", id="an early time"),
        pytest.param(OPENED, "measured_by_id", "Maya Reyes, PT, DPT", id="a person"),
        pytest.param(OPENED, "patient_informed", "No", id="not informed"),
        pytest.param(
            replace(OPENED, decision=Decision.NOT_TREATED), "decision", "Not treated", id="decision"
        ),
        pytest.param(OPENED, "position", "Prone", id="the position"),
        pytest.param(ROM, "before", f"{MINUS}4.5° (limited by pain)", id="degrees"),
        pytest.param(replace(ROM, before=Measured()), "before", "", id="nothing entered"),
        pytest.param(ROM, "after", "not tested", id="not tested"),
        pytest.param(
            replace(OPENED.strengths[0], after=graded("4")), "after", "4", id="a grade of strength"
        ),
        pytest.param(OPENED.strengths[1], "before", "210.5 N", id="newtons"),
        pytest.param(
            MeasureDraft("girth_cm", Side.LEFT, "calf", before=measured("36.8")),
            "before",
            "36.8 cm",
            id="a test in its unit",
        ),
        pytest.param(
            MeasureDraft("groc", before=measured(3)), "before", "+3", id="a change bears a plus"
        ),
        pytest.param(TREATED, "instrument_id", "GT5", id="a tool"),
        pytest.param(
            replace(TREATED, instrument_id=9),
            "instrument_id",
            "no longer on the list",
            id="a tool nobody knows",
        ),
        pytest.param(TREATED, "lubricant_id", "Petroleum jelly", id="a product"),
        pytest.param(replace(TREATED, copied_from_id=70), "copied_from_id", "4 Nov 2026", id="row"),
        pytest.param(
            replace(OPENED, repeated_from_id=7), "repeated_from_id", "4 Nov 2026", id="a session"
        ),
        pytest.param(TREATED, "tissues", "Gastrocnemius and soleus", id="tissues"),
        pytest.param(TREATED, "angle_degrees", "30°", id="an angle"),
        pytest.param(TREATED, "minutes", "5 min", id="minutes"),
        pytest.param(
            EffectDraft("petechiae", grade=1), "grade", "1 (mild)", id="a grade of an effect"
        ),
        pytest.param(
            yes("ecchymosis_effusion", Site("calf", Side.LEFT)), "sites", "Left calf", id="a site"
        ),
        pytest.param(
            yes("anticoagulant", mitigation=Mitigation.REDUCE_PRESSURE),
            "mitigation",
            "Reduce pressure",
            id="a mitigation",
        ),
        pytest.param(
            InterventionDraft("stretch", minutes=Decimal("2.50")), "minutes", "2.5 min", id="half"
        ),
    ],
)
def test_a_part_reads_as_on_the_note(row: Any, part: str, expected: str) -> None:
    assert value_text(part, row, NAMES) == expected


def only(stored: VisitDraft, typed: VisitDraft) -> Difference:
    (found,) = differences(stored, typed, OPENED)
    return found


def test_a_row_only_one_has_is_told_line_by_line_without_its_title() -> None:
    found = only(replace(OPENED, uses=(*OPENED.uses, TREATED)), OPENED)
    assert heading(found, NAMES) == ("Left calf, GT5", "")
    assert display_text(found, found.typed, NAMES) == ""
    assert display_text(found, found.stored, NAMES).splitlines() == [
        "Tissues: Gastrocnemius and soleus",
        "Stroke: Sweep",
        "Direction: Distal to proximal",
        "Angle: 30°",
        "Pressure: Light",
        "Minutes: 5 min",
        "Motion: Static",
        "Lubricant: Petroleum jelly",
    ]


def test_a_row_about_two_different_things_says_what_in_each_version() -> None:
    first, *rest = OPENED.uses
    found = only(OPENED, replace(OPENED, uses=(replace(first, side=Side.LEFT), *rest)))
    assert "Side: Right" in display_text(found, found.stored, NAMES)
    assert "Side: Left" in display_text(found, found.typed, NAMES)


def test_a_force_is_told_with_where_it_comes_from() -> None:
    use = next(use for use in OPENED.uses if use.newtons)
    assert isinstance(use, UseDraft)
    typed = tuple(replace(u, newtons=Decimal(5)) if u is use else u for u in OPENED.uses)
    found = only(OPENED, replace(OPENED, uses=typed))
    assert heading(found, NAMES)[1] == "Force"
    assert display_text(found, found.typed, NAMES) == "5 N Measured"
