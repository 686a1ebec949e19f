"""A search by prepared keys finds whom a comparison with every patient would find."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from clinic_notes.clinical.spelling.normal_form import number_key
from clinic_notes.core import schema
from clinic_notes.core.db import db
from clinic_notes.patients import actions, queries
from clinic_notes.patients.models import SearchKey
from clinic_notes.patients.spelling import all_close, birth_dates, joined_words, searchable
from tests.patients.people import ALMA

SYLLABLES = ("an", "na", "lo", "o'", "é", "dé", "ma", "mar", "ß", "li", "-", "x", "رو", "ann", " ")
PATIENTS, SEARCHES = 60, 300


def by_comparing(everybody, text):
    """Return who is found, by what the search says of itself, and whether it is a guess."""
    words, dates = searchable(text).split(), birth_dates(text)

    def matches(draft):
        name = searchable(f"{draft.given_name} {draft.family_name}")
        *others, longest = sorted(words, key=len) or [""]
        joined = joined_words(name)
        begins = any(one.startswith(longest) for one in joined) and all(
            any(word.startswith(other) for word in name.split()) for other in others
        )
        is_name = words and (begins or any(one.startswith("".join(words)) for one in joined))
        sought, number = number_key(text), number_key(draft.mrn)
        is_inside = len(sought) > 1 and any(map(str.isdigit, sought)) and sought in number
        is_number = is_inside or bool(sought and number.startswith(sought))
        return is_number or draft.born_on in dates or bool(is_name)

    exact = {number for number, draft in everybody.items() if matches(draft)}
    if exact:
        return exact, False
    close = {
        number
        for number, draft in everybody.items()
        if words
        and all_close(" ".join(words), searchable(f"{draft.given_name} {draft.family_name}"))
    }
    return close, bool(close)


def invented(random):
    given, family = ("".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in "ab")
    return replace(
        ALMA,
        given_name=given.strip("- '") or "A",
        family_name=family.strip("- '") or "B",
        mrn=f"{random.choice('HhKk_')}-{random.randrange(10**6)}",
        born_on=date(1979, 3, 1) + timedelta(days=random.randrange(40)),
    )


def typed(random, everybody):
    """Return something of a patient's, with up to two slips."""
    draft = random.choice(list(everybody.values()))
    names = [draft.given_name, draft.family_name]
    random.shuffle(names)
    text = random.choice(
        [" ".join(names), names[0], draft.mrn, f"{draft.born_on:%d.%m.%Y}", f"{draft.born_on}"]
    )[: random.randint(1, 12)]
    for _ in range(random.randint(0, 2)):
        at = random.randrange(len(text) + 1)
        new = random.choice(["", "a", "n", "x", text[at - 1 : at] * 2])
        text = text[:at] + new + text[at + random.randint(0, 1) :]
    return text


def everyone_found(text):
    first = queries.found(text)
    pages = range(2, -(-first.total // queries.PAGE) + 1)
    rows = [*first.rows, *(row for page in pages for row in queries.found(text, page).rows)]
    assert len(rows) == first.total
    return {row.id for row in rows}, first.is_guess


@pytest.mark.parametrize("seed", range(3))
def test_a_search_finds_whom_a_comparison_with_everybody_finds(acting_as, cast, seed):
    random = Random(seed)  # noqa: S311 - invented data, not a secret.
    with acting_as(cast.maya):
        everybody = {
            actions.register_patient(draft, by=cast.maya).id: draft
            for draft in {
                draft.mrn.lower(): draft for draft in map(invented, [random] * PATIENTS)
            }.values()
        }
    with acting_as(cast.maya):
        for text in {typed(random, everybody) for _ in range(SEARCHES)}:
            if text.strip():
                assert everyone_found(text) == by_comparing(everybody, text), text


def test_whoever_was_there_before_is_found_after_the_migration(acting_as, app, cast):
    for person in (cast.maya, cast.stranger):
        with acting_as(person):
            actions.register_patient(ALMA, by=person)
    before = {person: keys_of(acting_as, person) for person in (cast.maya, cast.stranger)}
    assert all(before.values())
    with app.app_context():
        schema.downgrade(db.engine, "indexes")
        schema.upgrade(db.engine)
    assert {person: keys_of(acting_as, person) for person in before} == before


def keys_of(acting_as, person):
    with acting_as(person):
        keys = select(SearchKey.patient_id, SearchKey.kind, SearchKey.key, SearchKey.name)
        return {tuple(row) for row in db.session.execute(keys)}


def test_a_patient_is_found_by_the_new_name_only(acting_as, cast):
    with acting_as(cast.maya):
        alma = actions.register_patient(ALMA, by=cast.maya)
        changed = replace(ALMA, family_name="Okonkwo", mrn="Z-1")
        actions.revise_patient(alma, changed, version=alma.version, by=cast.maya)
        found = {text: queries.found(text).total for text in ("okonkow", "z-1", ALMA.family_name)}
    assert found == {"okonkow": 1, "z-1": 1, ALMA.family_name: 0}
