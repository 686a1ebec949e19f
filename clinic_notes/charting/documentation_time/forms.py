"""A base form that counts the time and presses a note takes."""

from typing import Any

from wtforms import HiddenField

from clinic_notes.clinical.documentation_time import TimeSpent, field_kind, time_spent_from
from clinic_notes.core.forms.base import VersionedForm

MAX_LENGTH = 2000
"""Characters of the names of refused fields that a form carries."""


class MeteredForm(VersionedForm):
    """A form whose page counts the work (meter.js) and that carries its refusals until saved."""

    meter = HiddenField()
    refused = HiddenField()

    def spent(self) -> TimeSpent | None:
        """Return what this stretch of work took; None where no page counted and none refused."""
        return time_spent_from(_sent(self.meter), _sent(self.refused))

    def metered(self) -> dict[str, str]:
        """Return what was counted so far, for a new form that continues this one."""
        return {"meter": _sent(self.meter), "refused": _sent(self.refused)}

    def remember_refusals(self) -> None:
        """Carry the fields that were refused just now, to be counted with the next save.

        What is refused is rolled back, so nothing about it can be stored before.
        """
        names = [field_kind(about) for about, _ in self.error_list()]
        self.refused.data = " ".join([*(self.refused.data or "").split(), *names])[:MAX_LENGTH]
        self.refused.raw_data = None


def _sent(field: Any) -> str:
    return str(field.raw_data[0]) if field.raw_data else ""
