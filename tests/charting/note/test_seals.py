"""Who changes a signed note behind the program's back is found out, whatever they can compute."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from clinic_notes.charting.note import seals
from clinic_notes.charting.note.seals import broken_seals
from clinic_notes.clinical import sealed_note
from clinic_notes.core.db import db
from clinic_notes.models import Base
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.full_session import full_draft
from tests.stores import ON_ONE_STORE, Store

pytestmark = ON_ONE_STORE


def sign_two(acting_as: ActingAs, cast: Cast) -> list[int]:
    """Sign a short session and one with everything in it; return their ids."""
    signed = []
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tool, product = factories.make_instrument(cast.maya), factories.make_lubricant(cast.maya)
        signed.append(factories.open_visit(cast.maya).id)
        factories.sign(signed[0], cast.maya)
        draft = full_draft(tool.id, product.id, cast.jonas.id)
        signed.append(factories.record_visit(patient.id, episode.id, draft, by=cast.maya))
    return signed


def wrong(acting_as: ActingAs, cast: Cast) -> list[str]:
    with acting_as(cast.maya):
        return list(broken_seals())


def behind_its_back(store: Store, change: Callable[[Connection], None]) -> None:
    """Change the file as somebody would who has its key, and takes the guards away first."""
    with store.app.app_context(), db.engine.begin() as connection:
        guards = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
        )
        for name, _ in guards.all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        change(connection)


@pytest.mark.parametrize("at_once", [1, seals.AT_ONCE])
def test_signed_notes_are_found_whole(
    acting_as: ActingAs, cast: Cast, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(seals, "AT_ONCE", at_once)
    sign_two(acting_as, cast)
    assert wrong(acting_as, cast) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE signature SET document = replace(document, '2026', '2025')", "text was changed"),
        ("UPDATE signature SET digest = 'abc'", "not the one in the trail"),
        ("DELETE FROM signature", "not the one in the trail"),
        ("UPDATE signature SET visit_id = :other", "not the one in the trail"),
        ("UPDATE visit SET plan = 'Something else'", "rows are not those"),
        ("UPDATE visit SET signed_at = NULL, signed_by_id = NULL", "was signed, and is no longer"),
        ("DELETE FROM reading", "rows are not those"),
        ("UPDATE instrument_use SET pressure = 'light'", "rows are not those"),
    ],
)
def test_a_change_behind_the_programs_back_is_found(
    store: Store, acting_as: ActingAs, cast: Cast, statement: str, found: str
) -> None:
    short, full = sign_two(acting_as, cast)
    key = "id" if " visit SET" in statement else "visit_id"
    values = {"this": full} | ({"other": short} if ":other" in statement else {})

    def change(connection: Connection) -> None:
        assert connection.execute(text(f"{statement} WHERE {key} = :this"), values).rowcount

    behind_its_back(store, change)
    assert any(f"session {full}" in line and found in line for line in wrong(acting_as, cast))


def test_a_seal_that_was_computed_anew_is_found(
    store: Store, acting_as: ActingAs, cast: Cast
) -> None:
    _, full = sign_two(acting_as, cast)

    def change(connection: Connection) -> None:
        signature = Base.metadata.tables["signature"]
        known = connection.execute(signature.select().where(signature.c.visit_id == full)).one()
        forged = known.document.replace('"plan":"', '"plan":"Not ')
        connection.execute(
            signature.update()
            .where(signature.c.id == known.id)
            .values(document=forged, digest=sealed_note.digest(forged))
        )
        connection.execute(
            text("UPDATE visit SET plan = 'Not ' || plan WHERE id = :id"), {"id": full}
        )

    behind_its_back(store, change)
    assert wrong(acting_as, cast) == [f"session {full}: its signature is not the one in the trail"]
