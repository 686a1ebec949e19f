"""Forms of a clinic's policy: one item made stricter, and a review."""

from collections.abc import Iterable
from datetime import date

from clinic_notes.clinical.policy import ItemPolicy, Part, stricter_options
from clinic_notes.clinical.policy.model import part_values
from clinic_notes.clinical.policy.wording import TITLES, value_in_words
from clinic_notes.clinical.wording import capitalized
from clinic_notes.core.forms.base import VersionedForm
from clinic_notes.core.forms.fields import ChoiceField, Choices, Line, LongText, Number, date_field
from clinic_notes.core.forms.rows import build_draft
from clinic_notes.policy.actions import ReviewDraft
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Pressure, Reach, Severity


class ItemForm(VersionedForm):
    """The clinic's own values for one question; blank where the catalogue's hold."""

    severity = ChoiceField(TITLES[Part.SEVERITY], value_type=Severity)
    pressure_cap = ChoiceField(TITLES[Part.PRESSURE_CAP], value_type=Pressure)
    reach = ChoiceField(TITLES[Part.REACH], value_type=Reach)
    ask_again_days = ChoiceField(TITLES[Part.ASK_AGAIN_DAYS], value_type=int)
    stops_from_systolic = Number(TITLES[Part.SYSTOLIC], whole=True, unit="mmHg")
    stops_from_diastolic = Number(TITLES[Part.DIASTOLIC], whole=True, unit="mmHg")
    reason = LongText("Reason", required=True)

    @classmethod
    def of(cls, item: Contraindication, own: ItemPolicy, version: int) -> "ItemForm":
        """Return the form as sent; where nothing was sent, as the policy stands."""
        given = {part.value: getattr(own, part.value) for part in Part}
        held = {name: str(value) for name, value in given.items() if value is not None}
        numbers = (Part.SYSTOLIC.value, Part.DIASTOLIC.value)
        form = cls(data=held | {name: given[name] for name in numbers} | {"version": version})
        offered = stricter_options(item)
        form.severity.choices = _choices(item, Part.SEVERITY, offered.severities, own)
        form.pressure_cap.choices = _choices(item, Part.PRESSURE_CAP, offered.caps, own)
        form.reach.choices = _choices(item, Part.REACH, offered.reaches, own)
        form.ask_again_days.choices = _choices(item, Part.ASK_AGAIN_DAYS, offered.days, own)
        return form

    def draft(self, item: str) -> ItemPolicy:
        """Return what was chosen for an item."""
        return build_draft(self, ItemPolicy, item=item)


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
