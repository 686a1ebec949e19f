"""How far a "yes" applies from its place, and what bears a load."""

from datetime import date

import pytest

from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.clinical.screening import is_affected, loaded_sites
from clinic_notes.clinical.screening.overlap import is_within
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Reach, Side
from tests.drafts import LEFT_CALF, RIGHT_CALF, calf_use

THIGH, ACHILLES = Site("hamstring", Side.LEFT), Site("achilles", Side.LEFT)
BACK, NECK = Site("lumbar", Side.MIDLINE), Site("cervical_post", Side.MIDLINE)
FOREARM, UNKNOWN = Site("forearm", Side.LEFT), Site("tail", Side.LEFT)


@pytest.mark.parametrize(
    ("reach", "flagged", "treated", "is_reached"),
    [
        pytest.param(Reach.SITE, LEFT_CALF, LEFT_CALF, True, id="the place itself"),
        pytest.param(Reach.SITE, LEFT_CALF, ACHILLES, False, id="next to it, only the place"),
        pytest.param(Reach.NEIGHBOURS, LEFT_CALF, ACHILLES, True, id="next to it"),
        pytest.param(Reach.NEIGHBOURS, LEFT_CALF, THIGH, False, id="two places on"),
        pytest.param(Reach.LIMB, LEFT_CALF, THIGH, True, id="the limb"),
        pytest.param(Reach.LIMB, RIGHT_CALF, THIGH, False, id="the other leg"),
        pytest.param(Reach.LIMB, LEFT_CALF, FOREARM, False, id="another limb"),
        pytest.param(Reach.LIMB, BACK, NECK, False, id="two places that belong to no limb"),
        pytest.param(Reach.LIMB, BACK, Site("thoracic", Side.LEFT), True, id="next to the back"),
        pytest.param(Reach.LIMB, UNKNOWN, LEFT_CALF, False, id="a place no catalogue knows"),
        pytest.param(Reach.LIMB, LEFT_CALF, UNKNOWN, False, id="treated where none knows"),
        pytest.param(Reach.LIMB, UNKNOWN, UNKNOWN, True, id="unknown, but the same"),
    ],
)
def test_how_far_it_reaches(reach: Reach, flagged: Site, treated: Site, is_reached: bool) -> None:
    assert is_within(reach, flagged, treated) is is_reached


def test_only_what_bears_a_load_is_reached_further() -> None:
    fracture, veins = checklist["fracture_unstable"], checklist["varicose_veins"]
    assert is_affected(fracture, LEFT_CALF, THIGH) is False
    assert is_affected(fracture, LEFT_CALF, THIGH, is_loaded=True) is True
    assert is_affected(veins, LEFT_CALF, ACHILLES, is_loaded=True) is False


@pytest.mark.parametrize(
    ("position", "motion", "loaded"),
    [
        pytest.param("prone", "static", (), id="lying at rest"),
        pytest.param("", "", (), id="nothing said"),
        pytest.param("hanging", "flying", (), id="what no catalogue knows"),
        pytest.param("standing", "static", (LEFT_CALF, THIGH), id="standing"),
        pytest.param("prone", "resisted", (LEFT_CALF,), id="against resistance"),
        pytest.param("sitting", "functional", (LEFT_CALF,), id="in the task"),
        pytest.param("prone", "active_motion", (), id="moved without a load"),
    ],
)
def test_what_bears_a_load(position: str, motion: str, loaded: tuple[Site, ...]) -> None:
    draft = VisitDraft(date(2026, 3, 11), position=position, uses=(calf_use(motion=motion),))
    assert loaded_sites(draft, (LEFT_CALF, THIGH, FOREARM, BACK, UNKNOWN)) == loaded
