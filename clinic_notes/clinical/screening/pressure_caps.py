"""The highest pressure a safety answer, or the patient's age, allows at a site (proposed)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening.in_force import ActiveYes
from clinic_notes.clinical.screening.overlap import is_within
from clinic_notes.clinical.wording import age, listed, site_text
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Mitigation, Pressure, Reach, Scope

CHILD, MINOR = 12, 18
"""Years: under 12 light pressure only, under 18 at most moderate (proposed)."""

_WHERE = {
    Reach.SITE: " at the {}",
    Reach.NEIGHBOURS: " at the {} and next to it",
    Reach.LIMB: " on the whole limb of the {}",
}


@dataclass(frozen=True)
class PressureCap:
    """The highest pressure allowed, why, and where."""

    pressure: Pressure
    why: str
    flagged: tuple[Site, ...] = ()
    """The sites it is about; none where it applies everywhere."""
    reach: Reach = Reach.SITE
    regions: tuple[str, ...] = ()
    """The only regions it applies to; none where it is not about regions."""
    regions_text: str = ""
    """What these regions are, in words."""

    def applies_to(self, site: Site) -> bool:
        """Say whether it applies to a site that is treated."""
        if self.regions and site.region not in self.regions:
            return False
        return not self.flagged or any(is_within(self.reach, one, site) for one in self.flagged)

    @property
    def message(self) -> str:
        """What is allowed where and why, as a sentence."""
        sites = listed([site_text(site) for site in self.flagged])
        where = _WHERE[self.reach].format(sites) if sites else ""
        if self.regions:
            where = f" at {self.regions_text}"
        return f"Pressure at most {self.pressure}{where} today: {self.why}."


def caps_of(item: Contraindication, yes: ActiveYes, yes_text: str) -> tuple[PressureCap, ...]:
    """Return the caps of an active "yes": the item's own, and that of reducing the pressure."""
    flagged = () if item.scope is Scope.SESSION else yes.flagged
    if item.scope is Scope.REGION and not flagged:
        return ()
    caps = []
    if item.pressure_cap is not None:
        caps.append(PressureCap(item.pressure_cap, yes_text, flagged, item.cap_reach))
    if item.light_regions:
        regions, text = item.light_regions, item.light_where
        caps.append(PressureCap(Pressure.LIGHT, yes_text, regions=regions, regions_text=text))
    if yes.asked.mitigation is Mitigation.REDUCE_PRESSURE:
        caps.append(PressureCap(Pressure.MODERATE, yes_text, flagged, item.reach))
    return tuple(caps)


def caps_for_age(born_on: date, on: date) -> tuple[PressureCap, ...]:
    """Return the cap for a child or a minor on that day, none for an adult."""
    years = age(born_on, on)
    if years >= MINOR:
        return ()
    pressure, limit = (Pressure.LIGHT, CHILD) if years < CHILD else (Pressure.MODERATE, MINOR)
    return (PressureCap(pressure, f"the patient is under {limit}"),)


def lowest_cap(caps: Iterable[PressureCap], site: Site) -> PressureCap | None:
    """Return the lowest of these caps that applies to a site, None where none does."""
    applying = [cap for cap in caps if cap.applies_to(site)]
    return min(applying, key=lambda cap: cap.pressure.rank, default=None)
