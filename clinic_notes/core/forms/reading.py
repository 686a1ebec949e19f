"""Rows read as they were sent, without a form: what is plain is read, and nothing else.

Plain is what a field would take without a word. Anything else is `NotPlain` and goes to the field
itself, which alone knows what to say of it. Nothing here remembers what was typed, or by whom.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial, singledispatch
from typing import Any, NamedTuple

from wtforms import BooleanField, Form, IntegerField
from wtforms.fields.core import Field
from wtforms.validators import Length, Optional

from clinic_notes.core.forms.fields import (
    ChoiceField,
    Line,
    LongText,
    Number,
    Plain,
    control_in,
    strip_text,
)
from clinic_notes.core.forms.rendering import Choices, is_foreign
from clinic_notes.core.forms.rows import is_something
from clinic_notes.core.forms.sent import Row

Values = Mapping[str, Any]
"""What a row's fields hold, by their names."""
OfPage = Mapping[str, Choices]
"""What fields offer on this page, by their names."""

LONGEST_NUMBER = 10


class NotPlain(ValueError):
    """A field has to look at this itself."""


class Offered(NamedTuple):
    """What only the page knows of its rows, by the names of their fields."""

    choices: tuple[tuple[str, Choices], ...] = ()
    """What fields offer; the others offer the same on every page."""
    begins_with: tuple[tuple[str, str], ...] = ()
    """What an empty row begins with; alone it says nothing."""

    def is_all(self, values: Values) -> bool:
        """Say whether a row says nothing, or only what it began with."""
        begun = dict(self.begins_with)
        if any(is_something(value) for name, value in values.items() if name not in begun):
            return False
        said = {name: values[name] for name in begun if is_something(values[name])}
        return not said or said == begun


class RowReader:
    """Reads row after row; what was read once, as one device in twenty rows, is not read again."""

    def __init__(self, row: type[Form], offered: Offered) -> None:
        """Read rows that one form would take."""
        self.choices = dict(offered.choices)
        self.blank, self.fields = _fields(row)
        self.known: dict[tuple[str, ...], Any] = {}

    def __call__(self, sent: Row) -> Values:
        """Return what the row's form would hold; NotPlain where it has to look at it itself."""
        values = dict(self.blank)
        for name in sent.keys() & self.fields.keys():
            key = (name, *sent[name])
            if key not in self.known:
                self.known[key] = self.fields[name](sent[name], self.choices)
            values[name] = self.known[key]
        return values


@singledispatch
def plainly(field: Field, sent: list[str], choices: OfPage) -> Any:
    """Return what the field would hold, had it been sent this; NotPlain if it may object."""
    raise NotPlain


@plainly.register
def _(field: ChoiceField, sent: list[str], choices: OfPage) -> str:
    if is_foreign(choices.get(field.name) or field.offered_now(), sent[0]):
        raise NotPlain
    return sent[0]


@plainly.register(Line)
@plainly.register(LongText)
def _(field: Line | LongText, sent: list[str], choices: OfPage) -> str:
    text: str = strip_text(sent[0])
    if len(text) > field.most or control_in(text):
        raise NotPlain
    return text


@plainly.register
def _(field: Number, sent: list[str], choices: OfPage) -> Any:
    try:
        return field.number_in(sent[0].strip())
    except ValueError:
        raise NotPlain from None


@plainly.register
def _(field: IntegerField, sent: list[str], choices: OfPage) -> int:
    if not sent[0].isdecimal() or len(sent[0]) > LONGEST_NUMBER:
        raise NotPlain
    return int(sent[0])


@plainly.register
def _(field: BooleanField, sent: list[str], choices: OfPage) -> bool:
    return sent[0] not in field.false_values


@cache
def _fields(row: type[Form]) -> tuple[Values, Mapping[str, Callable[[list[str], OfPage], Any]]]:
    """Return what an empty row holds, and how each of its fields reads."""
    form = row()
    for each in form:
        if not {type(rule) for rule in each.validators} <= {Optional, Plain, Length}:
            raise LookupError(f"{row.__name__}.{each.name} has a rule that nobody would ask here.")
    reads = {each.name: partial(plainly.dispatch(type(each)), each) for each in form}
    return {each.name: each.data for each in form}, reads
