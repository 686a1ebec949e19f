"""Forms of a clinic's policy: one item made stricter, and a review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic_notes.clinical.policy import ItemPolicy, Part, stricter_options
from clinic_notes.clinical.policy.model import part_values
from clinic_notes.clinical.policy.wording import TITLES, value_in_words
from clinic_notes.clinical.wording import capitalized
from clinic_notes.core.forms.base import VersionedForm
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import ChoiceField, Choices, Line, LongText, Number
from clinic_notes.core.forms.record_form import EditForm
from clinic_notes.core.forms.rows import build_draft
from clinic_notes.policy.actions import ReviewDraft
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Pressure, Reach, Severity


@dataclass(frozen=True)
class ItemInForce:
    """A question, the clinic's own values for it, and the policy's version."""

    item: Contraindication
    own: ItemPolicy
    version: int


class ItemForm(EditForm):
    """The clinic's own values for one question; blank where the catalogue's hold."""

    severity = ChoiceField(TITLES[Part.SEVERITY], value_type=Severity)
    pressure_cap = ChoiceField(TITLES[Part.PRESSURE_CAP], value_type=Pressure)
    reach = ChoiceField(TITLES[Part.REACH], value_type=Reach)
    ask_again_days = ChoiceField(TITLES[Part.ASK_AGAIN_DAYS], value_type=int)
    stops_from_systolic = Number(TITLES[Part.SYSTOLIC], whole=True, unit="mmHg")
    stops_from_diastolic = Number(TITLES[Part.DIASTOLIC], whole=True, unit="mmHg")
    reason = LongText("Reason", required=True)

    @staticmethod
    def values_of(record: Any) -> dict[str, Any]:
        """Return the fields' values as the policy stands."""
        return {part.value: getattr(record.own, part.value) for part in Part} | {
            "version": record.version
        }

    def set_choices(self, record: Any) -> None:
        """Offer what is stricter than the catalogue, and what is in force."""
        item, own = record.item, record.own
        offered = stricter_options(item)
        self.severity.choices = _choices(item, Part.SEVERITY, offered.severities, own)
        self.pressure_cap.choices = _choices(item, Part.PRESSURE_CAP, offered.caps, own)
        self.reach.choices = _choices(item, Part.REACH, offered.reaches, own)
        self.ask_again_days.choices = _choices(item, Part.ASK_AGAIN_DAYS, offered.days, own)

    @property
    def record_name(self) -> str:
        """The question that a snapshot is bound to."""
        return f"policy about {self.record.item.key}"

    def draft(self) -> ItemPolicy:
        """Return what was chosen for the question."""
        return build_draft(self, ItemPolicy, item=self.record.item.key)


class ReviewForm(VersionedForm):
    """Who reviewed the list, with which licence, and when."""

    reviewer = Line("Reviewed by", required=True)
    licence = Line("Licence", required=True)
    reviewed_on = date_field("Reviewed on", required=True)

    @classmethod
    def of(cls, version: int, on: date) -> "ReviewForm":
        """Return the form as sent; where nothing was sent, for this version and day."""
        return cls(data={"version": version, "reviewed_on": on})

    def draft(self) -> ReviewDraft:
        """Return what was typed."""
        return build_draft(self, ReviewDraft)


def _choices(
    item: Contraindication, part: Part, values: Iterable[object], own: ItemPolicy
) -> Choices:
    """Return the catalogue's value, which is no choice of the clinic's, and what is stricter."""
    found = [str(value) for value in values]
    held = getattr(own, part.value)
    if held is not None and str(held) not in found:
        found.append(str(held))
    stricter = tuple((value, capitalized(value_in_words(part, value))) for value in found)
    of_catalogue = value_in_words(part, part_values(item)[part])
    return (("", f"Catalogue: {of_catalogue}"), *stricter)
