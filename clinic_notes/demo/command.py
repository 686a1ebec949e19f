"""The `clinic-notes demo` command: makes the demo clinic and prints its sign-ins."""

from typing import Any

import click
from flask import Flask

from clinic_notes.accounts import queries
from clinic_notes.app import create_app
from clinic_notes.core import schema
from clinic_notes.core.db import db
from clinic_notes.core.transaction import one_transaction
from clinic_notes.demo import credentials
from clinic_notes.demo.building import PATIENTS, build


@click.command()
@click.option("--patients", default=PATIENTS, show_default=True, type=click.IntRange(1))
@click.option("--visits", type=click.IntRange(1), help="Of all patients; else 3 to 9 each.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same data.")
def demo(**size: Any) -> None:
    """Make the demo clinic, once, and print its sign-ins."""
    app = create_app()
    with app.app_context():
        try:
            password = _password(app, size)
        finally:
            db.session.close()
            db.engine.dispose()
    click.echo(credentials.sign_ins(password))
    click.echo("Everybody in it is invented. To begin anew, remove the instance folder.")


def _password(app: Flask, size: dict[str, Any]) -> str:
    schema.upgrade(db.engine)
    with one_transaction(for_writing=False):
        is_empty = not queries.clinics()
    stored = credentials.stored_password(app)
    if is_empty:
        return _made(app, size)
    if stored is None:
        raise click.ClickException(
            "This store holds a real clinic. Name another folder with CLINIC_NOTES_INSTANCE."
        )
    return stored


def _made(app: Flask, size: dict[str, Any]) -> str:
    password = credentials.new_password()
    with click.progressbar(length=1, label="Making the demo clinic") as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(1)

        build(app, password=password, progress=progress, **size)
    schema.gather_statistics(db.engine)
    credentials.store(app, password)
    return password
