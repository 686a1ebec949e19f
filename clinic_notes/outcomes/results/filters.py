"""The values that each filter of the results offers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from clinic_notes.accounts.models import User
from clinic_notes.core.db import db
from clinic_notes.core.permissions import ROLES, Permission
from clinic_notes.equipment.models import Instrument
from clinic_notes.outcomes.results.dimensions import DIMENSIONS, Dimension
from clinic_notes.outcomes.results.queries import most_frequent
from clinic_notes.outcomes.results.question import Question
from clinic_notes.reference.instruments import materials
from clinic_notes.reference.lubricants import lubricant_kinds
from clinic_notes.reference.regions import regions
from clinic_notes.reference.techniques import strokes

Options = list[tuple[str, str]]
WRITTEN = 50
"""Of what is written freely the most frequent are offered."""
_TREATING = [role for role, allowed in ROLES.items() if Permission.CHART_WRITE in allowed]


def filters(question: Question, today: date) -> list[tuple[Dimension, Options]]:
    """Return every filter with its values, the one that is set among them."""
    return [
        (one, _with_set(one, question, _options(one, question, today)))
        for one in DIMENSIONS.values()
    ]


def _options(dimension: Dimension, question: Question, today: date) -> Options:
    if dimension.order:
        label = dimension.labels()
        return [(value, label(value)) for value in dimension.order]
    if dimension.key in _OFFERED:
        return _OFFERED[dimension.key](today)
    # What is written freely: what is found in the period.
    found = most_frequent(question, dimension, WRITTEN)
    return sorted((value, value) for value in found)


def _with_set(dimension: Dimension, question: Question, options: Options) -> Options:
    """Add a value that the address names and the list does not offer, such as a retired one."""
    value = question.only.get(dimension.key)
    if value is None or any(key == str(value) for key, _ in options):
        return options
    return [*options, (str(value), dimension.labels()(value))]


def _catalogue(entries: Any) -> Callable[[date], Options]:
    return lambda today: [(key, label) for key, label in entries.choices(today) if key]


def _named(table: Any, *conditions: Any) -> Callable[[date], Options]:
    statement = select(table.id, table.name).where(*conditions).order_by(table.name)
    return lambda _: [(str(row.id), row.name) for row in db.session.execute(statement)]


_OFFERED: dict[str, Callable[[date], Options]] = {
    "region": _catalogue(regions),
    "material": _catalogue(materials),
    "stroke": _catalogue(strokes),
    "lubricant": _catalogue(lubricant_kinds),
    "therapist": _named(User, User.role.in_(_TREATING)),
    "instrument": _named(Instrument),
}
