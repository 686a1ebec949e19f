"""Fields for dates: a year that can be, kept with all its digits."""

from typing import Any

from wtforms import DateField
from wtforms.validators import Optional, StopValidation

from clinic_notes.core.forms.fields import Required

EARLIEST_YEAR = 1900
"""Nobody who is treated was born earlier: 03/11/23 is typed for 2023 and read as the year 23."""


class Day(DateField):
    """A date; one that is no date, or before 1900, is refused and stays in the field."""

    def __init__(self, label: str, *, required: str = "", **kw: Any) -> None:
        """Ask for the date by the name ``required``, where it is given."""
        super().__init__(  # type: ignore[call-arg]  # The stubs do not know the last argument.
            label,
            [Required(required) if required else Optional(), _check_year],
            invalid_value_message=f"{label}: write it as year-month-day, for example 2026-03-11.",
            **kw,
        )

    def _value(self) -> str:
        # strftime drops the zeros of an early year, and a browser then shows nothing at all.
        if self.raw_data:
            return " ".join(map(str, self.raw_data))
        return self.data.isoformat() if self.data else ""


def date_field(label: str, *, required: bool = False) -> Any:
    """Return a field for a date; its error message says how to write one."""
    return Day(label, required=label if required else "")


def _check_year(form: Any, field: Any) -> None:
    if field.data is not None and field.data.year < EARLIEST_YEAR:
        raise StopValidation(f"The year is {field.data.year:04}: {EARLIEST_YEAR} at the earliest.")
