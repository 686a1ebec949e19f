"""Two versions of one visit: every difference is found, and only what was picked is taken."""

from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_notes.clinical.drafts import PainDraft, Site, VisitDraft
from clinic_notes.clinical.versions.merge import ChangedBy, Difference, Version, differences, merged
from clinic_notes.clinical.versions.pairing import SUBJECT, values_of
from clinic_notes.reference.terms import Side
from tests.clinical.versions.two_versions import (
    OPENED,
    PLAIN,
    ROWS,
    STORED,
    TYPED,
    as_typed,
    changed,
    edits,
    numbered,
    parts_of,
    presets,
    without_ids,
)
from tests.drafts import measured

# What a colleague saved meanwhile, and what the user typed over what both opened.
saves = edits().map(lambda draft: numbered(draft, 500))
forms = edits().map(as_typed)


def all_of(version: Version, found: list[Difference]) -> dict[str, Version]:
    return {difference.key: version for difference in found}


def content(draft: VisitDraft) -> list[Any]:
    plain = without_ids(draft)
    return [
        *(getattr(plain, name) for name in PLAIN),
        *(Counter(getattr(plain, name)) for name in ROWS),
    ]


def new_rows(draft: VisitDraft, stored: VisitDraft) -> list[Any]:
    known = rows_of(stored).keys()
    return [
        values_of(row, ())
        for name in ROWS
        for row in getattr(draft, name)
        if (name, row.id) not in known
    ]


def rows_of(draft: VisitDraft) -> dict[tuple[str, Any], Any]:
    """Return every row by its list and what it is known by, the visit itself by two blanks."""
    named = {(name, row.id): row for name in ROWS for row in getattr(draft, name)}
    return {("", None): draft} | named


@settings(max_examples=150, deadline=None)
@given(stored=saves, typed=forms)
def test_all_picked_from_one_version_make_that_version(
    stored: VisitDraft, typed: VisitDraft
) -> None:
    found = differences(stored, typed)
    assert len(all_of(TYPED, found)) == len(found)
    assert merged(stored, typed, all_of(STORED, found)) == stored
    result = merged(stored, typed, all_of(TYPED, found))
    assert content(result) == content(typed)


@settings(max_examples=150, deadline=None)
@given(stored=saves, typed=forms, data=st.data())
def test_each_part_says_what_was_picked_and_nothing_else(
    stored: VisitDraft, typed: VisitDraft, data: st.DataObject
) -> None:
    found = differences(stored, typed)
    picks = {one.key: data.draw(st.sampled_from(Version)) for one in found}
    made, compared = rows_of(merged(stored, typed, picks)), set()
    for one in (one for one in found if one.stored is not None):
        name = (one.rows, one.stored.id if one.rows else None)
        picked = one.typed if picks[one.key] is TYPED else one.stored
        assert values_of(made.get(name), one.parts) == values_of(picked, one.parts)
        compared |= {(*name, part) for part in one.parts or parts_of(one.stored)}
    for name, row in rows_of(stored).items():
        untouched = {part for part in parts_of(row) if (*name, part) not in compared} - {*ROWS}
        assert all(getattr(made[name], part) == getattr(row, part) for part in untouched)
    added = [one for one in found if one.stored is None and picks[one.key] is TYPED]
    kept = Counter(values_of(one.typed, ()) for one in added)
    assert Counter(new_rows(merged(stored, typed, picks), stored)) == kept


@settings(max_examples=50, deadline=None)
@given(stored=saves, typed=forms)
def test_what_only_one_changed_goes_without_asking(stored: VisitDraft, typed: VisitDraft) -> None:
    found = differences(stored, OPENED, OPENED)
    assert {one.changed_by for one in found} <= {ChangedBy.THEM}
    assert merged(stored, OPENED, presets(found)) == stored
    found = differences(OPENED, typed, OPENED)
    assert {one.changed_by for one in found} <= {ChangedBy.YOU}
    assert content(merged(OPENED, typed, presets(found))) == content(typed)


@settings(max_examples=50, deadline=None)
@given(stored=saves, typed=forms)
def test_where_it_is_unknown_what_was_opened_nothing_is_preset(
    stored: VisitDraft, typed: VisitDraft
) -> None:
    for one in differences(stored, typed):
        is_fresh = one.stored is None and one.typed.id is None and one.rows != "answers"
        assert (one.changed_by is ChangedBy.YOU) is is_fresh
        assert one.preset is (TYPED if is_fresh else None)


EVERY_PART = [("", name) for name in PLAIN] + [
    (rows, part) for rows in ROWS for part in parts_of(getattr(OPENED, rows)[0])
]


@pytest.mark.parametrize(("rows", "part"), EVERY_PART, ids=lambda part: part or "visit")
def test_no_part_of_a_draft_is_overlooked(rows: str, part: str) -> None:
    """A field that is added to a draft is compared and merged from that day on."""
    if rows:
        first, *rest = getattr(OPENED, rows)
        other = replace(OPENED, **{rows: (changed(first, part), *rest)})
    else:
        other = changed(OPENED, part)
    (found,) = differences(OPENED, other, OPENED)
    is_about = rows and part in SUBJECT[type(first)]
    assert (part in found.parts) is not is_about
    assert merged(OPENED, other, {found.key: TYPED}) == other
    assert merged(other, OPENED, {found.key: TYPED}) == OPENED
    assert merged(OPENED, other, {found.key: STORED}) == OPENED


def test_every_list_of_rows_is_taken_for_one() -> None:
    lists = {part.name for part in fields(VisitDraft) if part.default == ()}
    assert set(ROWS) == lists
    assert {type(getattr(OPENED, rows)[0]) for rows in ROWS} == set(SUBJECT)


FIRST_PAIN = OPENED.pains[0]


def with_pains(*pains: PainDraft) -> VisitDraft:
    return replace(OPENED, pains=pains)


def with_first(**changes: Any) -> VisitDraft:
    return with_pains(replace(FIRST_PAIN, **changes), *OPENED.pains[1:])


PAIN = f"pains-{FIRST_PAIN.id}"
AT_REST = PainDraft("rest", before=measured(2))


@pytest.mark.parametrize(
    ("stored", "typed", "expected"),
    [
        pytest.param(OPENED, OPENED, {}, id="nobody changed anything"),
        pytest.param(
            with_first(after=measured(1)),
            with_first(after=measured(1)),
            {},
            id="both entered the same",
        ),
        pytest.param(
            with_first(after=measured(1)),
            OPENED,
            {f"{PAIN}-after": ChangedBy.THEM},
            id="the colleague measured",
        ),
        pytest.param(
            OPENED,
            with_first(after=measured(1)),
            {f"{PAIN}-after": ChangedBy.YOU},
            id="the user measured",
        ),
        pytest.param(
            with_first(after=measured(1)),
            with_first(after=measured(2)),
            {f"{PAIN}-after": ChangedBy.BOTH},
            id="both measured the same thing",
        ),
        pytest.param(
            with_first(before=measured(6)),
            with_first(after=measured(1)),
            {f"{PAIN}-before": ChangedBy.THEM, f"{PAIN}-after": ChangedBy.YOU},
            id="each measured an end of the same row",
        ),
        pytest.param(
            with_first(context="rest"),
            with_first(after=measured(1)),
            {PAIN: ChangedBy.BOTH},
            id="the colleague says it was pain at rest, the user enters a value for pain now",
        ),
        pytest.param(
            with_pains(*OPENED.pains[1:]),
            OPENED,
            {PAIN: ChangedBy.THEM},
            id="the colleague took a row away",
        ),
        pytest.param(
            OPENED,
            with_pains(*OPENED.pains[1:]),
            {PAIN: ChangedBy.YOU},
            id="a row taken away",
        ),
        pytest.param(
            with_pains(*OPENED.pains[1:]),
            with_first(after=measured(1)),
            {PAIN: ChangedBy.BOTH},
            id="the colleague took away the row the user measured",
        ),
        pytest.param(
            with_first(after=measured(1)),
            with_pains(*OPENED.pains[1:]),
            {PAIN: ChangedBy.BOTH},
            id="the user took away the row the colleague measured",
        ),
        pytest.param(
            with_pains(*OPENED.pains, replace(AT_REST, id=7)),
            OPENED,
            {"pains-7": ChangedBy.THEM},
            id="the colleague added a row",
        ),
        pytest.param(
            OPENED,
            with_pains(*OPENED.pains, AT_REST),
            {"pains-new-3": ChangedBy.YOU},
            id="the user added a row",
        ),
        pytest.param(
            with_pains(*OPENED.pains, replace(AT_REST, id=7, before=measured(3))),
            with_pains(*OPENED.pains, AT_REST),
            {"pains-7-before": ChangedBy.BOTH},
            id="both added a row for the same thing",
        ),
        pytest.param(
            with_pains(*OPENED.pains, replace(AT_REST, id=7)),
            with_pains(*OPENED.pains, AT_REST),
            {},
            id="both added the same row",
        ),
    ],
)
def test_who_changed_what(
    stored: VisitDraft, typed: VisitDraft, expected: dict[str, ChangedBy]
) -> None:
    found = differences(stored, typed, OPENED)
    assert {one.key: one.changed_by for one in found} == expected


def test_an_end_measured_by_each_stays_in_one_row() -> None:
    stored, typed = with_first(before=measured(6)), with_first(after=measured(1))
    made = merged(stored, typed, presets(differences(stored, typed, OPENED)))
    assert made == with_first(before=measured(6), after=measured(1))


def test_a_reason_stays_with_the_answer_it_was_given_for() -> None:
    given = next(answer for answer in OPENED.answers if answer.reason)
    others = tuple(answer for answer in OPENED.answers if answer is not given)
    theirs = replace(given, sites=(Site("calf", Side.RIGHT),))
    ours = replace(given, reason="Another reason.")
    stored, typed = (replace(OPENED, answers=(*others, one)) for one in (theirs, ours))
    (found,) = differences(stored, typed, OPENED)
    assert (found.key, found.parts) == (f"answers-{given.item}", ())
    assert merged(stored, typed, {found.key: TYPED}).answers[-1] == ours
    assert merged(stored, typed, {found.key: STORED}).answers[-1] == theirs


def test_newtons_stay_with_where_they_come_from() -> None:
    use = next(use for use in OPENED.uses if use.newtons)
    typed = replace(
        OPENED, uses=tuple(changed(u, "newtons_source") if u is use else u for u in OPENED.uses)
    )
    (found,) = differences(OPENED, typed, OPENED)
    assert found.parts == ("newtons", "newtons_source")


def test_rows_of_the_record_stand_behind_their_neighbours() -> None:
    first, second, *rest = OPENED.pains
    theirs, ours = replace(AT_REST, id=7), replace(AT_REST, context="best_24h")
    stored, typed = with_pains(first, theirs, second, *rest), with_pains(first, second, *rest, ours)
    made = merged(stored, typed, presets(differences(stored, typed, OPENED)))
    assert made.pains == (first, theirs, second, *rest, ours)


def test_a_difference_nobody_picked_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        merged(OPENED, with_first(after=measured(1)), {})


def test_what_was_said_of_a_row_leaves_its_id_out() -> None:
    assert values_of(FIRST_PAIN, ()) == replace(FIRST_PAIN, id=None)
    assert values_of(None, ("before",)) is None
