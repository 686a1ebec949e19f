"""What was kept ends with what is saved: nothing twice, nothing over somebody else's words."""

from tests import factories
from tests.charting.form_payloads import sent
from tests.html_page import Page


def test_saving_lets_go_of_it_and_a_late_send_does_not_bring_it_back(
    patient_with_episode, draft, save_visit, autosave, new_form_instance, open_autosaves, visit_ids
):
    hers, never_kept = new_form_instance(), new_form_instance()
    autosave(hers, plan="On the way.")
    for saved in (hers, never_kept):
        save_visit(patient_with_episode.new_session_url, sent(draft) | saved | {"revision": "3"})
        autosave(saved, revision=2, plan="Late.")
    assert open_autosaves() == []
    assert len(visit_ids()) == 2


def test_what_is_typed_on_after_saving_goes_with_the_visit_that_came_of_it(
    maya,
    patient_with_episode,
    draft,
    save_visit,
    autosave,
    new_form_instance,
    open_autosaves,
    stored_draft,
):
    hers = new_form_instance()
    autosave(hers, plan="Begun.")
    visit = save_visit(patient_with_episode.new_session_url, sent(draft) | hers | {"revision": "2"})
    autosave(hers, revision=3, served_on=str(draft.served_on), plan="One more thing.")
    assert [row[:2] for row in open_autosaves()] == [(visit, 0)]
    back = Page(maya.get(f"/visits/{visit}/edit"))
    assert back.sent["plan"] == "One more thing."
    # She never saw the saved version on that form_instance: nothing changes before she has.
    assert maya.post(f"/visits/{visit}/edit", data=back.sent).status_code == 409
    assert stored_draft(visit).plan == draft.plan


def test_what_came_back_is_carried_on_and_saved_once(
    maya,
    patient_with_episode,
    draft,
    save_visit,
    autosave,
    new_form_instance,
    open_autosaves,
    visit_ids,
):
    first = new_form_instance()
    autosave(first, revision=4, plan="Begun.")
    back = Page(maya.get(patient_with_episode.new_session_url)).sent
    second = {name: back[name] for name in ("form_instance", "restored_from")}
    autosave(second, plan="Begun, and gone on with.")
    # The answer to the first window's last send was lost, and it tries again.
    autosave(first, revision=4, plan="Begun.")
    assert ["gone on with" in row[2] for row in open_autosaves()] == [True]
    save_visit(patient_with_episode.new_session_url, sent(draft) | second | {"revision": "2"})
    assert open_autosaves() == []
    assert len(visit_ids()) == 1


def test_what_came_back_is_let_go_of_even_when_it_is_saved_at_once(
    maya, patient_with_episode, draft, save_visit, autosave, new_form_instance, open_autosaves
):
    autosave(new_form_instance(), revision=4, plan="Begun.")
    back = Page(maya.get(patient_with_episode.new_session_url)).sent
    bears = {name: back[name] for name in ("form_instance", "revision", "restored_from")}
    save_visit(patient_with_episode.new_session_url, sent(draft) | bears)
    assert open_autosaves() == []


def test_saved_from_two_windows_it_is_one_visit(
    maya,
    patient_with_episode,
    draft,
    save_visit,
    autosave,
    new_form_instance,
    visit_ids,
    open_autosaves,
):
    first = new_form_instance()
    autosave(first, plan="Begun.")
    second = new_form_instance(restored_from=f"{first['form_instance']}.1")
    # A send of the first window came late: after the second was laid out.
    autosave(first, revision=2, plan="Begun, and a last word.")
    visit = save_visit(
        patient_with_episode.new_session_url, sent(draft) | second | {"revision": "1"}
    )
    assert [row[:2] for row in open_autosaves()] == [(visit, 0)]
    assert "Unsaved changes" not in Page(maya.get(patient_with_episode.new_session_url)).text
    again = maya.post(
        patient_with_episode.new_session_url,
        data=sent(draft, plan="More.") | first | {"revision": "3"},
    )
    assert (again.status_code, again.location) == (303, f"/visits/{visit}/edit")
    back = Page(maya.get(again.location))
    assert "from another window" in back.text
    assert back.sent["plan"] == "More."
    assert visit_ids() == [visit]
    assert maya.post(again.location, data=back.sent).status_code == 409


def test_two_windows_do_not_write_over_each_other(
    maya, patient_with_episode, autosave, new_form_instance
):
    first = new_form_instance()
    autosave(first, plan="Begun.")
    autosave(first, revision=2, plan="On in the first window.")
    autosave(
        new_form_instance(restored_from=f"{first['form_instance']}.1"), plan="On in the second."
    )
    today = Page(maya.get("/"))
    links = [href for href in today.links if "autosaved=" in href]
    assert today.text.count("not saved yet") == 2
    plans = {Page(maya.get(link)).sent["plan"] for link in links}
    assert plans == {"On in the first window.", "On in the second."}


def test_a_note_saved_by_somebody_meanwhile_is_not_overwritten(
    maya, saved_draft, autosave, client_for, cast, stored_draft
):
    edit = f"/visits/{saved_draft}/edit"
    hers = Page(maya.get(edit))
    autosave(hers.filled(plan="Maya's plan.").to_dict(), f"/visits/{saved_draft}/autosave")
    jonas = client_for(cast.jonas)
    assert jonas.post(edit, data=hers.filled(plan="Jonas's plan.")).status_code == 303
    back = Page(maya.get(edit))
    assert back.sent["plan"] == "Maya's plan."
    assert "saved again after you opened it" in back.text
    answer = Page(maya.post(edit, data=back.sent))
    assert (answer.status, "Jonas's plan." in answer.text) == (409, True)
    assert stored_draft(saved_draft).plan == "Jonas's plan."
    # The conflict itself is kept as well, should the browser be closed over it.
    assert Page(maya.get(edit)).sent["plan"] == "Maya's plan."


def test_words_typed_into_a_note_that_was_signed_meanwhile_are_shown(
    maya, saved_draft, autosave, new_form_instance, acting_as, cast, all_rows
):
    edit = f"/visits/{saved_draft}/edit"
    autosave(
        new_form_instance(version="1"),
        f"/visits/{saved_draft}/autosave",
        plan="Too late, not lost.",
    )
    with acting_as(cast.jonas):
        factories.sign(saved_draft, cast.jonas)
    before = all_rows()
    assert edit in Page(maya.get("/")).links
    page = Page(maya.get(edit))
    assert "Too late, not lost." in page.text
    maya.post(f"/visits/{saved_draft}/autosave", data=page.filled(discard="yes"))
    assert maya.get(edit).status_code == 303
    assert all_rows() == before


def test_a_form_that_was_not_saved_is_kept_by_the_answer_itself(
    maya, patient_with_episode, new_form_instance, open_autosaves
):
    refused = new_form_instance(served_on="someday", plan="Refused, not lost.")
    assert maya.post(patient_with_episode.new_session_url, data=refused).status_code == 422
    assert "Refused, not lost." in open_autosaves()[0][2]
    # Without a script a row is added by a round trip; what was typed goes along.
    again = Page(
        maya.post(f"{patient_with_episode.new_session_url}/rows", data=refused | {"add": "uses"})
    )
    third = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/rows",
            data=again.filled(plan="Kept on.", add="uses"),
        )
    )
    assert ["Kept on." in row[2] for row in open_autosaves()] == [True]
    assert (
        len({refused["form_instance"], again.sent["form_instance"], third.sent["form_instance"]})
        == 3
    )
