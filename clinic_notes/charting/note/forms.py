"""The forms for signing a note and for adding to a signed one."""

from typing import Any

from wtforms import BooleanField, PasswordField

from clinic_notes.charting import choices
from clinic_notes.charting.note.corrections import Corrections, names_shown
from clinic_notes.charting.treatment.forms import EffectForm
from clinic_notes.clinical.corrections import CorrectionDraft, corrected
from clinic_notes.clinical.summary import Names
from clinic_notes.core.forms.base import BaseForm, VersionedForm
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import ChoiceField, LongText, Number, Required
from clinic_notes.reference.measures import mmt_grades


class SignForm(VersionedForm):
    """Asks for the password again: being signed in is not enough to sign a note."""

    password = PasswordField("Your password", [Required("Your password")])


class AddendumForm(BaseForm, EffectForm):
    """Something to add: a correction, a late entry, or an effect reported later."""

    id = None
    needed = ()
    text = LongText("What you add")
    about_on = date_field("When it happened")
    corrects = ChoiceField("Value to correct", blank="None")
    corrected_to = Number("It should say")
    corrected_grade = ChoiceField("Its grade", choices.of(mmt_grades), blank=None)
    withdrawn = BooleanField("Withdraw it: it was not so, or not done")

    def offer(self, corrections: Corrections, names: Names) -> Corrections:
        """Offer what stands in the note now to be corrected; return it."""
        shown = names_shown(names)
        self.corrects.choices = (
            ("", "None"),
            *(
                (value.key, f"{value.label(shown)}: {value.text(value.now)}".removesuffix(": "))
                for value in corrections.values
            ),
        )
        return corrections

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a corrected value of nothing."""
        is_valid: bool = super().validate(extra_validators)
        entered = self.corrected_grade.data or self.withdrawn.data
        if (entered or self.corrected_to.data is not None) and not self.corrects.data:
            self.add_error("corrects", "Choose the value that is corrected.")
            return False
        return is_valid

    def correction(self, corrections: Corrections) -> CorrectionDraft | None:
        """Return what is corrected, None where nothing is; only after `validate` said yes."""
        value = next((one for one in corrections.values if one.key == self.corrects.data), None)
        if value is None:
            return None
        return corrected(
            value,
            self.corrected_to.data,
            self.corrected_grade.value,
            is_withdrawn=self.withdrawn.data,
        )
