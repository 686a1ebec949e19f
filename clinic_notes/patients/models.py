"""Tables of patients: identity, allergies, conditions, episodes of care."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_notes.core.db import LABEL, Base, Term, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.patients.spelling import full_name
from clinic_notes.reference.terms import CodeSystem, Sex, Side


class Patient(OwnedByClinic, Base):
    """A person who is treated."""

    __tablename__ = "patient"
    __table_args__ = owned(
        UniqueConstraint("clinic_id", "mrn"),
        index_for("Who was born on this day?", "born_on"),
    )

    given_name: Mapped[str] = mapped_column(String(LABEL))
    family_name: Mapped[str] = mapped_column(String(LABEL))
    search_name: Mapped[str] = mapped_column(String(2 * LABEL + 1))
    born_on: Mapped[date]
    sex: Mapped[Sex] = mapped_column(Term(Sex))
    mrn: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(40), default="")
    background: Mapped[str] = mapped_column(Text, default="")
    allergies_asked_on: Mapped[date | None]
    guardian: Mapped[str] = mapped_column(String(LABEL), default="")
    guardian_consented_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    allergies: Mapped[list["Allergy"]] = relationship(
        back_populates="patient", order_by="Allergy.id", lazy="raise"
    )
    conditions: Mapped[list["Condition"]] = relationship(
        back_populates="patient", order_by="Condition.id", lazy="raise"
    )
    # Open ones first, then the latest opened first.
    episodes: Mapped[list["Episode"]] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Patient.id == foreign(Episode.patient_id), "
        "Patient.clinic_id == foreign(Episode.clinic_id))",
        order_by="(Episode.closed_on.is_not(None), Episode.opened_on.desc(), Episode.id.desc())",
    )
    # The latest first.
    open_episodes: Mapped[list["Episode"]] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(Patient.id == foreign(Episode.patient_id), "
        "Patient.clinic_id == foreign(Episode.clinic_id), Episode.closed_on.is_(None))",
        order_by="(Episode.opened_on.desc(), Episode.id.desc())",
    )

    @property
    def name(self) -> str:
        """Return the full name, the given name first."""
        return full_name(self.given_name, self.family_name)


class SearchKey(OwnedByClinic, Base):
    """A text a patient is found by, as `spelling.search_keys` makes them.

    Both stores find what begins with a text in an index in the order of its bytes; under
    row-level security PostgreSQL would not use one for LIKE or for trigrams.
    """

    __tablename__ = "search_key"
    __table_args__ = (
        child_of("patient"),
        # Name and patient are in it, so that many who are found can be counted and put in order.
        index_for("Who is found by this, or what begins so?", "kind", "key", "name", "patient_id"),
        index_for("By what is this patient found?", "patient_id"),
    )

    patient_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    """`number`, `in number`, `name` or `misspelled`."""
    key: Mapped[str] = mapped_column(
        String(2 * LABEL + 1).with_variant(String(2 * LABEL + 1, collation="C"), "postgresql")
    )
    name: Mapped[str] = mapped_column(String(2 * LABEL + 1))
    """The patient's `search_name`."""


class Allergy(OwnedByClinic, Base):
    """A substance the patient reacts to: its group's key, and the patient's words."""

    __tablename__ = "allergy"
    __table_args__ = owned(
        child_of("patient"), index_for("What does this patient react to?", "patient_id")
    )

    patient_id: Mapped[int]
    allergen: Mapped[str] = mapped_column(String(60))
    substance: Mapped[str] = mapped_column(String(LABEL))
    reaction: Mapped[str] = mapped_column(String(LABEL), default="")
    ended_on: Mapped[date | None]

    patient: Mapped[Patient] = relationship(back_populates="allergies", lazy="raise")


class Condition(OwnedByClinic, Base):
    """A lasting condition, linked to the checklist item it concerns, where there is one."""

    __tablename__ = "condition"
    __table_args__ = owned(
        child_of("patient"), index_for("Which conditions has this patient?", "patient_id")
    )

    patient_id: Mapped[int]
    label: Mapped[str] = mapped_column(String(LABEL))
    item: Mapped[str] = mapped_column(String(60), default="")
    since_on: Mapped[date | None]
    ended_on: Mapped[date | None]

    patient: Mapped[Patient] = relationship(back_populates="conditions", lazy="raise")


class Episode(OwnedByClinic, Base):
    """A run of visits for one complaint (FHIR EpisodeOfCare)."""

    __tablename__ = "episode"
    __table_args__ = owned(
        child_of("patient"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closed_after_opened"),
        index_for("What is this patient treated for?", "patient_id"),
    )

    patient_id: Mapped[int]
    complaint: Mapped[str] = mapped_column(String(LABEL))
    region: Mapped[str] = mapped_column(String(60))
    side: Mapped[Side] = mapped_column(Term(Side))
    onset: Mapped[str] = mapped_column(String(LABEL), default="")
    onset_on: Mapped[date | None]
    referral: Mapped[str] = mapped_column(String(LABEL), default="")
    referred_on: Mapped[date | None]
    planned_visits: Mapped[int | None]
    visits_per_week: Mapped[int | None]
    goals: Mapped[str] = mapped_column(Text, default="")
    """What the patient wants, in their words; goals with a target are rows of their own."""
    code_system: Mapped[CodeSystem | None] = mapped_column(Term(CodeSystem))
    diagnoses: Mapped[str] = mapped_column(Text, default="")
    """One on each line, the code first, as `clinical.diagnosis` reads them."""
    mechanism: Mapped[str] = mapped_column(String(LABEL), default="")
    planned_weeks: Mapped[int | None]
    needs_certification: Mapped[bool] = mapped_column(default=False)
    certified_from: Mapped[date | None]
    certified_until: Mapped[date | None]
    certified_by: Mapped[str] = mapped_column(String(LABEL), default="")
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    patient: Mapped[Patient] = relationship(viewonly=True, lazy="raise")


class EpisodePlace(OwnedByClinic, Base):
    """Where an episode was said to be until that was corrected; inserted and never changed.

    Sessions signed before that moment were asked about this place.
    """

    __tablename__ = "episode_place"
    __table_args__ = owned(
        child_of("episode"),
        child_of("user", "corrected_by_id"),
        index_for("Where was this episode at a moment?", "episode_id", "until"),
    )

    episode_id: Mapped[int]
    region: Mapped[str] = mapped_column(String(60))
    side: Mapped[Side] = mapped_column(Term(Side))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    corrected_by_id: Mapped[int]
    printed_name: Mapped[str] = mapped_column(String(2 * LABEL))
    reason: Mapped[str] = mapped_column(Text)
