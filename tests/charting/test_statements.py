"""How many statements a page costs, the same for ten visits and for two hundred (bar 6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_notes.charting import actions
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode, Patient
from tests import making
from tests.cast import PASSWORD
from tests.charting.pages import Page
from tests.charting.sessions import full_draft, sent

FRAME = ("BEGIN", "COMMIT", "PRAGMA", "ROLLBACK")


def counted(statements: list[str]) -> list[str]:
    return [s for s in statements if not s.lstrip().upper().startswith(FRAME)]


@pytest.fixture
def treated_often(entered, cast, ready):
    """Sign this many small sessions of the patient."""

    def often(times: int) -> None:
        with entered(cast.maya):
            patient = db.session.get_one(Patient, ready.patient_id)
            episode = db.session.get_one(Episode, ready.episode_id)
            db.session.refresh(patient, ["allergies"])
            tool, product = making.make_instrument(cast.maya), making.make_lubricant(cast.maya)
            draft = making.treated_draft(tool, product)
            for nth in range(times, 0, -1):
                # Twice a week, as courses go: a month holds nine of them.
                on = draft.served_on - timedelta(days=4 * nth)
                past = replace(draft, served_on=on)
                visit = actions.open_visit(episode, past, patient=patient, by=cast.maya)
                making.sign(visit.id, cast.maya)

    return often


@pytest.mark.slow
@pytest.mark.parametrize("visits_before", [10, 200])
def test_the_pages_cost_what_was_promised_however_many_visits_there_are(
    maya, save, ready, cast, treated_often, count_statements, visits_before
):
    treated_often(visits_before)
    full = full_draft(ready.instrument_id, ready.lubricant_id, cast.jonas.id)
    number = save(ready.new, sent(full))
    page = Page(maya.get(f"/visits/{number}/sign"))
    cost = {}
    for what, most, ask in (
        ("sign", 14, lambda: maya.post(
            f"/visits/{number}/sign", data=page.filled(password=PASSWORD))),
        ("note", 8, lambda: maya.get(f"/visits/{number}")),
        ("patient", 8, lambda: maya.get(f"/patients/{ready.patient_id}")),
    ):  # fmt: skip
        with count_statements() as statements:
            answer = ask()
        assert answer.status_code in (200, 303), Page(answer).summary()
        cost[what] = len(counted(statements))
        assert cost[what] <= most, "\n".join(counted(statements))
    assert cost == {"sign": 14, "note": 8, "patient": 8}
