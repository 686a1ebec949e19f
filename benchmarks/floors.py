"""The floor: a bare Flask application that does the same to the database and nothing else.

No rule, no permission, no trail to work out, no ORM: the form is parsed, and exactly the
rows our side wrote for the same form are inserted by the raw driver, in one durable
transaction a request. The page reads them back into a plain table.
"""

from itertools import count
from typing import Any

from flask import Flask, render_template_string, request

from benchmarks.recorded import Recorded, Written
from benchmarks.wsgi import ask

STRIDE = 1_000
"""Each session on the floor takes the recorded one's ids, so much further on."""
OWN_IDS = ("id", "visit_id", "screening_answer_id", "instrument_use_id", "number")
SHOWN = {
    "screening_answer": ("item", "answer", "detail", "reason", "mitigation"),
    "instrument_use": (
        "instrument_id", "region", "side", "stroke", "direction", "angle_degrees", "pressure",
        "minutes", "motion", "lubricant_id", "discomfort",
    ),
    "reading": ("key", "side", "mode", "device", "before_number", "after_number"),
    "intervention": ("kind", "detail", "minutes"),
    "effect": ("effect", "grade", "region", "side"),
    "signature": ("printed_name", "meaning", "signed_at", "digest"),
}  # fmt: skip
"""What the note shows of each table."""
VISIT = ("served_on", "position", "skin_response", "subjective", "assessment", "plan")
TISSUES = (
    "SELECT u.place, t.tissue FROM use_tissue t JOIN instrument_use u "
    "ON u.id = t.instrument_use_id WHERE u.visit_id = {} ORDER BY u.place, t.place"
)
PAGE = """<!DOCTYPE html><title>Session</title><h1>{{ visit[0] }}</h1>
{% for text in visit %}<p>{{ text }}</p>{% endfor %}
<table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table>"""


class Floor:
    """The bare application over one raw connection."""

    def __init__(
        self, connection: Any, recorded: Recorded, visit_body: bytes, sign_body: bytes
    ) -> None:
        self.connection, self.recorded = connection, recorded
        self.visit_body, self.sign_body = visit_body, sign_body
        self.is_sqlite = "sqlcipher3" in type(connection).__module__
        self.mark = "?" if self.is_sqlite else "%s"
        self.visit = next(w for w in recorded.saved if w.table == "visit")
        self.inserts = {w.table: self._insert(w) for w in (*recorded.saved, *recorded.signed)}
        self.reads = [
            f'SELECT {_listed(columns)} FROM "{table}" WHERE visit_id = {self.mark} ORDER BY id'  # noqa: S608
            for table, columns in SHOWN.items()
        ]
        self.reads.append(TISSUES.format(self.mark))
        self._numbers = count(1)
        self.app = self._application()

    def save_and_sign(self) -> int:
        """Send the two forms; return the number of the session."""
        nth = next(self._numbers)
        assert ask(self.app, f"/save/{nth}", form=self.visit_body).status == 303
        assert ask(self.app, f"/sign/{nth}", form=self.sign_body).status == 303
        return nth

    def look(self, nth: int) -> bytes:
        """Open the page of a session."""
        answer = ask(self.app, f"/page/{nth}")
        assert answer.status == 200
        return answer.body

    def _application(self) -> Flask:
        app = Flask("floor")

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
            return render_template_string(PAGE, **self._read(nth))

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
        cursor, visit_id = self.connection.cursor(), self._visit_id(nth)
        one = f"SELECT {_listed(VISIT)} FROM visit WHERE id = {self.mark}"  # noqa: S608
        visit = cursor.execute(one, (visit_id,)).fetchone()
        rows = [row for read in self.reads for row in cursor.execute(read, (visit_id,)).fetchall()]
        if not self.is_sqlite:
            self.connection.rollback()
        return {"visit": visit, "rows": rows}

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
