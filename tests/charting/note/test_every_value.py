"""Whatever was typed is found in the note, in words, and nothing else is: no key, no empty part."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_notes.charting.note.content import effect_in_words, note_of
from clinic_notes.clinical.drafts import (
    BLANK,
    EffectDraft,
    InterventionDraft,
    Measured,
    MeasureDraft,
    PainDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.summary import Names, summary
from clinic_notes.reference.effects import effects, onsets
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.measures import measures
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.regions import regions
from clinic_notes.reference.techniques import strokes
from clinic_notes.reference.terms import ReadingState, Side, TimeUnit
from tests.drafts import yesterday

NAMES = Names(instruments={1: "GT5"}, lubricants={2: "Jelly"})
RAW_KEY = re.compile(r"\b[a-z]+_[a-z0-9_]+\b")
EMPTY_PART = re.compile(r": *(,|;|\.|$)|, *,|\( *\)|^, |, *$|  ", re.MULTILINE)

# Words nobody else says: each is found again, or was lost.
words = st.one_of(st.just(""), st.integers(1000, 9999).map("dupuytren's q{}".format))
sides = st.sampled_from([None, *Side])
maybe = st.one_of(st.none(), st.integers(1, 9).map(Decimal))
ends = st.one_of(
    st.just(BLANK),
    st.just(Measured(ReadingState.NOT_TESTED)),
    st.integers(0, 10).map(lambda n: Measured(ReadingState.MEASURED, Decimal(n))),
)


def keys(catalogue: Any, *more: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*more, *(entry.key for entry in catalogue)])


def rows(of: Any, **parts: Any) -> st.SearchStrategy[Any]:
    return st.lists(st.builds(of, **parts), max_size=3).map(tuple)


visits = st.builds(
    VisitDraft,
    served_on=st.just(yesterday()),
    subjective=words,
    assessment=words,
    plan=words,
    position_detail=words,
    pains=rows(PainDraft, context=keys(pain_contexts), detail=words, before=ends, after=ends),
    measures=rows(
        MeasureDraft, measure=keys(measures), side=sides, detail=words, before=ends, after=ends
    ),
    uses=rows(
        UseDraft,
        instrument_id=st.just(1),
        region=keys(regions),
        side=st.sampled_from(Side),
        stroke=keys(strokes, ""),
        minutes=maybe,
        note=words,
    ),
    interventions=rows(InterventionDraft, kind=keys(interventions), detail=words, minutes=maybe),
    effects=rows(
        EffectDraft,
        effect=keys(effects),
        region=keys(regions, ""),
        side=sides,
        place=words,
        size_cm=maybe,
        lasted=maybe,
        lasted_unit=st.sampled_from(TimeUnit),
        onset=keys(onsets, ""),
        detail=words,
        action=words,
    ),
)


def lines(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from lines(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from lines(getattr(part, field.name))


@settings(max_examples=150)
@given(draft=visits)
def test_each_value_typed_is_found_in_the_note_and_no_key_is(draft: VisitDraft) -> None:
    note = list(lines(note_of(draft, NAMES)))
    said = "\n".join(note)
    # A row of readings without any comes from the last session, words and all: it is left out.
    measured = {
        name: tuple(
            row for row in getattr(draft, name) if row.before != BLANK or row.after != BLANK
        )
        for name in ("pains", "measures")
    }
    for typed in set(re.findall(r"dupuytren's q\d+", repr(replace(draft, **measured)))):
        assert typed in said
    for row in draft.effects:
        (line,) = [line for line in note if line == effect_in_words(row)][:1]
        assert not row.region or regions.label(row.region).lower() in line.lower()
    assert not RAW_KEY.findall(said)
    assert not [line for line in note if EMPTY_PART.search(line)]
    assert len([line for line in note if "1 days" in line or "1 hours" in line]) == 0


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (InterventionDraft("exercise", minutes=Decimal(5)), "Exercise, 5 min"),
        (InterventionDraft("exercise", "calf raises"), "Exercise: calf raises"),
    ],
)
def test_an_exercise_without_a_name_has_no_empty_part(row: InterventionDraft, line: str) -> None:
    (said,) = note_of(VisitDraft(yesterday(), interventions=(row,)), NAMES).also
    assert said.endswith(line.partition("Exercise")[2])


def test_an_effect_without_its_side_is_in_words() -> None:
    assert (
        effect_in_words(EffectDraft("ecchymosis", region="foot_plantar")) == "Bruise, plantar foot"
    )


def test_a_complaint_stands_in_the_note_as_it_was_typed() -> None:
    said = summary(
        VisitDraft(yesterday()), names=Names(complaint="Dupuytren's contracture", visit_number=1)
    )
    assert "Dupuytren's contracture" in said
