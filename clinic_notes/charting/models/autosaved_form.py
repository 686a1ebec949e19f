"""What a person has typed in a visit's form and not saved: hers alone, part of no record."""

import json
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_notes.core.db import Base, UtcDateTime
from clinic_notes.core.tenancy import OwnedByClinic, child_of, owned
from clinic_notes.patients.models import Episode, Patient

FORM_INSTANCE = 64
ADDENDUM = "addendum-"
"""How a form_instance's token goes on, after the person, where the form_instance is no visit's form but what she
adds to a signed note: neither comes back in the place of the other."""


class AutosavedForm(OwnedByClinic, Base):
    """One open form as it stands: any text, valid or not, under the form_instance it was typed on.

    Where the form was saved, its row stays for a day with nothing in it: a send that comes late
    must not bring the text back.
    """

    __tablename__ = "autosaved_form"
    __table_args__ = owned(
        child_of("user", "person_id"),
        child_of("patient"),
        child_of("episode"),
        child_of("visit"),
        UniqueConstraint("person_id", "form_instance"),
    )

    person_id: Mapped[int]
    patient_id: Mapped[int]
    episode_id: Mapped[int]
    visit_id: Mapped[int | None]
    """The visit it changes; None for a session that is not saved yet."""
    form_instance: Mapped[str] = mapped_column(String(FORM_INSTANCE))
    revision: Mapped[int]
    """Which send of the form_instance this is: an older one never takes the place of a newer."""
    version: Mapped[int]
    """The version of the visit its writer was looking at, 0 for a new one."""
    fields: Mapped[str] = mapped_column(Text, deferred=True)
    """The fields as pairs of name and text, in JSON; "" once they are saved or thrown away."""
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
        """Say whether it is what she adds to a signed note, and no visit's form."""
        return self.form_instance.startswith(f"{self.person_id}-{ADDENDUM}")

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Return what stood in the form, field by field, in its order."""
        return [(name, text) for name, text in json.loads(self.fields or "[]")]
