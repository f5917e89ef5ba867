"""The loopback server of the built-in edition: one daemon thread that listens, and one for every connection."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from tui.edition import http
from tui.edition.site import Resource, Site

HOST = "127.0.0.1"
IDLE = 60.0
"""Seconds a connection may wait for its next request."""
HEAD_LIMIT = 16_384
CAN_SHARE = hasattr(socket, "SO_REUSEPORT")
"""Several processes of one user may listen on one port (Linux, macOS, the BSDs)."""

_BAD = Resource(400, "text/plain", b"bad request\n")
_NOT_ALLOWED = Resource(405, "text/plain", b"only GET and HEAD\n", headers=(("Allow", "GET, HEAD"),))


class EditionServer:
    """Serves the edition of ``anchor`` (aware, UTC) at 127.0.0.1, on ``port`` (0: a free one) until stopped.

    ``share``: join another khabar of this user that already serves the same edition there; then either may stop.
    ``log`` is called with one line for each answer, from the connections' threads.
    """

    def __init__(
        self, anchor: datetime, *, port: int = 0, share: bool = False, log: Callable[[str], None] | None = None
    ) -> None:
        self.anchor = anchor
        self.port = port
        self._share = share
        self._log = log
        self._socket: socket.socket | None = None
        self._connections: set[socket.socket] = set()
        self._packed: dict[bytes, bytes] = {}
        self._lock = threading.Lock()

    @property
    def base(self) -> str:
        """The address of the edition, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> Self:
        """Listen; return when readers can connect.

        Raises:
            OSError: the port is taken.
        """
        if self._socket or (self._share and not CAN_SHARE):
            return self  # already started; or the other one serves, and here is nothing to do
        if self.port and not self._share:
            _bound(self.port, shared=False).close()  # a shared bind would not notice that the port is taken
        listener = _bound(self.port, shared=True)
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._socket = listener
        self._site = Site(self.anchor, self.base)
        threading.Thread(target=self._accept, args=(listener,), name="khabar-edition", daemon=True).start()
        return self

    def stop(self) -> None:
        """Close the listening socket and every connection. Twice does no harm."""
        listener, self._socket = self._socket, None
        with self._lock:
            open_now = list(self._connections)
        for each in ([listener] if listener else []) + open_now:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits on it; close alone does not
            each.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _accept(self, listener: socket.socket) -> None:
        while self._socket is listener:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self._connections.add(connection)
            if self._socket is not listener:  # stopped meanwhile
                connection.close()
                return
            threading.Thread(target=self._serve, args=(connection,), name="khabar-edition-reader", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        waiting = b""
        try:
            connection.settimeout(IDLE)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                head, mark, waiting = waiting.partition(b"\r\n\r\n")
                if not mark:
                    more = connection.recv(65_536)
                    waiting = head + more
                    if not more or len(waiting) > HEAD_LIMIT:
                        return
                    continue
                if not self._answer(connection, head):
                    return
        except OSError:
            return
        finally:
            with self._lock:
                self._connections.discard(connection)
            connection.close()

    def _answer(self, connection: socket.socket, head: bytes) -> bool:
        """Answer one request; whether the connection stays open."""
        try:
            request = http.Request.parse(head)
        except ValueError:
            request = http.Request("GET", "?", {}, keep_alive=False)
            resource: Resource = _BAD
        else:
            resource = self._resource(request)
        if resource.delay:
            time.sleep(resource.delay)
        sent, status = http.answer(request, resource, self.anchor, self._packed)
        if self._log:  # before it is sent: who has the answer can rely on its line being there
            self._log(f"{request.method} {request.path} {status} {len(sent)}")
        connection.sendall(sent)
        return request.keep_alive

    def _resource(self, request: http.Request) -> Resource:
        if request.method not in ("GET", "HEAD"):
            return _NOT_ALLOWED
        return self._site.resource(request.path) or _missing()


def _bound(port: int, *, shared: bool) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared and CAN_SHARE:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind((HOST, port))
    except OSError:
        bound.close()
        raise
    return bound


def _missing() -> Resource:
    from tui.edition.texts import words

    said = "".join(f"<p lang={tag}>{words(tag)['missing']}</p>" for tag in ("ar", "en"))
    return Resource(404, body=f"<!DOCTYPE html><title>404</title><h1>404</h1>{said}".encode())
