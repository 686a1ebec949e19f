"""What the forms of patients and episodes share."""

from collections.abc import Iterable
from typing import Any, Self

from wtforms import FieldList, FormField, HiddenField

from clinic_notes.clinical.findings import Finding
from clinic_notes.core.forms.base import VersionedForm
from clinic_notes.core.forms.fields import ChoiceField


class RecordForm(VersionedForm):
    """A form over a patient's record: it shows findings, and what another user saved."""

    @classmethod
    def of(cls, record: Any) -> Self:
        """Return the form as sent; where nothing was sent, as the record stands, None for new."""
        form = cls()
        if record is not None and not form.is_submitted():
            return cls.on_record(record)
        form.set_choices(record)
        return form

    @classmethod
    def on_record(cls, record: Any) -> Self:
        """Return the form as the record stands, whatever was sent."""
        form = cls(formdata=None, data=cls.values_of(record))
        form.set_choices(record)
        return form

    @staticmethod
    def values_of(record: Any) -> dict[str, Any]:
        """Return the fields' values as the record stands."""
        raise NotImplementedError

    def set_choices(self, record: Any) -> None:
        """Offer what the catalogues offer today, and the keys that are on record."""
        raise NotImplementedError

    def show(self, findings: Iterable[Finding]) -> None:
        """Put each finding beside its field."""
        for finding in findings:
            self.add_error(finding.about, finding.message)

    def differences(self, stored: "RecordForm") -> list[tuple[str, str, str]]:
        """Return (label, saved, typed) of each field that differs from the version saved since.

        The form, sent again, replaces that version.
        """
        self.version.raw_data, self.version.data = None, stored.version.data
        return [
            (typed.label.text, _field_text(saved), _field_text(typed))
            for typed, saved in zip(self, stored, strict=True)
            if not isinstance(typed, HiddenField) and _field_text(typed) != _field_text(saved)
        ]


def _field_text(field: Any) -> str:
    if isinstance(field, FieldList):
        return "\n".join(map(_field_text, field))
    if isinstance(field, FormField):
        texts = (_field_text(inner) for inner in field.form if inner.short_name != "id")
        return ", ".join(filter(None, texts))
    if isinstance(field, ChoiceField):
        return field.selected_label
    return "" if field.data is None else str(field.data)
