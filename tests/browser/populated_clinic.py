"""A clinic with something on every page, and the ways to each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, g
from flask_login import AnonymousUserMixin
from playwright.sync_api import Page
from sqlalchemy import String, update
from sqlalchemy import cast as sql_cast

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import BrowserSession, User
from clinic_notes.clinical.due import DueKind
from clinic_notes.core import clock
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.responses import errors
from clinic_notes.patients.models import Episode
from tests import factories
from tests.browser.conftest import at_work
from tests.browser.form_driver import enter, press, put
from tests.cast import PASSWORD, Cast
from tests.fixture_types import ActingAs

WORD = "Pfeifferscheidelhauptmannstochter" * 6
"""One word, nearly as long as a line may be."""
LINK = "https://clinic.example/" + "exercises-" * 12 + "?page=3"
LONG_NAMES = {"given_name": WORD[:190], "family_name": "Vandermeer-" * 18, "phone": "0" * 40}
TYPED = {"plan": "Rest until Monday.", "assessment": "Tight on stairs. " * 20}


@dataclass(frozen=True)
class Clinic:
    """A clinic with something on every page."""

    patient: int
    bare: int
    episode: int
    goal: int
    snippet: int
    closed: int
    draft: int
    open: int
    signed: int
    awaiting: int
    report: int
    signed_report: int
    instrument: int
    lubricant: int
    person: int
    invitation: str
    sign_ins: Callable[..., None]
    """Change every sign-in: ``sign_ins(ended_at=...)``."""
    refusal: Callable[[int], str]
    """Return the page of a failure that nobody can bring about by hand."""


def furnish(acting_as: ActingAs, cast: Cast) -> dict[str, Any]:
    """Put something on every page; return the ids of it, by their names in ``Clinic``."""
    maya = cast.maya
    with acting_as(maya):
        patient, bare = factories.make_patient(maya, **LONG_NAMES), factories.make_patient(maya)
        signed = factories.open_visit(maya, patient=patient, plan=LINK, subjective=WORD)
        factories.sign(signed.id, maya)
        factories.amend(signed.id, maya)
        episode = db.session.get_one(Episode, signed.episode_id)
        goal = factories.make_goal(episode, maya)
        factories.record_done(episode, maya, DueKind.REASSESSMENT)
        old = factories.make_episode(patient, maya, complaint=WORD)
        factories.close_episode(old, maya)
        factories.make_goal(episode, maya, measure="", start=None, target=None, words="Runs 5 km")
        draft = factories.open_visit(maya, patient=patient)
        unfinished = factories.open_visit(maya, patient=patient, plan="", answers=())
        facts = {
            "patient": patient.id, "bare": bare.id, "episode": signed.episode_id, "goal": goal.id,
            "closed": old.id, "snippet": factories.make_snippet(maya).id,
            "awaiting": factories.awaiting_note(cast.sam, maya),
            "draft": draft.id, "open": unfinished.id, "signed": signed.id,
            "instrument": factories.make_instrument(maya, name=WORD).id,
            "lubricant": factories.make_lubricant(maya).id,
            **_reports(signed.episode_id, maya),
        }  # fmt: skip
    with acting_as(cast.root):
        link = accounts.invite(cast.sam, by=cast.root)
        _add_unconfirmed(cast)
    return facts | {"person": cast.sam.id, "invitation": link}


def furnished(facts: dict[str, Any], acting_as: ActingAs, cast: Cast, app: Flask) -> Clinic:
    """Return the clinic that was furnished, with what changes it in a test."""

    def sign_ins(**values: Any) -> None:
        with acting_as(cast.maya):
            change = update(BrowserSession).values(**values)
            db.session.execute(change.execution_options(synchronize_session=False))

    def refusal(code: int) -> str:
        with at_work(None), app.test_request_context("/", method="POST", data=TYPED):
            g._login_user = AnonymousUserMixin()
            return errors.page(code, reason="", reference="1A2B3C4D").get_data(as_text=True)

    return Clinic(**facts, sign_ins=sign_ins, refusal=refusal)


def _reports(episode_id: int, by: User) -> dict[str, int]:
    """Write two reports about an episode, and sign one."""
    draft, signed = (factories.make_report(episode_id, by).id for _ in range(2))
    factories.sign_report(signed, by)
    return {"report": draft, "signed_report": signed}


def _add_unconfirmed(cast: Cast) -> None:
    """Add a person whom a colleague has still to confirm."""
    user = accounts.add_user(
        email="newcomer@demo.clinic", name="New Comer", credentials="PT", role=Role.THERAPIST,
        password=PASSWORD, by=cast.root,
    )  # fmt: skip
    user.confirmation_code = "204816"


def at(path: str) -> Callable[[Page, Clinic], None]:
    """Go to an address."""
    return lambda page, clinic: (page.goto(path.format_map(vars(clinic))), None)[1]


def sent(path: str, button: str, **fields: str) -> Callable[[Page, Clinic], None]:
    """Go there, enter these fields, and press the button."""

    def go(page: Page, clinic: Clinic) -> None:
        page.goto(path.format_map(vars(clinic)))
        enter(page, fields)
        press(page, button)

    return go


def repeated(page: Page, clinic: Clinic) -> None:
    """Repeat a session, with the lists of past sessions and of what may have changed open."""
    page.goto(f"/patients/{clinic.patient}/visits/new?episode={clinic.episode}&repeat=last")
    page.locator("#safety .reconfirm-changes > summary").click()
    page.locator("#treatment .repeat summary").click()


def with_keys(page: Page, clinic: Clinic) -> None:
    """Look at the list of shortcuts, and leave a number that cannot be right behind."""
    page.goto(f"/visits/{clinic.draft}/edit")
    put(page, "total_minutes", "600")
    page.get_by_role("button", name="Keyboard shortcuts").click()


def conflict(page: Page, clinic: Clinic) -> None:
    """Save a session that was saved in another window meanwhile."""
    page.goto(f"/visits/{clinic.draft}/edit")
    other = page.context.new_page()
    sent("/visits/{draft}/edit", "Save draft", plan="Rest.")(other, clinic)
    other.close()
    put(page, "plan", "Taping.")
    press(page, "Save draft")


def nothing_chosen(page: Page, clinic: Clinic) -> None:
    """Send the choices of two versions unmade: what this page opened is not known."""
    page.goto(f"/visits/{clinic.draft}/edit")
    page.locator("[name=opened], [name=version]").evaluate_all(
        "fields => fields.forEach(field => { field.value = '' })"
    )
    put(page, "plan", "Taping.")
    press(page, "Save draft")
    press(page, "Save with these choices")


def signed_meanwhile(page: Page, clinic: Clinic) -> None:
    """Send words for a note that was signed in another window meanwhile."""
    page.goto(f"/visits/{clinic.draft}/edit")
    other = page.context.new_page()
    other.goto(f"/visits/{clinic.draft}/sign")
    other.get_by_label("Your password").fill(PASSWORD)
    press(other, "Sign")
    other.close()
    put(page, "plan", "Taping.")
    press(page, "Save draft")


def typed_before(page: Page, clinic: Clinic) -> None:
    """Open a form that was typed in and not saved, and think of throwing it away."""
    for _ in range(2):
        page.goto(f"/patients/{clinic.patient}/visits/new")
        put(page, "plan", "Taping.")
        # A plain text would also be found in "Not saved yet".
        page.locator("[data-saved-at]", has_text=re.compile(r"Saved \d")).wait_for()
    page.get_by_text("Discard", exact=True).click()


def signed_out(page: Page, clinic: Clinic) -> None:
    """Be asked for the password over an open form."""
    page.goto(f"/visits/{clinic.draft}/edit")
    button = page.locator("[data-reauthenticate]")
    button.evaluate("button => { button.hidden = false; button.click(); }")


def on_the_map(page: Page, clinic: Clinic) -> None:
    """Treat two regions of the body map, one said how hard, and unfold its list."""
    page.goto(f"/visits/{clinic.open}/edit")
    for summary in ("All regions as a list", "Lower leg and foot"):
        page.get_by_text(summary).click()
    for ankle in ("Ankle, left", "Ankle, right"):
        page.get_by_role("button", name=ankle).click()
    put(page, "uses-1-pressure", "moderate")


def twice(path: str, button: str, field: str) -> Callable[[Page, Clinic], None]:
    """Save a record that was saved in another window meanwhile."""

    def go(page: Page, clinic: Clinic) -> None:
        page.goto(path.format_map(vars(clinic)))
        other = page.context.new_page()
        sent(path, button, **{field: "Theirs"})(other, clinic)
        other.close()
        put(page, field, "Hers")
        press(page, button)

    return go


def after_going_back(page: Page, clinic: Clinic) -> None:
    """Save a new record, go back and save the form again with something else in it."""

    def save(name: str) -> None:
        put(page, "name", name)
        put(page, "material", "polymer")
        press(page, "Add")

    page.goto("/equipment/instruments/new")
    token = page.locator("#once").input_value()
    save("First")
    # Some browsers go back to the page as it was; the one here would ask for it anew.
    page.goto("/equipment/instruments/new")
    page.locator("#once").evaluate("(field, token) => { field.value = token }", token)
    save("Another")


def refused(code: int) -> Callable[[Page, Clinic], None]:
    """Look at the page of a failure, with what was typed on it."""

    def go(page: Page, clinic: Clinic) -> None:
        page.route("**/refused", lambda route: route.fulfill(body=text, content_type="text/html"))
        text = clinic.refusal(code)
        page.goto("/refused")

    return go


def not_trusted(page: Page, clinic: Clinic) -> None:
    """Send a form whose token is not known."""
    page.goto("/sign-in")
    page.locator("[name=csrf_token]").evaluate("field => { field.value = 'forged' }")
    press(page, "Sign in")


def ended_elsewhere(page: Page, clinic: Clinic) -> None:
    """Send a form after the sign-in was ended from elsewhere."""
    page.goto("/patients/new")
    put(page, "given_name", "Rosa")
    clinic.sign_ins(ended_at=clock.now())
    press(page, "Register")


def forgotten(page: Page, clinic: Clinic) -> None:
    """Send a form after nobody knows any more who was signed in."""
    page.goto("/patients/new")
    put(page, "given_name", "Rosa")
    clinic.sign_ins(token_hash=sql_cast(BrowserSession.id, String))
    press(page, "Register")


def too_late(page: Page, clinic: Clinic) -> None:
    """Send a form after the sign-in ran out."""
    page.goto("/patients/new")
    put(page, "given_name", "Rosa")
    clinic.sign_ins(seen_at=clock.now().replace(year=2020))
    press(page, "Register")


def in_time_again(page: Page, clinic: Clinic) -> None:
    """Sign in again, to go on with the form."""
    too_late(page, clinic)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in and continue")


def as_another(page: Page, clinic: Clinic) -> None:
    """Sign in over the form of another person."""
    too_late(page, clinic)
    page.locator("[name=email]").evaluate("field => { field.value = 'lena@demo.clinic' }")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in and continue")
