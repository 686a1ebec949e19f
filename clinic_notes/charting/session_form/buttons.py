"""What the buttons of a form do that save nothing: a row more or less, answers in one tap."""

from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.session_form import repeat
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.core import clock

BUTTONS = ("add", "drop", "answer_rest_no", "confirm_unchanged", "confirm_yes", "minutes_as")


def with_unsaved_input(form: VisitForm, context: VisitContext) -> VisitContext:
    """Return the desk with the rows and answers of a form that nobody checked yet."""
    uses = form.partial_uses()
    form.answers.revoke_uncovered([use.site for use in uses])
    return context.reading(
        replace(
            context.draft,
            uses=uses,
            position=form.position.data or "",
            answers=form.answers.partial_draft(),
            repeated_from_id=form.repeated_from_id.data,
        )
    )


def handle_button(form: VisitForm, context: VisitContext, sent: MultiDict[str, Any]) -> bool:
    """Do what a button that saves nothing asks for; say whether it was one."""
    button = next((name for name in BUTTONS if name in sent), None)
    match button:
        case "add":
            form.add_row(sent["add"])
        case "drop":
            form.drop_row(sent["drop"])
        case "answer_rest_no" | "confirm_unchanged" | "confirm_yes":
            _answer(form, with_unsaved_input(form, context), button, sent[button])
        case "minutes_as":
            past_treatment = repeat.asked_for(with_unsaved_input(form, context), sent["minutes_as"])
            if past_treatment is not None:
                repeat.enter_minutes(form, past_treatment)
    return button is not None


def _answer(form: VisitForm, context: VisitContext, button: str, item: str) -> None:
    still, now = context.reconfirmable.to_confirm, clock.now()
    if button == "confirm_unchanged":
        form.answers.answer_rest_no(context.reconfirmable.unchanged, now, context.about)
    elif button == "answer_rest_no":
        # What was said to be so, or is on record, is asked for what it says, never swept away.
        form.answers.answer_rest_no((i for i in context.findings.due if i not in still), now)
    elif item in still:
        form.answers.confirm_yes(still[item], now)
