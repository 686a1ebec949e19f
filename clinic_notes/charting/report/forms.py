"""The forms of a report: its texts, and its signature."""

from dataclasses import fields
from typing import Any, Self

from wtforms import PasswordField

from clinic_notes.clinical.reports import KINDS, ReportDraft, ReportKind
from clinic_notes.core.forms.base import VersionedForm
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import Line, LongText, Required
from clinic_notes.core.forms.record_form import EditForm
from clinic_notes.core.forms.rows import build_draft


class ReportForm(EditForm):
    """A report: the days it is about and its texts; each kind has some of them."""

    period_from = date_field("Covers from", required=True)
    period_until = date_field("Covers until", required=True)
    recipient = LongText("To")
    diagnosis = LongText("Diagnosis")
    reason = LongText("Reason")
    attendance = LongText("Sessions and attendance")
    goals = LongText("Goals")
    changes = LongText("Measured changes")
    treatment = LongText("Treatment")
    response = LongText("Response")
    frequency = LongText("Frequency")
    skilled_need = LongText("Skilled need")
    plan = LongText("Plan")

    @classmethod
    def for_new(cls, kind: ReportKind, drafted: ReportDraft) -> Self:
        """Return the form as sent; where nothing was sent, with what was drafted."""
        form = cls.of(None)
        if not form.is_submitted():
            form = cls(formdata=None, data=vars(drafted))
        form.name_fields(kind)
        return form

    @staticmethod
    def values_of(report: Any) -> dict[str, Any]:
        """Return the fields' values as the report is on record."""
        names = [each.name for each in fields(ReportDraft)]
        return {name: getattr(report, name) for name in (*names, "version")}

    def set_choices(self, report: Any) -> None:
        """Name the fields as the report's kind does."""
        if report is not None:
            self.name_fields(report.kind)

    def name_fields(self, kind: ReportKind) -> None:
        """Give each field the heading it has in this kind of report."""
        known = KINDS[kind]
        self.period_from.label.text, self.period_until.label.text = known.period
        for part in known.parts:
            self[part.name].label.text = part.title

    def draft(self) -> ReportDraft:
        """Return what was typed."""
        return build_draft(self, ReportDraft)


class SignReportForm(VersionedForm):
    """Asks for the password again, and for the licence that stands under the report."""

    licence = Line("Licence number", max_length=60)
    password = PasswordField("Your password", [Required("Your password")])
