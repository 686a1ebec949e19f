"""The reading rows of a session: each measured before and after, never prefilled."""

from typing import Any

from clinic_notes.charting import choices
from clinic_notes.clinical.drafts import (
    BLANK,
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
)
from clinic_notes.clinical.readings import NPRS, strength_limits
from clinic_notes.clinical.wording import joined
from clinic_notes.core.display import words
from clinic_notes.core.forms.fields import ChoiceField, Line, Number
from clinic_notes.core.forms.rows import RowForm, build_draft
from clinic_notes.reference.measures import measures, mmt_grades
from clinic_notes.reference.movements import devices, joint_positions, movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import Mode, ReadingState, Side, StrengthMethod

STATES = (
    ("", ""),
    (ReadingState.PAIN_LIMITED.value, "Limited by pain"),
    (ReadingState.NOT_TESTED.value, "Not tested"),
    (ReadingState.NOT_APPLICABLE.value, "Not applicable"),
)


class ReadingForm(RowForm):
    """A reading: one thing measured before and after, or why it was not."""

    before = Number("Before")
    before_state = ChoiceField(
        "Before, if it needs a word", STATES, blank=None, value_type=ReadingState
    )
    after = Number("After")
    after_state = ChoiceField(
        "After, if it needs a word", STATES, blank=None, value_type=ReadingState
    )

    unnamed = ""
    """The row's label until what it measures is chosen."""

    def draft(self) -> Any:
        """Return this row as the rules read it; only after `validate` said yes."""
        ends = {name: self._end(name) for name in ("before", "after")}
        return build_draft(self, self.draft_type, **ends)

    def _end(self, name: str) -> Measured:
        """Return one end, ``before`` or ``after``; blank where nothing was entered."""
        row: Any = self
        number, state = row[name].data, row[f"{name}_state"].value
        grade = row[f"{name}_grade"].value if f"{name}_grade" in row else ""
        if number is None and not state and not grade:
            return BLANK
        return Measured(state or ReadingState.MEASURED, number, grade)

    @property
    def name(self) -> str:
        """The row's name, as ``roms-0``."""
        return str(self.id.name).removesuffix("-id")

    @property
    def about(self) -> str:
        """What the row measures, in words; the page's script builds the same text."""
        raise NotImplementedError


class PainForm(ReadingForm):
    """Pain in one context."""

    before = Number("Before", limits=NPRS)
    after = Number("After", limits=NPRS)
    context = ChoiceField("Pain", choices.of(pain_contexts), blank=None)
    detail = Line("What brings it on")

    draft_type = PainDraft
    unnamed = "Pain"
    needed = ("context",)

    @property
    def about(self) -> str:
        """The label, as "Pain with movement, stairs"."""
        return joined(self.context.selected_label or self.unnamed, self.detail.data)


class RomForm(ReadingForm):
    """One joint movement, in degrees."""

    movement = ChoiceField("Movement", choices.of(movements), blank=None)
    side = ChoiceField("Side", choices.terms(Side), blank=None, value_type=Side)
    mode = ChoiceField("Active or passive", choices.terms(Mode), blank=None, value_type=Mode)
    position = ChoiceField("Joint position", choices.of(joint_positions), blank=None)
    device = ChoiceField("Measured with", choices.of(devices), blank=None)

    draft_type = RomDraft
    unnamed = "A movement"
    needed = ("movement", "side", "mode")

    @property
    def about(self) -> str:
        """The label, as "Elbow extension, left"."""
        return joined(self.movement.selected_label or self.unnamed, _side(self.side.data))


class StrengthForm(ReadingForm):
    """Strength of one movement: an MMT grade, or newtons."""

    movement = ChoiceField("Movement", choices.of(movements), blank=None)
    side = ChoiceField("Side", choices.terms(Side), blank=None, value_type=Side)
    method = ChoiceField(
        "Tested", choices.terms(StrengthMethod), blank=None, value_type=StrengthMethod
    )
    before_grade = ChoiceField("Grade before", choices.of(mmt_grades), blank=None)
    after_grade = ChoiceField("Grade after", choices.of(mmt_grades), blank=None)

    draft_type = StrengthDraft
    unnamed = "A strength test"
    needed = ("movement", "side", "method")

    @property
    def about(self) -> str:
        """The label, as "Strength of elbow extension, left"."""
        limits = strength_limits(self.movement.data)
        name = limits.label if limits else self.movement.selected_label or self.unnamed
        return joined(name, _side(self.side.data))


class MeasureForm(ReadingForm):
    """A linear or functional test, or a score."""

    measure = ChoiceField("Test", choices.of(measures), blank=None)
    side = ChoiceField("Side", choices.terms(Side), blank=None, value_type=Side)
    detail = Line("Which, where")

    draft_type = MeasureDraft
    unnamed = "A test or score"
    needed = ("measure",)

    @property
    def about(self) -> str:
        """The label, as "Girth, left, calf"."""
        side, detail = _side(self.side.data), self.detail.data
        return joined(self.measure.selected_label or self.unnamed, side, detail)


def _side(side: str | None) -> str:
    return "" if side == Side.MIDLINE else words(side)


def initial_reading(
    draft: PainDraft | RomDraft | StrengthDraft | MeasureDraft,
) -> dict[str, object]:
    """Return a stored reading as the row's initial values."""
    values: dict[str, object] = {
        name: value for name, value in vars(draft).items() if name not in ("before", "after")
    }
    for name in ("before", "after"):
        end: Measured = getattr(draft, name)
        values[name] = end.number
        is_measured = end.state in (None, ReadingState.MEASURED)
        values[f"{name}_state"] = "" if is_measured else str(end.state)
        values[f"{name}_grade"] = end.grade
    return values
