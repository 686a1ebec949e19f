"""The server: gunicorn keeps its processes, waitress reads and writes their connections.

A connection costs no thread: one loop in each process reads heads and bodies, and a request goes to
a thread once it is here as a whole. Whoever sends slowly, or nothing, keeps nobody waiting, and
holds no transaction open (docs/adr/0032).
"""

import gc
import logging
import os
import time
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.workers.base import Worker  # type: ignore[import-untyped]
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from clinic_notes.core.db import db

THREADS = 2
"""Of each process: one works while another waits for the store's one writer, or for a hash."""
CONNECTIONS = 500
"""Of each process; further ones wait until some close."""
IDLE_SECONDS, HEAD_SECONDS, BODY_SECONDS = 60, 20, 120
"""How long a connection may send nothing, and how long a head and a whole request may take."""
HEAD_BYTES, BODY_BYTES = 64 * 1024, 5 * 1024 * 1024
"""How large they may be. Forms of more than 4 MiB are refused by the application, in words."""
GRACE_SECONDS = 20
"""How long requests may take to end when the server stops."""
LOOP_SECONDS = 0.5


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around an application that is loaded once and shared by its workers."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        """Serve ``app`` at the host and port, with one worker for each core."""
        self.application, self.bind = app, f"{in_address(host)}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's options."""
        settings = {
            "bind": self.bind,
            "workers": os.cpu_count() or 1,
            "worker_class": BufferedWorker,
            "preload_app": True,
            "when_ready": self._before_fork,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application the workers inherit."""
        return self.application

    def _before_fork(self, arbiter: Any) -> None:
        # Two processes must not share a connection: each worker opens its own.
        with self.application.app_context():
            db.engine.dispose()
        tune_gc()


class BufferedWorker(Worker):  # type: ignore[misc]
    """One of gunicorn's processes, in which waitress reads, buffers and answers."""

    def run(self) -> None:
        """Serve until gunicorn says stop, or is gone; then let the running requests end."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        connections: dict[int, Any] = {}
        server = BufferedServer(self.wsgi, self.sockets[0].sock, connections)
        while self.alive and self.ppid == os.getppid():
            self._turn(connections, LOOP_SECONDS)
        server.accepting = False
        until = time.monotonic() + GRACE_SECONDS
        while server.is_busy and time.monotonic() < until:
            self._turn(connections, 0.1)

    def _turn(self, connections: dict[int, Any], seconds: float) -> None:
        self.notify()
        wasyncore.loop(timeout=seconds, use_poll=True, map=connections, count=1)


class LimitedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose request must be here as a whole in time, however often a byte comes."""

    begun_at = 0.0
    last_activity: float

    def received(self, data: bytes) -> Any:
        """Take what came; the time of a request counts from its first byte."""
        if self.request is None:
            self.begun_at = self.last_activity
        taken = super().received(data)
        if self.request is not None:
            allowed = BODY_SECONDS if self.request.headers_finished else HEAD_SECONDS
            # Closed by waitress once nothing has happened for `channel_timeout`.
            self.last_activity = self.begun_at + allowed - self.adj.channel_timeout
        return taken


class BufferedServer(TcpWSGIServer):  # type: ignore[misc]
    """Waitress on a socket that gunicorn has opened."""

    channel_class = LimitedChannel

    def __init__(self, app: Any, socket: Any, connections: dict[int, Any]) -> None:
        self.dispatcher = ThreadedTaskDispatcher()
        self.dispatcher.set_thread_count(THREADS)
        super().__init__(
            app,
            connections,
            _sock=socket,
            dispatcher=self.dispatcher,
            adj=_adjustments(),
            bind_socket=False,
            sockinfo=(socket.family, socket.type, socket.proto, socket.getsockname()),
        )

    def readable(self) -> bool:
        """Say whether to take another connection: not while requests wait for a thread here.

        Another process may be free.
        """
        return bool(super().readable()) and not self.dispatcher.queue

    @property
    def is_busy(self) -> bool:
        """Say whether a request is being answered, or an answer not sent yet."""
        channels = self.active_channels.values()
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def _adjustments() -> Adjustments:
    return Adjustments(
        ident="",
        # The application trusts as many proxies as it is told to, and reads their headers itself.
        clear_untrusted_proxy_headers=False,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=1,
        connection_limit=CONNECTIONS,
        max_request_header_size=HEAD_BYTES,
        max_request_body_size=BODY_BYTES,
        # What is beyond these goes to a file, and nothing of a patient may lie there unencrypted.
        inbuf_overflow=2 * BODY_BYTES,
        outbuf_overflow=256 * 1024 * 1024,
    )


def in_address(host: str) -> str:
    """Return a host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def tune_gc() -> None:
    """Exclude what is loaded now from garbage collection, and collect rarely from now on.

    So the memory stays shared between the workers, and no collection interrupts a long page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
