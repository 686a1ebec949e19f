"""What a form was sent with, found by list and row: one walk over its names serves every list."""

from functools import cached_property

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

Row = dict[str, list[str]]
"""The fields of one row that say anything, by their own names."""


class Sent(ImmutableMultiDict[str, str]):
    """Names and values as a browser sends them: ``uses-3-minutes`` is a field of row 3 of uses."""

    def rows(self, name: str) -> dict[str, Row]:
        """Return the rows of a list as they were sent, by number or key; a blank row is empty."""
        return self._by_list.get(name, {})

    @cached_property
    def _by_list(self) -> dict[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = {}
        # As the dictionary of lists it is: `lists()` would copy seven hundred of them.
        for name, values in dict.items(self):
            parts = name.split("-", 2)
            if len(parts) == 3:
                row = found.setdefault(parts[0], {}).setdefault(parts[1], {})
                if any(values):
                    row[parts[2]] = values  # type: ignore[assignment]  # The stubs see values.
        return found


class AppRequest(Request):
    """A request whose form is found by list and row."""

    parameter_storage_class = Sent
