"""What a form was sent with, found by list and row: one walk over its names serves every list."""

from functools import cached_property

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
        for name, values in self.lists():
            of_list, _, rest = name.partition("-")
            number, dash, field = rest.partition("-")
            if dash:
                row = found.setdefault(of_list, {}).setdefault(number, {})
                if any(values):
                    row[field] = values
        return found
