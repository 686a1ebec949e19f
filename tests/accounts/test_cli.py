"""The command: a first start, a look at the trail, and what it refuses to serve."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, text

from clinic_notes import cli, create_app
from clinic_notes.accounts import queries
from clinic_notes.accounts.models import Clinic, User
from clinic_notes.core import audit, tenancy
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.transaction import one_transaction
from tests.accounts.conftest import sign_in
from tests.accounts.test_people import HERS, SETUP
from tests.stores import KEY, Store


def run(*command: str) -> Result:
    return CliRunner().invoke(cli.main, command)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing was started yet."""
    for name in ("DATABASE_URL", "DATABASE_KEY", "SECRET_KEY", "HTTPS"):
        monkeypatch.delenv(f"CLINIC_NOTES_{name}", raising=False)
    monkeypatch.setenv("CLINIC_NOTES_INSTANCE", str(tmp_path))
    return tmp_path


@pytest.fixture
def prepared(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The command looks at the tests' store."""
    config = store.app.config
    monkeypatch.setenv("CLINIC_NOTES_INSTANCE", config["INSTANCE"])
    monkeypatch.setenv("CLINIC_NOTES_DATABASE_URL", config["DATABASE_URL"])
    monkeypatch.setenv("CLINIC_NOTES_DATABASE_KEY", KEY)
    monkeypatch.setenv("CLINIC_NOTES_SECRET_KEY", config["SECRET_KEY"])
    return store


def test_a_first_start_opens_one_clinic_through_one_link(empty: Path) -> None:
    started = run("init", "--address", "https://notes.example/")
    assert started.exit_code == 0, started.output
    link = re.search(r"https://notes\.example(/setup/[\w-]+)", started.output)
    assert link is not None
    app = create_app({"WTF_CSRF_ENABLED": False})
    client = app.test_client()
    assert client.get(link[1]).status_code == 200
    assert client.get("/setup/guessed").status_code == 404
    refused = client.post(link[1], data={**SETUP, "time_zone": "Mars/Olympus"})
    assert refused.status_code == 422
    assert "Hillside clinic" in refused.text
    assert client.post(link[1], data=SETUP).status_code == 303
    assert client.post(link[1], data=SETUP).status_code == 404
    assert sign_in(client, "robin@hillside.clinic", HERS).location == "/people"
    with app.app_context():
        clinic = db.session.scalars(select(Clinic)).one()
        assert (clinic.name, clinic.letterhead) == ("Hillside clinic", "Hill 1\nBerlin")
        tenancy.set_clinic(clinic.id)
        assert db.session.scalars(select(User.role)).all() == [Role.ADMINISTRATOR]
        db.session.close()
        db.engine.dispose()
    again = run("init")
    assert again.exit_code == 1
    assert "open here already" in again.output


def test_a_first_start_makes_no_account(empty: Path) -> None:
    run("init")
    with create_app().app_context():
        everybody = select(func.count(User.id)).execution_options(every_clinic=True)
        assert db.session.scalar(everybody) == 0
        db.session.close()
        db.engine.dispose()


def test_an_upgrade_counts_the_rows(prepared: Store) -> None:
    upgraded = run("upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    with prepared.app.app_context(), db.engine.connect() as connection:
        counted = "SELECT 1 FROM sqlite_stat1 WHERE tbl = 'user'"
        if connection.dialect.name == "postgresql":
            counted = "SELECT 1 FROM pg_stats WHERE tablename = 'user' AND attname = 'email'"
        assert connection.scalar(text(counted))


def test_an_untouched_trail_is_whole(prepared: Store) -> None:
    checked = run("audit", "verify")
    assert checked.exit_code == 0, checked.output
    assert "whole" in checked.output


def test_a_touched_trail_is_found(prepared: Store) -> None:
    with prepared.app.app_context():
        tenancy.set_clinic(prepared.cast.stranger.clinic_id)
        number = db.session.scalar(select(func.min(AuditEntry.number)))
        # As somebody would who owns the database but not the key: past the triggers.
        for lift in _lifted_locks():
            db.session.execute(text(lift))
        db.session.execute(text("UPDATE audit_entry SET action = 'nothing' WHERE number = 1"))
        db.session.commit()
    checked = run("audit", "verify")
    assert checked.exit_code == 1
    assert f"Other clinic: entry {number} was changed" in checked.output


def _lifted_locks() -> list[str]:
    if db.engine.dialect.name == "postgresql":
        return ["ALTER TABLE audit_entry DISABLE TRIGGER USER"]
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
    return [f"DROP TRIGGER {name}" for name in db.session.scalars(text(names))]


@pytest.mark.parametrize(
    ("host", "settings", "refusal"),
    [
        ("127.0.0.1", {}, None),
        ("::1", {"DEMO": True}, None),
        ("0.0.0.0", {"HTTPS": True}, None),  # noqa: S104 - named, not served.
        ("0.0.0.0", {}, "without HTTPS"),  # noqa: S104
        ("0.0.0.0", {"DEMO": True, "HTTPS": True}, "demo clinic"),  # noqa: S104
    ],
)
def test_a_clinic_is_not_served_in_the_clear(
    empty: Path, host: str, settings: dict[str, bool], refusal: str | None
) -> None:
    app = create_app(settings)
    if refusal is None:
        cli._refuse_unsafe_host(app, host)
    else:
        with pytest.raises(click.ClickException, match=refusal):
            cli._refuse_unsafe_host(app, host)
    with app.app_context():
        db.engine.dispose()


def test_the_server_shares_one_application_between_its_workers(empty: Path) -> None:
    app = create_app()
    server = cli.Server(app, "::1", 8123)
    assert server.load() is app
    assert server.cfg.address == [("::1", 8123)]
    assert server.cfg.preload_app
    assert server.cfg.control_socket_disable
    assert server.cfg.when_ready == server._before_fork


def test_the_server_confirms_where_no_colleague_is_left(prepared: Store) -> None:
    with prepared.app.app_context(), one_transaction():
        user = queries.user_by_email("maya@demo.clinic")
        assert user is not None
        tenancy.set_clinic(user.clinic_id)
        user.confirmation_code = "204816"
        audit.record("user.invited", user, by=None)
    refused = run("confirm", "jonas@demo.clinic")
    assert (refused.exit_code, "Nobody with this e-mail" in refused.output) == (1, True)
    done = run("confirm", "maya@demo.clinic")
    assert (done.exit_code, done.output) == (0, "Maya Reyes is confirmed.\n")
    assert run("confirm", "maya@demo.clinic").exit_code == 1


def test_behind_https_the_names_it_answers_under_are_needed(empty: Path) -> None:
    app = create_app({"HTTPS": True})
    with pytest.raises(click.ClickException, match="CLINIC_NOTES_HOSTS"):
        cli._refuse_any_name(app)
    app.config["HOSTS"] = ["notes.example"]
    cli._refuse_any_name(app)
    with app.app_context():
        db.engine.dispose()


def test_another_name_than_its_own_gets_no_page(empty: Path) -> None:
    app = create_app()
    answer = app.test_client().get("/sign-in", headers={"Host": "evil.example"})
    assert (answer.status_code, "evil.example" in answer.text) == (400, False)
    assert app.test_client().get("/sign-in", headers={"Host": "localhost:8000"}).status_code == 200
    with app.app_context():
        db.engine.dispose()
