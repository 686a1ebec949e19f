"""What the buttons of a form do that save nothing: a row more or less, answers in one tap."""

from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from clinic_notes.charting.context import Desk
from clinic_notes.charting.session_form import repeat
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.core import clock

BUTTONS = ("add", "drop", "rest_no", "nothing_new", "still_so", "minutes_as")


def typed(form: VisitForm, desk: Desk) -> Desk:
    """Return the desk with the rows and answers of a form that nobody checked yet."""
    uses = form.uses_so_far()
    form.answers.hold_to([use.site for use in uses])
    return desk.reading(
        replace(
            desk.draft,
            uses=uses,
            position=form.position.data or "",
            answers=form.answers.so_far(),
            repeated_from_id=form.repeated_from_id.data,
        )
    )


def rearrange(form: VisitForm, desk: Desk, sent: MultiDict[str, Any]) -> bool:
    """Do what a button that saves nothing asks for; say whether it was one."""
    button = next((name for name in BUTTONS if name in sent), None)
    match button:
        case "add":
            form.add_row(sent["add"])
        case "drop":
            form.drop_row(sent["drop"])
        case "rest_no" | "nothing_new" | "still_so":
            _answer(form, typed(form, desk), button, sent[button])
        case "minutes_as":
            recipe = repeat.asked_for(typed(form, desk), sent["minutes_as"])
            if recipe is not None:
                repeat.enter_minutes(form, recipe)
    return button is not None


def _answer(form: VisitForm, desk: Desk, button: str, item: str) -> None:
    still, now = desk.afresh.to_confirm, clock.now()
    if button == "nothing_new":
        form.answers.answer_the_rest_no(desk.afresh.unchanged, now, desk.about)
    elif button == "rest_no":
        # What was said to be so, or is on record, is asked for what it says, never swept away.
        form.answers.answer_the_rest_no((i for i in desk.judgement.due if i not in still), now)
    elif item in still:
        form.answers.answer_still_so(still[item], now)
