"""The form_instance a form is written on: one each time it is laid out, so that two windows are two.

A form_instance counts its sends. What a form_instance held when the next one was laid out from it is carried on
there; what is typed on it after that, in a window still open, is its own again.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from clinic_notes.charting.models import AutosavedForm
from clinic_notes.charting.models.autosaved_form import ADDENDUM, FORM_INSTANCE

NOT_TYPED = {"csrf_token", "once", "form_instance", "revision", "restored_from"}
"""Fields of a form that nobody typed."""

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class About:
    """What a form is about: a visit, or one that is not saved yet."""

    patient_id: int
    episode_id: int
    visit_id: int | None


@dataclass(frozen=True)
class FormInstance:
    """A form_instance as its form bears it. Its token begins with the id of the person it is laid out for.

    ``restored_from`` is what it was laid out from, as ``token.revision``, or "".
    """

    token: str
    revision: int = 0
    restored_from: str = ""

    @classmethod
    def for_person(
        cls, person_id: int, after: "FormInstance | None" = None, *, kind: str = ""
    ) -> Self:
        """Return a new form_instance, laid out from what stood on the one before."""
        restored_from = f"{after.token}.{after.revision}" if after else ""
        return cls(
            beginning(person_id, kind) + secrets.token_urlsafe(12), restored_from=restored_from
        )

    @classmethod
    def of(cls, kept: AutosavedForm) -> Self:
        """Return the form_instance of a kept form."""
        return cls(kept.form_instance, kept.revision)

    @classmethod
    def sent(cls, form: Mapping[str, str], person_id: int) -> "FormInstance | None":
        """Return the form_instance a form came on; None where it names none of this person's."""
        token = form.get("form_instance", "")
        is_hers = token.startswith(beginning(person_id))
        if not is_hers or not token.isprintable() or len(token) > FORM_INSTANCE:
            return None
        return cls(token, number(form.get("revision", "")), form.get("restored_from", ""))

    @property
    def source(self) -> tuple[str, int] | None:
        """Return the token and revision of what this form_instance was laid out from."""
        token, _, revision = self.restored_from.rpartition(".")
        return (token[:FORM_INSTANCE], number(revision)) if token and token.isprintable() else None

    @property
    def goes_on(self) -> bool:
        """Say whether it holds what it was laid out from: an addendum holds no visit's form."""
        return bool(self.source) and is_addendum(self.token) == is_addendum(self.restored_from)


def beginning(person_id: int, kind: str = "") -> str:
    """Return what the tokens of a person's form_instances begin with, of every kind or of one."""
    return f"{person_id}-{kind}"


def is_addendum(token: str) -> bool:
    """Say whether what is typed on a form_instance is to be added to a signed note."""
    return token.partition("-")[2].startswith(ADDENDUM)


def typed(form: Iterable[tuple[str, str]]) -> Fields:
    """Return the fields of a form that a person fills in, in their order."""
    return [(name, text) for name, text in form if name not in NOT_TYPED and "password" not in name]


def number(text: str) -> int:
    """Return a number as a form bears it, 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
