"""The instruments and lubricants that treatment rows name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clinic_notes.clinical.drafts import LubricantContents, UseDraft
from clinic_notes.equipment.models import InstrumentSummary, LubricantSummary
from clinic_notes.equipment.queries import instruments_named, lubricants_named
from clinic_notes.reference.instruments import materials


@dataclass(frozen=True)
class Supplies:
    """Instruments and lubricants by id."""

    instruments: Mapping[int, InstrumentSummary] = field(default_factory=dict)
    lubricants: Mapping[int, LubricantSummary] = field(default_factory=dict)

    @classmethod
    def of(
        cls, instruments: Iterable[InstrumentSummary], lubricants: Iterable[LubricantSummary]
    ) -> "Supplies":
        """Return these instruments and lubricants by their ids."""
        return cls({one.id: one for one in instruments}, {one.id: one for one in lubricants})

    def combined_with(self, other: "Supplies") -> "Supplies":
        """Return what is in either."""
        return Supplies(
            instruments={**other.instruments, **self.instruments},
            lubricants={**other.lubricants, **self.lubricants},
        )

    def has_all_of(self, uses: Iterable[UseDraft]) -> bool:
        """Say whether everything that these rows name is here."""
        return all(
            use.instrument_id in self.instruments
            and (not use.lubricant_id or use.lubricant_id in self.lubricants)
            for use in uses
        )

    def holds_nickel(self, instrument_id: int) -> bool:
        """Say whether an instrument contains nickel."""
        tool = self.instruments.get(instrument_id)
        material = materials.find(tool.material) if tool else None
        return material is not None and material.contains_nickel

    def contents(self, lubricant_id: int | None) -> LubricantContents | None:
        """Return a lubricant as the rules see it, None where none is named or known."""
        product = self.lubricants.get(lubricant_id) if lubricant_id else None
        if product is None:
            return None
        return LubricantContents(product.name, product.kind, ingredients=product.ingredients)

    @property
    def instrument_names(self) -> dict[int, str]:
        """Return the name of each instrument, with its material."""
        return {key: instrument.in_words for key, instrument in self.instruments.items()}

    @property
    def lubricant_names(self) -> dict[int, str]:
        """Return the name of each lubricant."""
        return {key: lubricant.name for key, lubricant in self.lubricants.items()}


def supplies_for(uses: Sequence[UseDraft]) -> Supplies:
    """Return the instruments and lubricants these rows name, as far as they are the clinic's."""
    return Supplies.of(
        instruments_named({use.instrument_id for use in uses}),
        lubricants_named({use.lubricant_id for use in uses if use.lubricant_id}),
    )
