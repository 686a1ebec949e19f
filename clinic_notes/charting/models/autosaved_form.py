"""What a user typed in a form and did not save: part of no record."""

import json
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_notes.core.db import Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, index_for, owned
from clinic_notes.patients.models import Episode, Patient

FORM_INSTANCE = 64
ADDENDUM = "addendum-"
"""What follows the user's id in the token of a form that adds to a signed note.

Such a form and a visit's own form are told apart: neither is restored in place of the other.
"""


class AutosavedForm(OwnedByClinic, Base):
    """The text of one form instance, valid or not; only its writer sees it.

    Once the form is saved, its row stays for a day without text: a send that arrives late must
    not bring the text back.
    """

    __tablename__ = "autosaved_form"
    __table_args__ = owned(
        child_of("user", "person_id"),
        child_of("patient"),
        child_of("episode"),
        child_of("visit"),
        UniqueConstraint("person_id", "form_instance"),
        index_for("What did this user type and not save?", "person_id", "patient_id"),
    )

    person_id: Mapped[int]
    patient_id: Mapped[int]
    episode_id: Mapped[int]
    visit_id: Mapped[int | None]
    """The visit it changes; None for a session that is not saved yet."""
    form_instance: Mapped[str] = mapped_column(String(FORM_INSTANCE))
    revision: Mapped[int]
    """Which send of the form instance this is: an older one never replaces a newer."""
    version: Mapped[int]
    """The version of the visit its writer was looking at, 0 for a new one."""
    fields: Mapped[str] = mapped_column(Text, deferred=True)
    """The fields as pairs of name and text, in JSON; "" once they are saved or discarded."""
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    patient: Mapped[Patient] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(AutosavedForm.patient_id == Patient.id,"
        " AutosavedForm.clinic_id == Patient.clinic_id)",
    )
    episode: Mapped[Episode] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin="and_(AutosavedForm.episode_id == Episode.id,"
        " AutosavedForm.clinic_id == Episode.clinic_id)",
    )

    @property
    def is_addendum(self) -> bool:
        """Say whether it adds to a signed note, and is no visit's own form."""
        return self.form_instance.startswith(f"{self.person_id}-{ADDENDUM}")

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Return what stood in the form, field by field, in its order."""
        return [(name, text) for name, text in json.loads(self.fields or "[]")]
