"""How many statements a page costs, the same for ten visits and for two hundred (bar 6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, VisitDraft
from clinic_notes.reference.terms import Answer, Decision
from tests import drafts, factories
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.html_page import Page

MOST = {"save": 16, "sign": 17, "note": 7, "form": 12, "patient": 10}
FRAME = ("BEGIN", "COMMIT", "PRAGMA", "ROLLBACK", "UPDATE BROWSER_SESSION")
"""What surrounds a page's own statements; once a minute that its session is in use."""


def course(patient_with_episode, *, nth: int) -> VisitDraft:
    """Return one of a long row of sessions, twice a week: each tenth a whole one."""
    whole = drafts.treated_draft(
        patient_with_episode.instrument_id, patient_with_episode.lubricant_id
    )
    on = whole.served_on - timedelta(days=4 * nth)
    if nth % 10 == 0:
        return replace(whole, served_on=on)
    return VisitDraft(
        served_on=on,
        decision=Decision.NOT_TREATED,
        not_treated_reason="Fever since the morning.",
        referral="her physician",
        patient_informed=True,
        answers=(AnswerDraft("fever_systemic_infection", Answer.YES),),
        pains=whole.pains,
        roms=whole.roms,
    )


@pytest.fixture
def sign_sessions(acting_as, cast, patient_with_episode):
    """Sign the sessions of these numbers."""

    def signed(numbers: range) -> None:
        at = patient_with_episode
        with acting_as(cast.maya):
            for nth in numbers:
                draft = course(at, nth=nth)
                factories.record_visit(at.patient_id, at.episode_id, draft, by=cast.maya)

    return signed


@pytest.fixture
def costs(maya, save_visit, patient_with_episode, full_session, count_statements):
    """Change a full session, sign it, look at it and at the patient; return the statements."""

    def counted(ask) -> int:
        with count_statements() as statements:
            answer = ask()
        assert answer.status_code in (200, 303), Page(answer).summary()
        return sum(not s.lstrip().upper().startswith(FRAME) for s in statements)

    def measured(*, days_ago: int) -> dict[str, int]:
        # The facts of two sessions on one day are written anew: nobody treats twice a day.
        on = full_session.served_on - timedelta(days=days_ago)
        session = sent(replace(full_session, served_on=on))
        visit = f"/visits/{save_visit(patient_with_episode.new_session_url, session)}"
        edited = Page(maya.get(f"{visit}/edit")).filled(plan="Repeat in three days.")
        saved = counted(lambda: maya.post(f"{visit}/edit", data=edited))
        filled = Page(maya.get(f"{visit}/sign")).filled(password=PASSWORD)
        return {
            "save": saved,
            "sign": counted(lambda: maya.post(f"{visit}/sign", data=filled)),
            "note": counted(lambda: maya.get(visit)),
            "form": counted(lambda: maya.get(patient_with_episode.new_session_url)),
            "patient": counted(lambda: maya.get(f"/patients/{patient_with_episode.patient_id}")),
        }

    return measured


@pytest.mark.slow
def test_the_pages_cost_what_was_promised_however_many_visits_there_are(sign_sessions, costs):
    sign_sessions(range(1, 9))
    # From here on a "yes" is on record, whose whole story takes one statement more.
    costs(days_ago=2)
    with_ten = costs(days_ago=1)
    sign_sessions(range(11, 201))
    assert costs(days_ago=0) == with_ten
    assert {what: with_ten[what] for what in MOST if with_ten[what] > MOST[what]} == {}
