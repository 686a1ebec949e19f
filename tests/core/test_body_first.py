"""On every route the whole body is here before a transaction begins."""

from io import BytesIO

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import event

from clinic_notes.core.db import db
from tests.test_access_matrix import UNKNOWN

FORM = b"tried=nothing+else&plan=" + b"x" * 20_000


class Watched(BytesIO):
    """A body that notes whether a transaction is open while it is read."""

    def __init__(self, open_ones: list[object]) -> None:
        super().__init__(FORM)
        self.open_ones = open_ones
        self.seen: list[bool] = []

    def _look(self) -> None:
        self.seen.append(
            bool(self.open_ones) or (has_app_context() and db.session.in_transaction())
        )

    def read(self, size: int | None = -1) -> bytes:
        self._look()
        return super().read(size)

    def readinto(self, buffer: object) -> int:
        self._look()
        return super().readinto(buffer)  # type: ignore[arg-type]


def test_no_transaction_is_open_while_a_body_is_still_coming(app: Flask, maya: FlaskClient) -> None:
    open_ones: list[object] = []
    with app.app_context():
        engine = db.engine
    listeners = (
        ("begin", open_ones.append),
        ("commit", open_ones.remove),
        ("rollback", open_ones.remove),
    )
    for name, note in listeners:
        event.listen(engine, name, note)
    unread, early = [], []
    for rule in app.url_map.iter_rules():
        for method in {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set()):
            body = Watched(open_ones)
            with app.test_request_context():
                known = {name: UNKNOWN.get(name, 1) for name in rule.arguments}
                url = app.url_for(rule.endpoint, **known)
            maya.open(
                url,
                method=method,
                input_stream=body,
                content_length=len(FORM),
                content_type="application/x-www-form-urlencoded",
            )
            if body.tell() < len(FORM):
                unread.append(rule.rule)
            if any(body.seen):
                early.append(rule.rule)
    for name, note in listeners:
        event.remove(engine, name, note)
    assert (unread, early) == ([], [])
    assert open_ones == []
