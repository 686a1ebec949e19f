"""The cast: our clinic's people, and a stranger who must see nothing."""

from dataclasses import dataclass

from sqlalchemy.orm.attributes import set_committed_value

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import Clinic, User
from clinic_notes.core import tenancy
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.transaction import one_transaction

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Cast:
    """Who is on stage. All but the stranger work at Riverside clinic."""

    maya: User
    jonas: User
    sam: User
    lena: User
    root: User
    stranger: User

    def everyone(self) -> dict[str, User]:
        return dict(vars(self))


def assemble() -> Cast:
    """Make both clinics and their people, through the same actions the pages use."""
    with one_transaction():
        riverside = accounts.open_clinic(name="Riverside clinic", time_zone="Europe/Berlin")
        people = {
            name: accounts.add_user(
                email=f"{name}@demo.clinic",
                name=full_name,
                credentials=credentials,
                role=role,
                password=PASSWORD,
                by=None,
            )
            for name, full_name, credentials, role in (
                ("maya", "Maya Reyes", "PT, DPT", Role.THERAPIST),
                ("jonas", "Jonas Lind", "PT", Role.THERAPIST),
                ("sam", "Sam Oduya", "PTA", Role.ASSISTANT),
                ("lena", "Lena Hoff", "", Role.MANAGER),
                ("root", "Robin Root", "", Role.ADMINISTRATOR),
            )
        }
        assert riverside.id == tenancy.current_clinic_id()
        _employ(riverside, *people.values())
    with one_transaction():
        other = accounts.open_clinic(name="Other clinic", time_zone="America/Chicago")
        people["stranger"] = accounts.add_user(
            email="stranger@other.clinic",
            name="Charlie Stranger",
            credentials="PT",
            role=Role.THERAPIST,
            password=PASSWORD,
            by=None,
        )
        _employ(other, people["stranger"])
    return Cast(**people)


def _employ(clinic: Clinic, *people: User) -> None:
    # The user of a request comes with their clinic loaded; so do these.
    db.session.flush()
    for person in people:
        set_committed_value(person, "clinic", clinic)
