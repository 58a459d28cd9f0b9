"""One request to an address that was checked; the door to urllib3.

Each socket is known here, so that a clock can close it: a server that sends a byte a second
keeps within every limit but that of the whole.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from threading import Lock, Timer
from time import monotonic

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import SSLError as WrappedSSLError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url

from summitry.internet._address import addresses
from summitry.internet._values import Answer, Failed, Limits, Trouble, failed

__all__ = ["Deadline", "Wire"]

_PIECE = 1 << 16


class Deadline:
    """An instant by which all has to be over."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self.seconds = seconds

    @property
    def left(self) -> float:
        """Seconds that are left, never less than zero."""
        return max(0.0, self._end - monotonic())

    def missed(self) -> Failed:
        """That it was missed."""
        return failed(Trouble.TIMEOUT, f"not done in {self.seconds:g} s")


@dataclass(frozen=True, slots=True)
class _Request:
    """What is put to a server."""

    method: str
    url: Url
    headers: dict[str, str]
    body: bytes | None


class Wire:
    """Sends requests, and can be cut."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._live: set[socket.socket] = set()
        self._lock = Lock()
        self.cut = False
        """Whether nothing more is to be sent."""

    def close(self) -> None:
        """Cut every connection; requests in hand end as stopped."""
        with self._lock:
            self.cut = True
            live = list(self._live)
        for one in live:
            _shut(one)

    def get(self, url: Url, headers: dict[str, str], deadline: Deadline) -> Answer:
        """What a server has at an address; its body only with a status of 200.

        Raises:
            Failed: It may not be asked, or gives no answer in time, too large a one, or none
                that is HTTP.
        """
        return self._first(url, deadline, _Request("GET", url, headers, None))

    def post(self, url: Url, headers: dict[str, str], body: bytes, deadline: Deadline) -> Answer:
        """What a server says to a message; the body of its answer is never read.

        Raises:
            Failed: As of ``get``.
        """
        return self._first(url, deadline, _Request("POST", url, headers, body))

    def _first(self, url: Url, deadline: Deadline, request: _Request) -> Answer:
        """What the first address says that can be connected to."""
        name = (url.host or "").strip("[]")
        port = url.port or (443 if url.scheme == "https" else 80)
        patience = min(self._limits.connect, deadline.left)
        places = addresses(name, port, self._limits.allowed, patience)
        for place in places[:-1]:
            try:
                return self._told(request, place, deadline)
            except Failed as failed:
                if failed.failure.trouble is not Trouble.CONNECTION or not deadline.left:
                    raise
        return self._told(request, places[-1], deadline)

    def _told(self, request: _Request, address: str, deadline: Deadline) -> Answer:
        try:
            return self._asked(request, address, deadline)
        except Failed:
            raise
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            if self.cut:
                raise failed(Trouble.STOPPED, "stopped") from error
            if not deadline.left:
                raise deadline.missed() from error
            raise _told(error, self._limits) from error

    def _asked(self, request: _Request, address: str, deadline: Deadline) -> Answer:
        url = request.url
        connection = self._connection(url, address, min(self._limits.connect, deadline.left))
        try:
            connection.connect()
            plug = connection.sock
            with self._watched(plug, deadline):
                connection.timeout = self._limits.read
                connection.request(
                    request.method,
                    url.request_uri,
                    body=request.body,
                    headers={"host": url.netloc or url.host or "", **request.headers},
                    preload_content=False,
                    decode_content=False,
                )
                with closing(connection.getresponse()) as answer:
                    wanted = answer.status == 200 and request.body is None
                    body = self._body(answer) if wanted else b""
                if not deadline.left:
                    raise deadline.missed()
                if self.cut:
                    raise failed(Trouble.STOPPED, "stopped")
            named = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, named, body)
        finally:
            connection.close()

    def _connection(self, url: Url, address: str, patience: float) -> HTTPConnection:
        """To the address, in the name of the host: a certificate is asked for that name."""
        if url.scheme == "http":
            return HTTPConnection(address, url.port or 80, timeout=patience)
        host = (url.host or "").strip("[]")
        return HTTPSConnection(
            address,
            url.port or 443,
            timeout=patience,
            server_hostname=host,
            ssl_context=self._limits.trust,
        )

    @contextmanager
    def _watched(self, plug: socket.socket, deadline: Deadline) -> Iterator[None]:
        """A socket that is shut when the time is over or the wire is cut."""
        with self._lock:
            self._live.add(plug)
        clock = Timer(deadline.left, _shut, [plug])
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            with self._lock:
                self._live.discard(plug)

    def _body(self, answer: BaseHTTPResponse) -> bytes:
        most = self._limits.size
        too_large = failed(Trouble.SIZE, f"larger than {most >> 20} MiB", 200)
        told = answer.headers.get("content-length", "")
        if told.isdecimal() and int(told) > most:
            raise too_large
        pieces, size = [], 0
        while piece := answer.read1(_PIECE, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise too_large
        return b"".join(pieces)


def _shut(plug: socket.socket) -> None:
    """End a connection under its reader, who sees the end of the stream."""
    try:
        # Not the TLS socket's own: that one also takes away the state its reader is using.
        socket.socket.shutdown(plug, socket.SHUT_RDWR)
    except OSError:
        return


def _told(error: Exception, limits: Limits) -> Failed:
    """An error of the network as one line."""
    causes = list(_causes(error))
    last = causes[-1]
    told = str(getattr(last, "strerror", None) or last).split("\n", 1)[0][:120]
    words = "".join(c if c.isprintable() else "?" for c in told)
    names = {type(cause).__name__ for cause in causes}
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return failed(Trouble.CERTIFICATE, f"its certificate is not trusted ({words})")
    if names & {"ConnectTimeoutError"}:
        return failed(Trouble.TIMEOUT, f"no connection in {limits.connect:g} s")
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return failed(Trouble.TIMEOUT, f"nothing came for {limits.read:g} s")
    if names & {"IncompleteRead", "RemoteDisconnected"}:
        return failed(Trouble.TRUNCATED, "the connection ended before the document did")
    if any(isinstance(cause, ssl.SSLError | WrappedSSLError) for cause in causes):
        return failed(Trouble.CONNECTION, f"no secure connection ({words})")
    if any(isinstance(cause, OSError) for cause in causes):
        return failed(Trouble.CONNECTION, f"no connection ({words})")
    return failed(Trouble.PROTOCOL, f"no proper answer ({words})")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it."""
    while error is not None:
        yield error
        inner = error.args[1] if len(error.args) > 1 else None
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__
