"""Text snippets: what may stand in one, and what may not."""

from dataclasses import replace

import pytest

from clinic_notes.snippets.rules import SnippetDraft, check_snippet, snippet_name


def refused(text: str = "Heel drops.", **given: object) -> list[str]:
    draft = replace(SnippetDraft("hep", text), **given)  # type: ignore[arg-type]
    return [finding.about for finding in check_snippet(draft)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Heel drops, 3 x 15, twice a day.", id="sets and repetitions"),
        pytest.param("AROM 10 times a day, ROM x 20.", id="movement as an exercise"),
        pytest.param("AROM 10 reps, hold 30 seconds.", id="a hold"),
        pytest.param("Ice for 10 minutes after each session.", id="minutes"),
        pytest.param("See again in 2 weeks; call 112 if short of breath.", id="weeks, a number"),
        pytest.param("Return to running on day 10 of 28.", id="a day of many"),
        pytest.param("Levels C5/6 and L4-L5 screened.", id="levels of the spine"),
        pytest.param("Soft-tissue restriction reduced mobility. Skilled care needed.", id="words"),
    ],
)
def test_a_plan_may_have_numbers(text: str) -> None:
    assert refused(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("NPRS 4 at rest.", id="pain scale"),
        pytest.param("Pain NPRS: 7", id="pain scale with a colon"),
        pytest.param("ROM 95 today", id="motion without a unit"),
        pytest.param("AROM is -5 deg", id="a lag"),
        pytest.param("MMT 4/5 throughout", id="strength grade"),
        pytest.param("LEFS = 55", id="score"),
        pytest.param("pain 7 → 4", id="a change with an arrow"),
        pytest.param("98 -> 112", id="a change as it is typed"),
        pytest.param("BP 120/80", id="blood pressure"),
        pytest.param("Seated 120/80 mmHg", id="blood pressure by its unit"),
    ],
)
@pytest.mark.parametrize("are_instructions", [False, True])
def test_a_reading_never(text: str, are_instructions: bool) -> None:
    assert refused(text, are_instructions=are_instructions) == ["text"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Keep the knee at 90°.", id="degrees"),
        pytest.param("Bend to 30 degrees.", id="degrees in words"),
        pytest.param("Stop above 3/10.", id="pain allowed"),
        pytest.param("Up to 4 out of 10 is fine.", id="pain allowed, in words"),
        pytest.param("Pain 3 at most.", id="pain without a scale"),
        pytest.param("Grade 4+/5.", id="a strength grade alone"),
        pytest.param("With 2 kg in each hand.", id="a load"),
        pytest.param("Step of 15 cm.", id="a step"),
        pytest.param("Press with 20 N.", id="a force"),
        pytest.param("At 60 % of effort.", id="percent"),
    ],
)
def test_what_may_be_an_instruction_is_confirmed(text: str) -> None:
    assert refused(text) == ["are_instructions"]
    assert refused(text, are_instructions=True) == []


@pytest.mark.parametrize("name", ["", "5", "5deg", "a b", "hep.", "hép", "x" * 31, "<b>"])
def test_a_name_that_is_none(name: str) -> None:
    assert refused(name=name) == ["name"]


@pytest.mark.parametrize("typed", ["hep", ".hep", " .HEP ", "Hep"])
def test_a_name_is_kept_in_one_form(typed: str) -> None:
    assert snippet_name(typed) == "hep"
