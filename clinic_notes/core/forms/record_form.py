"""A form over a record that several people edit: what it saves, and what it asks first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import request
from wtforms import HiddenField

from clinic_notes.clinical.findings import Finding, Refused
from clinic_notes.clinical.versions.merge import Difference
from clinic_notes.clinical.wording import day
from clinic_notes.core.forms.base import VersionedForm
from clinic_notes.core.forms.edit_conflict import EditConflict, row_absence
from clinic_notes.core.forms.fields import ChoiceField, with_unlisted
from clinic_notes.core.forms.rows import every_field
from clinic_notes.core.forms.snapshot import read_snapshot, sign_snapshot

SAVED, SHOWN, CONFLICT, REFUSED = 303, 200, 409, 422


class RecordForm(VersionedForm):
    """A form over a record, to change it or to do something with it; it shows findings."""

    record: Any = None
    """The record that the form is about, None for a new one."""

    @classmethod
    def of(cls, record: Any) -> Self:
        """Return the form as sent; where nothing was sent, as the record stands, None for new."""
        form = cls()
        if record is not None and not form.is_submitted():
            return cls.on_record(record)
        form.record = record
        form.set_choices(record)
        return form

    @classmethod
    def on_record(cls, record: Any) -> Self:
        """Return the form as the record stands, whatever was sent."""
        form = cls(formdata=None, data=cls.values_of(record))
        form.record = record
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


class EditForm(RecordForm):
    """A form that changes a record which others may change too."""

    snapshot = HiddenField()
    """The record as it was when the form was opened, see `core.forms.snapshot`."""

    @classmethod
    def of(cls, record: Any) -> Self:
        """Return the form as sent, or as the record stands, with the record as it was opened."""
        form = super().of(record)
        if record is not None and not form.is_submitted():
            form.snapshot.data = sign_snapshot(form.draft(), form.record_name)
        return form

    def draft(self) -> Any:
        """Return what was typed."""
        raise NotImplementedError

    @property
    def record_name(self) -> str:
        """The record that a snapshot is bound to: ``patient 12``."""
        return f"{self.record.__tablename__} {self.record.id}"

    def opened(self, draft_type: type[Any]) -> Any:
        """Return the record as this form showed it; None for a new one, or an unreadable one."""
        if self.record is None:
            return None
        return read_snapshot(draft_type, self.snapshot.data or "", self.record_name)

    def conflict(self) -> EditConflict | None:
        """Return both versions, where the record is not as the form showed it, or choices came."""
        if self.record is None:
            return None
        version = self.record.version
        if "base_version" not in request.form and self.version_seen == version:
            return None
        typed = self.draft()
        return EditConflict(
            version=version,
            stored=type(self).on_record(self.record).draft(),
            typed=typed,
            base=self.opened(type(typed)),
            wording=FormWording(self),
            sent=request.form,
        )

    def refill(self, draft: Any, stored: Any) -> None:
        """Show a draft instead of what was sent, over the record as it is ``stored`` now."""
        values = self.data | vars(draft) | {"version": self.record.version}
        self.process(formdata=None, data=values)
        self.snapshot.data = sign_snapshot(stored, self.record_name)
        for field in every_field(self):
            field.raw_data = None


@dataclass(frozen=True)
class Attempt:
    """What came of sending a form: saved, refused in words, or to be chosen between versions."""

    status: int
    conflict: EditConflict | None = None

    @property
    def is_saved(self) -> bool:
        """Say whether the record was changed as it was sent, or as it was picked."""
        return self.status == SAVED


def attempt(form: EditForm, save: Callable[[Any, Any, int], object]) -> Attempt:
    """Save what was sent, or what was picked of two versions.

    ``save`` is called with the draft, the record as it was shown, and its version. What a rule
    refuses stands beside its field; where the record was changed meanwhile, nothing is saved and
    both versions come back.
    """
    if not form.is_submitted():
        return Attempt(SHOWN)
    if not form.validate():
        return Attempt(REFUSED)
    conflict = form.conflict()
    if conflict is None:
        draft = form.draft()
        shown, version = form.opened(type(draft)), form.version_seen
    elif conflict.is_open:
        return Attempt(REFUSED if conflict.is_current else CONFLICT, conflict)
    else:
        draft, shown, version = conflict.merged(), conflict.stored, conflict.version
        form.refill(draft, conflict.stored)
        if "edit_merged" in request.form:
            return Attempt(SHOWN)
    try:
        save(draft, shown, version)
    except Refused as refused:
        form.show(refused.findings)
        return Attempt(REFUSED)
    return Attempt(SAVED)


class FormWording:
    """How the differences between two versions of a record read: as its form's fields do."""

    def __init__(self, form: EditForm) -> None:
        self.form = form

    def heading(self, one: Difference) -> tuple[str, str]:
        """Return the titles of (its row, its field)."""
        if not one.rows:
            return "", self.form[one.parts[0]].label.text
        row = one.stored if one.typed is None else one.typed
        texts = (text for _, text in self._lines(one.rows, row))
        return f"{self.form[one.rows].label.text}: {next(texts, 'empty row')}", ""

    def text(self, one: Difference, row: Any) -> str:
        """Return one version in words; a row is a line for each field."""
        if row is None:
            return ""
        if one.rows:
            return "\n".join(f"{label}: {text}" for label, text in self._lines(one.rows, row))
        return _value_text(self.form[one.parts[0]], getattr(row, one.parts[0]))

    def absence(self, one: Difference) -> str:
        """Return what stands where a version has no such row."""
        return row_absence(one)

    def _lines(self, rows: str, row: Any) -> Iterable[tuple[str, str]]:
        fields = [field for field in self.form[rows].blank_row() if field.short_name != "id"]
        lines = ((f.label.text, _value_text(f, getattr(row, f.short_name))) for f in fields)
        return [(label, text) for label, text in lines if text]


def _value_text(field: Any, value: Any) -> str:
    if isinstance(field, ChoiceField):
        key = "" if value is None else str(value)
        return dict(with_unlisted(field.choices, key)).get(key, "") if key else ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(value)
