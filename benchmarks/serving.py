"""Serves an application as a clinic runs it, and asks it over HTTP."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from signal import SIGTERM

from flask import Flask

from benchmarks.wsgi import Answer, Ask
from clinic_notes.server import Server, tune_gc
from tests.ports import HOST, reserved_port

FORM = "application/x-www-form-urlencoded"
PATIENCE_SECONDS = 20


class Workers(Server):
    """The server of a clinic; no database connection is open when it starts."""

    def __init__(self, app: Flask, port: int, number: int) -> None:
        self.number = number
        super().__init__(app, HOST, port)

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("workers", self.number)

    def _before_fork(self, arbiter: object) -> None:
        tune_gc()


@contextmanager
def served(app: Flask, *, workers: int = 1) -> Iterator[Ask]:
    """Serve an application in processes of its own; yield how to ask it."""
    with reserved_port() as port:
        server = os.fork()
        if server == 0:
            try:
                Workers(app, port, workers).run()
            finally:
                os._exit(0)
        try:
            _wait_for(port)
            yield partial(_request, port)
        finally:
            os.kill(server, SIGTERM)
            os.waitpid(server, 0)


def _request(port: int, path: str, *, form: bytes | None = None, cookie: str = "") -> Answer:
    connection = HTTPConnection(HOST, port)
    headers = {"Cookie": cookie, "Content-Type": FORM} if form is not None else {"Cookie": cookie}
    connection.request("GET" if form is None else "POST", path, body=form, headers=headers)
    response = connection.getresponse()
    answer = Answer(response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("The server did not come up.")
