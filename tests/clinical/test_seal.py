"""The sealed document comes back exactly, and the same visit always seals the same."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.seal import digest, document, draft_from
from tests.clinical.making import CHART_A1, CHART_B4, CHART_C, m

st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))


@settings(max_examples=50, deadline=None)
@given(st.from_type(VisitDraft))
def test_any_draft_survives_the_seal(draft: VisitDraft) -> None:
    sealed = document(draft)
    opened = draft_from(sealed)
    assert opened == draft
    assert document(opened) == sealed


@pytest.mark.parametrize("chart", [CHART_A1, CHART_B4, CHART_C], ids=["A", "B", "C"])
def test_the_paper_charts_survive_it(chart: VisitDraft) -> None:
    assert draft_from(document(chart)) == chart


def test_the_text_is_canonical() -> None:
    sealed = document(CHART_C)
    again = json.dumps(json.loads(sealed), sort_keys=True, separators=(",", ":"))
    assert sealed == again
    assert sealed.isascii()
    assert '"served_on":"2026-05-05"' in sealed
    assert '"number":"39.5"' in sealed


def test_a_number_keeps_the_decimals_it_was_written_with() -> None:
    written = replace(CHART_C, measures=(replace(CHART_C.measures[0], before=m("39.50")),))
    (measure,) = draft_from(document(written)).measures
    assert str(measure.before.number) == "39.50"


def test_typed_text_of_any_script_comes_back() -> None:
    text = "Łukasz O'Neil 👍 <script> שלום \u202e\u0007"
    assert draft_from(document(replace(CHART_C, plan=text))).plan == text


def test_the_digest_tells_any_change() -> None:
    sealed = document(CHART_A1)
    assert digest(sealed) == digest(document(CHART_A1))
    assert len(digest(sealed)) == 64
    assert digest(sealed) != digest(document(replace(CHART_A1, total_minutes=41)))


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", '{"served_on":"yesterday"}'])
def test_what_is_no_sealed_visit_does_not_open(text: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - whichever reader noticed it first.
        draft_from(text)
