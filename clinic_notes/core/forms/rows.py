"""Rows of one kind inside a bigger form, as WTForms reads them."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, Self

from wtforms import Field, FieldList, Form, FormField, IntegerField
from wtforms.validators import Optional

from clinic_notes.core.forms.integers import bounded_integer
from clinic_notes.core.forms.rendering import Choices


class Offered(NamedTuple):
    """What only the page knows of its rows, by the names of their fields."""

    choices: tuple[tuple[str, Choices], ...] = ()
    """What fields offer on this page; the others offer the same on every page."""
    starts_with: tuple[tuple[str, str], ...] = ()
    """What an empty row holds from the start; a row with nothing else is blank."""


class RowForm(Form):
    """A row of a bigger form. Its id says which stored row it is; new rows have none."""

    id: Any = IntegerField(widget=None, validators=[Optional()])

    needed: ClassVar[tuple[str, ...]] = ()
    """The fields that a row cannot do without."""
    offered = Offered()

    def draft(self) -> Any:
        """Return this row as the rules read it."""
        raise NotImplementedError

    def offer(self, offered: Offered) -> Self:
        """Offer what only the page knows."""
        self.offered = offered
        for name, choices in offered.choices:
            field: Any = self[name]
            field.choices = choices
        return self

    def is_blank(self) -> bool:
        """Say whether the row holds nothing, or only what it started with."""
        if any(field.errors for field in self):
            return False
        entered = {name: value for name, value in self.data.items() if is_entered(value)}
        return not entered or entered == dict(self.offered.starts_with)


def is_entered(value: Any) -> bool:
    """Say whether a value was entered: a zero was, an unticked box was not."""
    return bool(value or (value == 0 and value is not False))


class Rows(FieldList):  # type: ignore[type-arg]  # Generic in the stubs only.
    """Any number of rows up to ``most``; more are refused in words, none dropped silently."""

    def __init__(self, row: type[RowForm], *, most: int, **kw: Any) -> None:
        """Hold rows of one form."""
        super().__init__(FormField(row), max_entries=most, default=(), **kw)
        self.most = most
        self.sent = 0
        """How many rows were sent, those there is no room for too."""
        self.too_many = ""
        self._offered = Offered()

    def offer(self, offered: Offered) -> None:
        """Offer in every row, and in those still to come, what only the page knows."""
        self._offered = offered
        for row in self:
            row.form.offer(offered)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Refuse more rows than the record has room for."""
        is_valid = super().validate(form, extra_validators)
        if self.sent > self.most:
            self.too_many = f"At most {self.most} rows fit here; {self.sent} were sent."
            return False
        return is_valid

    def begun(self) -> list[Any]:
        """Return the forms of the rows that are not blank."""
        return [row.form for row in self if not row.form.is_blank()]

    def drafts(self) -> tuple[Any, ...]:
        """Return the rows that are not blank; only after `validate` said yes."""
        return tuple(form.draft() for form in self.begun())

    def missing_fields(self) -> list[Any]:
        """Return the fields still empty that a row which was begun cannot do without."""
        needed = (form[name] for form in self.begun() for name in form.needed)
        return [field for field in needed if not field.data and not field.errors]

    def _extract_indices(self, prefix: str, formdata: Mapping[str, Any]) -> list[int]:
        """Return the numbers of the rows that were sent; there may be gaps."""
        start = f"{prefix}-"
        numbers = {key[len(start) :].partition("-")[0] for key in formdata if key.startswith(start)}
        found = {number for text in numbers if (number := bounded_integer(text)) is not None}
        self.sent = len(found)
        return sorted(found)

    def _add_entry(self, *args: Any, **kw: Any) -> Any:
        entry = super()._add_entry(*args, **kw)  # type: ignore[misc]  # Not in the stubs.
        entry.form.offer(self._offered)
        return entry


class FormGroup(Field):
    """A field that is made of several forms."""

    def forms(self) -> Iterator[Form]:
        """Yield those of the forms that exist."""
        raise NotImplementedError


def find_field(fields: Any, name: str) -> Any:
    """Return the field of that name, however deep it is nested, or None."""
    for field in fields:
        if field.name == name:
            return field
        for inner in _nested(field) if name.startswith(f"{field.name}-") else ():
            found = find_field(inner, name)
            if found is not None:
                return found
    return None


def error_list(fields: Any) -> Iterator[tuple[str, str]]:
    """Yield (field id, message) of everything refused, in the order of the form."""
    for field in fields:
        if getattr(field, "too_many", ""):
            yield field.id, field.too_many
        nested = list(_nested(field))
        for inner in nested:
            yield from error_list(inner)
        if not nested:
            for message in field.errors:
                yield field.id, str(message)


def _nested(field: Any) -> Iterator[Any]:
    """Yield what a field is made of: the form of a row, the rows of a list, or its own forms."""
    if isinstance(field, FormField):
        yield field.form
    elif isinstance(field, FieldList):
        yield field
    elif isinstance(field, FormGroup):
        yield from field.forms()
