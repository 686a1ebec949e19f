"""Changes rows, and answers questions in one tap, in a form that is not saved."""

from collections.abc import Mapping

from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.screening import one_tap
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.safety_questions import what_to_reconfirm
from clinic_notes.clinical.signing import stop_in_words
from clinic_notes.core import clock


def change_rows(form: VisitForm, sent: Mapping[str, str]) -> None:
    """Lay out one more row, or take one away, as the button that was pressed says."""
    if "add" in sent:
        form.add_row(sent["add"])
    elif "drop" in sent:
        form.drop_row(sent["drop"])


def answer_questions(form: VisitForm, context: VisitContext, sent: Mapping[str, str]) -> None:
    """Answer the safety questions that the button pressed stands for, or do what a stop asks.

    ``context`` is that of what is typed so far.
    """
    if "not_treated" in sent:
        form.record_as_not_treated(stop_in_words(context.findings.clearance))
        return
    reconfirm, now = what_to_reconfirm(context), clock.now()
    if "answer_rest_no" in sent:
        # What was said to be so, or is on record, is confirmed one by one, never swept away.
        rest = (item for item in context.findings.due if item not in reconfirm.to_confirm)
        form.answers.answer_no(rest, now, one_tap.IN_ONE_STEP)
    elif "confirm_unchanged" in sent:
        how = one_tap.unchanged_text(reconfirm.since, context.about)
        form.answers.answer_no(reconfirm.unchanged, now, how)
    elif (item := sent.get("confirm_yes", "")) in reconfirm.to_confirm:
        earlier = reconfirm.active_yes.get(item)
        since = earlier.asked_on if earlier is not None else None
        form.answers.confirm_yes(reconfirm.to_confirm[item], now, since)
