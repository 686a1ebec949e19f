"""The backup commands, as whoever runs the clinic's machine types them."""

from pathlib import Path

import pytest

from clinic_notes import create_app
from tests.accounts.conftest import sign_in
from tests.accounts.test_people import HERS
from tests.commands import run, set_up_clinic


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic that was set up in a folder of its own."""
    set_up_clinic(tmp_path / "clinic", monkeypatch)
    return tmp_path / "clinic"


@pytest.fixture
def file(clinic: Path, tmp_path: Path) -> Path:
    """A backup of that clinic."""
    made = run("backup", "create", str(tmp_path / "clinic.backup"))
    assert made.exit_code == 0, made.output
    assert "1 clinics, 0 patients" in made.output
    assert "Keep a copy of that key away from this machine" in made.output
    return tmp_path / "clinic.backup"


def elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch, key: Path) -> None:
    """Work in another folder from here on, with the key of the backups at hand."""
    monkeypatch.setenv("CLINIC_NOTES_INSTANCE", str(folder))
    monkeypatch.setenv("CLINIC_NOTES_BACKUP_KEY_FILE", str(key))


def test_a_clinic_is_restored_on_another_machine_and_signed_in_to(
    clinic: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", "verify", str(file)).exit_code == 0
    elsewhere(tmp_path / "new", monkeypatch, clinic / "backup.key")
    restored = run("backup", "restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert run("audit", "verify").exit_code == 0
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o077 == 0
    client = create_app({"WTF_CSRF_ENABLED": False}).test_client()
    assert sign_in(client, "robin@hillside.clinic", HERS).status_code == 303


def test_the_second_restore_is_refused(
    clinic: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(tmp_path / "new", monkeypatch, clinic / "backup.key")
    assert run("backup", "restore", str(file)).exit_code == 0
    refused = run("backup", "restore", str(file))
    assert refused.exit_code == 1
    assert refused.output == (
        "Error: There is a clinic here already: restore into an empty place.\n"
    )


def test_without_its_key_a_backup_is_neither_read_nor_given_a_new_one(
    clinic: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(tmp_path / "new", monkeypatch, tmp_path / "lost.key")
    for what in ("verify", "restore"):
        refused = run("backup", what, str(file))
        assert (refused.exit_code, "There is no key at" in refused.output) == (1, True)
    assert not (tmp_path / "lost.key").exists()
    assert not (tmp_path / "new").exists()


def test_a_damaged_backup_restores_nothing(
    clinic: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    elsewhere(tmp_path / "new", monkeypatch, clinic / "backup.key")
    refused = run("backup", "restore", str(file))
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert not (tmp_path / "new").exists()


def test_a_place_with_another_application_key_is_refused(
    clinic: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(tmp_path / "new", monkeypatch, clinic / "backup.key")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "secret.key").write_text("another")
    (tmp_path / "new" / "secret.key").chmod(0o600)
    refused = run("backup", "restore", str(file))
    assert (refused.exit_code, "application key of its own" in refused.output) == (1, True)
    assert (tmp_path / "new" / "secret.key").read_text() == "another"


def test_the_administrator_sees_how_old_the_last_backup_is(clinic: Path, tmp_path: Path) -> None:
    client = create_app({"WTF_CSRF_ENABLED": False}).test_client()
    sign_in(client, "robin@hillside.clinic", HERS)
    assert "No backup was made yet" in client.get("/people").text
    assert run("backup", "create", str(tmp_path / "clinic.backup")).exit_code == 0
    assert "Last backup at " in client.get("/people").text
