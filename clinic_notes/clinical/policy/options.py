"""What a clinic may choose for an item: every value stricter than the catalogue's."""

from dataclasses import dataclass

from clinic_notes.clinical.policy.effective import CAPS, REACHES, SEVERITIES, catalogue_cap
from clinic_notes.clinical.policy.model import EVERY_SESSION
from clinic_notes.clinical.policy.refusals import cap_matters, laxest_reach
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Pressure, Reach, Scope, Severity

INTERVALS = (EVERY_SESSION, 7, 14, 21)
"""The days that are offered; a policy may hold any number."""


@dataclass(frozen=True)
class StricterOptions:
    """The values that are stricter, the next one first; none where there is none."""

    severities: tuple[Severity, ...]
    caps: tuple[Pressure, ...]
    reaches: tuple[Reach, ...]
    days: tuple[int, ...]

    @property
    def are_none(self) -> bool:
        """Say whether the item is as strict as it can be."""
        return not (self.severities or self.caps or self.reaches or self.days)


def stricter_options(item: Contraindication) -> StricterOptions:
    """Return what a clinic may choose for an item of the catalogue."""
    caps = CAPS[CAPS.index(catalogue_cap(item)) + 1 :] if cap_matters(item) else ()
    is_of_region = item.scope is Scope.REGION
    reaches = REACHES[REACHES.index(laxest_reach(item)) + 1 :] if is_of_region else ()
    days = () if item.every_session else tuple(d for d in INTERVALS if d < item.ask_again_days)
    return StricterOptions(
        severities=SEVERITIES[SEVERITIES.index(item.severity) + 1 :],
        caps=tuple(cap for cap in caps if cap in (Pressure.LIGHT, Pressure.MODERATE)),
        reaches=reaches,
        days=days,
    )
