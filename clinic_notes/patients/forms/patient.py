"""The form of a patient, and the search for one."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import Optional

from clinic_notes.clinical.lubricants import groups_named
from clinic_notes.clinical.spelling.normal_form import letters_only
from clinic_notes.core import idempotency
from clinic_notes.core.display import today
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Required
from clinic_notes.core.forms.record_form import EditForm
from clinic_notes.core.forms.rows import RowForm, RowOptions, Rows, build_draft
from clinic_notes.patients.actions import keys_of
from clinic_notes.patients.drafts import (
    OTHER,
    AllergiesAsked,
    AllergyDraft,
    ConditionDraft,
    PatientDraft,
)
from clinic_notes.patients.queries import PatientRow, active, allergies_asked
from clinic_notes.reference.contraindications import contraindications
from clinic_notes.reference.lubricants import allergens
from clinic_notes.reference.terms import Sex

ROWS = 40
"""Allergies, or conditions, that one record has room for."""

ALLERGY_ANSWERS = (
    (AllergiesAsked.NOT_ASKED.value, "Not asked"),
    (AllergiesAsked.NO.value, "None known"),
    (AllergiesAsked.SOME.value, "Some known, the rest not asked"),
    (AllergiesAsked.YES.value, "Has allergies"),
)


class SearchForm(BaseForm):
    """A search for patients."""

    text = Line("Name, number or date of birth")
    page = IntegerField("Page", validators=[Optional()])


class AllergyRow(RowForm):
    """An allergy: one substance the patient reacts to."""

    draft_type = AllergyDraft

    allergen = ChoiceField("Group")
    substance = Line("Substance")
    reaction = Line("Reaction")


class ConditionRow(RowForm):
    """One standing condition."""

    draft_type = ConditionDraft

    label = Line("Condition")
    item = ChoiceField("Safety check")
    since_on = date_field("Since")


class PatientForm(EditForm):
    """The form of a patient: identity, allergies, conditions."""

    given_name = Line("Given name")
    family_name = Line("Family name")
    born_on = date_field("Date of birth", required=True)
    sex = ChoiceField(
        "Sex",
        [(sex.value, sex.value.capitalize()) for sex in Sex],
        blank=None,
        value_type=Sex,
        validators=[Required("Sex")],
    )
    mrn = Line("Number (MRN)", required=True, max_length=40)
    phone = Line("Phone", max_length=40)
    has_allergies = ChoiceField(
        "Asked about allergies",
        ALLERGY_ANSWERS,
        blank=None,
        value_type=AllergiesAsked,
        default=AllergiesAsked.NOT_ASKED.value,
    )
    asked_again = BooleanField("Asked again today")
    allergies = Rows(AllergyRow, most=ROWS)
    conditions = Rows(ConditionRow, most=ROWS)
    guardian = Line("Guardian")
    guardian_consented_on = date_field("Guardian's consent given on")
    background = LongText("Background")
    anyway = HiddenField()
    asked_about = HiddenField()
    """The substances of no known group that the user was asked about, by their letters."""

    @staticmethod
    def values_of(patient: Any) -> dict[str, Any]:
        """Return the fields' values as the record stands."""
        allergies = active(patient.allergies)
        columns: dict[str, Any] = vars(patient)
        return columns | {
            "has_allergies": allergies_asked(patient),
            "allergies": [vars(row) for row in allergies],
            "conditions": [vars(row) for row in active(patient.conditions)],
        }

    def set_choices(self, patient: Any) -> None:
        """Offer what the catalogues offer today, and the keys that are on record."""
        recorded = keys_of(patient) if patient is not None else ()
        groups = (("", "Choose…"), *allergens.choices(today(), recorded), (OTHER, "Other"))
        items = (("", "Not linked"), *contraindications.choices(today(), recorded))
        self.allergies.set_options(RowOptions(choices=(("allergen", groups),)))
        self.conditions.set_options(RowOptions(choices=(("item", items),)))

    def changed_rows(self, add: str, drop: str) -> bool:
        """Add or remove a row where a button asked for it; say whether one did."""
        if add in ("allergies", "conditions"):
            if len(self[add]) < ROWS:
                self[add].append_entry()
            if add == "allergies" and self.has_allergies.data != AllergiesAsked.SOME:
                self.has_allergies.data = AllergiesAsked.YES.value
        elif drop:
            self.allergies.remove(lambda row: row.name == drop)
            self.conditions.remove(lambda row: row.name == drop)
        else:
            return False
        # The form will be sent again; its token is used up by this press.
        self.once.raw_data, self.once.data = None, idempotency.new_token()
        return True

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field; ask about a substance that only its own word could be found by."""
        is_valid: bool = super().validate(extra_validators)
        asked = (self.asked_about.data or "").split(",")
        unknown = [row for row in self.allergies if self._is_of_no_group(row.form)]
        for row in unknown:
            word = row.form.substance.value
            if letters_only(word) not in asked:
                row.form.substance.errors = [
                    f"“{word}” names no group that products are checked against: labels are "
                    "searched for this word only. Check the spelling, choose a group, or save "
                    "again to keep it."
                ]
                is_valid = False
        seen = ",".join(letters_only(row.form.substance.value) for row in unknown)
        self.asked_about.raw_data, self.asked_about.data = None, seen
        return is_valid

    def _is_of_no_group(self, row: Any) -> bool:
        on_record = active(self.record.allergies) if self.record is not None else ()
        substance = row.substance.value
        is_new = all(substance != known.substance for known in on_record)
        return bool(
            row.allergen.data == OTHER and substance and is_new and not groups_named(substance)
        )

    def is_sure(self, duplicates: Iterable[PatientRow]) -> bool:
        """Say whether the user has seen these likely duplicates and goes on all the same."""
        return set(_ids(duplicates)) <= set((self.anyway.data or "").split(","))

    def ask_about(self, duplicates: Iterable[PatientRow]) -> None:
        """Remember in the form which likely duplicates are shown."""
        self.anyway.raw_data, self.anyway.data = None, ",".join(_ids(duplicates))

    def draft(self) -> PatientDraft:
        """Return what was typed, without blank rows."""
        for rows in (self.allergies, self.conditions):
            rows.remove(lambda row: row.form.is_blank())
        return build_draft(self, PatientDraft)


def _ids(duplicates: Iterable[PatientRow]) -> list[str]:
    return [str(other.id) for other in duplicates]
