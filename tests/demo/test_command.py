"""`clinic-notes demo`: makes the demo once, says how to sign in, and keeps it on this machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from clinic_notes import cli, create_app
from clinic_notes.accounts import actions
from clinic_notes.core import schema
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction

SMALL = ("--patients", "1", "--visits", "1")


def run(*command: str) -> Result:
    return CliRunner().invoke(cli.main, command)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing was started yet."""
    for name in ("DATABASE_URL", "DATABASE_KEY", "SECRET_KEY", "HTTPS", "DEMO_PASSWORD"):
        monkeypatch.delenv(f"CLINIC_NOTES_{name}", raising=False)
    monkeypatch.setenv("CLINIC_NOTES_INSTANCE", str(tmp_path))
    return tmp_path


def test_the_first_time_makes_it_and_the_next_only_says_how_to_sign_in(empty: Path) -> None:
    first = run("demo", *SMALL)
    assert first.exit_code == 0, first.output
    mark = empty / "demo"
    assert mark.stat().st_mode & 0o777 == 0o600
    assert mark.read_text() in first.output
    for email in ("maya@demo.clinic", "sam@demo.clinic", "stranger@other.clinic"):
        assert email in first.output
    written = (empty / "clinic-notes.db").stat().st_mtime_ns
    second = run("demo", *SMALL)
    assert second.exit_code == 0, second.output
    assert second.output == first.output.removeprefix("Making the demo clinic\n")
    assert (empty / "clinic-notes.db").stat().st_mtime_ns == written


def test_the_store_has_counted_the_rows_of_the_demo(empty: Path) -> None:
    run("demo", *SMALL)
    with create_app().app_context():
        counted = "SELECT stat FROM sqlite_stat1 WHERE tbl = 'visit' AND idx LIKE 'ix_visit_%'"
        with db.engine.connect() as connection:
            assert connection.scalars(text(counted)).all()
        db.engine.dispose()


def test_the_password_is_the_one_the_environment_gives(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_NOTES_DEMO_PASSWORD", "a password for trying")
    assert "a password for trying" in run("demo", *SMALL).output


def test_the_demo_shows_a_banner_and_is_served_to_this_machine_only(empty: Path) -> None:
    run("demo", *SMALL)
    app = create_app()
    assert "every person here is invented" in app.test_client().get("/sign-in").text
    with app.app_context():
        db.engine.dispose()
    seen = run("serve", "--host", "0.0.0.0")  # noqa: S104 - to be refused.
    assert seen.exit_code == 1
    assert "this machine only" in seen.output


def test_a_real_clinic_is_never_made_a_demo(empty: Path) -> None:
    with create_app().app_context():
        schema.upgrade(db.engine)
        with one_transaction():
            actions.open_clinic(name="Hillside", time_zone="Europe/Berlin")
        db.session.close()
        db.engine.dispose()
    refused = run("demo", *SMALL)
    assert refused.exit_code == 1
    assert "holds a real clinic" in refused.output
    assert not (empty / "demo").exists()


def test_a_mark_without_its_store_is_no_demo_yet(empty: Path) -> None:
    (empty / "demo").write_text("an old password")
    assert "an old password" not in run("demo", *SMALL).output
