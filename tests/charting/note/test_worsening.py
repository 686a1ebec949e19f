"""Pain that got worse is said on form and note, and is assessed before the note is signed."""

from dataclasses import replace

import pytest

from clinic_notes.clinical.drafts import PainDraft
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.charting.note.test_signing import sign
from tests.drafts import measured
from tests.html_page import Page

WORSE = "Pain before treatment is 8, higher than at the last two sessions (5 and 6)"


def pain(before: int, after: int = 4):
    return {"pains": (PainDraft("now", "", measured(before), measured(after)),)}


@pytest.fixture
def visit(signed_session, save_visit, patient_with_episode, draft) -> int:
    """A session with more pain than at the last two, and no assessment."""
    signed_session(14, **pain(5))
    signed_session(7, **pain(6))
    later = replace(draft, assessment="", **pain(8))
    return save_visit(patient_with_episode.new_session_url, sent(later))


def test_it_is_saved_and_not_signed_before_it_is_assessed(maya, visit, draft):
    edit = f"/visits/{visit}/edit"
    assert WORSE in Page(maya.get(edit)).text
    assert f"{WORSE}: write the assessment" in Page(maya.get(f"/visits/{visit}/sign")).text
    refused = maya.post(f"/visits/{visit}/sign", data={"password": PASSWORD, "version": "1"})
    assert refused.status_code == 422
    changed = Page(maya.get(edit)).filled(assessment="Sore after a fall on the stairs")
    assert maya.post(edit, data=changed).status_code == 303
    sign(maya, visit)
    note = Page(maya.get(f"/visits/{visit}"))
    assert "Signed" in note.text
    for part in ("note-response", "summary"):
        assert WORSE in " ".join(note.texts[part].split())


def test_one_session_before_is_not_enough(
    maya, signed_session, save_visit, patient_with_episode, draft, acting_as, cast
):
    signed_session(14, **pain(5))
    visit = save_visit(patient_with_episode.new_session_url, sent(replace(draft, **pain(8))))
    assert "higher than at the last two" not in Page(maya.get(f"/visits/{visit}")).text
