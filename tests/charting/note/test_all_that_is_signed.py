"""What is signed is shown: every value on the sign page, in the note and in the PDF."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from flask import g

from clinic_notes.charting.note.content import note_of
from clinic_notes.charting.note.page import NotePage
from clinic_notes.clinical.drafts import AnswerDraft, VisitDraft
from clinic_notes.clinical.summary import Names
from clinic_notes.clinical.versions.wording import KEYS
from clinic_notes.core import tenancy
from clinic_notes.core.transaction import one_transaction
from clinic_notes.reference.terms import Decision, EffectOutcome, HowAsked
from tests import factories
from tests.charting.form_payloads import sent
from tests.full_session import full_draft
from tests.html_page import Page

NAMES = Names(
    instruments={1: "GT5", 2: "GT6"}, lubricants={2: "Petroleum jelly", 3: "Cream"},
    questions={"anticoagulant": "Are you on blood thinners?"}, time_zone="Europe/Berlin",
)  # fmt: skip
DRAFT = full_draft(1, 2, 3)
OWN = replace(DRAFT.pains[0].before, by_patient=True)
"""A reading that the patient entered."""
DRAFT = replace(DRAFT, pains=(replace(DRAFT.pains[0], before=OWN), *DRAFT.pains[1:]))
ELSEWHERE = {
    "id", "copied_from_id", "repeated_from_id", "is_confirmed", "measured_by_id", "state",
    "served_on", "start_time", "end_time", "decision", "not_treated_reason", "referral",
    "patient_informed", "item",
}  # fmt: skip
"""Shown through names, at the head of the page, or only of a session without treatment."""


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to every value of a draft that was entered."""
    if is_dataclass(value):
        for part in fields(value):
            if part.name not in ELSEWHERE:
                yield from leaves(getattr(value, part.name), (*path, part.name))
    elif isinstance(value, tuple):
        for number, row in enumerate(value):
            yield from leaves(row, (*path, number))
    elif value not in (None, "") and value is not False:
        yield path


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return the draft with another value at the path."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return tuple(
            changed(row, rest, new) if number == step else row for number, row in enumerate(value)
        )
    return replace(value, **{step: changed(getattr(value, step), rest, new)})


def another(name: Any, value: Any) -> Any:
    """Return another value of the same kind."""
    match value:
        case StrEnum():
            return next(member for member in type(value) if member is not value)
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case datetime() | date():
            return value + timedelta(days=1)
        case time():
            return time(value.hour, 59)
    catalogue = KEYS.get(name)
    if catalogue is not None and value in catalogue:
        return next(entry.key for entry in catalogue if entry.key != value)
    return f"{value} and a word more"


def with_how_asked(draft: VisitDraft) -> VisitDraft:
    def row(number: int, given: AnswerDraft) -> AnswerDraft:
        how = list(HowAsked)[number % 3]
        since = date(2026, 3, 2) if how is HowAsked.UNCHANGED else None
        return replace(given, how_asked=how, unchanged_since=since)

    return replace(draft, answers=tuple(row(n, a) for n, a in enumerate(draft.answers)))


WHOLE = with_how_asked(
    # One row of motions was left blank, and is not in the note.
    replace(
        DRAFT,
        roms=tuple(row for row in DRAFT.roms if not row.before.is_blank),
        earlier_effects=EffectOutcome.RESOLVED,
        earlier_effects_detail="gone after two days",
        earlier_effects_resolved_on=date(2026, 3, 4),
    )
)


def test_every_value_of_a_full_session_is_in_the_words_of_the_note() -> None:
    whole = note_of(WHOLE, NAMES)
    paths = [*leaves(WHOLE)]
    assert len(paths) > 300
    unseen = []
    for path in paths:
        name = next(step for step in reversed(path) if isinstance(step, str))
        if note_of(changed(WHOLE, path, another(name, at(WHOLE, path))), NAMES) == whole:
            unseen.append(path)
    assert unseen == []


def texts(value: Any) -> Iterator[str]:
    """Yield every text inside a note."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from texts(tuple(getattr(value, part.name) for part in fields(value)))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)


def close(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("decision", list(Decision))
def test_all_the_words_of_the_note_are_on_the_page_one_signs_on(
    maya, patient_with_episode, full_session, save_visit, app, cast, decision
):
    draft = full_session
    if decision is Decision.NOT_TREATED:
        draft = replace(
            draft,
            decision=decision,
            not_treated_reason="Feverish since last night",
            referral="Own doctor, by telephone",
            patient_informed=True,
        )
    visit = save_visit(patient_with_episode.new_session_url, sent(draft))
    with app.test_request_context(), one_transaction():
        tenancy.set_clinic(cast.maya.clinic_id)
        g._login_user = cast.maya
        note = NotePage.fetch(factories.loaded(visit)).note
    # The line of a pair is its before and after, which stand in columns of their own.
    pairs = tuple(replace(row, line="") for _, rows in note.pairs for row in rows)
    words = [
        *texts(replace(note, pairs=())),
        *texts(pairs),
        draft.assessment,
        "10:30\N{EN DASH}11:45",
    ]
    if decision is Decision.NOT_TREATED:
        words += [draft.not_treated_reason, draft.referral, "The patient was informed"]
    assert len(words) > 150
    for page in (f"/visits/{visit}/sign", f"/visits/{visit}"):
        shown = close(Page(maya.get(page)).text)
        assert [text for text in words if close(text) not in shown] == []
