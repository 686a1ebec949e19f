"""Forms inside a form: rows of one kind, and fields made of several forms."""

from collections.abc import Iterator
from typing import Any

from wtforms import FieldList, Form, FormField, IntegerField
from wtforms.fields.core import Field
from wtforms.validators import Optional

from clinic_notes.core.forms.sent import Sent


class Composite(Field):
    """A field made of several forms, which are there only where they are needed."""

    def forms(self) -> Iterator[Form]:
        """Yield the forms that were needed."""
        raise NotImplementedError


class RowForm(Form):
    """A row of a bigger form. Its id says which stored row it is; new rows have none."""

    id: Any = IntegerField(widget=None, validators=[Optional()])

    def is_blank(self) -> bool:
        """Say whether nothing was typed or chosen in this row."""
        return not any(is_something(field.data) or field.errors for field in self)


def is_something(value: Any) -> bool:
    """Say whether a value says anything: a nought was typed, a box that is not ticked was not."""
    return bool(value or (value == 0 and value is not False))


class Rows(FieldList):  # type: ignore[type-arg]  # Generic in the stubs only.
    """Any number of sub-forms up to ``most``; more are refused in words, none dropped silently."""

    def __init__(self, row: type[Form], *, most: int, **kw: Any) -> None:
        """Hold rows of one form."""
        super().__init__(FormField(row), max_entries=most, default=(), **kw)
        self.most = most
        self.places: list[int] = []
        self.too_many = ""

    def process(self, formdata: Any, *args: Any, **kw: Any) -> None:
        """Count what was sent before the surplus is left out."""
        if formdata:
            self.places = self.places_sent(formdata)
        super().process(formdata, *args, **kw)

    def places_sent(self, formdata: Sent) -> list[int]:
        """Return the numbers of the rows that were sent, in order; there may be gaps."""
        return sorted(int(number) for number in formdata.rows(self.name) if number.isdecimal())

    @property
    def sent(self) -> int:
        """Return how many rows were sent, those there is no room for too."""
        return len(self.places)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Refuse more rows than the record has room for."""
        is_valid = super().validate(form, extra_validators)
        if self.sent > self.most:
            self.too_many = f"At most {self.most} rows fit here; {self.sent} were sent."
            return False
        return is_valid


def find(fields: Any, name: str) -> Any:
    """Return the field of that name, however deep it stands, or None."""
    for field in fields:
        if field.name == name:
            return field
        for inner in _inside(field) if name.startswith(f"{field.name}-") else ():
            found = find(inner, name)
            if found is not None:
                return found
    return None


def error_list(fields: Any) -> Iterator[tuple[str, str]]:
    """Yield (field id, message) of everything refused, in the order of the form."""
    for field in fields:
        if getattr(field, "too_many", ""):
            yield field.id, field.too_many
        inside = list(_inside(field))
        for inner in inside:
            yield from error_list(inner)
        if not inside:
            for message in field.errors:
                yield field.id, str(message)


def _inside(field: Any) -> Iterator[Any]:
    if isinstance(field, FormField):
        yield field.form
    elif isinstance(field, FieldList):
        yield field
    elif isinstance(field, Composite):
        yield from field.forms()
