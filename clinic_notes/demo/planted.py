"""The effects planted in the demo, which its analyses must find again (docs/demo.md)."""

from datetime import date
from random import Random

from clinic_notes.reference.terms import Pressure

RELIEVED = {
    "foot_plantar": 0.76, "hamstring": 0.72, "achilles": 0.68, "elbow_lat": 0.66,
    "knee_ant": 0.64, "itb_thigh_lat": 0.64, "cervical_post": 0.62, "wrist": 0.58,
    "lumbar": 0.52, "shoulder_post": 0.46,
}  # fmt: skip
"""The chance that an episode's pain goes down for good, by region, of what is treated to the end.

Who treats makes no difference.
"""
CHRONIC = -0.16
"""What more than twelve weeks of pain take from that chance."""
WORSE = 0.06
DROPS_OUT = 0.14
"""The chance that a patient stays away after two to four sessions."""
SKIN = {
    Pressure.LIGHT: {"petechiae": 0.02, "ecchymosis": 0.002},
    Pressure.MODERATE: {"petechiae": 0.09, "ecchymosis": 0.011},
    Pressure.FIRM: {"petechiae": 0.21, "ecchymosis": 0.04},
}
"""The chance of each skin response by pressure; of the rest two in three are red."""
GRAZED = 0.004
SORE_FOR_DAYS = 0.003
"""The chance of an adverse effect of grade 1, and of one of grade 2, in a session."""
MOTION_AFTER = {"maya": 0.97, "jonas": 0.94, "ines": 0.90, "theo": 0.76, "amara": 0.96, "sam": 0.7}
"""The chance that motion is measured again after treatment: completeness differs by therapist."""
LOAD = (1.5, 1.45, 1.35, 1.05, 1.0, 0.9, 0.65, 0.55, 1.05, 1.1, 1.0, 0.6)
"""How busy each month is, January first."""


def load_of(day: date) -> float:
    """Return how busy the month of a day is."""
    return LOAD[day.month - 1]


def skin_after(rng: Random, pressure: Pressure) -> str:
    """Draw the skin response after a session at this pressure."""
    drawn = rng.random()
    for response, chance in SKIN[pressure].items():
        if drawn < chance:
            return response
        drawn -= chance
    return rng.choice(("erythema", "erythema", "none"))
