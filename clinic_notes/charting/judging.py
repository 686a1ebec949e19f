"""Every rule about one visit, asked together: once for the page, once for the action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_notes.charting.drafting import Shelf
from clinic_notes.clinical.checking import check_visit
from clinic_notes.clinical.drafts import Product, Site, UseDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level, standing_in_the_way
from clinic_notes.clinical.lubricants import clash, metal_clash
from clinic_notes.clinical.screening import Asked, Clearance, clearance, items_due
from clinic_notes.clinical.signing import forbidden, missing
from clinic_notes.patients.models import Allergy, Episode
from clinic_notes.reference.instruments import materials


@dataclass(frozen=True)
class Judgement:
    """What the rules say of a visit as recorded so far."""

    due: tuple[str, ...]
    clearance: Clearance
    remarks: tuple[Finding, ...]
    """About single fields and products: what cannot be, and what needs care."""
    forbidden: tuple[Finding, ...]
    """What may not be done today: treating at all, or treating there."""
    missing: tuple[Finding, ...]
    """What stands between the note and a signature."""

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Return what keeps even a draft from being saved as it is."""
        return (*self.forbidden, *standing_in_the_way(self.remarks))

    @property
    def cautions(self) -> tuple[Finding, ...]:
        """Return what the therapist should know and may go on with."""
        found = (*self.clearance.findings, *self.remarks)
        return tuple(f for f in found if f.level in (Level.CAUTION, Level.NOTE))


def judge(
    draft: VisitDraft,
    *,
    episode: Episode,
    allergies: Iterable[Allergy],
    shelf: Shelf,
    history: Sequence[Asked],
    today: date,
    is_first: bool = True,
) -> Judgement:
    """Ask every rule about a visit; ``history`` are the answers of earlier signed visits.

    ``shelf`` holds the tools and products its rows name. ``is_first`` says whether it is the first
    treated session of its episode, which only matters to what is missing for a signature.
    """
    about = places_of(draft, episode)
    due = items_due(history, about, draft.served_on)
    verdict = clearance(draft.answers, about=about, standing=history, due=due, on=draft.served_on)
    return Judgement(
        due=due,
        clearance=verdict,
        remarks=(
            *check_visit(draft, today=today, cap=verdict.pressure_cap),
            *_clashes(draft.uses, shelf, [a for a in allergies if a.ended_on is None]),
        ),
        forbidden=forbidden(draft, verdict),
        missing=missing(draft, verdict, is_first=is_first),
    )


def places_of(draft: VisitDraft, episode: Episode) -> tuple[Site, ...]:
    """Return the places the safety check is about, each once: those treated, or the episode's."""
    treated = tuple(dict.fromkeys(use.site for use in draft.uses))
    return treated or (Site(episode.region, episode.side),)


def _clashes(
    uses: Iterable[UseDraft], shelf: Shelf, allergies: Sequence[Allergy]
) -> Iterable[Finding]:
    groups = {allergy.allergen for allergy in allergies}
    reactions = {allergy.allergen: allergy.reaction for allergy in allergies}
    for number, use in enumerate(uses):
        tool = shelf.instruments.get(use.instrument_id)
        material = materials.find(tool.material) if tool else None
        if material is not None:
            about = f"uses-{number}-instrument_id"
            yield from metal_clash(material.contains_nickel, groups, about=about)
        product = shelf.lubricants.get(use.lubricant_id) if use.lubricant_id else None
        if product is not None:
            contents = Product(product.name, product.kind, ingredients=product.ingredients)
            yield from clash(contents, groups, reactions, about=f"uses-{number}-lubricant_id")
