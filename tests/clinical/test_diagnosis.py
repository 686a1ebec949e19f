"""Diagnosis codes: their form in both systems, and what is no code."""

import pytest

from clinic_notes.clinical.diagnosis import Diagnosis, check_diagnoses, diagnoses, diagnosis_text
from clinic_notes.reference.terms import CodeSystem

CM, WHO = CodeSystem.ICD10CM, CodeSystem.ICD10


def refused(text: str, system: CodeSystem | None = CM) -> list[str]:
    return [finding.message for finding in check_diagnoses(text, system, "diagnoses")]


@pytest.mark.parametrize(
    ("system", "code"),
    [
        pytest.param(CM, "M72.2", id="plantar fascial fibromatosis"),
        pytest.param(CM, "M79.671", id="a side in the sixth character"),
        pytest.param(CM, "S86.011A", id="an injury with its encounter"),
        pytest.param(CM, "T38.3X5A", id="a placeholder X"),
        pytest.param(CM, "M1A.00X0", id="a letter in the third place"),
        pytest.param(CM, "Z3A.20", id="weeks of pregnancy"),
        pytest.param(CM, "E88.A", id="a letter after the point"),
        pytest.param(CM, "U07.1", id="the letter U"),
        pytest.param(CM, "I10", id="a category of its own"),
        pytest.param(WHO, "M72.2", id="WHO, four characters"),
        pytest.param(WHO, "M79.67", id="WHO, with a site"),
        pytest.param(WHO, "M07.0*", id="WHO, an asterisk"),
        pytest.param(WHO, "L40.5†", id="WHO, a dagger"),
    ],
)
def test_the_form_of_a_code(system: CodeSystem, code: str) -> None:
    assert refused(code, system) == []


@pytest.mark.parametrize(
    ("system", "typed"),
    [
        pytest.param(CM, "plantar fasciitis", id="words alone"),
        pytest.param(CM, "72.2", id="no letter"),
        pytest.param(CM, "M7", id="too short"),
        pytest.param(CM, "M72.", id="a point and nothing"),
        pytest.param(CM, "M72.12345", id="eight characters"),
        pytest.param(CM, "M72.-", id="a placeholder of a book"),
        pytest.param(CM, "M7C.1", id="a third letter that no code has"),
        pytest.param(CM, "MM2.2", id="two letters"),
        pytest.param(CM, "M72.2.1", id="two points"),
        pytest.param(CM, "<b>M72</b>", id="markup"),
        pytest.param(WHO, "S86.011A", id="the American form in the WHO's"),
        pytest.param(WHO, "E88.A", id="a letter after the point in the WHO's"),
        pytest.param(WHO, "\u066372.2", id="another script"),
        pytest.param(CM, "M\u06672.2", id="digits of another script"),
    ],
)
def test_what_is_no_code_is_refused_with_an_example(system: CodeSystem, typed: str) -> None:
    (message,) = refused(typed, system)
    assert "for example M72.2" in message


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        pytest.param("M72.2 Plantar fasciitis", "M72.2", "Plantar fasciitis", id="as it is said"),
        pytest.param("  m72.2: heel ", "M72.2", "heel", id="small letters, a colon"),
        pytest.param("M722", "M72.2", "", id="as claims write it, without the point"),
        pytest.param("S86011A strain", "S86.011A", "strain", id="seven characters without a point"),
        pytest.param("I10", "I10", "", id="three characters need no point"),
        pytest.param("M72.2,heel, both sides", "M72.2", "heel, both sides", id="a comma"),
    ],
)
def test_a_line_is_read_as_a_code_and_words(line: str, code: str, words: str) -> None:
    assert diagnoses(line) == (Diagnosis(code, words),)


def test_blank_lines_are_none() -> None:
    assert diagnoses(" \n\n") == ()
    assert refused(" \n\n", None) == []


def test_codes_need_their_system() -> None:
    (finding,) = check_diagnoses("M72.2", None, "diagnoses")
    assert (finding.about, finding.message) == (
        "code_system",
        "Say whether the codes are ICD-10-CM or ICD-10.",
    )


def test_a_code_stands_there_once() -> None:
    assert refused("M72.2 left\nm722 right") == ["M72.2 stands there twice. Keep one line."]


def test_as_many_as_a_claim_takes() -> None:
    codes = [f"M{number}.1" for number in range(10, 23)]
    assert refused("\n".join(codes[:12])) == []
    assert refused("\n".join(codes)) == ["At most 12 diagnoses fit here; 13 were typed."]


def test_in_one_line_with_the_system() -> None:
    text = diagnosis_text("m722 plantar fasciitis\nM79.671", CM)
    assert text == "M72.2 plantar fasciitis; M79.671 (ICD-10-CM)"
    assert diagnosis_text("", CM) == ""
