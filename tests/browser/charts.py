"""A paper chart as data: its own words, the field each goes into, and how it reads afterwards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.browser.form_driver import Row

Field = str | tuple[Row, str]

MINUS = "\N{MINUS SIGN}"
SPOKEN = {
    "instrument_id": "instrument", "angle_degrees": "angle", "minutes": "time",
    "lubricant_id": "lubricant", "note": "remark",
}  # fmt: skip
STATES = {
    "not applicable": ("not_applicable", "not applicable"),
    "not measured": ("not_tested", "not tested"),
}


@dataclass(frozen=True)
class Value:
    """One value of a chart. Without a field it is shown though nobody typed it as such."""

    said: str
    field: Field | None
    typed: str
    line: str
    """The line of the page it stands on, as `notes` and `test_charts` name them."""
    reads: str

    def is_told(self, displayed: str) -> bool:
        """Say whether the value stands in this text, whole; a capital may open it."""
        whole = rf"(?<![\w.{MINUS}]){re.escape(self.reads)}(?![\w.]\w)"
        return bool(re.search(whole, displayed, re.IGNORECASE))


@dataclass(frozen=True)
class Session:
    """One column of a chart."""

    number: int
    on: str
    values: tuple[Value, ...]
    rest_is_no: bool = True
    late: tuple[Value, ...] = ()
    """What the patient told at the next session, entered into the addendum to this one."""


@dataclass(frozen=True)
class Chart:
    """A patient's chart: what goes on her record, into her episode, and into each session."""

    supplies: tuple[tuple[str, dict[str, str]], ...]
    """What the session takes from the shelf: ("instruments", its fields)."""
    patient: tuple[Value, ...]
    episode: tuple[Value, ...]
    sessions: tuple[Session, ...]


def value(said: str, field: Field | None, typed: str, line: str, reads: str = "") -> Value:
    """Return a value that reads as it was typed, unless it says how else."""
    return Value(said, field, typed, line, reads or typed)


def plain(said: str, field: Field, line: str) -> Value:
    """Return a value that is said, typed and read in the same words."""
    return Value(said, field, said, line, said)


def shown(said: str, line: str, reads: str = "") -> Value:
    """Return a value that needs no field of its own."""
    return Value(said, None, "", line, reads or said)


def pair(row: Row, line: str, unit: str, before: str = "", after: str = "") -> Iterator[Value]:
    """Return the ends of a pair that the chart gives; "" where it gives none."""
    for end, said in (("before", before), ("after", after)):
        if said in STATES:
            typed, reads = STATES[said]
            yield Value(said, (row, f"{end}_state"), typed, f"{line}, {end}", reads)
        elif said:
            number = said.split()[0]
            reads = number.replace("-", MINUS) + unit
            yield Value(said, (row, end), number, f"{line}, {end}", reads)


def pain(
    context: str, line: str, before: str = "", after: str = "", why: str = ""
) -> tuple[Value, ...]:
    """Return a pain rating's values."""
    about = {"context": context, **({"detail": why} if why else {})}
    told = (shown(why, f"{line}, how"),) if why else ()
    return (*told, *pair(Row.of("pains", **about), line, "", before, after))


NOW, FIRST_STEP, WORST = (
    "Pain now",
    "Pain at the first step in the morning",
    "Worst pain in 24 hours",
)


def rom(
    movement: str,
    side: str,
    line: str,
    *how: tuple[str, str, str],
    before: str = "",
    after: str = "",
) -> tuple[Value, ...]:
    """Return a movement's values; ``how`` are (on the chart, field, key)."""
    row = Row.of("roms", movement=movement, side=side)
    line = f"{line}, {side}"
    told = (Value(said, (row, field), key, f"{line}, how", said) for said, field, key in how)
    return (*told, *pair(row, line, "°", before, after))


def measure(
    key: str,
    line: str,
    unit: str,
    before: str,
    *,
    side: str = "",
    detail: str = "",
    typed: str = "",
) -> tuple[Value, ...]:
    """Return the values of a test or score."""
    about = {"measure": key, **({"side": side} if side else {})}
    row = Row.of("measures", **about, **({"detail": detail} if detail else {}))
    line = f"{line}, {side}" if side else line
    told = (shown(detail, f"{line}, how"),) if detail else ()
    said = Value(before, (row, "before"), typed or before, f"{line}, before", before + unit)
    return (*told, said)


def use(region: str, side: str, line: str, **facts: tuple[str, str, str]) -> tuple[Value, ...]:
    """Return a treatment row; each fact is field=(on the chart, key or figure, as it reads)."""
    row = Row.of("uses", region=region, side=side)
    told = []
    for name, (said, typed, reads) in facts.items():
        field = name.removesuffix("_too")
        told.append(Value(said, (row, field), typed, f"{line}, {SPOKEN.get(field, field)}", reads))
    return (shown(line.lower(), f"{line}, treated", line), *told)


def also(kind: str, label: str, detail: str, number: int) -> Value:
    """Return something else that was done, the ``number``-th of the session."""
    row = Row.of("interventions", kind=kind, detail=detail)
    line = f"also {number}" if number > 1 else "also"
    return Value(detail, (row, "kind"), kind, line, f"{label}: {detail}")


def minutes(timed: str, total: str) -> tuple[Value, ...]:
    """Return the minutes of a session."""
    return (
        Value(timed, "timed_minutes", timed, "minutes", f"Timed {timed} min"),
        Value(total, "total_minutes", total, "minutes", f"total {total} min"),
    )


def signed(person: str = "Maya Reyes, PT, DPT") -> Value:
    """Return the name under the note."""
    return shown("signed by therapist 1", "signed by", person)
