"""The server a clinic runs: who sends slowly, or nothing, keeps nobody waiting."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlencode

import pytest
from flask import Flask

from benchmarks.serving import served
from benchmarks.wsgi import Ask
from clinic_notes import server
from clinic_notes.core.db import db
from tests import factories
from tests.cast import Cast
from tests.fixture_types import ActingAs, ClientFor
from tests.ports import HOST
from tests.stores import ON_ONE_STORE, Store

PATIENCE_SECONDS = 20
"""How long a test waits for what must come; nothing here waits for less."""


class Clinic:
    """A running server, asked as browsers ask it."""

    def __init__(self, ask: Ask, port: int, cookie: str) -> None:
        self.ask, self.port, self.cookie = ask, port, cookie
        self.held = ExitStack()

    def connect(self, sent: bytes = b"") -> socket.socket:
        """Open a connection, send so much of a request and keep it open."""
        opened = self.held.enter_context(socket.create_connection((HOST, self.port)))
        opened.settimeout(PATIENCE_SECONDS)
        opened.sendall(sent)
        return opened

    def save(self, name: str) -> int:
        form = urlencode({"name": name, "material": "polymer"}).encode()
        return self.ask("/equipment/instruments/new", form=form, cookie=self.cookie).status

    def begun(self, path: str, form: bytes, sent: int) -> bytes:
        """Return the head of a form, and that much of its body."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {self.cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
            f"Content-Length: {len(form)}\r\n\r\n"
        )
        return head.encode() + form[:sent]


@pytest.fixture
def clinic(app: Flask, cast: Cast, client_for: ClientFor) -> Iterator[Clinic]:
    """The embedded store's clinic, served by two processes, with Maya signed in."""
    cookie = client_for(cast.maya).get_cookie("clinic_notes")
    assert cookie is not None
    with app.app_context():
        db.engine.dispose()
    with served(app, workers=2) as ask:
        running = Clinic(ask, ask.args[0], f"{cookie.key}={cookie.value}")  # type: ignore[attr-defined]
        with running.held:
            yield running


def answer_of(connection: socket.socket) -> bytes:
    """Return all that comes until the server closes the connection."""
    came = b""
    with suppress(ConnectionResetError):
        while more := connection.recv(65536):
            came += more
    return came


@ON_ONE_STORE
def test_fifty_connections_that_send_nothing_and_fifty_that_begin_keep_nobody_waiting(
    clinic: Clinic,
) -> None:
    for _ in range(50):
        clinic.connect()
        clinic.connect(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
    assert [clinic.ask("/healthz").status for _ in range(5)] == [200] * 5
    assert [clinic.save(f"Tool {n}") for n in range(5)] == [303] * 5


@ON_ONE_STORE
def test_while_twenty_forms_come_slowly_colleagues_save_and_read_and_then_all_arrive(
    clinic: Clinic, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya)
    path = f"/visits/{visit.id}/autosave"
    typed = {"form_instance": f"{cast.maya.id}-slow", "revision": "1", "plan": "x" * 18_000}
    form = urlencode(typed).encode()
    slow = [clinic.connect(clinic.begun(path, form, 9_000)) for _ in range(20)]
    assert [clinic.save(f"Tool {n}") for n in range(10)] == [303] * 10
    assert clinic.ask("/equipment/instruments", cookie=clinic.cookie).status == 200
    for connection in slow:
        connection.sendall(form[9_000:])
    answers = [answer_of(connection).split(b"\r\n")[0] for connection in slow]
    assert answers == [b"HTTP/1.1 200 OK"] * 20


@ON_ONE_STORE
def test_a_head_or_a_body_beyond_measure_is_refused(clinic: Clinic) -> None:
    head = b"GET /healthz HTTP/1.1\r\nX: " + b"x" * (server.HEAD_BYTES + 1)
    assert b" 200 " not in answer_of(clinic.connect(head))
    body = b"POST /sign-in HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (server.BODY_BYTES + 1)
    assert b"413" in answer_of(clinic.connect(body)).split(b"\r\n")[0]


@ON_ONE_STORE
@pytest.mark.parametrize(
    ("limit", "sent"),
    [
        pytest.param("IDLE_SECONDS", b"", id="nothing"),
        pytest.param("HEAD_SECONDS", b"GET /healthz HTTP/1.1\r\nHost: x\r\n", id="half a head"),
        pytest.param(
            "BODY_SECONDS",
            b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx",
            id="half a body",
        ),
    ],
)
def test_who_keeps_a_connection_open_too_long_is_cut_off(
    limit: str,
    sent: bytes,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    for name in ("IDLE_SECONDS", "HEAD_SECONDS", "BODY_SECONDS"):
        monkeypatch.setattr(server, name, 1 if name == limit else 10 * PATIENCE_SECONDS)
    clinic: Clinic = request.getfixturevalue("clinic")
    assert answer_of(clinic.connect(sent)) == b""


def test_nothing_that_is_sent_or_answered_is_written_to_a_file_on_the_way() -> None:
    limits = server._adjustments()
    assert limits.inbuf_overflow > limits.max_request_body_size
    assert limits.outbuf_overflow > 100 * server.BODY_BYTES / 10
