"""The forms for co-signing notes and for returning one."""

from wtforms import PasswordField

from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.fields import LongText, Required
from clinic_notes.core.lookup import bounded_integer


class CosignForm(BaseForm):
    """Asks for the password once for all notes that are chosen on the page."""

    password = PasswordField("Your password", [Required("Your password")])


class ReturnForm(BaseForm):
    """Asks what the author is to add."""

    comment = LongText("What is to be added or corrected", required=True)


def chosen_notes(values: list[str]) -> dict[int, int]:
    """Return the notes that were chosen: by their visits, how many addenda were read with each."""
    chosen = {}
    for value in values:
        visit, _, addenda = value.partition("-")
        number, count = bounded_integer(visit), bounded_integer(addenda)
        if number is not None and count is not None:
            chosen[number] = count
    return chosen
