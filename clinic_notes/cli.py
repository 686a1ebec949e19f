"""The `clinic-notes` command: set-up, the server, upgrades, the audit check."""

from typing import Any

import click
from flask import Flask

from clinic_notes import doctor
from clinic_notes.accounts import actions, confirmation, queries
from clinic_notes.backup.command import backup
from clinic_notes.clinical.policy.guide import markdown
from clinic_notes.clinical.policy.listing import listing
from clinic_notes.core import tenancy
from clinic_notes.core.transaction import one_transaction
from clinic_notes.demo.command import demo
from clinic_notes.opened_store import clinics, opened, prepared, tampering
from clinic_notes.outcomes.facts import actions as facts
from clinic_notes.reference.contraindications import questions
from clinic_notes.server import Server, in_address

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.group()
def main() -> None:
    """Manage this installation of Clinic Notes."""


main.add_command(demo)
main.add_command(backup)


@main.command()
@click.option("--address", default="http://127.0.0.1:8000", help="Where the server will answer.")
def init(address: str) -> None:
    """Prepare the store and print a link that sets the clinic up, once."""
    with prepared():
        with one_transaction():
            if queries.clinics():
                raise click.ClickException("A clinic is open here already.")
            token = actions.offer_setup()
        click.echo("Start the server, and open this link within 72 hours. It opens one time:")
        click.echo(f"{address.rstrip('/')}/setup/{token}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Bring the store up to date and serve the clinic until stopped."""
    with prepared() as app:
        _refuse_unsafe_host(app, host)
        _refuse_any_name(app)
    click.echo(f"Clinic Notes answers at http://{in_address(host)}:{port} (Ctrl-C stops it)")
    Server(app, host, port).run()


@main.command()
def upgrade() -> None:
    """Bring the store to the shape this version needs."""
    with prepared():
        click.echo("The store is up to date.")


@main.command("doctor")
def look_over() -> None:
    """Say what is configured here, and what is weak, missing or out of date; exit 1 for those."""
    with opened() as app:
        found = list(doctor.examine(app))
    for state, sentence in found:
        click.echo(f"{state:<12} {sentence}")
    if any(finding.state is not doctor.State.OK for finding in found):
        raise click.exceptions.Exit(1)


@main.command("confirm")
@click.argument("email")
def confirm_person(email: str) -> None:
    """Confirm a person whose clinic has no colleague left who could (see /account)."""
    with prepared(), one_transaction():
        person = queries.user_by_email(email)
        if person is None or person.confirmation_code is None:
            raise click.ClickException("Nobody with this e-mail waits to be confirmed.")
        tenancy.set_clinic(person.clinic_id)
        confirmation.confirm_at_server(person)
        click.echo(f"{person.name} is confirmed.")


@main.command("guide")
def write_guide() -> None:
    """Print the guide to the safety check, as docs/guide/safety-check.md holds it."""
    click.echo(markdown(listing(questions, questions.review.reviewed)), nl=False)


@main.group()
def outcomes() -> None:
    """Look after the facts that the manager's figures are added up from."""


@outcomes.command()
def rebuild() -> None:
    """Derive every clinic's facts from the record anew, each clinic in one transaction."""
    with prepared():
        for clinic_id, name in clinics():
            with click.progressbar(length=1, label=name) as bar:

                def progress(done: int, total: int, bar: Any = bar) -> None:
                    bar.length = total
                    bar.update(done - bar.pos)

                with one_transaction():
                    tenancy.set_clinic(clinic_id)
                    facts.rebuild(progress)


@main.group("audit")
def trail() -> None:
    """Check the audit trail."""


@trail.command()
def verify() -> None:
    """Check every clinic's trail and signed notes; say what was touched, and exit 1."""
    with opened():
        bad = tampering()
    for found in bad:
        click.echo(found, err=True)
    if bad:
        raise click.exceptions.Exit(1)
    click.echo("Every clinic's trail is whole, and every signed note as it was signed.")


def _refuse_unsafe_host(app: Flask, host: str) -> None:
    if host in LOOPBACK:
        return
    if app.config["DEMO"]:
        raise click.ClickException("The demo clinic is served on this machine only.")
    if not app.config["HTTPS"]:
        raise click.ClickException(
            f"Serving {host} without HTTPS would send records in the clear. Put a proxy that "
            "speaks HTTPS before it, and set CLINIC_NOTES_HTTPS=1."
        )


def _refuse_any_name(app: Flask) -> None:
    if app.config["HTTPS"] and not app.config["HOSTS"]:
        raise click.ClickException(
            "Set CLINIC_NOTES_HOSTS to the names this clinic is reached under, as "
            "notes.example: links that set a password are made with no other."
        )


if __name__ == "__main__":
    main()
