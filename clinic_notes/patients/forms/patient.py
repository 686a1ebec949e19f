"""What a person may type about a patient."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from wtforms import HiddenField, IntegerField
from wtforms.validators import Optional

from clinic_notes.core import idempotency
from clinic_notes.core.forms import BaseForm, ChoiceField, Line, LongText, Required, RowForm, Rows
from clinic_notes.patients.actions import keys_of
from clinic_notes.patients.drafts import OTHER, AllergyDraft, ConditionDraft, PatientDraft
from clinic_notes.patients.forms.parts import RecordForm, choices, date_field
from clinic_notes.patients.queries import PatientRow, active
from clinic_notes.reference.contraindications import contraindications
from clinic_notes.reference.lubricants import allergens
from clinic_notes.reference.terms import Answer, Sex

ROWS = 40
"""Allergies, or conditions, that one record has room for."""

ALLERGY_ANSWERS = (
    (Answer.NOT_ASKED.value, "Not asked"),
    (Answer.NO.value, "None known"),
    (Answer.YES.value, "Has allergies"),
)


class SearchForm(BaseForm):
    """Whom the front desk looks for."""

    text = Line("Name, number or date of birth")
    page = IntegerField("Page", validators=[Optional()])


class AllergyRow(RowForm):
    """One substance the patient reacts to."""

    allergen = ChoiceField("Group")
    substance = Line("Substance")
    reaction = Line("Reaction")

    def draft(self) -> AllergyDraft:
        """Return what was typed."""
        return AllergyDraft(
            allergen=self.allergen.data or "",
            substance=self.substance.data or "",
            reaction=self.reaction.data or "",
            id=self.id.data,
        )


class ConditionRow(RowForm):
    """One standing condition."""

    label = Line("Condition")
    item = ChoiceField("Safety check")
    since_on = date_field("Since")

    def draft(self) -> ConditionDraft:
        """Return what was typed."""
        return ConditionDraft(
            label=self.label.data or "",
            item=self.item.data or "",
            since_on=self.since_on.data,
            id=self.id.data,
        )


class PatientForm(RecordForm):
    """The form of a patient: identity, allergies, conditions."""

    given_name = Line("Given name", required=True)
    family_name = Line("Family name", required=True)
    born_on = date_field("Date of birth", required=True)
    sex = ChoiceField(
        "Sex",
        [(sex.value, sex.value.capitalize()) for sex in Sex],
        blank=None,
        validators=[Required("Sex")],
    )
    mrn = Line("Number (MRN)", required=True, max_length=40)
    phone = Line("Phone", max_length=40)
    has_allergies = ChoiceField(
        "Asked about allergies", ALLERGY_ANSWERS, blank=None, default=Answer.NOT_ASKED.value
    )
    allergies = Rows(AllergyRow, most=ROWS)
    conditions = Rows(ConditionRow, most=ROWS)
    background = LongText("Background")
    anyway = HiddenField()

    held: Collection[str] = ()

    @classmethod
    def of(cls, patient: Any) -> "PatientForm":
        """Return the form as sent; where nothing was sent, as the record stands."""
        form = cls()
        if patient is not None:
            if not form.is_submitted():
                return cls.on_record(patient)
            form.held = keys_of(patient)
        form.offer()
        return form

    @classmethod
    def on_record(cls, patient: Any) -> "PatientForm":
        """Return the form as the record stands, whatever was sent."""
        form = cls(formdata=None, data=_on_record(patient))
        form.held = keys_of(patient)
        form.offer()
        return form

    def offer(self) -> None:
        """Offer each row what the catalogues have today, and what is on record."""
        for row in self.allergies:
            self._offer_allergens(row.form)
        for row in self.conditions:
            self._offer_items(row.form)

    def new_allergy(self) -> AllergyRow:
        """Return the empty row a script copies."""
        row = AllergyRow(prefix="allergies-__row__-")
        self._offer_allergens(row)
        return row

    def new_condition(self) -> ConditionRow:
        """Return the empty row a script copies."""
        row = ConditionRow(prefix="conditions-__row__-")
        self._offer_items(row)
        return row

    def changed_rows(self, add: str, drop: str) -> bool:
        """Add or take away a row where a button asked for it; say whether one did."""
        if add in ("allergies", "conditions"):
            if len(self[add]) < ROWS:
                self[add].append_entry()
            if add == "allergies":
                self.has_allergies.data = Answer.YES.value
        elif drop:
            _take_away(self.allergies, lambda row: row.name == drop)
            _take_away(self.conditions, lambda row: row.name == drop)
        else:
            return False
        # What comes next is another sending: this one has used up its token.
        self.once.raw_data, self.once.data = None, idempotency.new_token()
        self.offer()
        return True

    def is_sure(self, duplicates: Iterable[PatientRow]) -> bool:
        """Say whether the person has seen these likely duplicates and goes on all the same."""
        return set(_ids(duplicates)) <= set((self.anyway.data or "").split(","))

    def ask_about(self, duplicates: Iterable[PatientRow]) -> None:
        """Remember on the page which likely duplicates are shown."""
        self.anyway.raw_data, self.anyway.data = None, ",".join(_ids(duplicates))

    def draft(self) -> PatientDraft:
        """Return what was typed, rows that were left empty left out."""
        for rows in (self.allergies, self.conditions):
            _take_away(rows, lambda row: row.form.is_blank())
        typed: dict[str, Any] = self.data
        return PatientDraft(
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            born_on=typed["born_on"],
            sex=Sex(typed["sex"]),
            mrn=typed["mrn"],
            phone=typed["phone"] or "",
            background=typed["background"] or "",
            has_allergies=Answer(typed["has_allergies"]),
            allergies=self.allergies.drafts(),
            conditions=self.conditions.drafts(),
        )

    def _offer_allergens(self, row: Any) -> None:
        row.allergen.choices = [
            ("", "Choose…"),
            *choices(allergens, self.held),
            (OTHER, "Other"),
        ]

    def _offer_items(self, row: Any) -> None:
        row.item.choices = [("", "Not linked"), *choices(contraindications, self.held)]


def _take_away(rows: Rows, goes: Callable[[Any], bool]) -> None:
    # Those that stay are numbered anew, so that a rule's count of the rows is the page's.
    for place in reversed(range(len(rows.entries))):
        if goes(rows.entries[place]):
            rows.pop_entry(place)  # type: ignore[call-arg]  # The stubs know no place.


def _ids(duplicates: Iterable[PatientRow]) -> list[str]:
    return [str(other.id) for other in duplicates]


def _on_record(patient: Any) -> dict[str, Any]:
    allergies = active(patient.allergies)
    asked = Answer.YES if allergies else Answer.NO if patient.allergies_asked_on else None
    columns: dict[str, Any] = vars(patient)
    return columns | {
        "has_allergies": asked or Answer.NOT_ASKED,
        "allergies": [vars(row) for row in allergies],
        "conditions": [vars(row) for row in active(patient.conditions)],
    }
