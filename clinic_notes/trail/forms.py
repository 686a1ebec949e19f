"""The form that asks the audit trail; it is sent by GET, so that a question has an address."""

from datetime import date
from typing import Any

from wtforms import DateField, ValidationError

from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import ChoiceField, Line
from clinic_notes.trail.wording import KINDS


class TrailForm(BaseForm):
    """Who, with whose record, what kind, from which day to which."""

    person = ChoiceField("Person")
    mrn = Line("Patient's record number")
    kind = ChoiceField("What", tuple(KINDS.items()))
    since = date_field("From")
    until = date_field("To")

    def __init__(self, people: list[tuple[str, str]], **kw: Any) -> None:
        """Offer these people, as pairs of id and name."""
        super().__init__(meta={"csrf": False}, **kw)
        self.person.choices = [("", ""), *people]

    def validate_until(self, field: DateField) -> None:
        """Refuse an end before the start."""
        since: date | None = self.since.data
        if since and field.data and field.data < since:
            raise ValidationError("The last day is before the first.")
