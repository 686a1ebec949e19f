from datetime import date

import pytest

from clinic_notes.patients.spelling import (
    birth_dates,
    is_close,
    may_be_same,
    mistaken_dates,
    searchable,
)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        pytest.param("Rosa Delgado", "rosa delgado", id="capitals"),
        pytest.param("Siân Núñez", "sian nunez", id="accents"),
        pytest.param("O'Brien", "obrien", id="typewriter apostrophe"),
        pytest.param("O\N{RIGHT SINGLE QUOTATION MARK}Brien", "obrien", id="printed apostrophe"),
        pytest.param("Anne-Marie  Meyer", "anne marie meyer", id="hyphen and spaces"),
        pytest.param("Groß", "gross", id="sharp s"),
        pytest.param("Øster Łódź", "oster lodz", id="letters with strokes"),
        pytest.param("רוזה דלגדו", "רוזה דלגדו", id="hebrew"),
        pytest.param("Rosa 🦴", "rosa 🦴", id="emoji"),
        pytest.param("  ", "", id="nothing"),
    ],
)
def test_a_name_is_searched_without_case_accents_and_punctuation(written, searched):
    assert searchable(written) == searched


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        pytest.param("1979-03-14", [date(1979, 3, 14)], id="year first"),
        pytest.param("14.3.1979", [date(1979, 3, 14)], id="points"),
        pytest.param("3.4.1979", [date(1979, 4, 3)], id="points are day first"),
        pytest.param("14/03/1979", [date(1979, 3, 14)], id="slashes day first"),
        pytest.param("3/14/1979", [date(1979, 3, 14)], id="slashes month first"),
        pytest.param("3/4/1979", [date(1979, 3, 4), date(1979, 4, 3)], id="either way"),
        pytest.param("14 Mar 1979", [date(1979, 3, 14)], id="as pages show it"),
        pytest.param("14 March 1979", [date(1979, 3, 14)], id="month in full"),
        pytest.param("March 14, 1979", [date(1979, 3, 14)], id="month word first"),
        pytest.param("14.03.79", [date(1979, 3, 14), date(2079, 3, 14)], id="a year of two digits"),
        pytest.param("14 /", [], id="half a date"),
        pytest.param("31.2.1979", [], id="no such day"),
        pytest.param("14 foo 1979", [], id="no such month"),
        pytest.param("14/13/1979", [], id="neither way"),
        pytest.param("1979", [], id="a year alone"),
        pytest.param("delgado", [], id="a name"),
    ],
)
def test_a_birth_date_is_read_however_it_is_spelled(typed, days):
    assert list(birth_dates(typed)) == days


@pytest.mark.parametrize(
    ("typed", "name", "close"),
    [
        pytest.param("delg", "delgado", True, id="beginning"),
        pytest.param("delgdo", "delgado", True, id="a letter missing"),
        pytest.param("dellgado", "delgado", True, id="a letter too many"),
        pytest.param("delgato", "delgado", True, id="a letter wrong"),
        pytest.param("deglado", "delgado", True, id="two letters swapped"),
        pytest.param("belgado", "delgado", True, id="the first letter wrong"),
        pytest.param("delgadp", "delgado", True, id="the last letter wrong"),
        pytest.param("delgadoo", "delgado", True, id="the last letter twice"),
        pytest.param("dlega", "delgado", True, id="a beginning with a slip"),
        pytest.param("tmo", "tom", True, id="three letters swapped"),
        pytest.param("tim", "tommaso", False, id="three letters begin nothing with a slip"),
        pytest.param("dlgdo", "delgado", False, id="two slips"),
        pytest.param("ro", "ra", False, id="two letters must be right"),
        pytest.param("delgadoxx", "delgado", False, id="two letters too many"),
        pytest.param("smith", "delgado", False, id="another name"),
    ],
)
def test_one_slip_in_a_word_is_forgiven(typed, name, close):
    assert is_close(typed, name) is close


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("rosa delgado", "roza delgado", True, id="one letter"),
        pytest.param("rosa delgado", "delgado rosa", True, id="order"),
        pytest.param("rosa delgado", "rosa maria delgado", True, id="a second given name"),
        pytest.param("r delgado", "rosa delgado", True, id="an initial"),
        pytest.param("rosa delgado", "rosa okafor", False, id="another family name"),
        pytest.param("marieluise braun", "marie luise braun", True, id="a hyphen"),
        pytest.param("jan van der meer", "jan vandermeer", True, id="a name in parts"),
        pytest.param("vandermeer jan", "jan van der meer", True, id="both"),
        pytest.param("jan vandermer", "jan van der meer", True, id="both, with a slip"),
        pytest.param("王小明", "小明 王", True, id="written without a blank"),
        pytest.param("jan", "jan van der meer", True, id="one name only"),
    ],
)
def test_two_names_may_be_one_person(one, other, same):
    assert may_be_same(one, other) is same
    assert may_be_same(other, one) is same


@pytest.mark.parametrize(
    "mistaken",
    [
        pytest.param(date(1984, 12, 3), id="day and month swapped"),
        pytest.param(date(1948, 3, 12), id="digits of the year swapped"),
        pytest.param(date(1984, 3, 21), id="digits of the day swapped"),
        pytest.param(date(1984, 3, 12), id="the same"),
    ],
)
def test_a_birth_date_is_easily_mistaken_for_another(mistaken):
    born_on = date(1984, 3, 12)
    assert mistaken in mistaken_dates(born_on)
    assert born_on in mistaken_dates(mistaken)


def test_any_other_birth_date_is_another_persons():
    assert date(1984, 3, 13) not in mistaken_dates(date(1984, 3, 12))
    assert date(1985, 3, 12) not in mistaken_dates(date(1984, 3, 12))
