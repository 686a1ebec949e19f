"""The forms of a goal, of its end, of what was done, of a closing."""

from typing import Any, Self

from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.goals import (
    GoalDraft,
    limits_of,
    measure_key,
    measure_title,
    measured_row,
    measures_for,
)
from clinic_notes.clinical.wording import capitalized, with_unit
from clinic_notes.core.display import today
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Number, Required
from clinic_notes.core.forms.record_form import EditForm, RecordForm
from clinic_notes.core.forms.rows import build_draft
from clinic_notes.plan_of_care.drafts import ClosingDraft, DoneDraft, GoalEndDraft
from clinic_notes.reference.plan_of_care import (
    closing_reasons,
    goal_end_reasons,
    goal_kinds,
)
from clinic_notes.reference.terms import AgreedBy

AGREED_BY = {
    AgreedBy.PATIENT: "The patient",
    AgreedBy.PATIENT_AND_CARER: "The patient and a carer",
    AgreedBy.CARER: "A parent, guardian or carer",
    AgreedBy.NOT_YET: "Not agreed yet",
}


class GoalForm(EditForm):
    """A goal: what it is about, what is measured, its target and day."""

    kind = ChoiceField("Kind of goal", blank=None, validators=[Required("Kind of goal")])
    measure = ChoiceField("Measured by")
    detail = Line("Which activity or point")
    start = Number("Start")
    target = Number("Target")
    words = Line("In words")
    by_on = date_field("Wanted by", required=True)
    agreed_on = date_field("Agreed on", required=True)
    agreed_by = ChoiceField(
        "Agreed by",
        [(agreed.value, words) for agreed, words in AGREED_BY.items()],
        blank=None,
        value_type=AgreedBy,
        validators=[Required("Agreed by")],
    )

    @classmethod
    def for_episode(cls, episode: Any, goal: Any = None) -> Self:
        """Return the form of a goal of this episode, None for a new one."""
        form = cls.of(goal)
        offered = list(measures_for(episode.region, episode.side))
        recorded = measured_row(goal.measure) if goal is not None else None
        if recorded is not None and recorded not in offered:
            offered.append(recorded)
        blank = ("", "Nothing: the goal is in words")
        form.measure.choices = [blank, *((measure_key(row), _label(row)) for row in offered)]
        return form

    @staticmethod
    def values_of(goal: Any) -> dict[str, Any]:
        """Return the fields' values as the goal is on record."""
        return {name: getattr(goal, name) for name in (*GoalDraft.__annotations__, "version")}

    def set_choices(self, goal: Any) -> None:
        """Offer the kinds of today, and the one on record; a new goal is agreed today."""
        recorded = (goal.kind,) if goal is not None else ()
        self.kind.choices = goal_kinds.choices(today(), recorded)
        if goal is None and not self.is_submitted():
            self.agreed_on.data = today()

    def draft(self) -> GoalDraft:
        """Return what was typed."""
        return build_draft(self, GoalDraft)


def _label(row: Any) -> str:
    limits = limits_of(row)
    title = measure_title(measure_key(row))
    if limits is None:
        return title
    ends = f"{with_unit(limits.least, limits.unit)} to {with_unit(limits.most, limits.unit)}"
    return f"{capitalized(title)} ({ends})"


class GoalEndForm(RecordForm):
    """Why and when a goal ends."""

    end_reason = ChoiceField("Why it ends", blank=None, validators=[Required("Why it ends")])
    ended_on = date_field("Ended on", required=True)
    end_detail = LongText("In words")

    @staticmethod
    def values_of(goal: Any) -> dict[str, Any]:
        """Return the version alone: nothing else is known beforehand."""
        return {"version": goal.version, "ended_on": today()}

    def set_choices(self, goal: Any) -> None:
        """Offer the reasons of today."""
        self.end_reason.choices = goal_end_reasons.choices(today())

    def draft(self) -> GoalEndDraft:
        """Return what was typed."""
        return build_draft(self, GoalEndDraft)


class DoneForm(RecordForm):
    """That something due was done, on which day."""

    done_on = date_field("Done on", required=True)

    def set_choices(self, record: Any) -> None:
        """Begin with today."""
        if not self.is_submitted():
            self.done_on.data = today()

    def draft(self, kind: DueKind) -> DoneDraft:
        """Return what was typed about a due item of this kind."""
        return build_draft(self, DoneDraft, kind=kind)


class ClosingForm(RecordForm):
    """Why and when an episode closes."""

    reason = ChoiceField("Why it closes", blank=None, validators=[Required("Why it closes")])
    closed_on = date_field("Closed on", required=True)
    detail = LongText("In words")

    @staticmethod
    def values_of(episode: Any) -> dict[str, Any]:
        """Return the version alone: nothing else is known beforehand."""
        return {"version": episode.version, "closed_on": today()}

    def set_choices(self, episode: Any) -> None:
        """Offer the reasons of today."""
        self.reason.choices = closing_reasons.choices(today())

    def draft(self) -> ClosingDraft:
        """Return what was typed."""
        return build_draft(self, ClosingDraft)


class ReopenForm(BaseForm):
    """Why a closed episode opens again."""

    reason = LongText("Why it opens again")
