"""The manager's first page, further lists: cautions, answers against the record, same notes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_notes.accounts.models import User
from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.core import clock
from clinic_notes.outcomes.identical_notes import identical_notes
from clinic_notes.outcomes.safety_answers import against_the_record, treated_with_caution
from clinic_notes.reference.terms import Answer
from tests import drafts, factories
from tests.cast import Cast
from tests.drafts import BLOOD_THINNER, INR, no
from tests.fixture_types import ActingAs

OTHERS = no(*(item.key for item in drafts.ASKED if item.key != "anticoagulant"))
DENIED = AnswerDraft("anticoagulant", Answer.NO, reason="apixaban was stopped in May")
LONG = "Less pain after treatment, walks further than a week ago and sleeps through."


@pytest.fixture
def record(cast: Cast, acting_as: ActingAs):
    """Record sessions of a new patient, one for each set of changes; return their notes."""

    def recorded(*changes: dict, by: User | None = None, days_ago: int = 0) -> list[int]:
        author = by or cast.maya
        with acting_as(author), clock.at(clock.now() - timedelta(days=days_ago)):
            patient = factories.make_patient(author)
            episode = factories.make_episode(patient, author)
            tool = factories.make_instrument(author)
            first = clock.now().date() - timedelta(days=5)
            return [
                factories.record_visit(
                    patient.id,
                    episode.id,
                    replace(
                        drafts.treated_draft(tool.id, served_on=first + timedelta(days=nth)), **one
                    ),
                    by=author,
                )
                for nth, one in enumerate(changes)
            ]

    return recorded


def since(days: int = 30):
    return clock.now() - timedelta(days=days)


def test_who_was_treated_with_a_caution_is_told_with_reason_and_mitigation(
    record, cast, acting_as, client_for
) -> None:
    treated = {"answers": (*OTHERS, BLOOD_THINNER)}
    _, last = record(treated, treated)
    record(treated, by=cast.stranger)
    record(treated, days_ago=40)
    with acting_as(cast.lena):
        found = treated_with_caution(since())
    # A caution that goes on is told once, by its latest session.
    assert [row.visit_id for row in found] == [last]
    assert INR in found[0].what
    assert found[0].what.endswith("with reduced pressure")
    assert INR in client_for(cast.lena).get("/outcomes").text


def test_a_no_against_the_record_is_told_with_its_reason(record, cast, acting_as) -> None:
    (denied,) = record({"answers": (*OTHERS, DENIED)})
    with acting_as(cast.lena):
        found = against_the_record(since())
        assert treated_with_caution(since()) == []
    assert [row.visit_id for row in found] == [denied]
    assert "apixaban was stopped in May" in found[0].what


def test_two_notes_with_the_same_text_are_told(record, cast, acting_as) -> None:
    same = {"assessment": LONG, "plan": "Repeat."}
    _, other, last = record(same, {**same, "assessment": f"{LONG} Slower."}, same)
    with acting_as(cast.lena):
        found = identical_notes(since())
    assert [row.visit_id for row in found] == [last]
    assert other not in {row.visit_id for row in found}
    assert found[0].clinician == "Maya Reyes"
    assert found[0].what.startswith("the same text in 2 notes since ")


def test_the_same_text_of_two_patients_or_a_short_one_is_no_copy(record, cast, acting_as) -> None:
    record({"assessment": LONG}, by=cast.maya)
    record({"assessment": LONG}, by=cast.jonas)
    short = {"subjective": "", "assessment": "As before.", "plan": "Go on."}
    record(short, short)
    with acting_as(cast.lena):
        assert identical_notes(since()) == []


def test_safety_comes_first_then_notes_care_completeness_and_outcomes(cast, client_for) -> None:
    text = client_for(cast.lena).get("/outcomes").text
    titles = ("Safety", "Notes", "Care", "Completeness and outcomes")
    places = [text.index(f">{title}</h2>") for title in titles]
    assert places == sorted(places)


def test_completeness_and_outcomes_of_few_are_hidden(record, cast, client_for) -> None:
    record({})
    text = client_for(cast.lena).get("/outcomes").text
    tiles = text[text.index("figures-group") :].split("</section>")[0]
    assert "Patients with meaningful pain relief" in tiles
    assert tiles.count(">hidden<") == tiles.count("<li")
