"""Fixtures for tests of a session: a browser, a patient with an episode, stored rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_notes.accounts.models import User
from clinic_notes.charting.autosave.form_instance import FormInstance
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.db import Base, db
from tests import drafts, factories
from tests.cast import Cast
from tests.charting.form_payloads import sent
from tests.fixture_types import ActingAs
from tests.full_session import full_draft
from tests.html_page import Page

JSON = {"Accept": "application/json"}
NO_RECORDS = {
    "audit_entry", "audit_counter", "browser_session", "submission", "autosaved_form",
    "refused_tries",
}  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]
SaveVisit = Callable[[str, Any], int]
AutosavedRow = tuple[int | None, int, str]
"""The visit, its version, and the fields as they are stored."""


@dataclass(frozen=True)
class PatientWithEpisode:
    """The ids a session is recorded for and with, and the addresses of its form."""

    patient_id: int
    episode_id: int
    instrument_id: int
    lubricant_id: int

    @property
    def new_session_url(self) -> str:
        return f"/patients/{self.patient_id}/visits/new"

    def repeat_url(self, which: object = "last") -> str:
        return f"{self.new_session_url}?episode={self.episode_id}&repeat={which}"

    @property
    def autosave_url(self) -> str:
        return f"/patients/{self.patient_id}/episodes/{self.episode_id}/autosave"


@pytest.fixture
def patient_with_episode(acting_as: ActingAs, cast: Cast) -> PatientWithEpisode:
    """Rosa with an open episode at her left calf; one instrument and one lubricant."""
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tool, product = factories.make_instrument(cast.maya), factories.make_lubricant(cast.maya)
        return PatientWithEpisode(patient.id, episode.id, tool.id, product.id)


@pytest.fixture
def draft(patient_with_episode: PatientWithEpisode) -> VisitDraft:
    """A complete session of Rosa's that may be signed."""
    whole = drafts.treated_draft(
        patient_with_episode.instrument_id, patient_with_episode.lubricant_id
    )
    return replace(whole, effects=())


@pytest.fixture
def full_session(patient_with_episode: PatientWithEpisode, cast: Cast) -> VisitDraft:
    """The largest session, of Rosa's, with readings taken by Jonas."""
    return full_draft(
        patient_with_episode.instrument_id, patient_with_episode.lubricant_id, cast.jonas.id
    )


@pytest.fixture
def stored_draft(acting_as: ActingAs, cast: Cast) -> Callable[[int], VisitDraft]:
    """Return what the database holds of a visit, as a draft."""

    def load(visit_id: int) -> VisitDraft:
        with acting_as(cast.maya):
            return load_visit(db.session.get_one(Visit, visit_id)).draft

    return load


@pytest.fixture
def all_rows(acting_as: ActingAs, cast: Cast) -> Callable[[], Rows]:
    """Return every row of both clinics, except those of the tables in NO_RECORDS."""

    def rows() -> Rows:
        found: Rows = {}
        for person in (cast.maya, cast.stranger):
            with acting_as(person):
                for table in Base.metadata.sorted_tables:
                    if table.name not in NO_RECORDS:
                        ordered = select(table).order_by(*table.primary_key)
                        rows_of = db.session.execute(ordered).all()
                        found.setdefault(table.name, []).extend(map(tuple, rows_of))
        return found

    return rows


@pytest.fixture
def visit_ids(acting_as: ActingAs, cast: Cast) -> Callable[[], list[int]]:
    """Return the ids of the clinic's visits, in the order they were begun."""

    def ids() -> list[int]:
        with acting_as(cast.maya):
            return list(db.session.scalars(select(Visit.id).order_by(Visit.id)))

    return ids


@pytest.fixture
def save_visit(maya: FlaskClient, visit_ids: Callable[[], list[int]]) -> SaveVisit:
    """Post a session's form as Maya; return the id of the visit it made."""

    def saved(address: str, data: Any) -> int:
        answer = maya.post(address, data=data)
        assert answer.status_code == 303, Page(answer).summary()
        return visit_ids()[-1]

    return saved


@pytest.fixture
def saved_draft(
    save_visit: SaveVisit, patient_with_episode: PatientWithEpisode, draft: VisitDraft
) -> int:
    """A session that Maya saved and that may be signed; its id."""
    return save_visit(patient_with_episode.new_session_url, sent(draft))


@pytest.fixture
def signed_session(
    acting_as: ActingAs, cast: Cast, patient_with_episode: PatientWithEpisode, draft: VisitDraft
) -> Callable[..., int]:
    """Record and sign a session of Rosa's so many days ago; return its id."""

    def record(
        days_ago: int = 7,
        *,
        by: User | None = None,
        is_signed: bool = True,
        episode_id: int = 0,
        **changes: Any,
    ) -> int:
        author = by or cast.maya
        wanted = replace(draft, served_on=draft.served_on - timedelta(days=days_ago), **changes)
        with acting_as(author):
            return factories.record_visit(
                patient_with_episode.patient_id,
                episode_id or patient_with_episode.episode_id,
                wanted,
                by=author,
                is_signed=is_signed,
            )

    return record


@pytest.fixture
def autosave_url(patient_with_episode: PatientWithEpisode) -> str:
    """The address to which the form of a new session of Rosa's is autosaved."""
    return patient_with_episode.autosave_url


@pytest.fixture
def autosaved_rows(acting_as: ActingAs, cast: Cast) -> Callable[[], list[AutosavedRow]]:
    """Return the clinic's autosaved forms, discarded ones too."""

    def rows() -> list[AutosavedRow]:
        with acting_as(cast.maya):
            found = db.session.scalars(select(AutosavedForm).order_by(AutosavedForm.id)).all()
            return [(row.visit_id, row.version, row.fields) for row in found]

    return rows


@pytest.fixture
def open_autosaves(
    autosaved_rows: Callable[[], list[AutosavedRow]],
) -> Callable[[], list[AutosavedRow]]:
    """Return the autosaved forms that still hold something."""
    return lambda: [row for row in autosaved_rows() if row[2]]


@pytest.fixture
def new_form_instance(cast: Cast) -> Callable[..., dict[str, str]]:
    """Return the hidden fields by which a form opened by Maya is known when it is autosaved."""

    def fields(**more: str) -> dict[str, str]:
        return {
            "form_instance": FormInstance.for_person(cast.maya.id).token,
            "restored_from": "",
            **more,
        }

    return fields


@pytest.fixture
def autosave(maya: FlaskClient, autosave_url: str) -> Callable[..., str]:
    """Autosave what Maya typed, as the script of the page does; return the time of saving."""

    def send(
        form_instance: dict[str, str], at: str = "", *, revision: int = 1, **typed: str
    ) -> str:
        data = form_instance | typed | {"revision": str(revision)}
        answer = maya.post(at or autosave_url, data=data, headers=JSON)
        assert answer.status_code == 200
        assert answer.json is not None
        return str(answer.json["saved_at"])

    return send
