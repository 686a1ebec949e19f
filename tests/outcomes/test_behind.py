"""The lists behind the figures: each opens what it counts, for who may see it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic_notes.clinical.drafts import EffectDraft, PainDraft
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import Side
from tests import drafts, factories
from tests.cast import Cast
from tests.drafts import measured
from tests.fixture_types import ActingAs, ClientFor

GRAZE = EffectDraft("skin_tear", grade=2, region="calf", side=Side.LEFT)


@pytest.fixture
def treat(cast: Cast, acting_as: ActingAs):
    """Record two sessions of a new patient with this pain, and close the episode."""

    def treated(first: int, last: int, *, by=None, is_closed: bool = True, **changes) -> int:
        author = by or cast.maya
        with acting_as(author):
            patient = factories.make_patient(author)
            episode = factories.make_episode(patient, author)
            tool = factories.make_instrument(author)
            for days, pain in ((5, first), (2, last)):
                rating = PainDraft(context="now", before=measured(pain), after=measured(pain))
                given = {"pains": (rating,), "measured_by_id": author.id, **changes}
                draft = drafts.treated_draft(
                    tool.id, served_on=drafts.yesterday() - timedelta(days=days), **given
                )
                factories.record_visit(patient.id, episode.id, draft, by=author)
            if is_closed:
                whole = db.session.get_one(Episode, episode.id)
                factories.close_episode(whole, author, on=drafts.yesterday())
            return patient.id

    return treated


def listed(client, address: str) -> list[int]:
    """Return the patients of a list of episodes."""
    answer = client.get(f"/outcomes/results/{address}")
    assert answer.status_code == 200
    return sorted({int(found) for found in re.findall(r"/patients/(\d+)\?", answer.text)})


def sessions_of(client, asked: str) -> int:
    answer = client.get(f"/outcomes/results/sessions?{asked}")
    assert answer.status_code == 200
    return len(re.findall(r"href=\"/visits/\d+\"", answer.text))


def test_episode_lists_hold_what_their_figure_counts(treat, cast, client_for) -> None:
    better, same, still = treat(8, 2), treat(6, 6), treat(8, 2, is_closed=False)
    lena = client_for(cast.lena)
    month = f"{drafts.yesterday():%Y-%m}"
    for asked, found in {
        "": [better, same],
        "state=open": [still],
        "measure=pain:now": [better, same],
        "measure=pain:now&verdict=meaningful": [better],
        "measure=rom:ankle_dorsiflexion&verdict=meaningful": [],
        "pairs=both": [better, same],
        "response=unknown": [better],
        f"month={month}": [better, same],
        f"by=therapist&value={cast.maya.id}": [better, same],
        f"by=therapist&value={cast.jonas.id}": [],
    }.items():
        assert listed(lena, f"episodes?{asked}") == found, asked


def test_session_lists_hold_what_their_figure_counts(treat, cast, client_for) -> None:
    treat(8, 2, skin_response="petechiae")
    treat(8, 2, skin_response="erythema", effects=(GRAZE,))
    treat(8, 2, by=cast.jonas)
    treat(8, 2, by=cast.stranger)
    lena = client_for(cast.lena)
    for asked, found in {
        "": 6,
        f"by=therapist&value={cast.maya.id}&kind=pain&pairing=paired": 4,
        f"by=therapist&value={cast.maya.id}&kind=score&pairing=none": 4,
        f"by=therapist&value={cast.maya.id}&kind=pain&pairing=incomplete": 0,
        "by=region&value=calf&skin=petechiae": 2,
        "by=region&value=calf&skin=adverse": 2,
        "by=pressure&value=heavy": 0,
    }.items():
        assert sessions_of(lena, asked) == found, asked


def test_every_figure_of_the_page_opens_a_list(treat, cast, client_for) -> None:
    for _ in range(10):
        treat(8, 2)
    lena = client_for(cast.lena)
    page = lena.get("/outcomes/results").text
    addresses = set(re.findall(r"/outcomes/results/(?:episodes|sessions)\?[^\"]*", page))
    for part in ("kind=pain", "skin=erythema", "measure=pain", "pairs=both", "state=open"):
        assert any(part in address for address in addresses), part
    for address in addresses:
        assert lena.get(address.replace("&amp;", "&")).status_code == 200, address


def test_each_patient_looked_at_is_in_the_trail(treat, cast, client_for, acting_as) -> None:
    patients = [treat(8, 2), treat(6, 6)]
    client_for(cast.lena).get("/outcomes/results/sessions?by=region&value=calf")
    with acting_as(cast.lena):
        looked = select(AuditEntry.patient_id).where(AuditEntry.action == "results.viewed")
        assert sorted(db.session.scalars(looked).all()) == patients


@pytest.mark.parametrize("of", ["episodes", "sessions"])
def test_lists_are_for_the_manager_of_the_clinic(treat, cast, client_for: ClientFor, of) -> None:
    treat(8, 2, by=cast.stranger)
    for who in (cast.maya, cast.sam, cast.root, cast.stranger):
        assert client_for(who).get(f"/outcomes/results/{of}").status_code == 403
    asked = f"by=therapist&value={cast.stranger.id}"
    assert "Delgado" not in client_for(cast.lena).get(f"/outcomes/results/{of}?{asked}").text


@pytest.mark.parametrize(
    "asked",
    ["kind=mood", "pairing=x", "skin=x", "verdict=x", "measure=x:y", "measure=pain",
     "month=2026-13", "month=1999-01", "response=x", "colour=red", "by=age&value=Under+30"],
)  # fmt: skip
def test_what_is_no_figure_is_refused(cast, client_for, asked: str) -> None:
    of = "sessions" if asked.startswith("by=age") else "episodes"
    assert client_for(cast.lena).get(f"/outcomes/results/{of}?{asked}").status_code == 400
