"""Rows that are read as drafts, and become forms only where a page has to show them."""

from typing import Any, ClassVar, Self

from clinic_notes.core.forms.reading import NotPlain, Offered, RowReader, Values
from clinic_notes.core.forms.rows import RowForm, Rows
from clinic_notes.core.forms.sent import Sent


class DraftRow(RowForm):
    """A row that is a draft of something: what its fields hold is all there is to it."""

    needed: ClassVar[tuple[str, ...]] = ()
    """The fields that a row cannot do without."""
    offered = Offered()

    @classmethod
    def draft_of(cls, picked: Values) -> Any:
        """Return a row as the rules read it."""
        raise NotImplementedError

    def draft(self) -> Any:
        """Return this row as the rules read it."""
        return self.draft_of(self.data)

    def offer(self, offered: Offered) -> Self:
        """Offer what only the page knows."""
        self.offered = offered
        for name, choices in offered.choices:
            field: Any = self[name]
            field.choices = choices
        return self

    def is_blank(self) -> bool:
        """Say whether the row was not begun: it says nothing, or only what it began with."""
        is_refused = any(field.errors for field in self)
        return not is_refused and self.offered.is_all(self.data)


class DraftRows(Rows):
    """Any number of `DraftRow`.

    Making the forms of a full session's rows costs more than reading and judging it, and a
    session that is saved shows none of them. So plain rows are read without; the moment one is
    not plain, or anybody looks at the rows, each gets its own form as usual.
    """

    def __init__(self, row: type[DraftRow], *, most: int, **kw: Any) -> None:
        """Hold rows of one form."""
        super().__init__(row, most=most, **kw)
        self._row = row
        self._offered: Offered | None = None
        self._waiting: Any = None
        self._drafts: tuple[Any, ...] | None = None

    def offer(self, offered: Offered) -> None:
        """Offer in every row what only the page knows."""
        self._offered = offered
        if self._waiting is None:
            for row in self:
                row.form.offer(offered)

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
        """Read the rows as drafts; where one is not plain, check each with its own form."""
        if self._waiting is not None and self.sent <= self.most:
            self._drafts = self._read(self._waiting)
        return self._drafts is not None or super().validate(form, extra_validators)

    def drafts(self) -> tuple[Any, ...]:
        """Return the rows that say anything; only after `validate` said yes."""
        if self._drafts is not None:
            return self._drafts
        return tuple(form.draft() for form in self._begun())

    def missing_fields(self) -> list[Any]:
        """Return the fields still empty that a row which was begun cannot do without."""
        if self._drafts is not None:
            return []
        needed = (form[name] for form in self._begun() for name in form.needed)
        return [field for field in needed if not field.data and not field.errors]

    def _begun(self) -> list[Any]:
        return [row.form for row in self if not row.form.is_blank()]

    def _read(self, formdata: Sent) -> tuple[Any, ...] | None:
        """Return the rows that say anything, None where one is not plain or not whole."""
        offered = self._offered or Offered()
        rows, read = formdata.rows(self.name), RowReader(self._row, offered)
        try:
            every = [read(rows.get(str(number), {})) for number in self.places]
        except NotPlain:
            return None
        begun = [values for values in every if not offered.is_all(values)]
        if not all(values[name] for values in begun for name in self._row.needed):
            return None
        return tuple(self._row.draft_of(values) for values in begun)

    def _add_entry(self, *args: Any, **kw: Any) -> Any:
        entry = super()._add_entry(*args, **kw)  # type: ignore[misc]  # Not in the stubs.
        if self._offered is not None:
            entry.form.offer(self._offered)
        return entry
