"""The floors of `performance.md`: a bare Flask application that does nothing else.

Saving (F_save): no rule, no permission, no trail to work out, no ORM. The form is parsed, and
exactly the rows our side wrote for the same form are inserted by the raw driver, in one durable
transaction a request. The page (/page): the session's rows by the ORM, as it comes, into a plain
table by a template.
"""

from functools import cached_property, partial
from itertools import count
from typing import Any

from flask import Flask, request
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from benchmarks.recorded import Recorded, Written
from benchmarks.wsgi import Ask, ask
from clinic_notes.charting.models import (
    Effect,
    InstrumentUse,
    Intervention,
    Reading,
    ScreeningAnswer,
    Signature,
    UseTissue,
    Visit,
)

PLAIN = {"every_clinic": True}
"""The floor asks for rows by their visit alone."""

STRIDE = 1_000
"""Each session on the floor takes the recorded one's ids, so much further on."""
OWN_IDS = ("id", "visit_id", "screening_answer_id", "instrument_use_id", "number")
SHOWN = {
    ScreeningAnswer: ("item", "answer", "detail", "reason", "mitigation"),
    InstrumentUse: (
        "instrument_id", "region", "side", "stroke", "direction", "angle_degrees", "pressure",
        "minutes", "motion", "lubricant_id", "discomfort",
    ),
    Reading: ("key", "side", "mode", "device", "before_number", "after_number"),
    Intervention: ("kind", "detail", "minutes"),
    Effect: ("effect", "grade", "region", "side"),
    Signature: ("printed_name", "meaning", "signed_at", "digest"),
}  # fmt: skip
"""What the note shows of each table."""
VISIT = ("served_on", "position", "skin_response", "subjective", "assessment", "plan")
PAGE = """<!DOCTYPE html><title>Session</title><h1>{{ visit[0] }}</h1>
{% for text in visit %}<p>{{ text }}</p>{% endfor %}
<table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table>"""


class Floor:
    """The bare application over one raw connection, which it opens when first asked."""

    def __init__(
        self, engine: Engine, recorded: Recorded, visit_body: bytes, sign_body: bytes
    ) -> None:
        self.engine, self.recorded = engine, recorded
        self.visit_body, self.sign_body = visit_body, sign_body
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.mark = "?" if self.is_sqlite else "%s"
        self.visit = next(w for w in recorded.saved if w.table == "visit")
        self.inserts = {w.table: self._insert(w) for w in (*recorded.saved, *recorded.signed)}
        self._numbers = count(1)
        self.app = self._application()
        self.ask: Ask = partial(ask, self.app)

    def save_and_sign(self) -> int:
        """Send the two forms; return the number of the session."""
        nth = next(self._numbers)
        assert self.ask(f"/save/{nth}", form=self.visit_body).status == 303
        assert self.ask(f"/sign/{nth}", form=self.sign_body).status == 303
        return nth

    def look(self, nth: int) -> bytes:
        """Open the page of a session."""
        answer = self.ask(f"/page/{nth}")
        assert answer.status == 200
        return answer.body

    @cached_property
    def connection(self) -> Any:
        """Return the driver's own connection: every process has one of its own."""
        return self.engine.raw_connection().driver_connection

    def _application(self) -> Flask:
        app = Flask("floor")
        template = app.jinja_env.from_string(PAGE)

        @app.post("/save/<int:nth>")
        def save(nth: int) -> tuple[str, int, dict[str, str]]:
            assert request.form["decision"] == "treated"
            self._write(self.recorded.saved, nth)
            return "", 303, {"Location": f"/sign/{nth}"}

        @app.post("/sign/<int:nth>")
        def sign(nth: int) -> tuple[str, int, dict[str, str]]:
            assert request.form["password"]
            self._write(self.recorded.signed, nth, self.recorded.signing)
            return "", 303, {"Location": f"/page/{nth}"}

        @app.get("/page/<int:nth>")
        def page(nth: int) -> str:
            return template.render(self._read(nth))

        return app

    def _write(self, written: tuple[Written, ...], nth: int, signing: Any = None) -> None:
        cursor = self._begun()
        if signing:
            values = ", ".join(f"{name} = {self.mark}" for name in signing)
            update = f"UPDATE visit SET {values} WHERE id = {self.mark}"  # noqa: S608
            cursor.execute(update, (*signing.values(), self._visit_id(nth)))
        for part in written:
            rows = _further_on(part, nth)
            if len(rows) == 1:
                cursor.execute(self.inserts[part.table], rows[0])
            else:
                cursor.executemany(self.inserts[part.table], rows)
            if part.table == "audit_entry":
                cursor.execute(f"UPDATE audit_counter SET entries = entries + {len(rows)}")  # noqa: S608
        self._commit(cursor)

    def _read(self, nth: int) -> dict[str, Any]:
        with Session(self.engine) as session:
            visit = session.get_one(Visit, self._visit_id(nth), execution_options=PLAIN)
            rows: list[Any] = []
            for table, names in SHOWN.items():
                of_visit = select(table).where(table.visit_id == visit.id)
                found = session.scalars(of_visit.order_by(table.id), execution_options=PLAIN)
                rows += [[getattr(row, name) for name in names] for row in found]
            tissues = (
                select(UseTissue).join(InstrumentUse).where(InstrumentUse.visit_id == visit.id)
            )
            found = session.scalars(tissues.order_by(UseTissue.id), execution_options=PLAIN)
            rows += [[row.tissue] for row in found]
            return {"visit": [getattr(visit, name) for name in VISIT], "rows": rows}

    def _visit_id(self, nth: int) -> int:
        number: int = self.visit.rows[0][self.visit.columns.index("id")]
        return number + nth * STRIDE

    def _begun(self) -> Any:
        cursor = self.connection.cursor()
        if self.is_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        return cursor

    def _commit(self, cursor: Any) -> None:
        if self.is_sqlite:
            cursor.execute("COMMIT")
        else:
            self.connection.commit()

    def _insert(self, written: Written) -> str:
        marks = ", ".join([self.mark] * len(written.columns))
        return f'INSERT INTO "{written.table}" ({_listed(written.columns)}) VALUES ({marks})'  # noqa: S608


def _further_on(written: Written, nth: int) -> list[tuple[Any, ...]]:
    """Return the rows under ids of their own; a form's token is used once here too."""
    moved = [name in OWN_IDS for name in written.columns]
    further = nth * STRIDE
    rows = [
        tuple(
            value + further if is_moved and value is not None else value
            for value, is_moved in zip(row, moved, strict=True)
        )
        for row in written.rows
    ]
    if written.table == "submission":
        place = written.columns.index("token")
        rows = [(*row[:place], f"{row[place]}-{nth}", *row[place + 1 :]) for row in rows]
    return rows


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
