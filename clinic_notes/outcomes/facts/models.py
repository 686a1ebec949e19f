"""The facts: of each treated visit, each episode, each thing measured in it."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.clinical.change import Response, Verdict
from clinic_notes.core.db import Base, Exact, Term
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned


class Pairing(StrEnum):
    """Whether a visit's readings of one kind have both ends."""

    PAIRED = "paired"
    INCOMPLETE = "incomplete"
    NONE = "none"


class Chronicity(StrEnum):
    """How long before the episode the complaint began: the bands of the guidelines.

    Under 6 weeks, 6 to 12, over 12 (van Tulder et al. 2006, doi 10.1007/s00586-006-1071-2).
    """

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"
    UNKNOWN = "unknown"


class VisitFact(OwnedByClinic, Base):
    """A signed, treated visit: which readings are paired, its pain, its skin response."""

    __tablename__ = "visit_fact"
    __table_args__ = owned(
        child_of("visit"),
        child_of("episode"),
        child_of("user", "therapist_id"),
        index_for("Which sessions were treated in this period?", "served_on"),
        index_for("Which facts have the sessions of this episode?", "episode_id"),
    )

    visit_id: Mapped[int]
    episode_id: Mapped[int]
    therapist_id: Mapped[int]
    served_on: Mapped[date]
    pain: Mapped[Pairing] = mapped_column(Term(Pairing))
    rom: Mapped[Pairing] = mapped_column(Term(Pairing))
    strength: Mapped[Pairing] = mapped_column(Term(Pairing))
    score: Mapped[Pairing] = mapped_column(Term(Pairing))
    pain_before: Mapped[Decimal | None] = mapped_column(Exact)
    pain_after: Mapped[Decimal | None] = mapped_column(Exact)
    pain_verdict: Mapped[Verdict | None] = mapped_column(Term(Verdict))
    skin_response: Mapped[str] = mapped_column(String(60))
    worst_grade: Mapped[int | None]
    """The highest grade of its effects, those reported in an addendum among them."""


class EpisodeFact(OwnedByClinic, Base):
    """An episode with a signed, treated visit."""

    __tablename__ = "episode_fact"
    __table_args__ = owned(
        child_of("episode"),
        child_of("patient"),
        child_of("user", "therapist_id"),
        index_for("Which fact has this episode?", "episode_id"),
        index_for("Which episodes were closed in this period?", "closed_on"),
        index_for(
            "Which open episodes had no session for longest?", "last_on", where="closed_on IS NULL"
        ),
    )

    episode_id: Mapped[int]
    patient_id: Mapped[int]
    therapist_id: Mapped[int]
    """Who treated most of its sessions, of equals the one who did last."""
    therapists: Mapped[int]
    """How many treated in it."""
    region: Mapped[str] = mapped_column(String(60))
    chronicity: Mapped[Chronicity] = mapped_column(Term(Chronicity))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    first_on: Mapped[date]
    last_on: Mapped[date]
    visits: Mapped[int]


class MeasureFact(OwnedByClinic, Base):
    """One thing measured over an episode, before treatment: from where to where."""

    __tablename__ = "measure_fact"
    __table_args__ = owned(
        child_of("episode"),
        index_for("What was measured over this episode?", "episode_id"),
    )

    episode_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(60))
    is_main: Mapped[bool]
    """Whether it is the episode's pain: the situation rated in most sessions."""
    readings: Mapped[int]
    first_value: Mapped[Decimal | None] = mapped_column(Exact)
    last_value: Mapped[Decimal | None] = mapped_column(Exact)
    verdict: Mapped[Verdict] = mapped_column(Term(Verdict))
    response: Mapped[Response] = mapped_column(Term(Response))
    visits_to_response: Mapped[int | None]
    """After how many visits a response was first seen to last, even if it was lost later."""
    # What the next session adds to. No foreign keys: a signed reading is never deleted.
    first_reading_id: Mapped[int]
    last_reading_id: Mapped[int]
    last_visits: Mapped[int]
    """How many visits there had been with the last reading."""
