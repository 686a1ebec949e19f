"""Opens every page and does every action once, and notes each statement that was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.core import tenancy
from clinic_notes.core.permissions import Role
from clinic_notes.core.transaction import one_transaction
from tests import factories
from tests.cast import PASSWORD, Cast
from tests.charting.form_payloads import sent
from tests.full_session import full_draft
from tests.html_page import Page
from tests.plans.explain import Statements
from tests.test_access_matrix import address, rules_of

RUN = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@contextmanager
def noted(engine: Engine) -> Iterator[Statements]:
    """Note each statement sent while the block runs."""
    sent: Statements = {}

    def note(
        connection: Any, cursor: Any, statement: str, values: Any, context: Any, is_many: bool
    ) -> None:
        if statement.lstrip().startswith(RUN) and "INSERT INTO" not in statement:
            sent.setdefault(statement, values[0] if isinstance(values, list) else values)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def ask_everything(app: Flask, cast: Cast) -> None:
    """Make records of each kind through actions, and open every address with them."""
    records = _records(app, cast)
    for person in (cast.maya, cast.lena, cast.root):
        for rule in rules_of(app):
            for method in ("GET", "POST"):
                if method in (rule.methods or ()):
                    data = {"tried": "nothing else"} if method == "POST" else None
                    url = address(app, rule, records)
                    with browser(app, person).open(url, method=method, data=data):
                        pass
    _search(app, cast)
    _read_the_trail(app, cast, records)
    _keep_a_note(app, cast, records)
    _cosign(app, cast)
    _void(app, cast)


def browser(app: Flask, person: User) -> FlaskClient:
    """Return a browser in which this person is signed in."""
    with app.app_context(), one_transaction():
        token = accounts.start_browser_session(person)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


@contextmanager
def _acting_as(app: Flask, person: User) -> Iterator[None]:
    with app.app_context(), one_transaction():
        tenancy.set_clinic(person.clinic_id)
        yield


def _records(app: Flask, cast: Cast) -> dict[str, Any]:
    with _acting_as(app, cast.maya):
        patient = factories.make_patient(cast.maya)
        newcomer = accounts.add_user(
            email="newcomer@demo.clinic", name="New Comer", credentials="PT",
            role=Role.THERAPIST, password=None, by=cast.root,
        )  # fmt: skip
        episode = factories.make_episode(patient, cast.maya)
        made = {
            "patient_id": patient.id,
            "episode_id": episode.id,
            "goal_id": factories.make_goal(episode, cast.maya).id,
            "record_id": factories.record_done(episode, cast.maya).id,
            "instrument_id": factories.make_instrument(cast.maya).id,
            "lubricant_id": factories.make_lubricant(cast.maya).id,
            "snippet_id": factories.make_snippet(cast.maya).id,
            "draft": factories.open_visit(cast.maya).id,
            "signed": factories.open_visit(cast.maya).id,
            "token": accounts.invite(newcomer, by=cast.root),
            "user_id": newcomer.id,
            "item": "anticoagulant",
        }
    with _acting_as(app, cast.maya):
        factories.sign(made["signed"], cast.maya)
    with _acting_as(app, cast.maya):
        factories.amend(made["signed"], cast.maya)
    with _acting_as(app, cast.maya):
        treated = factories.loaded(made["signed"]).episode_id
        made["report_id"] = factories.make_report(treated, cast.maya).id
        signed = factories.make_report(treated, cast.maya)
        factories.sign_report(signed.id, cast.maya)
        made["signed_report"], made["treated"] = signed.id, treated
    return made


def _search(app: Flask, cast: Cast) -> None:
    maya = browser(app, cast.maya)
    for text in ("Delgado", "Rosa Delgado", "Delgdao", "H-0000", "14.3.1979", "Zz", "Tmo"):
        assert maya.post("/patients", data={"text": text}).status_code == 200


def _read_the_trail(app: Flask, cast: Cast, records: dict[str, Any]) -> None:
    lena = browser(app, cast.lena)
    with _acting_as(app, cast.maya):
        mrn = factories.known_patient(records["patient_id"]).mrn
    for asked in (f"person={cast.maya.id}", f"mrn={mrn}", "since=2020-01-01&until=2020-01-01"):
        assert lena.get(f"/audit?{asked}").status_code == 200


def _keep_a_note(app: Flask, cast: Cast, records: dict[str, Any]) -> None:
    """Save, change, autosave, sign, repeat and add to a full session, through its pages."""
    maya, jonas = browser(app, cast.maya), browser(app, cast.jonas)
    draft = full_draft(records["instrument_id"], records["lubricant_id"], cast.jonas.id)
    new = f"/patients/{records['patient_id']}/visits/new?episode={records['episode_id']}"
    autosave = f"/patients/{records['patient_id']}/episodes/{records['episode_id']}/autosave"
    for days in (3, 2):
        _post(maya, autosave, Page(maya.get(new)).filled(plan="Not yet.", revision="1"), code=200)
        opened = Page(maya.get(f"{new}&repeat=last"))
        known = {name: opened.sent[name] for name in ("form_instance", "restored_from", "once")}
        day = replace(draft, served_on=draft.served_on - timedelta(days=days))
        visit = _post(maya, new, sent(day, **known)).removesuffix("/edit")
        edited = Page(maya.get(f"{visit}/edit"))
        _post(jonas, f"{visit}/edit", Page(jonas.get(f"{visit}/edit")).filled(plan="Other."))
        _post(maya, f"{visit}/edit", edited.filled(plan="Mine."), code=409)
        _post(maya, f"{visit}/sign", Page(maya.get(f"{visit}/sign")).filled(password="wrong"), 422)
        _post(maya, f"{visit}/sign", Page(maya.get(f"{visit}/sign")).filled(password=PASSWORD))
        _withdraw_a_value(maya, visit)
        assert maya.get(visit).status_code == 200
    episode = f"/episodes/{records['episode_id']}"
    closing = Page(maya.get(f"{episode}/close")).filled(reason="goals_met")
    _post(maya, f"{episode}/close", closing)
    _post(maya, f"{episode}/reopen", Page(maya.get(f"{episode}/reopen")).filled(reason="Again."))
    moved = Page(maya.get(f"{episode}/edit")).filled(opened_on=str(draft.served_on))
    _post(maya, f"{episode}/edit", moved, code=422)
    patient = f"/patients/{records['patient_id']}/edit"
    _post(maya, patient, Page(maya.get(patient)).filled(family_name="Delgada"))


def _withdraw_a_value(client: FlaskClient, visit: str) -> None:
    added = Page(client.get(f"{visit}/addenda"))
    row = added.source.partition('value="before-')[2].partition('"')[0]
    typed = {"text": "Misread.", "corrects": f"before-{row}", "withdrawn": "y"}
    _post(client, f"{visit}/addenda", added.filled(**typed))


def _cosign(app: Flask, cast: Cast) -> None:
    """Co-sign two notes of an assistant, one of which was returned before."""
    sam, maya = browser(app, cast.sam), browser(app, cast.maya)
    with _acting_as(app, cast.maya):
        one, two = (factories.awaiting_note(cast.sam, cast.maya) for _ in range(2))
    back = f"/visits/{one}/return"
    _post(maya, back, Page(maya.get(back)).filled(comment="Which side?"))
    assert sam.get("/").status_code == 200
    assert maya.get("/").status_code == 200
    assert browser(app, cast.lena).get("/outcomes").status_code == 200
    for url in (f"/visits/{one}/cosign", "/co-signatures"):
        assert maya.get(url).status_code == 200
    for visit in (one, two):
        url = f"/visits/{visit}/cosign"
        _post(maya, url, Page(maya.get(url)).filled(password=PASSWORD))


def _void(app: Flask, cast: Cast) -> None:
    """Discard a draft and void a signed note, through their pages."""
    maya = browser(app, cast.maya)
    with _acting_as(app, cast.maya):
        draft = factories.open_visit(cast.maya).id
        signed = factories.awaiting_note(cast.sam, cast.maya)
    for visit in (draft, signed):
        url = f"/visits/{visit}/void"
        _post(maya, url, Page(maya.get(url)).filled(reason="The wrong patient."))
        assert maya.get(f"/visits/{visit}").status_code == 200


def _post(client: FlaskClient, url: str, data: Any, code: int = 303) -> str:
    answer = client.post(url, data=data, headers={"Accept": "text/html"})
    assert answer.status_code == code, (url, answer.status_code, Page(answer).summary())
    return str(answer.location or "")
