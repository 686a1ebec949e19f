"""Whom a signed note is about, as it was sealed, and what of it is otherwise now."""

import re
from dataclasses import dataclass
from datetime import date

from clinic_notes.clinical.wording import day

_SEALED = re.compile(r"(?P<name>.*), born (?P<born>\d{4}-\d\d-\d\d), (?P<mrn>.*)", re.DOTALL)


@dataclass(frozen=True)
class Identity:
    """Who a note is about, and for what they are treated."""

    name: str
    born_on: date
    mrn: str
    complaint: str

    @property
    def sealed_words(self) -> str:
        """The patient as a signature seals them; `identity_from` reads it again."""
        return f"{self.name}, born {self.born_on}, {self.mrn}"

    def otherwise_in(self, later: "Identity") -> dict[str, str]:
        """Return what each part is now, in words; "" where it is the same."""
        words = {
            "name": (self.name, later.name),
            "born_on": (day(self.born_on), day(later.born_on)),
            "mrn": (self.mrn, later.mrn),
            "complaint": (self.complaint, later.complaint),
        }
        return {what: "" if sealed == now else now for what, (sealed, now) in words.items()}


def identity_from(patient: str, complaint: str) -> Identity | None:
    """Return the identity that a signature sealed; None in a note without one."""
    found = _SEALED.fullmatch(patient)
    if found is None:
        return None
    return Identity(found["name"], date.fromisoformat(found["born"]), found["mrn"], complaint)
