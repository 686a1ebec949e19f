"""A missing or wrong key and a damaged store are told in one line, and nothing new is made."""

from pathlib import Path

import pytest
from click.testing import Result

from clinic_notes import create_app
from tests.accounts.conftest import sign_in
from tests.accounts.test_people import HERS
from tests.commands import run, set_up_clinic

MANAGER = "robin@hillside.clinic"


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic that was set up in a folder of its own."""
    set_up_clinic(tmp_path, monkeypatch)
    return tmp_path


def one_line(result: Result, words: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.output.count("\n") == 1
    assert words in result.output


def test_only_their_owner_reads_the_store_and_its_keys(clinic: Path) -> None:
    open_to_others = [file.name for file in clinic.iterdir() if file.stat().st_mode & 0o077]
    assert open_to_others == []


@pytest.mark.parametrize("name", ["database.key", "secret.key"])
@pytest.mark.parametrize("command", [("upgrade",), ("audit", "verify"), ("init",)])
def test_a_missing_key_is_not_made_anew(clinic: Path, name: str, command: tuple[str, ...]) -> None:
    (clinic / name).unlink()
    one_line(run(*command), f"{name} is missing")
    assert not (clinic / name).exists()


@pytest.mark.parametrize("name", ["database.key", "secret.key", "clinic-notes.db"])
def test_what_others_can_read_opens_nothing(clinic: Path, name: str) -> None:
    (clinic / name).chmod(0o640)
    one_line(run("audit", "verify"), "chmod 600")


def test_a_key_file_that_was_named_is_warned_of_alone(
    clinic: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (clinic / "database.key").chmod(0o444)
    monkeypatch.setenv("CLINIC_NOTES_DATABASE_KEY_FILE", str(clinic / "database.key"))
    assert run("audit", "verify").exit_code == 0
    assert "can be read by others" in caplog.text


def test_another_key_opens_nothing(clinic: Path) -> None:
    (clinic / "database.key").write_text("0" * 64)
    one_line(run("upgrade"), "its key is another, or the file is damaged")


def test_a_damaged_store_is_called_damaged(clinic: Path) -> None:
    run("audit", "verify")
    store = clinic / "clinic-notes.db"
    content = bytearray(store.read_bytes())
    content[16:48] = b"x" * 32
    store.write_bytes(content)
    one_line(run("audit", "verify"), "the file is damaged")
    client = create_app({"WTF_CSRF_ENABLED": False}).test_client()
    assert client.get("/readyz").status_code == 503
    answer = sign_in(client, MANAGER, HERS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
