"""The sealed document comes back exactly, and the same visit always seals the same."""

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_notes.clinical.drafts import EffectDraft, VisitDraft
from clinic_notes.clinical.sealed_note import SealedNote, digest, document, note_from
from clinic_notes.clinical.summary import Names
from tests.clinical.charts import CHART_A1, CHART_B4, CHART_C
from tests.drafts import measured

st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))


def sealed(visit: VisitDraft) -> str:
    return document(SealedNote(visit, Names(instruments={7: "GT5 · stainless steel"})))


@settings(max_examples=50, deadline=None)
@given(st.builds(SealedNote, st.from_type(VisitDraft)))
def test_any_note_survives_the_seal(note: SealedNote) -> None:
    text = document(note)
    opened = note_from(text)
    assert opened == note
    assert document(opened) == text


@pytest.mark.parametrize("chart", [CHART_A1, CHART_B4, CHART_C], ids=["A", "B", "C"])
def test_the_paper_charts_survive_it(chart: VisitDraft) -> None:
    assert note_from(sealed(chart)).visit == chart


def test_a_note_sealed_before_treatments_were_repeated_still_opens_and_verifies() -> None:
    new = (
        "repeated_from_id", "copied_from_id", "is_confirmed", "answered_at", "how_asked",
        "unchanged_since", "answered_by",
    )  # fmt: skip
    whole = json.loads(sealed(CHART_A1))
    for name in ("repeated", "origins"):
        del whole["names"][name]
    for row in (whole["visit"], *whole["visit"]["uses"], *whole["visit"]["answers"]):
        for name in new:
            row.pop(name, None)
    old = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    assert not any(name in old for name in new)
    assert note_from(old).visit == CHART_A1
    assert digest(old) == sha256(old.encode()).hexdigest()


def test_a_note_sealed_before_there_were_goals_still_opens_and_verifies() -> None:
    whole = json.loads(sealed(CHART_A1))
    for name in ("diagnosis", "goals"):
        del whole["names"][name]
    old = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    names = note_from(old).names
    assert (names.diagnosis, names.goals) == ("", ())
    assert digest(old) == sha256(old.encode()).hexdigest()


def test_diagnosis_and_goals_are_under_the_seal() -> None:
    names = Names(diagnosis="M72.2 (ICD-10-CM)", goals=("Pain: 2 or less",))
    assert note_from(document(SealedNote(CHART_A1, names))).names == names


def test_the_text_is_canonical() -> None:
    text = sealed(CHART_C)
    again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert text == again
    assert text.isascii()
    assert '"served_on":"2026-05-05"' in text
    assert '"number":"39.5"' in text


def test_a_number_keeps_the_decimals_it_was_written_with() -> None:
    written = replace(CHART_C, measures=(replace(CHART_C.measures[0], before=measured("39.50")),))
    (measure,) = note_from(sealed(written)).visit.measures
    assert str(measure.before.number) == "39.50"


def test_typed_text_of_any_script_comes_back() -> None:
    text = "Łukasz O'Neil 👍 <script> שלום \u202e\u0007"
    assert note_from(sealed(replace(CHART_C, plan=text))).visit.plan == text


def test_the_digest_tells_any_change() -> None:
    first = digest(sealed(CHART_A1))
    assert first == digest(sealed(CHART_A1))
    assert len(first) == 64
    assert first != digest(sealed(replace(CHART_A1, total_minutes=41)))


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", '{"served_on":"yesterday"}'])
def test_what_is_no_sealed_visit_does_not_open(text: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - whichever reader noticed it first.
        note_from(text)


def test_a_duration_sealed_in_days_still_is_in_days() -> None:
    bruise = EffectDraft("ecchymosis", lasted=Decimal(4))
    whole = json.loads(sealed(replace(CHART_A1, effects=(bruise,))))
    (row,) = whole["visit"]["effects"]
    row["lasted_days"] = row.pop("lasted")
    for name in ("lasted_unit", "onset_after", "onset_unit", "outcome", "resolved_on"):
        del row[name]
    (effect,) = note_from(json.dumps(whole)).visit.effects
    assert effect == bruise
