"""The patient's page, as each of the cast sees it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from clinic_notes.accounts.models import User
from clinic_notes.clinical.drafts import BLANK, AnswerDraft, PainDraft, VisitDraft
from clinic_notes.core.permissions import ROLES, Permission, Role
from clinic_notes.patients.drafts import AllergiesAsked, AllergyDraft
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.reference.terms import Answer, Decision
from tests import drafts, factories
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor, CountStatements
from tests.html_page import Page


def page(client: FlaskClient, patient: Patient, query: str = "") -> str:
    response = client.get(f"/patients/{patient.id}{query}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


class Course:
    """A patient whose sessions a test tells one by one."""

    def __init__(self, by: User, **changes: object) -> None:
        self.by = by
        self.patient = factories.make_patient(by, **changes)
        self.episode = factories.make_episode(self.patient, by)
        self.instrument = factories.make_instrument(by)

    def session(
        self, before: int, after: int | None, *, days_ago: int = 0, sign: bool = True
    ) -> int:
        pain = PainDraft(
            "now",
            before=drafts.measured(before),
            after=BLANK if after is None else drafts.measured(after),
        )
        draft = drafts.treated_draft(
            self.instrument.id,
            served_on=drafts.yesterday() - timedelta(days=days_ago),
            pains=(pain,),
        )
        return self.record(draft, is_signed=sign)

    def record(self, draft: VisitDraft, *, is_signed: bool = True) -> int:
        return factories.record_visit(
            self.patient.id, self.episode.id, draft, by=self.by, is_signed=is_signed
        )


def test_alerts_and_identity_are_in_sight(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        patient = factories.make_patient(
            cast.maya, allergies=(AllergyDraft("bee_products", "Beeswax"),), background="Nurse."
        )
    text = page(client_for(cast.maya), patient)
    for words in ("Rosa Delgado", patient.mrn, "14 Mar 1979", "Beeswax allergy", "takes apixaban"):
        assert words in text
    assert "Nurse." in text


def test_who_was_not_asked_about_allergies_is_never_shown_as_having_none(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        patient = factories.make_patient(
            cast.maya, has_allergies=AllergiesAsked.NOT_ASKED, allergies=()
        )
        some = factories.make_patient(cast.maya, has_allergies=AllergiesAsked.SOME)
    assert "Allergies not asked" in page(client_for(cast.maya), patient)
    assert "some allergies known, the rest not asked" in page(client_for(cast.maya), some)


def test_what_changed_is_drawn_told_and_listed(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        factories.make_goal(course.episode, cast.maya)
        factories.make_goal(
            course.episode, cast.maya, measure="pain:now", start=None, target=Decimal(2)
        )
        course.session(8, 7, days_ago=4)
        course.session(5, 2)
    text = page(client_for(cast.maya), course.patient)
    pain, motion = text[text.index('id="pain"') :].split('id="measures"')
    assert "goal: 2 or less</text>" in pain
    assert "goal: 16° or more</text>" in motion
    assert pain.count("<circle") == pain.count("<rect") == 2
    assert "Ankle dorsiflexion, left, active" in motion
    assert "within measurement error of the start" in motion
    assert "before treatment from 8 to 5" in text
    assert "after treatment from 7 to 2" in text
    assert "before 5</text>" in text
    assert "2 of 8 sessions" in text
    assert text.count("signed by Maya Reyes") == 2
    assert "8 → 5" in text
    assert "clinically meaningful" in text
    assert "2 points, low back pain, consensus" in text


def test_what_happened_in_the_episode_stands_beside_what_was_given(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        signed = course.session(8, 7, days_ago=34)
        factories.amend(signed, cast.maya)
        course.record(
            VisitDraft(
                served_on=drafts.yesterday() - timedelta(days=2),
                decision=Decision.NOT_TREATED,
                not_treated_reason="Fever since the morning.",
                referral="her physician",
                patient_informed=True,
                answers=(AnswerDraft("fever_systemic_infection", Answer.YES),),
            )
        )
        draft = course.session(5, 2, sign=False)
        factories.void(draft, cast.maya, "Begun for the wrong patient.")
    shown = Page(client_for(cast.maya).get(f"/patients/{course.patient.id}"))
    for words in ("addendum to the note", "32 days without a session", "referred to her physician"):
        assert words in shown.text
    assert shown.source.count('class="chart-bar"') == 1


def test_a_draft_is_listed_but_not_drawn(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        course.session(8, 7, days_ago=4)
        draft_id = course.session(5, None, sign=False)
    text = page(client_for(cast.maya), course.patient)
    assert text[text.index('id="pain"') : text.index('id="dose"')].count("<circle") == 1
    assert "1 draft not counted" in text
    assert f'href="/visits/{draft_id}/edit"' in text


def test_a_manager_reads_and_is_offered_nothing_she_may_not_do(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        draft_id = course.session(5, None, sign=False)
    text = page(client_for(cast.lena), course.patient)
    assert f'href="/visits/{draft_id}"' in text
    for forbidden in ("/edit", "/visits/new", "/episodes/new"):
        assert forbidden not in text


def test_who_may_not_read_charts_sees_who_but_not_how_it_goes(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        course.session(8, 7)
    monkeypatch.setitem(ROLES, Role.MANAGER, frozenset({Permission.PATIENT_READ}))
    text = page(client_for(cast.lena), course.patient)
    assert "Rosa Delgado" in text
    assert 'id="sessions"' not in text
    assert '<svg class="chart"' not in text


def test_screened_and_not_treated_says_so(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        draft = VisitDraft(
            served_on=drafts.yesterday(),
            decision=Decision.NOT_TREATED,
            not_treated_reason="Feverish since this morning.",
            referral="Her physician",
            patient_informed=True,
            answers=(AnswerDraft("fever_systemic_infection", Answer.YES),),
        )
        course.record(draft)
    text = page(client_for(cast.maya), course.patient)
    assert "screened, not treated" in text
    assert "No pain in numbers yet" in text


def test_each_pain_can_be_looked_at(cast: Cast, client_for: ClientFor, acting_as: ActingAs) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        draft = drafts.treated_draft(
            course.instrument.id,
            pains=(
                PainDraft("now", before=drafts.measured(3), after=drafts.measured(2)),
                PainDraft("first_step", before=drafts.measured(8)),
            ),
        )
        course.record(draft)
    client = client_for(cast.maya)
    assert "Pain now, before and after" in page(client, course.patient)
    query = f"?episode={course.episode.id}&context=first_step"
    assert "first step in the morning, before and after" in page(client, course.patient, query)


def test_the_page_answers_at_the_promised_address_too(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
    address = f"/patients/{patient.id}"
    maya = client_for(cast.maya)
    assert Page(maya.get(f"{address}/progress")).text == Page(maya.get(address)).text
    assert f'href="{address}"' in maya.get("/patients?search=Rosa").text


def test_another_patients_episode_changes_nothing(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        mine, other = Course(cast.maya), Course(cast.maya, given_name="Tom")
        mine.session(8, 7)
        other.session(1, 0)
    text = page(client_for(cast.maya), mine.patient, f"?episode={other.episode.id}")
    assert "before 8</text>" in text


@pytest.mark.parametrize("with_episode", [False, True], ids=["no episode", "no visits"])
def test_an_empty_record_says_what_would_be_here(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs, with_episode: bool
) -> None:
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode: Episode | None = (
            factories.make_episode(patient, cast.maya) if with_episode else None
        )
    text = page(client_for(cast.maya), patient)
    assert ("No sessions yet" in text) == with_episode
    if episode:
        assert f"/patients/{patient.id}/visits/new?episode={episode.id}" in text
    else:
        assert "No episode yet" in text
        assert f"/patients/{patient.id}/episodes/new" in text


def test_the_page_costs_the_same_for_10_and_200_visits(
    cast: Cast,
    client_for: ClientFor,
    acting_as: ActingAs,
    count_statements: CountStatements,
) -> None:
    with acting_as(cast.maya):
        few, many = Course(cast.maya), Course(cast.maya)
        for nth in range(10):
            few.session(6, 4, days_ago=nth)
        for nth in range(200):
            many.session(6, 4, days_ago=nth, sign=False)
    client = client_for(cast.maya)
    client.get("/")  # What the first page of a process alone sends is not the page's.
    sent = {}
    for name, course in (("few", few), ("many", many)):
        with count_statements() as sent[name]:
            page(client, course.patient)
    begun = [statement for statement in sent["many"] if statement.startswith("BEGIN")]
    assert len(sent["many"]) - len(begun) <= 10, sent["many"]
    assert len(sent["few"]) == len(sent["many"])


def test_a_long_course_is_listed_twenty_sessions_a_page(
    cast: Cast, client_for: ClientFor, acting_as: ActingAs
) -> None:
    with acting_as(cast.maya):
        course = Course(cast.maya)
        for nth in range(23):
            course.session(5, 3, days_ago=nth, sign=nth == 22)
    maya = client_for(cast.maya)
    address = f"/patients/{course.patient.id}"
    pages = {n: maya.get(f"{address}?page={n}").text for n in (1, 2, 3, 0)}
    assert [pages[n].count("stretched-link") for n in (1, 2, 3, 0)] == [20, 3, 3, 20]
    assert "23 recorded" in pages[2]
    # The one that is signed stands on the second page.
    assert "Repeat last session" in pages[1]
    assert "Page 2 of 2" in pages[3]
    assert "Earlier sessions" in pages[1]
    assert "Later sessions" in pages[2]
    assert "Later sessions" not in pages[1]
