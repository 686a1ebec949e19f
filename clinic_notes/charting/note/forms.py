"""The forms for signing a note and for adding to a signed one."""

from wtforms import PasswordField

from clinic_notes.charting.treatment.forms import EffectForm
from clinic_notes.core.forms.base import BaseForm, VersionedForm
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import LongText, Required


class SignForm(VersionedForm):
    """Asks for the password again: being signed in is not enough to sign a note."""

    password = PasswordField("Your password", [Required("Your password")])


class AddendumForm(BaseForm, EffectForm):
    """Something to add: a correction, a late entry, or an effect reported later."""

    id = None
    needed = ()
    text = LongText("What you add")
    about_on = date_field("When it happened")
