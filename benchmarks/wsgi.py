"""Asking an application in process, at no cost of its own: no socket, no client library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Protocol
from wsgiref.types import WSGIApplication


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Ask(Protocol):
    """Getting a page, or posting a form to it, in process or over HTTP."""

    def __call__(self, path: str, *, form: bytes | None = None, cookie: str = "") -> Answer: ...


def ask(app: WSGIApplication, path: str, *, form: bytes | None = None, cookie: str = "") -> Answer:
    """Get a page, or post a form to it where one is given."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": cookie,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(form or b"")),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(form or b""),
        "wsgi.errors": StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    begun: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], None]:
        begun.extend((int(status[:3]), dict(headers)))
        return lambda _: None

    body = _whole(app(environ, start))
    return Answer(begun[0], begun[1], body)


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
