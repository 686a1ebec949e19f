"""A port of this machine for a server that a test starts."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

HOST = "127.0.0.1"


@contextmanager
def reserved_port() -> Iterator[int]:
    """Keep a free port from every other program while the block runs.

    It is bound and never listened at: nobody else is given it, a server that sets SO_REUSEADDR
    may bind it too, and while none does a connection is refused.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((HOST, 0))
        port: int = held.getsockname()[1]
        yield port
