"""A report is drafted, edited, signed, listed, corrected and discarded on its pages."""

from datetime import timedelta

import pytest

from clinic_notes.charting.plan.due_items import due_of
from clinic_notes.clinical.reports import ReportKind
from clinic_notes.core.db import db
from clinic_notes.patients.models import Episode
from tests import factories
from tests.cast import PASSWORD
from tests.drafts import yesterday
from tests.html_page import Page

TYPED = {
    "diagnosis": "M62.9 disorder of muscle",
    "skilled_need": "Pressure is chosen anew by the skin's response.",
    "recipient": "Dr. Ana Ott\n12 Main Street",
    "reason": "Swollen calf: please rule out a thrombosis.",
    "frequency": "Twice a week for four weeks.",
    "plan": "Home programme.",
}


def write(client, address: str, **typed: str) -> str:
    """Write a report as it is drafted but for what is typed; return its address."""
    answer = client.post(address, data=Page(client.get(address)).filled(**(TYPED | typed)))
    assert answer.status_code == 303, Page(answer).summary()
    return answer.location.removesuffix("/sign")


def sign(client, address: str, password: str = PASSWORD, **typed: str):
    page = Page(client.get(f"{address}/sign"))
    return client.post(f"{address}/sign", data=page.filled(password=password, **typed))


def number(address: str) -> int:
    return int(address.rsplit("/", 1)[1])


def test_the_form_comes_with_what_the_record_says(maya, treated):
    sent = Page(maya.get(treated.new())).sent
    first, last = yesterday() - timedelta(days=7), yesterday()
    assert (sent["period_from"], sent["period_until"]) == (str(first), str(last))
    assert "Worst pain in 24 hours: 8 on " in sent["changes"]
    assert "clinically meaningful" in sent["changes"]
    assert "Walk to work" in sent["goals"]
    assert "2 sessions" in sent["attendance"]
    assert "left calf in 2 sessions" in sent["treatment"]
    assert "Redness" in sent["response"] or "redness" in sent["response"]
    assert "blood thinner" in sent["skilled_need"].lower()
    assert sent["plan"].startswith("Repeat in two days.")
    assert sent["diagnosis"] == ""


@pytest.mark.parametrize("kind", ReportKind)
def test_each_kind_is_signed_and_listed_on_the_patients_page(maya, treated, report, kind):
    address = write(maya, treated.new(kind.replace("_", "-")), act="sign")
    answer = sign(maya, address, licence="PT 12345")
    assert answer.status_code == 303, Page(answer).summary()
    signed = report(number(address))
    assert (signed.is_signed, signed.licence, signed.kind) == (True, "PT 12345", kind)
    shown = Page(maya.get(address))
    assert "licence PT 12345, author, signed" in shown.text
    patient = Page(maya.get(f"/patients/{treated.patient_id}"))
    assert address in patient.links
    assert f"{address}/report.pdf" in patient.links


def test_a_form_sent_twice_begins_one_report(maya, treated):
    sent = Page(maya.get(treated.new())).sent
    first, second = (maya.post(treated.new(), data=sent).location for _ in range(2))
    assert first == second
    patient = Page(maya.get(f"/patients/{treated.patient_id}"))
    assert len([link for link in patient.links if link.endswith("/report.pdf")]) == 1


def test_a_signed_progress_report_resets_the_clock_and_is_recorded_as_done(
    maya, treated, acting_as, cast
):
    sign(maya, write(maya, treated.new()))
    text = Page(maya.get(f"/patients/{treated.patient_id}")).text
    assert "0 of 10 treatment days" in text
    assert "Recorded as done (1)" in text
    sent = Page(maya.get(treated.new())).sent
    assert sent["period_from"] == str(yesterday())


def test_a_discharge_summary_leaves_the_clock_and_leads_to_the_closing(maya, treated):
    address = write(maya, treated.new("discharge-summary"))
    sign(maya, address)
    assert f"/episodes/{treated.episode_id}/close" in Page(maya.get(address)).links
    assert "2 of 10 treatment days" in Page(maya.get(f"/patients/{treated.patient_id}")).text
    closing = Page(maya.get(f"/episodes/{treated.episode_id}/close"))
    assert treated.new("discharge-summary") in closing.links


def test_why_an_episode_was_closed_is_the_reason_of_its_discharge(maya, treated, acting_as, cast):
    with acting_as(cast.maya):
        factories.close_episode(db.session.get_one(Episode, treated.episode_id), cast.maya)
    assert Page(maya.get(treated.new("discharge-summary"))).sent["reason"].startswith("Goals met")


def test_a_draft_is_gone_on_with_and_waits_on_today(maya, treated, report):
    address = write(maya, treated.new(), plan="Once more.")
    assert f"{address}/edit" in Page(maya.get("/")).links
    form = Page(maya.get(f"{address}/edit"))
    assert form.sent["plan"] == "Once more."
    assert maya.post(f"{address}/edit", data=form.filled(plan="Twice.")).status_code == 303
    assert report(number(address)).plan == "Twice."
    sign(maya, address)
    assert f"{address}/edit" not in Page(maya.get("/")).links


def test_what_is_missing_is_said_with_a_link_to_its_field(maya, treated, report):
    address = write(maya, treated.new(), skilled_need="", goals="")
    page = Page(maya.get(f"{address}/sign"))
    assert "2 things are missing" in page.text
    assert {f"{address}/edit#skilled_need", f"{address}/edit#goals"} <= set(page.links)
    forced = {"password": PASSWORD, "version": report(number(address)).version}
    assert maya.post(f"{address}/sign", data=forced).status_code == 422
    assert not report(number(address)).is_signed


def test_a_wrong_password_signs_nothing_and_keeps_the_licence(maya, treated, report):
    address = write(maya, treated.new())
    answer = sign(maya, address, password="wrong", licence="PT 7")
    assert answer.status_code == 422
    assert Page(answer).sent["licence"] == "PT 7"
    assert not report(number(address)).is_signed


def test_the_licence_is_remembered(maya, treated):
    sign(maya, write(maya, treated.new()), licence="PT 12345")
    second = write(maya, treated.new("plan-of-care"))
    assert Page(maya.get(f"{second}/sign")).sent["licence"] == "PT 12345"


@pytest.mark.parametrize(
    ("typed", "about", "said"),
    [
        ({"period_until": "2020-01-01"}, "period_until", "It ends before it begins"),
        ({"period_until": "2999-01-01"}, "period_until", "still to come"),
        ({"period_from": ""}, "period_from", "Covers from is needed"),
        ({"plan": "\x07"}, "plan", "control character"),
    ],
)
def test_what_cannot_be_is_refused_and_everything_typed_stays(maya, treated, typed, about, said):
    form = Page(maya.get(treated.new())).filled(**(TYPED | {"response": "Mine."} | typed))
    answer = Page(maya.post(treated.new(), data=form))
    assert answer.status == 422
    assert said in answer.summary()[about]
    assert answer.sent["response"] == "Mine."


def test_without_a_signed_session_there_is_no_report_and_the_text_stays(maya, acting_as, cast):
    with acting_as(cast.maya):
        episode_id = factories.open_visit(cast.maya).episode_id
    address = f"/episodes/{episode_id}/reports/new/progress-report"
    page = Page(maya.get(address))
    assert "no signed session yet" in page.text
    assert "plan" not in page.sent
    days = {"period_from": str(yesterday()), "period_until": str(yesterday())}
    answer = Page(maya.post(address, data={**days, "plan": "Mine."}))
    assert (answer.status, answer.sent["plan"]) == (422, "Mine.")
    assert "no signed session yet" in answer.text


def test_a_voided_session_is_none(maya, acting_as, cast):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya)
        factories.sign(visit.id, cast.maya)
    with acting_as(cast.maya):
        factories.void(visit.id, cast.maya)
    address = f"/episodes/{visit.episode_id}/reports/new/referral-letter"
    assert "no signed session yet" in Page(maya.get(address)).text


def test_an_assistant_is_told_whose_reports_are_and_changes_none(
    maya, treated, report, client_for, cast
):
    sam, address = client_for(cast.sam), write(maya, treated.new())
    page = Page(sam.get(treated.new()))
    assert "A therapist writes and signs reports" in page.text
    assert "plan" not in page.sent
    mine = Page(maya.get(f"{address}/edit")).filled(plan="Sam's.")
    answer = Page(sam.post(f"{address}/edit", data=mine))
    assert (answer.status, answer.sent["plan"]) == (422, "Sam's.")
    signing = {"password": PASSWORD, "version": report(number(address)).version}
    assert sam.post(f"{address}/sign", data=signing).status_code == 422
    sam.post(f"{address}/discard", data=mine)
    assert report(number(address)).is_open
    assert "Sam's." not in report(number(address)).plan
    assert treated.new() not in Page(sam.get(f"/patients/{treated.patient_id}")).links


def test_text_for_a_report_that_was_signed_meanwhile_comes_back(maya, treated):
    address = write(maya, treated.new())
    late = Page(maya.get(f"{address}/edit")).filled(plan="Too late.")
    sign(maya, address)
    answer = Page(maya.post(f"{address}/edit", data=late))
    assert (answer.status, answer.sent["plan"]) == (409, "Too late.")
    assert "signed or discarded after you opened it" in answer.text


def test_a_correction_is_a_further_report_that_names_the_first(maya, treated, report):
    first = write(maya, treated.new(), plan="Once a week.")
    sign(maya, first)
    address = f"{treated.new()}?corrects={number(first)}"
    assert address in Page(maya.get(first)).links
    form = Page(maya.get(address))
    assert form.sent["plan"] == "Once a week."
    answer = maya.post(address, data=form.filled(plan="Twice a week."))
    second = answer.location
    sign(maya, second)
    assert report(number(first)).plan == "Once a week."
    assert second in Page(maya.get(first)).links
    assert first in Page(maya.get(second)).links
    text = Page(maya.get(f"/patients/{treated.patient_id}")).text
    assert "Recorded as done (1)" in text


def test_only_a_signed_report_of_its_kind_is_corrected(maya, treated):
    draft = number(write(maya, treated.new()))
    address = f"{treated.new()}?corrects={draft}"
    answer = maya.post(address, data=Page(maya.get(address)).sent)
    assert answer.status_code == 422
    assert "Only a signed report" in Page(answer).text


def test_a_discarded_draft_is_in_no_list_and_stays_on_record(maya, treated, report):
    address = write(maya, treated.new())
    form = Page(maya.get(f"{address}/edit")).sent
    assert maya.post(f"{address}/discard", data=form).status_code == 303
    assert not report(number(address)).is_open
    assert address not in Page(maya.get(f"/patients/{treated.patient_id}")).links
    assert f"{address}/edit" not in Page(maya.get("/")).links
    assert "Discarded" in Page(maya.get(address)).text
    assert maya.get(f"{address}/edit").location == address


def test_what_was_changed_meanwhile_is_not_discarded(maya, treated, report):
    address = write(maya, treated.new())
    stale = Page(maya.get(f"{address}/edit")).sent
    form = Page(maya.get(f"{address}/edit"))
    maya.post(f"{address}/edit", data=form.filled(plan="Newer."))
    maya.post(f"{address}/discard", data=stale)
    assert report(number(address)).is_open


def test_a_due_report_is_one_press_away_on_today_and_the_patients_page(
    maya, acting_as, cast, treated
):
    with acting_as(cast.maya):
        tool = factories.make_instrument(cast.maya).id
        for days in range(1, 11):
            day = yesterday() - timedelta(days=days + 7)
            draft = factories.treated_draft(tool, served_on=day)
            factories.record_visit(treated.patient_id, treated.episode_id, draft, by=cast.maya)
        due = [line.episode_id for line in due_of(cast.maya, yesterday())]
    assert treated.episode_id in due
    assert treated.new() in Page(maya.get("/")).links
    assert treated.new() in Page(maya.get(f"/patients/{treated.patient_id}")).links
