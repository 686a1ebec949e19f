"""What the tests of a session share: a browser, a patient with an episode, every table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clinic_notes.charting import actions
from clinic_notes.charting.autosave.form_instance import FormInstance
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.db import Base, db
from clinic_notes.patients.models import Episode, Patient
from tests import factories
from tests.charting.pages import Page

JSON = {"Accept": "application/json"}
NO_RECORDS = {
    "audit_entry", "audit_counter", "browser_session", "submission", "autosaved_form",
    "refused_tries",
}  # fmt: skip


@dataclass(frozen=True)
class Stand:
    """What stands ready before a session: who, for what, and the shelf."""

    patient_id: int
    episode_id: int
    instrument_id: int
    lubricant_id: int

    @property
    def new(self) -> str:
        return f"/patients/{self.patient_id}/visits/new"

    def repeat(self, which: object = "last") -> str:
        return f"{self.new}?episode={self.episode_id}&repeat={which}"


@pytest.fixture
def maya(client_for, cast):
    return client_for(cast.maya)


@pytest.fixture
def ready(acting_as, cast) -> Stand:
    """Rosa, her calf, one tool, one product."""
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tool, product = factories.make_instrument(cast.maya), factories.make_lubricant(cast.maya)
        return Stand(patient.id, episode.id, tool.id, product.id)


@pytest.fixture
def draft(ready) -> VisitDraft:
    """A whole session of Rosa's that may be signed."""
    with_tool = factories.treated_draft(_Named(ready.instrument_id), _Named(ready.lubricant_id))
    return replace(with_tool, effects=())


@dataclass(frozen=True)
class _Named:
    id: int


@pytest.fixture
def held(acting_as, cast) -> Callable[[int], VisitDraft]:
    """Return what is stored of a visit."""

    def held_of(visit_id: int) -> VisitDraft:
        with acting_as(cast.maya):
            return load_visit(db.session.get_one(Visit, visit_id)).draft

    return held_of


@pytest.fixture
def everything(acting_as, cast) -> Callable[[], dict[str, list[tuple[Any, ...]]]]:
    """Return every row of both clinics, but the trail, browsers and forms not saved."""

    def rows() -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = {}
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
def visits(acting_as, cast) -> Callable[[], list[int]]:
    """Return the ids of all visits of the clinic, in the order they were begun."""

    def ids() -> list[int]:
        with acting_as(cast.maya):
            return list(db.session.scalars(select(Visit.id).order_by(Visit.id)))

    return ids


@pytest.fixture
def save(maya, visits):
    """Post a session's form and return the id of the visit it made."""

    def saved(address: str, data: Any) -> int:
        answer = maya.post(address, data=data)
        assert answer.status_code == 303, Page(answer).summary()
        return visits()[-1]

    return saved


@pytest.fixture
def past(acting_as, cast, ready, draft):
    """Sign a session of Rosa's so many days ago; return its id."""

    def signed(days_ago=7, *, by=None, is_signed=True, episode_id=0, **changes):
        author = by or cast.maya
        with acting_as(author):
            patient = db.session.get_one(Patient, ready.patient_id)
            db.session.refresh(patient, ["allergies", "conditions"])
            episode = db.session.get_one(Episode, episode_id or ready.episode_id)
            on = draft.served_on - timedelta(days=days_ago)
            wanted = replace(draft, served_on=on, **changes)
            number = actions.open_visit(episode, wanted, patient=patient, by=author).id
            if is_signed:
                factories.sign(number, author)
            return number

    return signed


@pytest.fixture
def where(ready) -> str:
    """Where what is typed for a new session of Rosa's is kept."""
    return f"/patients/{ready.patient_id}/episodes/{ready.episode_id}/autosave"


@pytest.fixture
def kept_rows(acting_as, cast):
    """Return what is kept for the clinic's people, as (visit, version, fields)."""

    def kept() -> list[tuple[int | None, int, str]]:
        with acting_as(cast.maya):
            found = db.session.scalars(select(AutosavedForm).order_by(AutosavedForm.id)).all()
            return [(row.visit_id, row.version, row.fields) for row in found]

    return kept


@pytest.fixture
def standing(kept_rows):
    """Return the kept forms that still hold something."""
    return lambda: [row for row in kept_rows() if row[2]]


@pytest.fixture
def form_instance(cast):
    """Return the fields of a form_instance laid out for Maya, as her page would bear them."""

    def laid_out(**more: str) -> dict[str, str]:
        return {
            "form_instance": FormInstance.for_person(cast.maya.id).token,
            "restored_from": "",
            **more,
        }

    return laid_out


@pytest.fixture
def keep(maya, where):
    """Send what stands on a form_instance of Maya's, as the script of the page does."""

    def keeping(form_instance: dict[str, str], at: str = "", *, revision: int = 1, **typed: str):
        data = form_instance | typed | {"revision": str(revision)}
        answer = maya.post(at or where, data=data, headers=JSON)
        assert answer.status_code == 200
        return answer.json["saved_at"]

    return keeping
