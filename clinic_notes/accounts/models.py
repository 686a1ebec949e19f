"""Tables of clinics, users, browser sessions and invitations."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_notes.core.db import LABEL, Base, Term, UtcDateTime
from clinic_notes.core.permissions import CLINICAL_LEAD, ROLES, Permission, Role
from clinic_notes.core.tenancy import OwnedByClinic, owned


class Clinic(Base):
    """A clinic. Nobody outside it sees its records."""

    __tablename__ = "clinic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LABEL))
    time_zone: Mapped[str] = mapped_column(String(60))
    letterhead: Mapped[str] = mapped_column(Text, default="")


class User(UserMixin, OwnedByClinic, Base):  # type: ignore[misc]  # Flask-Login ships no types.
    """A user. Accounts are switched off, never deleted: signatures name them."""

    __tablename__ = "user"
    __table_args__ = owned()

    email: Mapped[str] = mapped_column(String(LABEL), unique=True)
    name: Mapped[str] = mapped_column(String(LABEL))
    credentials: Mapped[str] = mapped_column(String(60), default="")
    role: Mapped[Role] = mapped_column(Term(Role))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_clinical_lead: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the administrator named them clinical lead."""
    confirmation_code: Mapped[str | None] = mapped_column(String(10))
    """Set while a colleague has still to confirm that a link's password was set by this person."""

    clinic: Mapped[Clinic] = relationship(lazy="raise")

    def may(self, permission: Permission) -> bool:
        """Say whether the user's role allows it, or that they are clinical lead.

        Nothing is allowed before a colleague has confirmed the person: an administrator makes
        the links that set passwords, and must not read charts or sign through one.
        """
        if self.confirmation_code is not None:
            return False
        is_lead_s = self.is_clinical_lead and permission in CLINICAL_LEAD
        return is_lead_s or permission in ROLES[self.role]

    @property
    def signs_as(self) -> str:
        """Return name and credentials, as under a note."""
        return signed_name(self.name, self.credentials)

    @property
    def is_active(self) -> bool:
        """Say whether the account may sign in."""
        return self.enabled


def signed_name(name: str, credentials: str) -> str:
    """Return name and credentials, as under a note."""
    return f"{name}, {credentials}" if credentials else name


class BrowserSession(Base):
    """One signed-in browser. Once it has ended, its cookie and every copy is invalid."""

    __tablename__ = "browser_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kiosk_id: Mapped[int | None]
    """The kiosk it is locked to: a patient has the tablet, and no other page opens."""

    user: Mapped[User] = relationship(lazy="raise")


class Invitation(Base):
    """A one-time link to set a password, or, without a user, to set up the installation."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RefusedTries(Base):
    """The number of recent wrong passwords under one counter, shared by all workers."""

    __tablename__ = "refused_tries"

    counter: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[int]
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the counter expires: a fixed time after its first failure."""
