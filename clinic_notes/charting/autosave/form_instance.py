"""A form instance: one window's copy of a form, by its id.

Each instance counts its sends, and a newer send replaces an older one. A form may be shown again
with the text of an earlier instance: the new one then names the earlier one and the send whose
text it continues. What is typed later in the earlier window is that instance's own again.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from clinic_notes.charting.models import AutosavedForm
from clinic_notes.charting.models.autosaved_form import ADDENDUM, FORM_INSTANCE
from clinic_notes.core.lookup import bounded_integer

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class About:
    """What a form is about: a visit, or one that is not saved yet."""

    patient_id: int
    episode_id: int
    visit_id: int | None


@dataclass(frozen=True)
class FormInstance:
    """One showing of a form, as its hidden fields name it."""

    token: str
    """Its id; begins with the id of the user the form is shown to."""
    revision: int = 0
    """How often the form was sent from this showing, autosaves included."""
    restored_from: str = ""
    """The instance whose text this one continues and its revision, ``token.revision``, or ""."""

    @classmethod
    def for_person(
        cls, person_id: int, earlier: "FormInstance | None" = None, *, kind: str = ""
    ) -> Self:
        """Return a new instance for a user, which continues the text of an earlier one if any."""
        restored_from = f"{earlier.token}.{earlier.revision}" if earlier else ""
        token = token_prefix(person_id, kind) + secrets.token_urlsafe(12)
        return cls(token, restored_from=restored_from)

    @classmethod
    def of(cls, autosaved: AutosavedForm) -> Self:
        """Return the instance that an autosaved form was typed on."""
        return cls(autosaved.form_instance, autosaved.revision)

    @classmethod
    def sent(cls, form: Mapping[str, str], person_id: int) -> "FormInstance | None":
        """Return the instance a form was sent from; None where it names none of this user's."""
        token = form.get("form_instance", "")
        is_theirs = token.startswith(token_prefix(person_id))
        if not is_theirs or not token.isprintable() or len(token) > FORM_INSTANCE:
            return None
        return cls(
            token, bounded_integer(form.get("revision", "")) or 0, form.get("restored_from", "")
        )

    @property
    def source(self) -> tuple[str, int] | None:
        """Return the token and revision whose text this instance continues."""
        token, _, revision = self.restored_from.rpartition(".")
        return (
            (token[:FORM_INSTANCE], bounded_integer(revision) or 0)
            if token and token.isprintable()
            else None
        )

    @property
    def replaces_source(self) -> bool:
        """Say whether its text holds all that its source held.

        Not where an addendum was begun from a visit's form: it does not hold that form.
        """
        return bool(self.source) and is_addendum(self.token) == is_addendum(self.restored_from)


def token_prefix(person_id: int, kind: str = "") -> str:
    """Return what the tokens of a user's instances begin with, of every kind or of one."""
    return f"{person_id}-{kind}"


def is_addendum(token: str) -> bool:
    """Say whether an instance is a form that adds to a signed note."""
    return token.partition("-")[2].startswith(ADDENDUM)
