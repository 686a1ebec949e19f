"""An edit conflict about a visit: its two versions, in the words of its form."""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from clinic_notes.charting.context import VisitFacts
from clinic_notes.charting.models import Visit
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.repeat import fetch_past, sources_by_row
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.versions.merge import Difference
from clinic_notes.clinical.versions.wording import DisplayNames, display_text, heading
from clinic_notes.clinical.wording import day
from clinic_notes.core.forms.edit_conflict import EditConflict, row_absence
from clinic_notes.core.forms.snapshot import read_snapshot


@dataclass(frozen=True)
class VisitWording:
    """How the differences between two versions of a visit read."""

    names: DisplayNames

    def heading(self, one: Difference) -> tuple[str, str]:
        """Return the titles of (its row, its field)."""
        return heading(one, self.names)

    def text(self, one: Difference, row: Any) -> str:
        """Return one version in words."""
        return display_text(one, row, self.names)

    def absence(self, one: Difference) -> str:
        """Return what stands where a version has no such row."""
        return "Not asked" if one.rows == "answers" else row_absence(one)


def edit_conflict(
    facts: VisitFacts, visit: Visit, form: VisitForm, sent: MultiDict[str, str]
) -> EditConflict:
    """Return the stored visit beside what was sent; only of a form that is valid."""
    return EditConflict(
        version=visit.version,
        stored=facts.draft,
        typed=form.draft(),
        base=read_snapshot(VisitDraft, form.snapshot.data or "", f"visit {visit.id}"),
        wording=VisitWording(_display_names(facts, form)),
        sent=sent,
    )


def _display_names(facts: VisitFacts, form: VisitForm) -> DisplayNames:
    """Return the names of supplies and people, and the days of past sessions."""
    sources = sources_by_row(facts, fetch_past(facts))
    return DisplayNames(
        instruments=facts.supplies.instrument_names,
        lubricants=facts.supplies.lubricant_names,
        people={int(key): label for key, label in form.measured_by_id.choices if key},
        sessions={session.visit_id: day(session.served_on) for session in sources.values()},
        copied_rows={row_id: day(session.served_on) for row_id, session in sources.items()},
    )
