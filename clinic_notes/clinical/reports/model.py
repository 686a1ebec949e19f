"""What a report is made of, and the facts that its texts are drafted from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinic_notes.clinical.change import SessionRow
from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.terms import Pressure


@dataclass(frozen=True)
class ReportDraft:
    """A report as its form sends it; a kind uses some of the texts, the others are empty."""

    period_from: date
    period_until: date
    recipient: str = ""
    diagnosis: str = ""
    reason: str = ""
    attendance: str = ""
    goals: str = ""
    changes: str = ""
    treatment: str = ""
    response: str = ""
    frequency: str = ""
    skilled_need: str = ""
    plan: str = ""


@dataclass(frozen=True)
class Use:
    """Where an instrument was used, how firmly and for how long."""

    site: Site
    pressure: Pressure | None = None
    minutes: Decimal | None = None


@dataclass(frozen=True)
class Session:
    """A signed session that counts."""

    on: date
    is_treated: bool = True
    skin: str = ""
    """The key of the skin's response; "" where none was recorded."""
    plan: str = ""
    referral: str = ""
    uses: tuple[Use, ...] = ()
    interventions: tuple[str, ...] = ()
    """The keys of what else was done."""
    effects: tuple[str, ...] = ()
    """Adverse effects in words, those reported later too."""
    precautions: tuple[str, ...] = ()
    """Each safety answer that was treated with care, in words."""


@dataclass(frozen=True)
class GoalFacts:
    """A goal of the episode in words."""

    kind: str
    title: str
    by_on: date
    state: str
    """``met``, ``behind``, ``ended: met``."""
    why: str
    measure: str = ""
    detail: str = ""
    target: Decimal | None = None


@dataclass(frozen=True)
class EpisodeFacts:
    """What is on record of an episode, up to the end of a report's period."""

    complaint: str
    region: str
    opened_on: date
    sessions: tuple[Session, ...] = ()
    """The earliest first."""
    rows: tuple[SessionRow, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    diagnosis: str = ""
    onset: str = ""
    planned_visits: int | None = None
    visits_per_week: int | None = None
    planned_weeks: int | None = None
    certified_from: date | None = None
    certified_until: date | None = None
    closing: str = ""
    """Why the episode was closed, in words; "" where it is open."""
    last_report_on: date | None = None
    """The last day that a progress report covers."""

    def between(self, begin: date, end: date) -> tuple[Session, ...]:
        """Return the sessions of a period."""
        return tuple(session for session in self.sessions if begin <= session.on <= end)

    @property
    def treated(self) -> tuple[Session, ...]:
        """The sessions in which the patient was treated."""
        return tuple(session for session in self.sessions if session.is_treated)
