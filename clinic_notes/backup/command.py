"""The `clinic-notes backup` commands: create, verify, restore."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Config

from clinic_notes import opened_store
from clinic_notes.backup import create, restore
from clinic_notes.backup.archive import BadBackup, Manifest, opened
from clinic_notes.core import audit, backup_age, schema, tenancy
from clinic_notes.core.db import db
from clinic_notes.core.secret_files import BadKey, secret, write_secret
from clinic_notes.core.transaction import one_transaction
from clinic_notes.paths import shipped

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def backup() -> None:
    """Back every clinic of this installation up, into one encrypted file."""


@backup.command("create")
@FILE
def create_file(file: Path) -> None:
    """Write a backup while the clinic works; the file must not be there yet."""
    with opened_store.opened() as app, _in_one_line():
        manifest = create.create(
            db.engine, file, key=_key(to_make=True), secret_key=str(app.secret_key)
        )
        backup_age.store(app, manifest.made_at)
        _enter("backup.created", manifest.made_at)
    click.echo(f"{file}: {_contents(manifest)}")
    click.echo(
        f"It opens with the key in {_key_file()} only. Keep a copy of that key away from this "
        "machine: without it nobody can restore the backup."
    )


@backup.command("verify")
@FILE
def verify_file(file: Path) -> None:
    """Read a backup through and hold every row against its manifest; change nothing."""
    with _in_one_line(), opened(file, _key()) as archive:
        manifest = archive.checked_manifest()
    click.echo(f"{file} is whole: {_contents(manifest)}")


@backup.command("restore")
@FILE
def restore_file(file: Path) -> None:
    """Restore a backup into an empty place: a new instance folder or an empty database."""
    with _in_one_line(), opened(file, _key()) as archive:
        manifest = archive.checked_manifest()
        _put_secret_key(manifest)
        with opened_store.opened():
            restore.restore(db.engine, archive, manifest)
            schema.gather_statistics(db.engine)
            touched = opened_store.tampering()
            _enter("backup.restored", manifest.made_at)
    click.echo(f"Restored: {_contents(manifest)}")
    for found in touched:
        click.echo(f"This had been touched before the backup was made. {found}", err=True)


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Say in one line what is wrong with a backup or a key, and exit 1."""
    try:
        yield
    except (BadBackup, BadKey) as bad:
        raise click.ClickException(str(bad)) from None


def _settings() -> Config:
    """Return the settings before there is an application: its key may be in the backup."""
    config = Config(".")
    config.from_pyfile(str(shipped("config.py")))
    return config


def _key(*, to_make: bool = False) -> str:
    """Return the backups' key; only the first backup may make one."""
    value = _settings()["BACKUP_KEY"]
    if not value and not to_make and not _key_file().exists():
        raise BadBackup(
            f"There is no key at {_key_file()}. Name its file with CLINIC_NOTES_BACKUP_KEY_FILE."
        )
    return secret(value, "", _key_file())


def _key_file() -> Path:
    named = _settings()["BACKUP_KEY_FILE"]
    return Path(named) if named else Path(_settings()["INSTANCE"], "backup.key")


def _put_secret_key(manifest: Manifest) -> None:
    """Give the new place the application's key: without it the trail cannot be checked."""
    here = _settings()
    file = Path(here["SECRET_KEY_FILE"] or Path(here["INSTANCE"], "secret.key"))
    if here["SECRET_KEY_VALUE"] or file.exists():
        if secret(here["SECRET_KEY_VALUE"], "", file) != manifest.secret_key:
            raise BadBackup(
                "This place has an application key of its own. Restore into an empty folder."
            )
        return
    write_secret(file, manifest.secret_key)


def _contents(manifest: Manifest) -> str:
    rows = manifest.rows
    return (
        f"{rows.get('clinic', 0)} clinics, {rows.get('patient', 0)} patients, "
        f"{rows.get('signature', 0)} signatures, {sum(rows.values())} rows in all, "
        f"as of {manifest.made_at}."
    )


def _enter(action: str, made_at: str) -> None:
    """Put it in every clinic's trail: their records left this machine, or came to it."""
    for clinic_id, _ in opened_store.clinics():
        with one_transaction():
            tenancy.set_clinic(clinic_id)
            audit.record(action, "store", by=None, made_at=made_at)
