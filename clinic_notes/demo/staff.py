"""The demo's two clinics and their users."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic_notes.accounts import actions
from clinic_notes.accounts.models import User
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role

TIME_ZONE = "America/New_York"
LETTERHEAD = "Riverside Physical Therapy\n14 Ferry Street\nInvented, NY 10000"


@dataclass(frozen=True)
class Account:
    """A user's account."""

    email: str
    name: str
    credentials: str
    role: Role


RIVERSIDE = (
    Account("maya@demo.clinic", "Maya Reyes", "PT, DPT", Role.THERAPIST),
    Account("jonas@demo.clinic", "Jonas Lind", "PT", Role.THERAPIST),
    Account("ines@demo.clinic", "Ines Duarte", "PT", Role.THERAPIST),
    Account("theo@demo.clinic", "Theo Marsh", "PT, DPT", Role.THERAPIST),
    Account("amara@demo.clinic", "Amara Diallo", "PT", Role.THERAPIST),
    Account("sam@demo.clinic", "Sam Oduya", "PTA", Role.ASSISTANT),
    Account("lena@demo.clinic", "Lena Hoff", "", Role.MANAGER),
    Account("root@demo.clinic", "Robin Root", "", Role.ADMINISTRATOR),
)
CLINICIANS = ("maya", "jonas", "ines", "theo", "amara", "sam")
"""Who treats at Riverside. At Hilltop one therapist does."""
HILLTOP = (Account("stranger@other.clinic", "Charlie Stranger", "PT", Role.THERAPIST),)


def open_riverside(password: str) -> dict[str, User]:
    """Open the demo's clinic; return its users by the first part of their e-mail address."""
    actions.open_clinic(
        name="Riverside Physical Therapy", time_zone=TIME_ZONE, letterhead=LETTERHEAD
    )
    return _add_people(RIVERSIDE, password)


def open_hilltop(password: str) -> dict[str, User]:
    """Open the other clinic, whose records nobody at Riverside may see."""
    actions.open_clinic(name="Hilltop Sports Therapy", time_zone=TIME_ZONE)
    return _add_people(HILLTOP, password)


def _add_people(accounts: tuple[Account, ...], password: str) -> dict[str, User]:
    for account in accounts:
        actions.add_user(**vars(account), password=password, by=None)
    people = select(User).options(joinedload(User.clinic)).order_by(User.id)
    loaded = db.session.scalars(people.execution_options(populate_existing=True)).all()
    for person in loaded:
        # Detached, with the clinic loaded, like the user of a request.
        db.session.expunge(person)
    return {person.email.partition("@")[0]: person for person in loaded}
