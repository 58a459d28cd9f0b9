"""A web server on this machine that does what it is told, well or badly.

It speaks bytes over sockets, so that it can break every rule of HTTP.
"""

import socketserver
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Lock, Thread
from typing import Any

Made = bytes | Iterable[bytes]


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    path: str
    headers: dict[str, str]
    """Names in lower case."""


@dataclass
class Site:
    """Paths and what is answered there; a path that is not there is 404."""

    pages: dict[str, Callable[[Request], Made]] = field(default_factory=dict)
    asked: list[tuple[str, float]] = field(default_factory=list)
    """Paths in the order in which they were asked for, and when."""
    ports: dict[str, int] = field(default_factory=dict)
    """On which port each host listens."""
    most: int = 0
    """The most requests that were in hand at one time."""
    inside: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.ports[host]}{path}"

    def count(self, path: str) -> int:
        return sum(1 for asked, _ in self.asked if asked == path)


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A well-made answer; underscores in names of headers stand for hyphens."""
    named = {
        "content-length": str(len(body)),
        **{n.replace("_", "-"): v for n, v in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def always(made: bytes) -> Callable[[Request], Made]:
    return lambda _: made


def moved(where: str, status: str = "302 Found") -> Callable[[Request], Made]:
    return always(answer(status=status, location=where))


def dripping(head: bytes, drop: bytes = b"a", pause: float = 0.05) -> Callable[[Request], Made]:
    """What was said, and then a little more, for ever."""

    def drops(_: Request) -> Iterator[bytes]:
        yield head
        while True:
            time.sleep(pause)
            yield drop

    return drops


def in_http(seconds: float) -> str:
    """An instant so far ahead, as HTTP writes it."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@contextmanager
def served(*hosts: str) -> Iterator[Site]:
    """A site that is up while the block runs, under addresses of this machine."""
    site, lock = Site(), Lock()

    class Handler(socketserver.StreamRequestHandler):
        timeout = 10

        def handle(self) -> None:
            first = self.rfile.readline(65536).decode("latin-1").split()
            headers = dict[str, str]()
            while (line := self.rfile.readline(65536).decode("latin-1").strip()) != "":
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            if len(first) < 2:
                return
            with lock:
                site.asked.append((first[1], time.monotonic()))
                site.inside += 1
                site.most = max(site.most, site.inside)
            try:
                page = site.pages.get(first[1].partition("?")[0], missing)
                made = page(Request(first[1], headers))
                for piece in [made] if isinstance(made, bytes) else made:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                return  # the client has gone
            finally:
                with lock:
                    site.inside -= 1

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        request_queue_size = 128
        block_on_close = False

        def handle_error(self, *_: Any) -> None:
            return  # a client that breaks off is none of ours

    missing = always(answer(b"nothing here", "404 Not Found"))
    with ExitStack() as running:
        for host in hosts or ("127.0.0.1",):
            server = running.enter_context(Server((host, 0), Handler))
            site.ports[host] = server.server_address[1]
            Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            running.callback(server.shutdown)
        yield site
