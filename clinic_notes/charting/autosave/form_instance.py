"""The sheet a form is written on: one each time it is laid out, so that two windows are two.

A sheet counts its sends. What a sheet held when the next one was laid out from it is carried on
there; what is typed on it after that, in a window still open, is its own again.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from clinic_notes.charting.models import KeptForm
from clinic_notes.charting.models.autosaved_form import ADDENDUM, SHEET

NEVER_KEPT = {"csrf_token", "once", "sheet", "sequence", "follows"}
"""Fields of a form that nobody typed."""

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class About:
    """What a form is about: a visit, or one that is not saved yet."""

    patient_id: int
    episode_id: int
    visit_id: int | None


@dataclass(frozen=True)
class Sheet:
    """A sheet as its form bears it. Its token begins with the id of the person it is laid out for.

    ``follows`` is what it was laid out from, as ``token.sequence``, or "".
    """

    token: str
    sequence: int = 0
    follows: str = ""

    @classmethod
    def for_person(cls, person_id: int, after: "Sheet | None" = None, *, kind: str = "") -> Self:
        """Return a new sheet, laid out from what stood on the one before."""
        follows = f"{after.token}.{after.sequence}" if after else ""
        return cls(beginning(person_id, kind) + secrets.token_urlsafe(12), follows=follows)

    @classmethod
    def of(cls, kept: KeptForm) -> Self:
        """Return the sheet of a kept form."""
        return cls(kept.sheet, kept.sequence)

    @classmethod
    def sent(cls, form: Mapping[str, str], person_id: int) -> "Sheet | None":
        """Return the sheet a form came on; None where it names none of this person's."""
        token = form.get("sheet", "")
        is_hers = token.startswith(beginning(person_id))
        if not is_hers or not token.isprintable() or len(token) > SHEET:
            return None
        return cls(token, number(form.get("sequence", "")), form.get("follows", ""))

    @property
    def followed(self) -> tuple[str, int] | None:
        """Return the token and sequence of what this sheet was laid out from."""
        token, _, sequence = self.follows.rpartition(".")
        return (token[:SHEET], number(sequence)) if token and token.isprintable() else None

    @property
    def goes_on(self) -> bool:
        """Say whether it holds what it was laid out from: an addendum holds no visit's form."""
        return bool(self.followed) and is_addendum(self.token) == is_addendum(self.follows)


def beginning(person_id: int, kind: str = "") -> str:
    """Return what the tokens of a person's sheets begin with, of every kind or of one."""
    return f"{person_id}-{kind}"


def is_addendum(token: str) -> bool:
    """Say whether what is typed on a sheet is to be added to a signed note."""
    return token.partition("-")[2].startswith(ADDENDUM)


def typed(form: Iterable[tuple[str, str]]) -> Fields:
    """Return the fields of a form that a person fills in, in their order."""
    return [
        (name, text) for name, text in form if name not in NEVER_KEPT and "password" not in name
    ]


def number(text: str) -> int:
    """Return a number as a form bears it, 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
