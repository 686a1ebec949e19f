"""Forms inside a form: rows of one kind, and fields made of several forms."""

from collections.abc import Callable, Iterator
from typing import Any

from wtforms import FieldList, Form, FormField, IntegerField
from wtforms.fields.core import Field
from wtforms.validators import Optional

from clinic_notes.core.forms.sent import Row, Sent


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
        return all(is_silent(field) for field in self)


def is_silent(field: Any) -> bool:
    """Say whether a field says nothing: a nought was typed, a box that is not ticked was not."""
    value = field.data
    return not (value or (value == 0 and value is not False) or field.errors)


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


class DraftRows(Rows):
    """Rows that are read as drafts, and become forms only where a page has to show them.

    Making the forms of a full session's rows costs more than reading and judging it, and a
    session that is saved shows none of them. One form reads all rows in turn; the moment it
    refuses one, or anybody looks at the rows, each gets its own form as usual. The row's form has
    ``needs()``, the fields a row cannot do without, and ``draft()``.
    """

    prepare: Callable[[Any], None] | None = None
    """Told of each row's form when it is made, to offer what only the page knows."""

    def __init__(self, row: type[Form], *, most: int, **kw: Any) -> None:
        """Hold rows of one form."""
        super().__init__(row, most=most, **kw)
        self._row = row
        self._waiting: Any = None
        self._drafts: tuple[Any, ...] | None = None

    @property
    def is_laid_out(self) -> bool:
        """Say whether the rows have their own forms already."""
        return self._waiting is None

    @property
    def entries(self) -> list[Any]:
        """Return the rows' own forms, made now if nobody needed them before."""
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            super().process(waiting)
        return self._entries

    @entries.setter
    def entries(self, entries: list[Any]) -> None:
        self._entries = entries

    def process(self, formdata: Any, *args: Any, **kw: Any) -> None:
        """Keep what was sent until it is read; lay out at once what is to be shown."""
        if not formdata:
            super().process(formdata, *args, **kw)
            return
        self.object_data, self.last_index, self._entries = (), -1, []
        self.places = self.places_sent(formdata)
        self._waiting = formdata

    def post_process(self, formdata: Any = None) -> None:
        """Finish the rows that were laid out."""
        if self._waiting is None:
            super().post_process(formdata)  # type: ignore[misc]  # Not in the stubs.

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the rows as drafts; where one is refused, check each with its own form."""
        if self._waiting is not None and self.sent <= self.most:
            self._drafts = self._read(self._waiting)
        return self._drafts is not None or super().validate(form, extra_validators)

    def drafts(self) -> tuple[Any, ...]:
        """Return the rows that say anything; only after `validate` said yes."""
        if self._drafts is not None:
            return self._drafts
        return tuple(row.form.draft() for row in self if not row.form.is_blank())

    def wanting(self) -> list[Any]:
        """Return the fields still empty that a row which was begun cannot do without."""
        if self._drafts is not None:
            return []
        begun = (row.form for row in self if not row.form.is_blank())
        return [f for form in begun for f in form.needs() if not f.data and not f.errors]

    def _read(self, formdata: Sent) -> tuple[Any, ...] | None:
        if not self.places:
            return ()
        reader: Any = self._row(prefix=f"{self.name}-0-")
        if self.prepare:
            self.prepare(reader)
        fill, rows = _Filling(reader, formdata), formdata.rows(self.name)
        found = []
        for number in self.places:
            if not fill(f"{self.name}-{number}-", rows.get(str(number), {})):
                return None
            if reader.is_blank():
                continue
            if not all(field.data for field in reader.needs()):
                return None
            found.append(reader.draft())
        return tuple(found)

    def _add_entry(self, *args: Any, **kw: Any) -> Any:
        entry = super()._add_entry(*args, **kw)  # type: ignore[misc]  # Not in the stubs.
        if self.prepare:
            self.prepare(entry.form)
        return entry


class _Filling:
    """Fills one form with row after row of what was sent.

    Most fields of most rows are blank, and no blank field is refused by itself: what a row
    cannot do without is asked of the row as a whole. What was read once, as one side or one
    device in twenty rows, is not read again.
    """

    def __init__(self, reader: Any, formdata: Sent) -> None:
        self.reader, self.formdata = reader, formdata
        self.blank = [(field.short_name, field, field.data) for field in reader]
        self.known: dict[tuple[str, ...], Any] = {}

    def __call__(self, prefix: str, row: Row) -> bool:
        """Read the row of that prefix; False where a field is refused."""
        for name, field, nothing in self.blank:
            sent = row.get(name)
            if sent is None:
                field.data = nothing
            elif (key := (name, *sent)) in self.known:
                field.data = self.known[key]
            else:
                field.name = prefix + name
                field.process(self.formdata)
                if not field.validate(self.reader):
                    return False
                self.known[key] = field.data
        return True


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


def complaints(fields: Any) -> Iterator[tuple[str, str]]:
    """Yield (field id, message) of everything refused, in the order of the form."""
    for field in fields:
        if getattr(field, "too_many", ""):
            yield field.id, field.too_many
        inside = list(_inside(field))
        for inner in inside:
            yield from complaints(inner)
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
