"""Answers as they went out, kept while the ledger says the same; and who has his already."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from hashlib import blake2b
from importlib.metadata import version
from threading import Lock

from fastapi import Request, Response

from summitry.shelf import Turns

__all__ = ["Answers"]

_MOST = 64 * 1024 * 1024
"""Bytes kept."""
_VERSION = version("summitry")


class Answers:
    """Bodies by what they depend on: the address, the state of the ledger, and what else."""

    def __init__(self, turns: Turns) -> None:
        """Keep nothing yet.

        Args:
            turns: Who may make a body.
        """
        self._turns = turns
        self._making: dict[str, Future[bytes]] = {}
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def give(
        self, request: Request, depends: object, media: str, make: Callable[[], bytes]
    ) -> Response:
        """The answer; 304 without a body to who has it.

        Args:
            request: Its address and the headers of who asks.
            depends: What else the body depends on; has to have a telling ``repr``.
            media: The media type.
            make: Makes the body.
        """
        key = f"{_VERSION} {request.url} {depends!r}"
        tag = f'"{blake2b(key.encode(), digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
        if _known(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        return Response(self._body(tag, make), media_type=media, headers=headers)

    def _body(self, tag: str, make: Callable[[], bytes]) -> bytes:
        """The body kept, or made now; who asks for it meanwhile waits for the same one."""
        with self._lock:
            body = self._bodies.get(tag)
            if body is not None:
                self._bodies.move_to_end(tag)
                return body
            theirs = self._making.get(tag)
            if theirs is None:
                mine = self._making[tag] = Future()
        if theirs is not None:
            return theirs.result()
        try:
            with self._turns.taken():
                body = make()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            self._keep(tag, body)
            mine.set_result(body)
            return body
        finally:
            with self._lock:
                del self._making[tag]

    def _keep(self, tag: str, body: bytes) -> None:
        with self._lock:
            self._size += len(body) - len(self._bodies.pop(tag, b""))
            self._bodies[tag] = body
            while self._size > _MOST and self._bodies:
                self._size -= len(self._bodies.popitem(last=False)[1])


def _known(header: str, tag: str) -> bool:
    """Whether a header If-None-Match names a tag (RFC 9110 section 13.1.2, weak comparison).

    >>> _known('W/"a", "b"', '"a"'), _known('"ab"', '"a"'), _known("*", '"a"')
    (True, False, True)
    """
    given = [one.strip().removeprefix("W/") for one in header.split(",")]
    return header.strip() == "*" or tag in given
