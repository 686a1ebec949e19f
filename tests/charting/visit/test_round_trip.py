"""What is saved is what comes back, and what did not change is not written (bar 6)."""

from dataclasses import replace

import pytest
from werkzeug.datastructures import MultiDict

from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.reference.regions import regions
from tests.charting.form_payloads import ROWS, row_sent, sent
from tests.drafts import ASKED
from tests.html_page import Page


@pytest.fixture
def visit(save_visit, patient_with_episode, full_session) -> int:
    return save_visit(patient_with_episode.new_session_url, sent(full_session))


@pytest.fixture
def edit(visit) -> str:
    return f"/visits/{visit}/edit"


def without_ids(draft: VisitDraft) -> VisitDraft:
    """Return a draft as it was before it was stored."""
    named = {
        name: tuple(replace(row, id=None) for row in getattr(draft, name))
        for name in (*ROWS, "answers")
    }
    return replace(draft, **named)


def ids(draft: VisitDraft) -> dict[str, list[int | None]]:
    return {name: [row.id for row in getattr(draft, name)] for name in (*ROWS, "answers")}


def test_the_full_session_is_as_big_as_the_bar_says(full_session):
    assert (len(full_session.uses), len(full_session.roms), len(full_session.answers)) == (
        8,
        20,
        len(ASKED),
    )
    assert all(use.tissues for use in full_session.uses)


def test_everything_sent_is_stored_as_it_was_sent(visit, full_session, stored_draft):
    assert without_ids(stored_draft(visit)) == full_session


def test_the_form_comes_back_with_every_value(maya, edit, full_session):
    page = Page(maya.get(edit))
    places = {f"{r.key}:{side}": f"{r.label}, {side}" for r in regions for side in r.sides}
    for name, value in sent(full_session).items():
        wanted = value if isinstance(value, list) else [value]
        # A place that is not ticked stands in a field by its name.
        wanted = [places.get(text, text) for text in wanted]
        came = [places.get(text, text) for text in page.sent.getlist(name) if text]
        if not name.endswith("-id"):
            assert came == [text for text in wanted if text], name


def test_saving_the_untouched_page_again_writes_no_row_of_the_visit(
    maya, visit, edit, stored_draft, count_statements
):
    before, page = stored_draft(visit), Page(maya.get(edit))
    with count_statements() as statements:
        assert maya.post(edit, data=page.sent).status_code == 303
    assert stored_draft(visit) == before
    writing = [s for s in statements if s.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    tables = {s.removeprefix("INSERT INTO ").removeprefix("UPDATE ").split()[0] for s in writing}
    about_it = {"submission", "audit_entry", "audit_counter", "browser_session", "autosaved_form"}
    assert tables <= {"visit", *about_it}


def test_rows_reordered_edited_dropped_and_added_each_land_right(maya, visit, edit, stored_draft):
    before = stored_draft(visit)
    first, second, third, *rest = before.uses
    edited = replace(third, angle_degrees=75, tissues=third.tissues[:1])
    added = replace(first, id=None, region="quad_thigh_ant", tissues=("vmo",), minutes=None)
    page = Page(maya.get(edit))
    data = MultiDict((k, v) for k, v in page.sent.items(multi=True) if not k.startswith("uses-"))
    wanted = [*reversed(rest), edited, added, first]
    for number, row in enumerate(wanted):
        # The browser leaves gaps where rows were taken away, and its order is that of the indices.
        data.update(row_sent(f"uses-{3 * number + 2}", row))
    assert maya.post(edit, data=data).status_code == 303
    after = stored_draft(visit)
    assert [replace(use, id=None) for use in after.uses] == [replace(u, id=None) for u in wanted]
    kept = [use.id for use in after.uses]
    assert kept[:6] == [row.id for row in (*reversed(rest), edited)]
    assert kept[7] == first.id
    assert kept[6] not in ids(before)["uses"]
    assert second.id not in kept
    assert replace(after, uses=()) == replace(before, uses=())


@pytest.mark.parametrize("name", [name for name in ROWS if name != "uses"])
def test_every_kind_of_row_keeps_its_ids_when_one_in_the_middle_goes(
    maya, visit, edit, stored_draft, name
):
    before = stored_draft(visit)
    page = Page(maya.get(edit))
    gone = f"{name}-1-"
    data = MultiDict((k, v) for k, v in page.sent.items(multi=True) if not k.startswith(gone))
    assert maya.post(edit, data=data).status_code == 303
    rows = getattr(before, name)
    assert stored_draft(visit) == replace(before, **{name: (rows[0], *rows[2:])})


def test_an_answer_changed_keeps_its_row_and_the_places_go_with_it(maya, visit, edit, stored_draft):
    before = {answer.item: answer for answer in stored_draft(visit).answers}
    data = Page(maya.get(edit)).sent
    data["answers-ecchymosis_effusion-answer"] = "no"
    for part in ("places", "detail"):
        data.poplist(f"answers-ecchymosis_effusion-{part}")
    assert maya.post(edit, data=data).status_code == 303
    after = {answer.item: answer for answer in stored_draft(visit).answers}
    changed = after.pop("ecchymosis_effusion")
    assert (changed.answer, changed.sites, changed.detail) == ("no", (), "")
    assert changed.id == before.pop("ecchymosis_effusion").id
    assert after == before


def test_a_row_sent_twice_under_one_id_is_refused(maya, visit, edit, stored_draft):
    before = stored_draft(visit)
    data = Page(maya.get(edit)).sent
    data["uses-1-id"] = data["uses-0-id"]
    assert maya.post(edit, data=data).status_code == 409
    assert stored_draft(visit) == before
