"""What is marked in the selects of a treatment row, for this patient."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.clinical.dosage import pressure_marks
from clinic_notes.clinical.drafts import UseDraft
from clinic_notes.clinical.findings import ChoiceMark
from clinic_notes.clinical.lubricants import (
    groups_named,
    instrument_marks,
    lubricant_marks,
    safest_first,
)
from clinic_notes.clinical.screening.pressure_caps import PressureCap
from clinic_notes.core.forms.fields import Choices
from clinic_notes.patients.models import Allergy


@dataclass(frozen=True)
class KnownAllergies:
    """A patient's active allergies, as the rules about products ask for them."""

    reactions: Mapping[str, str]
    """The reaction on record by allergen group."""
    substances: Mapping[str, str]
    """The reaction by the substance's own name."""

    @classmethod
    def of(cls, allergies: Iterable[Allergy]) -> Self:
        """Return those of a patient's record."""
        allergies = tuple(allergies)
        reactions = {
            group: allergy.reaction
            for allergy in allergies
            # The group that was chosen comes last, so that its own reaction is the one named.
            for group in (*groups_named(allergy.substance), allergy.allergen)
        }
        substances = {a.substance: a.reaction for a in allergies if a.substance}
        return cls(reactions, substances)

    @property
    def groups(self) -> frozenset[str]:
        """Return the keys of the allergen groups."""
        return frozenset(self.reactions)


@dataclass(frozen=True)
class RowMarks:
    """The marks of one treatment row; it can be hashed, for a row that is rendered once."""

    pressure: tuple[ChoiceMark, ...] = ()
    instruments: tuple[ChoiceMark, ...] = ()
    lubricants: tuple[ChoiceMark, ...] = ()
    order: tuple[int, ...] = ()
    """The lubricants in the order they are offered."""

    @property
    def why(self) -> str:
        """Say what speaks against the pressures that are out, or else what asks for care."""
        out = [mark.text for mark in self.pressure if mark.is_out]
        return " ".join(dict.fromkeys(out or [mark.text for mark in self.pressure]))

    def in_order(self, lubricants: Choices) -> Choices:
        """Return the choices of lubricants, the nearest safe one first."""
        places = {str(number): place for place, number in enumerate(self.order)}
        return tuple(sorted(lubricants, key=lambda choice: places.get(choice[0], -1)))


def row_marks(
    use: UseDraft, cap: PressureCap | None, supplies: Supplies, known: KnownAllergies
) -> RowMarks:
    """Return what is marked in a row before it is chosen."""
    nickel = {number: supplies.holds_nickel(number) for number in supplies.instruments}
    contents = {number: supplies.contents(number) for number in supplies.lubricants}
    products = {number: product for number, product in contents.items() if product is not None}
    lubricants = lubricant_marks(products, known.groups, known.substances)
    return RowMarks(
        pressure_marks(use, cap),
        instrument_marks(nickel, known.groups),
        lubricants,
        safest_first(products, lubricants, use.lubricant_id),
    )
