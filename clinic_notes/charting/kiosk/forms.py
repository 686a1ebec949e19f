"""The forms of the kiosk: one answer, and the password that leaves it."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField

from clinic_notes.clinical.spelling.normal_form import normal_line
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.fields import Required, in_normal_form


class AnswerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """One answer. It may be sent again, and changed after going back."""

    step = HiddenField()
    answer = HiddenField(filters=[in_normal_form(normal_line)])
    go = HiddenField()


class LeaveForm(BaseForm):
    """Asks for the password of whoever gave the tablet to the patient."""

    password = PasswordField("Your password", [Required("Your password")])
