from dataclasses import replace
from datetime import date

import pytest

from clinic_notes.clinical.findings import Refused
from clinic_notes.patients import actions, queries
from tests import factories
from tests.patients.people import ALMA, HEEL, ROSA, TOM

OBRIEN = replace(
    ALMA, given_name="Siân", family_name="O'Brien", mrn="K_7", born_on=date(1979, 4, 3)
)


PARTS = (
    replace(ALMA, given_name="Anne-Marie", family_name="De Luca", mrn="X-21009"),
    replace(ALMA, given_name="小明", family_name="王", mrn="X-3", born_on=date(1990, 1, 4)),
    replace(ALMA, given_name="", family_name="Suharto", mrn="X-4"),
    replace(ALMA, given_name="Ida", family_name="DeLuca", mrn="X-5"),
)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        pytest.param("annemarie", ["Anne-Marie"], id="without the hyphen"),
        pytest.param("anne marie", ["Anne-Marie"], id="with a blank"),
        pytest.param("anne\u2011marie", ["Anne-Marie"], id="with another hyphen"),
        pytest.param("de luca", ["Anne-Marie", "Ida"], id="a name in parts"),
        pytest.param("deluca", ["Anne-Marie", "Ida"], id="a name in one"),
        pytest.param("100", ["Anne-Marie"], id="inside a number"),
        pytest.param("x21009", ["Anne-Marie"], id="a number without its dash"),
        pytest.param("04/01/90", ["小明"], id="a year of two digits"),
        pytest.param("王小明", ["小明"], id="Chinese, the family name first"),
        pytest.param("小明", ["小明"], id="Chinese, the given name"),
        pytest.param("suharto", [""], id="one name only"),
        pytest.param("luca anne", ["Anne-Marie"], id="words in any order"),
    ],
)
def test_a_search_finds_a_name_however_it_is_written(acting_as, cast, typed, who):
    with acting_as(cast.maya):
        for draft in PARTS:
            actions.register_patient(draft, by=cast.maya)
        found = queries.found(typed)
    assert (sorted(row.given_name for row in found.rows), found.is_guess) == (who, False)


@pytest.mark.parametrize(
    "again", ["H\u20111042", "h-10\u200b42", "H 1042", "h1042", "\uff28-1042", "H\u20131042"]
)
def test_a_number_registers_once_however_it_is_typed(caseload, acting_as, cast, again):
    with acting_as(cast.maya), pytest.raises(Refused, match="Another patient has this number"):
        actions.register_patient(replace(OBRIEN, mrn=again), by=cast.maya)


@pytest.fixture
def caseload(acting_as, cast):
    with acting_as(cast.maya):
        for draft in (ROSA, TOM, ALMA, OBRIEN):
            actions.register_patient(draft, by=cast.maya)
    with acting_as(cast.stranger):
        actions.register_patient(replace(ROSA, family_name="Delgrave"), by=cast.stranger)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        pytest.param("delgado", ["Rosa"], id="family name"),
        pytest.param("del ro", ["Rosa"], id="both begun, in any order"),
        pytest.param("Rosa Delg", ["Rosa"], id="name half typed"),
        pytest.param("SIAN obrien", ["Siân"], id="without accent and apostrophe"),
        pytest.param("o'b", ["Siân"], id="with the apostrophe"),
        pytest.param("lgado", [], id="the middle of a name is no beginning"),
        pytest.param("H-10", ["Rosa", "Tom"], id="number begun"),
        pytest.param("h-1042", ["Rosa"], id="number in small letters"),
        pytest.param("K_", ["Siân"], id="an underscore is no wildcard"),
        pytest.param("%", [], id="neither is a percent sign"),
        pytest.param("1979-03-14", ["Rosa"], id="born, year first"),
        pytest.param("14.3.1979", ["Rosa"], id="born, with points"),
        pytest.param("14/03/1979", ["Rosa"], id="born, with slashes"),
        pytest.param("3/14/1979", ["Rosa"], id="born, month first"),
        pytest.param("14 Mar 1979", ["Rosa"], id="born, as pages show it"),
        pytest.param("4/3/1979", ["Siân"], id="born, either way"),
    ],
)
def test_the_front_desk_finds_who_it_looks_for(caseload, acting_as, cast, typed, who):
    with acting_as(cast.maya):
        found = queries.found(typed)
    assert sorted(row.given_name for row in found.rows) == who
    assert not found.is_guess


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        pytest.param("delgdo", ["Rosa"], id="a letter missing"),
        pytest.param("Rosa Delagdo", ["Rosa"], id="letters swapped"),
        pytest.param("okaffor tom", ["Tom"], id="a letter too many"),
        pytest.param("lindkvist", ["Alma"], id="a letter wrong"),
        pytest.param("tmo", ["Tom"], id="a short name"),
        pytest.param("dlgdo", [], id="two slips"),
    ],
)
def test_one_slip_a_word_is_forgiven_where_nothing_fits(caseload, acting_as, cast, typed, who):
    with acting_as(cast.maya):
        found = queries.found(typed)
    assert [row.given_name for row in found.rows] == who
    assert found.is_guess is bool(who)


@pytest.mark.parametrize("typed", ["", "delgrave", "H-1042", "1979-03-14", "delgrvae"])
def test_another_clinics_patient_is_never_found(caseload, acting_as, cast, typed):
    with acting_as(cast.maya):
        ours = queries.found(typed)
    assert "Delgrave" not in {row.family_name for row in ours.rows}


def test_a_list_says_what_each_patient_is_in_care_for(acting_as, cast):
    with acting_as(cast.maya):
        rosa = actions.register_patient(ROSA, by=cast.maya)
        actions.open_episode(rosa, HEEL, by=cast.maya)
        old = actions.open_episode(rosa, replace(HEEL, complaint="Old pain"), by=cast.maya)
        factories.close_episode(old, cast.maya)
        (row,) = queries.found("").rows
    assert row.complaints == ("Left plantar heel pain",)


def test_the_list_is_cut_into_pages_of_25(acting_as, cast, count_statements):
    with acting_as(cast.maya):
        for number in range(30):
            actions.register_patient(replace(ALMA, mrn=f"N-{number:02}"), by=cast.maya)
    with acting_as(cast.maya), count_statements() as sent:
        first, second = queries.found("n-"), queries.found("n-", 2)
        beyond = queries.found("n-", 99)
    assert len([statement for statement in sent if "FROM" in statement]) == 9
    assert (first.first, first.last, first.total) == (1, 25, 30)
    assert (second.first, second.last) == (26, 30)
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in second.rows)
    assert beyond.rows == second.rows


def test_everybody_is_listed_with_the_latest_first(caseload, acting_as, cast):
    with acting_as(cast.maya):
        names = [row.given_name for row in queries.found("").rows]
    assert names == ["Siân", "Alma", "Tom", "Rosa"]


@pytest.mark.parametrize(
    ("given", "family", "born_on", "who"),
    [
        pytest.param("Roza", "Delgado", ROSA.born_on, ["Rosa"], id="a letter off"),
        pytest.param("Delgado", "Rosa", ROSA.born_on, ["Rosa"], id="names swapped"),
        pytest.param("Rosa", "Del-Gado", ROSA.born_on, ["Rosa"], id="in parts"),
        pytest.param("Sian", "OBrien", date(1979, 3, 4), ["Siân"], id="day and month swapped"),
        pytest.param("Rosa", "Delgado", date(1997, 3, 14), ["Rosa"], id="digits swapped"),
        pytest.param("Rosa", "Delgado", TOM.born_on, [], id="another birthday"),
        pytest.param("Berta", "Delgado", ROSA.born_on, [], id="another given name"),
    ],
)
def test_the_same_birthday_and_a_similar_name_may_be_one_person(
    caseload, acting_as, cast, given, family, born_on, who
):
    with acting_as(cast.maya):
        duplicates = queries.possible_duplicates(given, family, born_on)
    assert [other.given_name for other in duplicates] == who
