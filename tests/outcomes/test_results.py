"""The manager's results: completeness, responders, months, skin; clear answers to bad questions."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from clinic_notes.clinical.change import Response
from clinic_notes.clinical.drafts import PainDraft
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.outcomes.results import queries
from clinic_notes.outcomes.results.dimensions import DIMENSIONS
from clinic_notes.outcomes.results.export import TABLES
from clinic_notes.outcomes.results.question import last_year
from clinic_notes.patients import actions as patients
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import CodeSystem
from tests import drafts, factories
from tests.cast import Cast
from tests.drafts import measured
from tests.fixture_types import ActingAs
from tests.html_page import Page

BETTER, SAME, LOST = (8, 3, 2), (6, 6, 6), (8, 7, 2)


@pytest.fixture
def close(cast: Cast, acting_as: ActingAs):
    """Record an episode with a session for each pain, and close it."""

    def closed(pains: tuple[int, ...], *, by=None, is_closed: bool = True, **use) -> int:
        author = by or cast.maya
        with acting_as(author):
            patient = factories.make_patient(author)
            episode = factories.make_episode(patient, author)
            tools = [factories.make_instrument(author).id for _ in range(3)]
            for nth, number in enumerate(pains):
                before = measured(number)
                draft = drafts.treated_draft(
                    tools[0],
                    served_on=drafts.yesterday() - timedelta(days=10 - nth),
                    measured_by_id=author.id,
                    pains=(PainDraft(context="now", before=before, after=before),),
                    **{name: make(tools) for name, make in use.items()},
                )
                factories.record_visit(patient.id, episode.id, draft, by=author)
            if is_closed:
                whole = db.session.get_one(Episode, episode.id)
                factories.close_episode(whole, author, on=drafts.yesterday())
            return patient.id

    return closed


def three_instruments(tools: list[int]):
    return tuple(drafts.calf_use(tool) for tool in tools)


def counted(by: str):
    return queries.responses(last_year(drafts.yesterday() + timedelta(days=1), by))


def test_responders_are_counted_by_region(close, cast, acting_as) -> None:
    for course in (BETTER, SAME, LOST):
        close(course)
    close(BETTER, is_closed=False)
    with acting_as(cast.lena):
        found = counted("region")
    assert found == {
        "calf": {Response.RESPONDED: 1, Response.NOT_RESPONDED: 1, Response.UNKNOWN: 1}
    }


def test_a_session_with_three_instruments_counts_once_in_each(close, cast, acting_as) -> None:
    close(BETTER, uses=three_instruments)
    with acting_as(cast.lena):
        found = counted("instrument")
        assert [sum(counts.values()) for counts in found.values()] == [1, 1, 1]
        assert queries.all_responses(last_year(drafts.yesterday() + timedelta(days=1))).total() == 1


@pytest.mark.parametrize("by", DIMENSIONS)
def test_each_split_and_each_filter_has_a_page(close, cast, client_for, by: str) -> None:
    close(BETTER)
    page = client_for(cast.lena).get(f"/outcomes/results?by={by}")
    assert page.status_code == 200
    value = {"therapist": cast.maya.id, "instrument": 1, "pressure": "light", "chronicity": "acute"}
    filtered = client_for(cast.lena).get(f"/outcomes/results?{by}={value.get(by, 'calf')}")
    assert filtered.status_code == 200


def test_a_filter_leaves_out_the_others(close, cast, acting_as) -> None:
    close(BETTER)
    close(SAME, by=cast.jonas)
    usual = last_year(drafts.yesterday() + timedelta(days=1))
    question = type(usual)(usual.start, usual.end, usual.by, {"therapist": cast.jonas.id})
    with acting_as(cast.lena):
        assert queries.all_responses(question) == {Response.NOT_RESPONDED: 1}


def test_a_filter_is_chosen_in_the_form_and_stays_chosen(close, cast, client_for) -> None:
    close(BETTER)
    page = Page(client_for(cast.lena).get("/outcomes/results?referrer=&region=calf"))
    assert set(DIMENSIONS) <= set(page.fields)
    assert {name for name in DIMENSIONS if page.sent.get(name)} == {"region"}
    assert page.sent["region"] == "calf"


def test_a_value_that_is_offered_no_more_stays_chosen(cast, client_for) -> None:
    page = Page(client_for(cast.lena).get("/outcomes/results?region=tail"))
    assert page.sent["region"] == "tail"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"referrer": "Own doctor"}, 1),
        ({"referrer": "Nobody"}, 0),
        ({"diagnosis": "M72"}, 1),
        ({"age": "30 to 44"}, 0),
    ],
)
def test_what_is_of_the_episode_or_the_patient_is_a_filter(
    close, cast, acting_as, asked: dict[str, str], found: int
) -> None:
    for course, is_closed in ((BETTER, True), (SAME, True), (SAME, False)):
        close(course, is_closed=is_closed)
    with acting_as(cast.lena):
        closed = select(Episode).where(Episode.closed_on.is_not(None)).order_by(Episode.id)
        episode = db.session.scalars(closed).first()
        known = {"referral": "Own doctor", "diagnoses": "M72.2 Plantar fasciitis"}
        system = {"code_system": CodeSystem.ICD10CM}
        draft = replace(patients.episode_draft(episode), **known, **system)
        patients.revise_episode(episode, draft, version=episode.version, by=cast.maya)
        usual = last_year(drafts.yesterday() + timedelta(days=1))
        question = type(usual)(usual.start, usual.end, usual.by, asked)
        assert queries.all_responses(question).total() == found
        # A filter that joins another table multiplies nothing.
        assert queries.episodes_open(question) <= 1


def test_few_episodes_hide_their_rate_and_say_why(close, cast, client_for) -> None:
    close(BETTER)
    text = client_for(cast.lena).get("/outcomes/results").text
    assert "hidden: 1 episode, fewer than 10" in text
    assert "Patients were not randomised" in text


def test_the_episodes_behind_a_figure_lead_to_the_patients_and_are_in_the_trail(
    close, cast, client_for, acting_as
) -> None:
    patient_id = close(BETTER)
    text = client_for(cast.lena).get("/outcomes/results/episodes?by=region&value=calf").text
    assert f"/patients/{patient_id}" in text
    with acting_as(cast.lena):
        looked = select(AuditEntry.patient_id).where(AuditEntry.action == "results.viewed")
        assert patient_id in db.session.scalars(looked).all()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("?from=2026-05-01&to=2026-04-01", "The period ends before it begins."),
        ("?from=soon", "is no day"),
        ("?from=0001-01-01", "is too far away"),
        ("?to=9999-12-31", "is too far away"),
        ("?compare=them", "Nothing can be compared with them."),
        ("?colour=red", "There is no filter of the name colour."),
        ("?by=rank", "Results cannot be split by rank."),
        ("?pressure=crushing", "there is no such value"),
        ("?therapist=maya", "this is no number of one"),
        ("?region=" + "x" * 10_000, "this is too long"),
    ],
)
def test_an_unclear_question_has_a_clear_answer(cast, client_for, asked: str, answer: str) -> None:
    page = client_for(cast.lena).get(f"/outcomes/results{asked}")
    assert page.status_code == 400
    assert answer in page.text


def test_a_region_that_is_gone_and_an_empty_period_find_nothing(close, cast, client_for) -> None:
    close(BETTER)
    assert client_for(cast.lena).get("/outcomes/results?region=tail").status_code == 200
    text = client_for(cast.lena).get("/outcomes/results?from=2001-01-01&to=2001-12-31").text
    assert "Nothing was recorded in this period" in text


@pytest.mark.parametrize("table", TABLES)
def test_a_table_opens_in_a_spreadsheet(close, cast, client_for, table: str) -> None:
    close(BETTER)
    answer = client_for(cast.lena).get(f"/outcomes.csv?table={table}")
    head, *rows = list(csv.reader(StringIO(answer.text)))
    assert answer.mimetype == "text/csv"
    assert rows or table in ("pain", "funnel", "months")
    assert all(len(row) == len(head) for row in rows)


def test_a_hostile_name_is_a_text_in_a_spreadsheet(cast, client_for, acting_as) -> None:
    with acting_as(cast.maya):
        tool = factories.make_instrument(cast.maya, name="=HYPERLINK(1)")
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        draft = drafts.treated_draft(tool.id, served_on=drafts.yesterday())
        factories.record_visit(patient.id, episode.id, draft, by=cast.maya)
    text = client_for(cast.lena).get("/outcomes.csv?table=skin").text
    assert "'=HYPERLINK(1)" in text


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    question = last_year(date(2024, 12, 31))
    before = question.compared
    assert before.end == question.start - timedelta(days=1)
    assert before.end - before.start == question.end - question.start


def test_a_year_earlier_is_the_same_days_and_of_a_leap_day_the_day_before() -> None:
    question = replace(last_year(date(2024, 2, 29)), start=date(2024, 2, 1), compare="year")
    assert (question.compared.start, question.compared.end) == (date(2023, 2, 1), date(2023, 2, 28))
