"""Fields that both forms are made of."""

from collections.abc import Collection, Iterable
from typing import Any

from wtforms import DateField, FieldList, FormField, HiddenField
from wtforms.validators import InputRequired, Optional

from clinic_notes.clinical.findings import Finding
from clinic_notes.core.display import today
from clinic_notes.core.forms import ChoiceField, VersionedForm
from clinic_notes.reference.catalogue import Catalogue


def date_field(label: str, *, required: bool = False) -> Any:
    """Return a field for a date, which says in words how one is written."""
    return DateField(  # type: ignore[call-arg]  # The stubs do not know WTForms 3.3's last argument.
        label,
        [InputRequired(f"{label} is needed.") if required else Optional()],
        invalid_value_message=f"{label}: write it as year-month-day, for example 2026-03-11.",
    )


def choices(catalogue: Catalogue[Any], held: Collection[str]) -> list[tuple[str, str]]:
    """Return what is offered today, and what is on record though it was retired since."""
    on = today()
    return [(e.key, e.label) for e in catalogue if e.is_current(on) or e.key in held]


class RecordForm(VersionedForm):
    """A form over a patient's record: shows what rules say, and what a colleague saved."""

    def show(self, findings: Iterable[Finding]) -> None:
        """Put what a rule says beside its field."""
        for finding in findings:
            self.add_error(finding.about, finding.message)

    def over(self, stored: "RecordForm") -> list[tuple[str, str, str]]:
        """Go on from the version saved meanwhile; return (field, saved, typed) that differ."""
        self.version.raw_data, self.version.data = None, stored.version.data
        return [
            (mine.label.text, _field_text(theirs), _field_text(mine))
            for mine, theirs in zip(self, stored, strict=True)
            if not isinstance(mine, HiddenField) and _field_text(mine) != _field_text(theirs)
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
