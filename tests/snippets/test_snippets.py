"""Text snippets: whose they are, who changes them, what a form is given."""

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.cast import Cast
from tests.charting.form_payloads import sent
from tests.drafts import treated_draft
from tests.fixture_types import ActingAs, ClientFor
from tests.html_page import Page

NEW = {"name": ".HEP", "text": "Heel drops, 3 x 15."}


def listed(client: FlaskClient) -> dict[str, str]:
    answer = client.get("/snippets/list")
    return {each["name"]: each["text"] for each in answer.get_json()["snippets"]}


def test_the_life_of_a_snippet(maya: FlaskClient) -> None:
    answer = maya.post("/snippets/new", data=NEW)
    assert (answer.status_code, answer.location) == (303, "/snippets")
    assert listed(maya) == {"hep": "Heel drops, 3 x 15."}
    address = next(a for a in Page(maya.get("/snippets")).links if a.endswith("/edit"))
    changed = Page(maya.get(address)).filled(text="Calf stretch.")
    assert maya.post(address, data=changed).status_code == 303
    assert listed(maya) == {"hep": "Calf stretch."}
    assert maya.post(address.replace("edit", "delete")).status_code == 303
    assert listed(maya) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"text": "NPRS 4 at rest."}, "measured on one patient", id="a reading"),
        pytest.param({"text": "Knee at 90°."}, "confirm that it is an instruction", id="degrees"),
        pytest.param({"name": "5"}, "begins with a letter", id="a number as a name"),
        pytest.param({"name": "taken"}, "There is a snippet .taken already.", id="a name twice"),
        pytest.param({"text": ""}, "Text is needed.", id="no text"),
    ],
)
def test_a_refused_snippet_comes_back_as_typed(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast, typed: dict[str, str], said: str
) -> None:
    with acting_as(cast.maya):
        factories.make_snippet(cast.maya, name="taken")
    answer = maya.post("/snippets/new", data=NEW | typed)
    page = Page(answer)
    assert answer.status_code == 422
    assert said in page.text
    assert page.sent["text"] == (NEW | typed)["text"]


def test_one_s_own_is_seen_by_nobody_else(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        own = factories.make_snippet(cast.maya, name="own").id
    jonas = client_for(cast.jonas)
    assert listed(jonas) == {}
    assert jonas.get(f"/snippets/{own}/edit").status_code == 404
    assert jonas.post(f"/snippets/{own}/delete").status_code == 404
    assert listed(client_for(cast.maya)).keys() == {"own"}


def test_the_clinic_s_are_inserted_and_changed_by_whoever_writes_notes(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        shared = factories.make_snippet(cast.maya, name="hep", is_shared=True).id
    sam = client_for(cast.sam)
    assert listed(sam).keys() == {"hep"}
    address = f"/snippets/{shared}/edit"
    assert sam.post(address, data=Page(sam.get(address)).filled(text="New.")).status_code == 303
    assert listed(client_for(cast.jonas)) == {"hep": "New."}


def test_one_s_own_goes_before_the_clinic_s(
    client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        factories.make_snippet(cast.maya, name="hep", text="The clinic's.", is_shared=True)
        factories.make_snippet(cast.maya, name="hep", text="Maya's.")
    maya = client_for(cast.maya)
    assert listed(maya) == {"hep": "Maya's."}
    assert "Your own .hep is inserted instead." in Page(maya.get("/snippets")).text
    assert listed(client_for(cast.jonas)) == {"hep": "The clinic's."}


def test_a_script_in_a_snippet_is_text(maya: FlaskClient) -> None:
    script = "<script>alert(1)</script> & more"
    maya.post("/snippets/new", data=NEW | {"text": script})
    assert listed(maya) == {"hep": script}
    shown = maya.get("/snippets").get_data(as_text=True)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in shown


def test_a_name_typed_into_a_note_is_saved_as_it_is_typed(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        factories.make_snippet(cast.maya, name="hep")
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tool, jelly = factories.make_instrument(cast.maya), factories.make_lubricant(cast.maya)
        draft = treated_draft(tool.id, jelly.id, plan="Home programme: .hep as before.")
    new = f"/patients/{patient.id}/visits/new?episode={episode.id}"
    saved = maya.post(new, data=sent(draft))
    assert Page(maya.get(saved.location)).sent["plan"] == "Home programme: .hep as before."


def test_the_last_texts_are_beside_the_fields_and_never_in_them(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya, assessment="Glides better.", plan="x" * 700)
        visit_id, patient_id, episode_id = visit.id, visit.patient_id, visit.episode_id
    with acting_as(cast.maya):
        factories.sign(visit_id, cast.maya)
    page = Page(maya.get(f"/patients/{patient_id}/visits/new?episode={episode_id}"))
    assert "Glides better." in page.text
    assert f"{'x' * 600}…" in page.text
    assert (page.sent["assessment"], page.sent["plan"]) == ("", "")
