"""Records of an episode for the tests of reports: heel pain, treated in March 2026."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from clinic_notes.clinical.change import Row, SessionRow
from clinic_notes.clinical.drafts import PainDraft, RomDraft, Site
from clinic_notes.clinical.reports import EpisodeFacts, GoalFacts, Session, Use
from clinic_notes.reference.terms import Mode, Pressure, Side
from tests.drafts import measured

FOOT, CALF = Site("foot_plantar", Side.LEFT), Site("calf", Side.LEFT)
WORST = PainDraft("worst_24h")
BEND = RomDraft(
    "ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, position="knee_straight", device="goniometer"
)
GOAL = GoalFacts(
    "Pain", "Worst pain in 24 hours: 2 or less", date(2026, 4, 15), "on track", "3 on 11 Mar 2026.",
    measure="pain:worst_24h", target=Decimal(2),
)  # fmt: skip


def march(day: int) -> date:
    return date(2026, 3, day)


def read(day: int, row: Row, number: int | str, rater: int | None = 1) -> SessionRow:
    """Return a reading before treatment, on a day of March."""
    return SessionRow(replace(row, before=measured(number)), march(day), rater=rater)


FIRST = Session(
    march(4),
    skin="erythema",
    uses=(Use(FOOT, Pressure.LIGHT, Decimal(3)),),
    interventions=("exercise",),
    precautions=("blood thinner (pressure reduced)",),
)
SECOND = Session(
    march(11),
    skin="petechiae",
    plan="Add eccentric loading.",
    uses=(Use(FOOT, Pressure.MODERATE, Decimal(5)), Use(CALF, Pressure.MODERATE, Decimal(4))),
    effects=("Bruise, left calf, grade 1 (mild)",),
)
SCREENED = Session(march(18), is_treated=False, referral="Dr. Ott: calf swollen and warm")


def facts(**changes: Any) -> EpisodeFacts:
    """Return the facts of an episode with three sessions, two of them with treatment."""
    given: dict[str, Any] = {
        "complaint": "Heel pain, left",
        "region": "foot_plantar",
        "opened_on": march(1),
        "sessions": (FIRST, SECOND, SCREENED),
        "rows": (read(4, WORST, 8), read(11, WORST, 3)),
        "goals": (GOAL,),
        "diagnosis": "M72.2 plantar fasciitis (ICD-10-CM)",
        "onset": "1 Feb 2026, running",
        "planned_visits": 12,
        "visits_per_week": 2,
        "planned_weeks": 6,
    }
    return EpisodeFacts(**(given | changes))
