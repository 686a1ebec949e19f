"""A backup holds every row, opens with its key alone, and comes back whole or not at all."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from clinic_notes.backup import archive, create, restore
from clinic_notes.backup.archive import BadBackup, Manifest
from clinic_notes.backup.tables import act_for
from clinic_notes.core import schema
from clinic_notes.core.db import db
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs
from tests.stores import ON_ONE_STORE, Store

KEY = "a key of the backups' own; it's quoted"
SECRET = "test secret"


def furnish(acting_as: ActingAs, cast: Cast) -> None:
    """Put a signed, amended session with two reports in our clinic, and a draft in another."""
    with acting_as(cast.maya):
        signed = factories.open_visit(cast.maya)
        factories.sign(signed.id, cast.maya)
        factories.amend(signed.id, cast.maya)
        factories.open_visit(cast.maya, patient=signed.patient)
        report = factories.make_report(signed.episode_id, cast.maya)
        factories.sign_report(report.id, cast.maya)
        factories.make_report(signed.episode_id, cast.maya, corrects=report)
    with acting_as(cast.stranger):
        factories.open_visit(cast.stranger)


def backed_up(store: Store, path: Path) -> Manifest:
    with store.app.app_context():
        return create.create(db.engine, path, key=KEY, secret_key=SECRET)


def restored(path: Path, engine: Engine) -> Manifest:
    with archive.opened(path, KEY) as opened:
        manifest = opened.checked_manifest()
        restore.restore(engine, opened, manifest)
    return manifest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backup")


@pytest.fixture
def backup(store: Store, folder: Path, acting_as: ActingAs, cast: Cast, tmp_path: Path) -> Path:
    """A backup of both clinics: every test's own copy of one."""
    if not (folder / "one").exists():
        furnish(acting_as, cast)
        backed_up(store, folder / "one")
    return Path(shutil.copy(folder / "one", tmp_path))


def test_every_row_comes_back_in_either_store(
    store: Store, empty_store: Engine, acting_as: ActingAs, cast: Cast, tmp_path: Path
) -> None:
    furnish(acting_as, cast)
    first = backed_up(store, tmp_path / "one")
    assert restored(tmp_path / "one", empty_store) == first
    again = create.create(empty_store, tmp_path / "two", key=KEY, secret_key=SECRET)
    assert (again.rows, again.digests) == (first.rows, first.digests)
    assert first.rows["signature"] == 1
    assert first.rows["visit"] == 3
    assert first.rows["report"] == 2


@ON_ONE_STORE
def test_what_is_signed_stays_signed_after_a_restore(
    backup: Path, empty_store: Engine, cast: Cast
) -> None:
    restored(backup, empty_store)
    for table, words in (("visit", "signed visit"), ("report", "closed report")):
        change = text(f"UPDATE {table} SET plan = 'x' WHERE signed_at IS NOT NULL")  # noqa: S608 - two constants.
        with empty_store.connect() as connection:
            act_for(connection, cast.maya.clinic_id)
            with pytest.raises(DBAPIError, match=words):
                connection.execute(change)


@ON_ONE_STORE
def test_new_rows_are_numbered_after_those_restored(backup: Path, empty_store: Engine) -> None:
    restored(backup, empty_store)
    with empty_store.begin() as connection:
        newest = connection.scalar(text("SELECT max(id) FROM clinic"))
        added = connection.scalar(
            text(
                "INSERT INTO clinic (name, time_zone, letterhead) VALUES ('New', 'UTC', '') "
                "RETURNING id"
            )
        )
    assert added == newest + 1


def test_a_backup_is_of_one_moment(
    store: Store, acting_as: ActingAs, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(acting_as, cast)
    rows_of, meanwhile = create.rows_of, iter([cast.maya])

    def slow(*arguments: Any) -> Iterator[Any]:
        for person in meanwhile:
            with acting_as(person):
                factories.open_visit(person)
        return rows_of(*arguments)

    monkeypatch.setattr(create, "rows_of", slow)
    assert backed_up(store, tmp_path / "one").rows["visit"] == 3
    assert backed_up(store, tmp_path / "two").rows["visit"] == 4


@ON_ONE_STORE
def test_a_backup_of_an_older_version_is_brought_up_to_date(
    store: Store, tmp_path: Path, worker: str
) -> None:
    from sqlalchemy import create_engine

    from clinic_notes.core import db as stores

    engines = []
    for name in ("old", "new"):
        options = stores.embedded(tmp_path / f"{name}.db", KEY[:5])
        engines.append(create_engine(options.pop("url"), **options))
        stores.prepare(engines[-1])
    old, new = engines
    schema.upgrade(old, "policy")
    with old.begin() as connection:
        connection.execute(
            text("INSERT INTO clinic (name, time_zone, letterhead) VALUES ('Old', 'UTC', '')")
        )
    create.create(old, tmp_path / "one", key=KEY, secret_key=SECRET)
    assert restored(tmp_path / "one", new).revision == "policy"
    assert schema.is_current(new)
    with new.connect() as connection:
        assert connection.scalar(text("SELECT name FROM clinic")) == "Old"
    for engine in engines:
        engine.dispose()


@ON_ONE_STORE
def test_nothing_can_be_read_without_the_key(backup: Path) -> None:
    content = backup.read_bytes()
    assert b"Maya" not in content
    assert not content.startswith(b"SQLite")
    assert backup.stat().st_mode & 0o077 == 0
    another = archive.opened(backup, "another key")
    with pytest.raises(BadBackup, match="no backup that the key opens"):
        another.__enter__()


@ON_ONE_STORE
@pytest.mark.parametrize("at", [0, 17, 1_000, 0.3, 0.5, 0.8, 0.999])
def test_a_flipped_byte_anywhere_is_found(backup: Path, at: float) -> None:
    content = bytearray(backup.read_bytes())
    content[int(at if at >= 1 or at == 0 else at * len(content))] ^= 1
    backup.write_bytes(content)
    with pytest.raises(BadBackup), archive.opened(backup, KEY) as opened:
        opened.checked_manifest()


@ON_ONE_STORE
@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_half_a_file_is_refused(backup: Path, share: float) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(share * len(content))])
    with pytest.raises(BadBackup), archive.opened(backup, KEY) as opened:
        opened.checked_manifest()


@ON_ONE_STORE
def test_a_backup_does_not_write_over_another(store: Store, tmp_path: Path) -> None:
    (tmp_path / "one").write_text("kept")
    with pytest.raises(BadBackup, match="is there already"):
        backed_up(store, tmp_path / "one")
    assert (tmp_path / "one").read_text() == "kept"


@ON_ONE_STORE
def test_a_backup_that_fails_leaves_no_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> Iterator[Any]:
        raise OSError("disk full")

    monkeypatch.setattr(create, "rows_of", fail)
    with pytest.raises(OSError, match="disk full"):
        backed_up(store, tmp_path / "one")
    assert not (tmp_path / "one").exists()


@ON_ONE_STORE
def test_a_line_that_was_lost_is_missed(store: Store, tmp_path: Path) -> None:
    backed_up(store, path := tmp_path / "one")
    with archive.opened(path, KEY) as opened, opened._connection:
        opened._connection.execute("DELETE FROM line WHERE table_name = 'user' AND clinic_id = 2")
    with (
        archive.opened(path, KEY) as opened,
        pytest.raises(BadBackup, match="not hold what its manifest says"),
    ):
        opened.checked_manifest()


@ON_ONE_STORE
def test_a_filled_place_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    manifest = backed_up(store, path := tmp_path / "one")
    with (
        store.app.app_context(),
        archive.opened(path, KEY) as opened,
        pytest.raises(BadBackup, match="a clinic here already"),
    ):
        restore.restore(db.engine, opened, manifest)
    assert backed_up(store, tmp_path / "two").digests == manifest.digests


@ON_ONE_STORE
def test_a_backup_of_a_newer_version_is_refused(
    store: Store, empty_store: Engine, tmp_path: Path
) -> None:
    manifest = backed_up(store, path := tmp_path / "one")
    newer = Manifest(**{**vars(manifest), "revision": "of_2031"})
    with archive.opened(path, KEY) as opened, pytest.raises(BadBackup, match="newer version"):
        restore.restore(empty_store, opened, newer)
    assert schema.is_new(empty_store)
