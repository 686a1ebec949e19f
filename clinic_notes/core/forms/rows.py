"""Rows of one kind inside a bigger form."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import lru_cache
from itertools import chain
from typing import Any, ClassVar, NamedTuple, TypeVar

from wtforms import Field, FieldList, Form, FormField, IntegerField
from wtforms.fields.core import Label
from wtforms.meta import DefaultMeta
from wtforms.validators import Optional, ValidationError

from clinic_notes.core.forms.fields import Choices, is_readable
from clinic_notes.core.lookup import bounded_integer

Draft = TypeVar("Draft")


class RowOptions(NamedTuple):
    """What rows offer and start with on one page, by the names of their fields."""

    choices: tuple[tuple[str, Choices], ...] = ()
    """The choices of fields that do not offer the same on every page."""
    initial: tuple[tuple[str, str], ...] = ()
    """What an empty row starts with; a row with nothing else is blank."""


class CopiedFields:
    """The ``Meta`` of such a form: a field is made once, and copied for every form after.

    A session has fifty rows with five hundred fields. Making each from nothing is a third of the
    work of reading them, and all but form, name and label comes out the same.
    """

    def bind_field(self, form: Any, unbound_field: Any, options: Mapping[str, Any]) -> Any:
        """Return the field of one form; WTForms asks for it."""
        made = _made(unbound_field, options["name"])
        # Not `copy`: a field is only made by `Field.__new__` where it gets a form.
        field: Any = object.__new__(type(made))
        vars(field).update(vars(made), meta=self, _form=form)
        field.name = field.id = f"{options['prefix']}{options['name']}"
        field.label = Label(field.id, made.label.text)
        return field


@lru_cache(maxsize=1024)
def _made(unbound_field: Any, name: str) -> Any:
    return unbound_field.bind(None, name, _meta=DefaultMeta())


class RowForm(Form):
    """A row of a bigger form. Its id says which stored row it is; new rows have none."""

    Meta = CopiedFields
    id: Any = IntegerField(widget=None, validators=[Optional()])

    needed: ClassVar[tuple[str, ...]] = ()
    """The fields that a row cannot do without, unless it is blank."""
    draft_type: ClassVar[type[Any]]
    """The dataclass of which a row is one; its fields are named as the row's."""
    options = RowOptions()

    def draft(self) -> Any:
        """Return this row as the rules read it; only after `validate` said yes."""
        return build_draft(self, self.draft_type)

    def partial_draft(self) -> Any:
        """Return what can be read of a row that nobody checked yet, None where it is too little."""
        if self.is_blank() or not all(self[name].data for name in self.needed):
            return None
        with suppress(ValueError):
            return self.draft() if all(map(is_readable, self)) else None
        return None

    def set_options(self, options: RowOptions) -> None:
        """Offer what this page offers."""
        self.options = options
        for name, choices in options.choices:
            field: Any = self[name]
            field.choices = choices

    def is_blank(self) -> bool:
        """Say whether the row holds nothing, or only what it started with."""
        if any(field.errors for field in self):
            return False
        # A zero was entered, an unticked box was not.
        entered = {n: v for n, v in self.data.items() if v or (v == 0 and v is not False)}
        return not entered or entered == dict(self.options.initial)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field; ask a row that was begun for what it needs."""
        is_valid: bool = super().validate(extra_validators)
        needed = () if self.is_blank() else self.needed
        missing = [self[name] for name in needed if not (self[name].data or self[name].errors)]
        for field in missing:
            field.errors = [f"{field.label.text} is needed."]
        return is_valid and not missing


def blank_row(row: type[RowForm], name: str, options: RowOptions) -> RowForm:
    """Return an empty row of the list ``name`` under the index ``__row__``."""
    form = row(prefix=f"{name}-__row__-")
    form.set_options(options)
    return form


def build_draft(form: Any, draft_type: type[Draft], **known: Any) -> Draft:
    """Return a draft whose parts are the values of the fields named as they are.

    ``known`` are parts that are not one field's. ValueError where a key is none.
    """
    parts = fields(draft_type)  # type: ignore[arg-type]  # Every draft is a dataclass.
    found = (form[part.name] for part in parts if part.name in form)
    # Asked of the class: the value of a list of rows is all their drafts, and is made once.
    values = {f.short_name: f.value if hasattr(type(f), "value") else f.data for f in found}
    return draft_type(**values | known)


def _check_count(form: Any, rows: "Rows") -> None:
    if rows.sent > rows.most:
        raise ValidationError(f"At most {rows.most} rows fit here; {rows.sent} were sent.")


class Rows(FieldList):  # type: ignore[type-arg]  # Generic in the stubs only.
    """Any number of rows up to ``most``; more are refused in words, none dropped silently."""

    def __init__(self, row: type[RowForm], *, most: int, **kw: Any) -> None:
        super().__init__(
            FormField(row), validators=[_check_count], max_entries=most, default=(), **kw
        )
        self.row, self.most = row, most
        self.sent = 0
        """How many rows were sent, also those there is no room for."""
        self.options = RowOptions()

    def set_options(self, options: RowOptions) -> None:
        """Offer what this page offers in every row, and in those added later."""
        self.options = options
        for row in self:
            row.form.set_options(options)

    def blank_row(self) -> RowForm:
        """Return an empty row, for a script to copy."""
        return blank_row(self.row, self.name, self.options)

    def remove(self, is_removed: Callable[[Any], bool]) -> None:
        """Remove rows; those that stay are numbered anew, as they are when the form is sent."""
        for position in reversed(range(len(self))):
            if is_removed(self[position]):
                self.pop_entry(position)  # type: ignore[call-arg]  # The stubs know no position.

    def filled(self) -> list[Any]:
        """Return the rows that are not blank."""
        return [row for row in self if not row.form.is_blank()]

    def readable(self) -> list[tuple[Any, Any]]:
        """Return each row that can be read, checked or not, with its draft."""
        drafts = ((row, row.form.partial_draft()) for row in self.filled())
        return [(row, draft) for row, draft in drafts if draft is not None]

    @property
    def value(self) -> tuple[Any, ...]:
        """The drafts of the rows that are not blank; only after `validate` said yes."""
        return tuple(row.form.draft() for row in self.filled())

    def _extract_indices(self, prefix: str, formdata: Mapping[str, Any]) -> list[int]:
        # WTForms' own reads any digits, "²" and five thousand nines among them, and fails on them.
        start = f"{prefix}-"
        numbers = {key[len(start) :].partition("-")[0] for key in formdata if key.startswith(start)}
        found = {number for text in numbers if (number := bounded_integer(text)) is not None}
        self.sent = len(found)
        return sorted(found)

    def _add_entry(self, *args: Any, **kw: Any) -> Any:
        entry = super()._add_entry(*args, **kw)  # type: ignore[misc]  # Not in the stubs.
        entry.form.set_options(self.options)
        return entry


class FormGroup(Field):
    """A field that is made of several forms."""

    forms: Callable[[], Iterator[Form]]
    """Yields those of the forms that exist."""


def every_field(fields: Any) -> Iterator[Any]:
    """Yield the fields of a form, and those of every form inside it, in their order."""
    for field in fields:
        yield field
        if isinstance(field, FieldList | FormField):
            yield from every_field(field)
        elif isinstance(field, FormGroup):
            yield from every_field(chain.from_iterable(field.forms()))
