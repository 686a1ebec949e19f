"""What is due stands on Today, on the patient's page and before the manager, each once."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.charting.plan.due_items import due_of, overdue_in_clinic
from clinic_notes.clinical.due import DueKind, DueState
from clinic_notes.core import clock
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.patients.models import Episode
from tests import drafts, factories
from tests.html_page import Page


@pytest.fixture
def treated(acting_as, cast):
    """Sign sessions of a new patient on these days before yesterday; return the episode."""

    def recorded(*days_ago, by=None, last_by=None, name="Rosa", **changes):
        last = drafts.yesterday()
        first_by = by or cast.maya
        with acting_as(first_by):
            patient = factories.make_patient(first_by, given_name=name)
            opened = last - timedelta(days=max(days_ago) + 1)
            episode = factories.make_episode(patient, first_by, opened_on=opened)
            tool = factories.make_instrument(first_by)
        for ago in sorted(days_ago, reverse=True):
            who = last_by if last_by is not None and ago == min(days_ago) else first_by
            on = last - timedelta(days=ago)
            draft = drafts.treated_draft(tool.id, served_on=on, **changes)
            with acting_as(who), clock.at(datetime.combine(on, time(20), ZoneInfo("UTC"))):
                factories.record_visit(patient.id, episode.id, draft, by=who)
        return episode.id

    return recorded


@pytest.fixture
def due(acting_as):
    """Return (complaint's patient, kind, state) of each line on a user's page."""

    def lines(user):
        with acting_as(user):
            return [
                (line.patient, line.kind.value, line.due.state.value)
                for line in due_of(user, clock.today(user.clinic.time_zone))
            ]

    return lines


TEN = tuple(range(0, 20, 2))


def test_a_report_is_due_after_ten_treatment_days(treated, due, cast, client_for):
    treated(*TEN)
    assert due(cast.maya) == [("Rosa Delgado", "progress_report", "due")]
    text = Page(client_for(cast.maya).get("/")).text
    assert text.count("Progress report due now (10 of 10 treatment days)") == 1


def test_what_is_far_off_is_not_on_today(treated, due, cast, client_for):
    treated(0, 2)
    assert due(cast.maya) == []
    assert "What is due" not in Page(client_for(cast.maya).get("/")).text


@pytest.mark.parametrize(
    ("days", "changes", "expected"),
    [
        pytest.param(TEN[:8], {}, [("progress_report", "soon")], id="eight treatments"),
        pytest.param((*TEN, 40), {}, [("progress_report", "overdue")], id="eleven"),
        pytest.param((31,), {"roms": (), "strengths": (), "measures": ()},
                     [("reassessment", "overdue")], id="not measured for 31 days"),
        pytest.param((31,), {}, [("reassessment", "overdue")], id="measured 31 days ago"),
        pytest.param((20, 0), {}, [], id="measured in the latest session"),
    ],
)  # fmt: skip
def test_treatment_days_and_measured_days_count(treated, due, cast, days, changes, expected):
    treated(*days, **changes)
    assert [(kind, state) for _, kind, state in due(cast.maya)] == expected


def test_it_is_on_the_page_of_the_therapist_who_signed_last(treated, due, cast):
    treated(*TEN, last_by=cast.jonas)
    assert due(cast.maya) == []
    assert len(due(cast.jonas)) == 1


def test_a_session_of_an_assistant_leaves_it_with_the_therapist(treated, due, cast):
    treated(*TEN, last_by=cast.sam)
    assert len(due(cast.maya)) == 1
    assert due(cast.sam) == []


def test_what_only_an_assistant_signed_is_on_the_assistants_page(treated, due, cast, acting_as):
    # As before evaluations needed a therapist: here, somebody who is an assistant since.
    treated(*TEN, by=cast.jonas)
    with acting_as(cast.root):
        jonas = db.session.get_one(User, cast.jonas.id)
        jonas.role = Role.ASSISTANT
        accounts.invite(jonas, by=cast.root)
    assert len(due(cast.jonas)) == 1


def test_drafts_and_sessions_without_treatment_are_no_treatment_days(treated, due, cast, acting_as):
    episode_id = treated(*TEN[:9])
    with acting_as(cast.maya):
        episode = db.session.get_one(Episode, episode_id)
        tool = factories.make_instrument(cast.maya)
        draft = drafts.treated_draft(tool.id, served_on=drafts.yesterday() - timedelta(days=1))
        factories.record_visit(episode.patient_id, episode.id, draft, by=cast.maya, is_signed=False)
    assert [state for _, _, state in due(cast.maya)] == ["soon"]


def test_a_closed_episode_has_nothing_due(treated, due, cast, acting_as):
    episode_id = treated(*TEN)
    with acting_as(cast.maya):
        factories.close_episode(db.session.get_one(Episode, episode_id), cast.maya)
    assert due(cast.maya) == []


def test_two_patients_stand_there_the_more_urgent_first(treated, due, cast):
    treated(*TEN[:9], name="Later")
    treated(*TEN, 30, name="Sooner")
    assert [patient for patient, _, _ in due(cast.maya)] == ["Sooner Delgado", "Later Delgado"]


def test_the_statements_are_as_many_for_one_patient_as_for_five(
    treated, due, cast, count_statements, acting_as
):
    treated(*TEN)
    costs = []
    for more in (0, 4):
        for _ in range(more):
            treated(0, 1)
        with acting_as(cast.maya), count_statements() as sent:
            due_of(cast.maya, drafts.yesterday())
            costs.append(len([one for one in sent if one.startswith("SELECT")]))
    assert costs == [3, 3]


def test_nothing_of_another_clinic_is_due(treated, due, cast, acting_as):
    treated(*TEN, by=cast.stranger)
    assert due(cast.maya) == []
    with acting_as(cast.lena):
        assert overdue_in_clinic(drafts.yesterday()) == []


def test_the_manager_sees_what_is_overdue_and_with_whom(treated, cast, client_for, acting_as):
    treated(*TEN, 30, name="Overdue")
    treated(*TEN, name="Due")
    with acting_as(cast.root):
        accounts.disable_user(db.session.get_one(User, cast.maya.id), by=cast.root)
    # The other lists of the page may name both: their notes are alike.
    text = Page(client_for(cast.lena).get("/outcomes")).texts["overdue"]
    assert "Overdue Delgado" in text
    assert "Progress report overdue (11 of 10 treatment days)" in text
    assert "Due Delgado" not in text
    assert "Maya Reyes deactivated" in " ".join(text.split())


def test_an_episode_without_a_session_for_half_a_year_is_looked_for_no_more(
    treated, due, cast, acting_as
):
    treated(181, name="Forgotten")
    treated(178, name="Late")
    assert [patient for patient, _, _ in due(cast.maya)] == ["Late Delgado"]
    with acting_as(cast.lena):
        (line,) = overdue_in_clinic(drafts.yesterday())
        assert (line.patient, line.kind, line.due.state) == (
            "Late Delgado",
            DueKind.REASSESSMENT,
            DueState.OVERDUE,
        )


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        # Maya's clinic is in Berlin: the day begins there at 22:00 of the day before, in summer.
        pytest.param(datetime(2026, 7, 30, 21, 59, tzinfo=ZoneInfo("UTC")), "soon", id="23:59"),
        pytest.param(datetime(2026, 7, 30, 22, 1, tzinfo=ZoneInfo("UTC")), "due", id="0:01"),
        pytest.param(
            datetime(2026, 7, 31, 22, 1, tzinfo=ZoneInfo("UTC")), "overdue", id="a day on"
        ),
    ],
)
def test_a_day_begins_at_midnight_of_the_clinic(acting_as, cast, moment, state):
    first = date(2026, 7, 1)
    with acting_as(cast.maya), clock.at(datetime(2026, 7, 1, 18, tzinfo=ZoneInfo("UTC"))):
        assert cast.maya.clinic.time_zone == "Europe/Berlin"
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya, opened_on=first)
        draft = drafts.treated_draft(factories.make_instrument(cast.maya).id, served_on=first)
        factories.record_visit(patient.id, episode.id, draft, by=cast.maya)
    with acting_as(cast.maya), clock.at(moment):
        assert [
            line.due.state.value for line in due_of(cast.maya, clock.today("Europe/Berlin"))
        ] == [state]
