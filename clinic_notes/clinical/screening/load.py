"""Which sites bear a load in a session, by its position and motions (proposed)."""

from collections.abc import Iterable

from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.reference.regions import regions
from clinic_notes.reference.techniques import motions, positions


def loaded_sites(draft: VisitDraft, sites: Iterable[Site]) -> tuple[Site, ...]:
    """Return those of the sites that bear a load.

    They belong to a limb that the patient's position loads, or the row at them is done against
    resistance or in the task that provokes the complaint.
    """
    position = positions.find(draft.position)
    limbs = position.loads if position is not None else ()
    worked = {use.site for use in draft.uses if _loads(use.motion)}
    return tuple(site for site in sites if site in worked or _limb_of(site) in limbs)


def _loads(motion: str) -> bool:
    found = motions.find(motion)
    return found is not None and found.loads


def _limb_of(site: Site) -> str:
    region = regions.find(site.region)
    return region.limb if region is not None else ""
