"""When a "yes" about one body site applies to another (clinical.md 4.3)."""

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Reach, Side

_MEETS_EVERY_SIDE = {Side.BILATERAL, Side.MIDLINE}


def overlaps(a: Site, b: Site) -> bool:
    """Say whether two sites share skin: the same region, and sides that meet.

    Bilateral and midline meet every side.
    """
    return a.region == b.region and _sides_meet(a.side, b.side)


def is_affected(
    item: Contraindication, flagged: Site, treated: Site, *, is_loaded: bool = False
) -> bool:
    """Say whether a "yes" to the item about one site applies to the site to be treated.

    ``is_loaded`` says whether that bears a load in the session.
    """
    reach = item.loaded_reach if is_loaded and item.loaded_reach else item.reach
    return is_within(reach, flagged, treated)


def is_within(reach: Reach, flagged: Site, treated: Site) -> bool:
    """Say whether a site lies within reach of another."""
    if overlaps(flagged, treated):
        return True
    if not _sides_meet(flagged.side, treated.side):
        return False
    here, there = regions.find(flagged.region), regions.find(treated.region)
    if here is None or there is None:
        return False
    if reach is Reach.LIMB and here.limb and here.limb == there.limb:
        return True
    return reach is not Reach.SITE and treated.region in here.neighbours


def _sides_meet(a: Side, b: Side) -> bool:
    return a == b or bool({a, b} & _MEETS_EVERY_SIDE)
