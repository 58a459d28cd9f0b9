"""Bytes of a document, whatever it is packed in, and never more of them than make sense."""

import gzip
import io
import zlib
from typing import IO, cast

from summitry.errors import UnreadableReport

__all__ = ["LONGEST_DOCUMENT", "TROUBLE", "Stream", "unpacked", "whole"]

LONGEST_DOCUMENT = 16 << 20
"""Bytes of one document, or of one line of JSON, at most."""

_GZIP = b"\x1f\x8b"
_FREE, _RATIO = 32 << 20, 100
"""A packed file may always hold 32 MiB, and a hundred times its own size: text and feeds pack
four to twenty times, a bomb a thousand times."""

Stream = io.BufferedReader
"""A binary file with ``peek``, ``read`` and ``readline``."""

TROUBLE = (OSError, EOFError, zlib.error, UnreadableReport)
"""What reading a damaged, truncated or forbidden stream raises."""


class _Unpacked(io.RawIOBase):
    """What a gzip stream holds, cut off when it is a bomb."""

    def __init__(self, packed: "_Counted", origin: str) -> None:
        self._packed = packed
        self._plain = gzip.GzipFile(fileobj=packed)
        self._origin = origin
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        # read1: what came through before a break is given out before the break is told.
        data = self._plain.read1(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > max(_FREE, _RATIO * self._packed.taken):
            raise UnreadableReport(self._origin, "unpacks to far more than it should; stopped")
        return len(data)


class _Counted(io.RawIOBase):
    """A stream that counts the bytes taken from it."""

    def __init__(self, below: Stream) -> None:
        self._below = below
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._below.read(-1 if size is None else size)
        self.taken += len(data)
        return data


def unpacked(file: IO[bytes], origin: str) -> Stream:
    """The stream itself, or what it holds when it is gzip (by its first bytes, not its name)."""
    raw = file if isinstance(file, Stream) else Stream(cast("io.RawIOBase", file))
    if not raw.peek(2).startswith(_GZIP):
        return raw
    return Stream(_Unpacked(_Counted(raw), origin), 1 << 18)


def whole(stream: Stream, origin: str) -> bytes:
    """All bytes of a document.

    Raises:
        UnreadableReport: There are more than 16 MiB, or none but white space.
    """
    data = stream.read(LONGEST_DOCUMENT + 1)
    if len(data) > LONGEST_DOCUMENT:
        raise UnreadableReport(origin, "larger than 16 MiB, too large for a report")
    if not data.strip():
        raise UnreadableReport(origin, "empty")
    return data
