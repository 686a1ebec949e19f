"""The doctor says in words what is well here, and what is weak, missing or out of date."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands import run, set_up_clinic


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic that was set up in a folder of its own."""
    set_up_clinic(tmp_path, monkeypatch)
    return tmp_path


def findings() -> dict[str, list[str]]:
    """Return what the doctor says, by how it is; it exits with 1 where not all is well."""
    result = run("doctor")
    found: dict[str, list[str]] = {"ok": [], "weak": [], "missing": [], "out of date": []}
    for line in result.output.splitlines():
        found[line[:12].strip()].append(line[13:])
    assert result.exit_code == (1 if len(found["ok"]) < len(result.output.splitlines()) else 0)
    return found


def test_a_new_clinic_lacks_a_backup_https_and_a_second_administrator(clinic: Path) -> None:
    found = findings()
    assert found["ok"][0] == "The store is embedded (SQLite) and encrypted."
    assert f"Only their owner can read the files in {clinic}." in found["ok"]
    assert ["No backup was ever made" in one for one in found["missing"]] == [True]
    without_https, alone = found["weak"]
    assert "HTTPS is off" in without_https
    assert "1 administrator." in alone
    assert found["out of date"] == []


def test_an_empty_place_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_NOTES_INSTANCE", str(tmp_path))
    assert findings()["missing"] == ["Nothing is set up here yet: run clinic-notes init."]


def test_keys_that_others_can_read_are_named(clinic: Path) -> None:
    # The keys that open the store are refused by themselves; this one is used for backups alone.
    (clinic / "backup.key").write_text("0" * 64)
    (clinic / "backup.key").chmod(0o644)
    (said,) = [one for one in findings()["weak"] if "chmod" in one]
    assert said.startswith("backup.key can be read by others on this machine: chmod 600 ")


@pytest.mark.parametrize(
    ("days", "state"),
    [pytest.param(1, "ok", id="yesterday"), pytest.param(3, "out of date", id="old")],
)
def test_a_backup_has_an_age(clinic: Path, days: int, state: str) -> None:
    made = datetime.now(UTC) - timedelta(days=days)
    (clinic / "last-backup").write_text(made.isoformat())
    assert [one for one in findings()[state] if one.startswith("The last backup was made on ")]


def test_https_without_a_proxy_counts_everybody_as_one(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_NOTES_HTTPS", "1")
    assert any("no proxy is named" in one for one in findings()["weak"])
    monkeypatch.setenv("CLINIC_NOTES_PROXIES", "1")
    assert "HTTPS is on, behind 1 of your own proxies." in findings()["ok"]


def test_a_wrong_key_is_told_in_one_line(clinic: Path) -> None:
    (clinic / "database.key").write_text("0" * 64)
    result = run("doctor")
    assert result.exit_code == 1
    assert "its key is another, or the file is damaged" in result.output
