"""The page of two versions, in detail: what it shows, asks, refuses and gives back."""

import re

import pytest
from sqlalchemy import select

from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from tests.charting.form_payloads import sent
from tests.charting.session_form.conflicts.choices import HERS, picks
from tests.html_page import Page
from tests.stores import ON_ONE_STORE

# test_edit_conflict.py goes the whole way on both.
pytestmark = ON_ONE_STORE


def test_what_differs_is_marked(conflict):
    marks = re.findall(r"<mark>(.*?)</mark>", conflict.source)
    assert {"Jonas.", "Maya."} <= set(marks)
    assert "Written" not in " ".join(marks)


def test_every_choice_can_go_the_other_way(conflict, maya, resolve, stored_draft, saved_draft):
    other = {"typed": "stored", "stored": "typed"}
    hers = conflict.filled(**HERS)
    chosen = {name: other[v] for name, v in hers.items() if name.startswith("pick-")}
    assert maya.post(resolve, data=conflict.filled(**chosen)).status_code == 303
    after = stored_draft(saved_draft)
    assert (after.assessment, after.plan) == ("Written by Jonas.", "Repeat in two days.")
    assert (after.pains[0].after.number, after.roms[0].after.number) == (2, 9)
    assert [row.kind for row in after.interventions] == ["stretch"]


def test_the_trail_says_what_was_overruled(conflict, maya, resolve, acting_as, cast):
    maya.post(resolve, data=conflict.filled(**HERS))
    with acting_as(cast.maya):
        resolved = select(AuditEntry).where(AuditEntry.action == "visit.conflict_resolved")
        (entry,) = db.session.scalars(resolved)
        assert (entry.actor_id, entry.facts) == (cast.maya.id, '{"overruled": "assessment"}')


def test_a_choice_left_open_is_asked_for_and_nothing_is_saved(
    conflict, maya, resolve, stored_draft, saved_draft
):
    before = stored_draft(saved_draft)
    data = conflict.filled(**HERS)
    del data["pick-plan"]
    page = Page(maya.post(resolve, data=data))
    assert page.status == 422
    assert page.summary() == {"pick-plan": "Choose one of the two: Plan."}
    assert picks(page)["assessment"] == "typed"
    assert stored_draft(saved_draft) == before


def test_the_choices_can_be_changed_in_the_form_first(
    conflict, maya, edit, resolve, stored_draft, saved_draft
):
    before = stored_draft(saved_draft)
    form = Page(maya.post(resolve, data=conflict.filled(edit_merged="edit_merged", **HERS)))
    assert form.status == 200
    assert stored_draft(saved_draft) == before
    assert (form.sent["assessment"], form.sent["plan"]) == ("Written by Maya.", "His plan.")
    data = form.filled(assessment="Written by both.")
    assert maya.post(edit, data=data).status_code == 303
    assert stored_draft(saved_draft).assessment == "Written by both."
    assert stored_draft(saved_draft).plan == "His plan."


def test_choices_the_rules_refuse_come_back_as_a_form(
    conflict, maya, resolve, stored_draft, saved_draft
):
    before = stored_draft(saved_draft)
    rom = before.roms[0].id
    page = Page(maya.post(resolve, data=conflict.filled(**{"roms-0-before": "300"}, **HERS)))
    # She was not shown this part: it was not in the form she sent before.
    assert page.status == 422
    chosen = page.filled(**{f"pick-roms-{rom}-before": "typed"})
    page = Page(maya.post(resolve, data=chosen))
    assert page.status == 422
    assert set(page.summary()) == {"roms-0-before"}
    assert page.sent["roms-0-before"] == "300"
    assert page.sent["assessment"] == "Written by Maya."
    assert stored_draft(saved_draft) == before


def test_without_what_she_opened_each_part_must_be_chosen(
    jonas, maya, edit, resolve, stored_draft, saved_draft
):
    data = Page(maya.get(edit)).filled(plan="Hers.", snapshot="")
    jonas.post(edit, data=Page(jonas.get(edit)).filled(plan="His.", assessment="His too."))
    page = Page(maya.post(edit, data=data))
    assert page.status == 409
    assert picks(page) == {}
    assert set(Page(maya.post(resolve, data=page.sent)).summary()) == {
        "pick-plan",
        "pick-assessment",
    }
    chosen = page.filled(**{"pick-plan": "typed", "pick-assessment": "stored"})
    assert maya.post(resolve, data=chosen).status_code == 303
    assert (stored_draft(saved_draft).plan, stored_draft(saved_draft).assessment) == (
        "Hers.",
        "His too.",
    )


@pytest.mark.parametrize("snapshot", ["", "x", "eyJwbGFuIjoiIn0.forged", "another visit's"])
def test_what_she_opened_is_believed_only_if_it_is_true(
    snapshot, jonas, maya, edit, patient_with_episode, save_visit, draft
):
    hers = Page(maya.get(edit)).filled(plan="Hers.")
    if snapshot == "another visit's":
        other = save_visit(patient_with_episode.new_session_url, sent(draft, once="other"))
        snapshot = Page(maya.get(f"/visits/{other}/edit")).sent["snapshot"]
    hers["snapshot"] = snapshot
    jonas.post(edit, data=Page(jonas.get(edit)).filled(plan="His."))
    page = Page(maya.post(edit, data=hers))
    assert (page.status, picks(page)) == (409, {})


def test_a_form_with_mistakes_is_mended_first_and_then_compared(
    jonas, maya, edit, resolve, stored_draft, saved_draft
):
    data = Page(maya.get(edit)).filled(plan="Hers.", total_minutes="3,5")
    jonas.post(edit, data=Page(jonas.get(edit)).filled(assessment="His."))
    refused = Page(maya.post(edit, data=data))
    assert refused.status == 422
    assert refused.sent["plan"] == "Hers."
    assert refused.sent["total_minutes"] == "3,5"
    page = Page(maya.post(edit, data=refused.filled(total_minutes="40")))
    assert page.status == 409
    assert picks(page) == {"plan": "typed", "assessment": "stored"}
    assert maya.post(resolve, data=page.sent).status_code == 303
    assert (stored_draft(saved_draft).plan, stored_draft(saved_draft).assessment) == (
        "Hers.",
        "His.",
    )


def test_choices_sent_with_a_mistake_do_not_go_over_his_version(
    conflict, maya, edit, resolve, stored_draft, saved_draft
):
    before = stored_draft(saved_draft)
    page = Page(maya.post(resolve, data=conflict.filled(total_minutes="3,5")))
    assert page.status == 422
    assert page.sent["assessment"] == "Written by Maya."
    again = Page(maya.post(edit, data=page.filled(total_minutes="40")))
    assert again.status == 409
    assert stored_draft(saved_draft) == before


def test_left_and_opened_again_her_words_meet_his_the_same_way(
    conflict, maya, edit, resolve, stored_draft, saved_draft
):
    form = Page(maya.get(edit))
    assert form.sent["assessment"] == "Written by Maya."
    page = Page(maya.post(edit, data=form.sent))
    assert (page.status, picks(page)) == (409, picks(conflict))
    assert maya.post(resolve, data=page.filled(**HERS)).status_code == 303
    assert (stored_draft(saved_draft).assessment, stored_draft(saved_draft).plan) == (
        "Written by Maya.",
        "His plan.",
    )
    assert Page(maya.get(edit)).sent["plan"] == "His plan."


def test_two_who_entered_the_same_have_nothing_to_choose(
    jonas, maya, edit, resolve, stored_draft, saved_draft
):
    hers, his = (Page(one.get(edit)).filled(plan="The same.") for one in (maya, jonas))
    jonas.post(edit, data=his)
    page = Page(maya.post(edit, data=hers))
    assert "Both versions say the same" in page.text
    assert maya.post(resolve, data=page.sent).status_code == 303
    assert stored_draft(saved_draft).plan == "The same."


def test_a_save_from_her_own_other_window_is_called_hers(maya, edit):
    first, second = (Page(maya.get(edit)) for _ in range(2))
    maya.post(edit, data=first.filled(plan="One."))
    assert "Saved by you at" in Page(maya.post(edit, data=second.filled(plan="Two."))).text


@pytest.mark.parametrize("base_version", ["", "0", "-1", "one", "9" * 30])
def test_choices_against_a_version_that_cannot_be_are_asked_again(
    conflict, maya, resolve, stored_draft, saved_draft, base_version
):
    before = stored_draft(saved_draft)
    assert maya.post(resolve, data=conflict.filled(base_version=base_version)).status_code == 409
    assert stored_draft(saved_draft) == before


def test_they_can_be_added_to_the_note(signed, maya, saved_draft):
    page = signed(plan="She called.")
    answer = maya.post(f"/visits/{saved_draft}/addenda", data=page.sent)
    assert answer.status_code == 303
    assert "Plan: She called." in Page(maya.get(answer.location)).text


def test_mistakes_in_them_lose_no_word_either(signed, all_rows):
    page = signed(plan="She called.", total_minutes="3,5")
    assert page.status == 409
    assert "She called." in page.texts["typed-text"]
    assert "3,5" in page.texts["typed-text"]


def test_where_the_signed_note_says_it_all_there_is_nothing_to_add(signed):
    assert "The signed note says everything you typed." in signed().text


@pytest.mark.parametrize("pick", ["stored", "typed"])
def test_words_given_up_do_not_come_back_when_the_row_goes(
    pick, jonas, maya, edit, resolve, stored_draft, saved_draft
):
    row = stored_draft(saved_draft).interventions[0].id
    hers = Page(maya.get(edit)).filled(**{"interventions-0-detail": "Hers."})
    his = Page(jonas.get(edit)).filled(**{"interventions-0-detail": "His."})
    assert jonas.post(edit, data=his).status_code == 303
    asked = Page(maya.post(edit, data=hers))
    again = Page(jonas.get(edit)).sent
    for part in ("kind", "detail", "minutes", "id"):
        del again[f"interventions-0-{part}"]
    assert jonas.post(edit, data=again).status_code == 303
    chosen = asked.filled(**{f"pick-interventions-{row}-detail": pick})
    asked = Page(maya.post(resolve, data=chosen))
    assert asked.status == 409
    # What she kept is asked for anew: now it would bring a row back that he took away.
    stands = {"stored": "stored", "typed": None}
    assert asked.sent.get(f"pick-interventions-{row}") == stands[pick]


def test_her_own_other_window_is_called_that(maya, edit):
    here, there = Page(maya.get(edit)), Page(maya.get(edit))
    assert maya.post(edit, data=there.filled(plan="There.", assessment="There.")).status_code == 303
    page = Page(maya.post(edit, data=here.filled(plan="Here.")))
    for words in ("You saved this session in another window", "Changed in both windows"):
        assert words in page.text
    assert "Changed in the other window" in page.text
    assert "The other" not in page.text
    assert "Somebody" not in page.text
