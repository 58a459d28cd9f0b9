"""A document inside an archive, and what of it may be unpacked."""

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from summitry.errors import UnreadableReport
from summitry.sources._outcome import Problem
from summitry.sources._stream import Stream

__all__ = ["Allowance", "Found", "Member", "allowed", "unsafe"]

_FREE, _RATIO = 64 << 20, 100
"""What an archive holds may always be 64 MiB, and a hundred times its own size: text packs four
to twenty times, a bomb a thousand times."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document of an archive, open until the next one is asked for."""

    origin: str
    """Path of the archive and name inside it."""
    stream: Stream
    url: str = ""
    """Address from which it was fetched, where the archive says so."""
    fetched: datetime | None = None
    """When; by then the world could know what it says."""


Found = Iterator[Member | Problem]


class Allowance:
    """How many bytes may still come out of one archive."""

    def __init__(self, packed: int) -> None:
        self.left = max(_FREE, _RATIO * packed)


class _Rationed(io.RawIOBase):
    """A member that ends with a complaint when the archive's allowance is spent."""

    def __init__(self, below: IO[bytes], allowance: Allowance, origin: str) -> None:
        self._below = below
        self._allowance = allowance
        self._origin = origin

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        try:
            data = self._below.read(len(buffer))
        except (ValueError, RuntimeError, struct.error, zipfile.BadZipFile) as error:
            raise UnreadableReport(self._origin, f"cannot be unpacked ({error})") from error
        buffer[: len(data)] = data
        self._allowance.left -= len(data)
        if self._allowance.left < 0:
            raise UnreadableReport(self._origin, "unpacks to far more than it should; stopped")
        return len(data)


def allowed(below: IO[bytes], allowance: Allowance, origin: str) -> Stream:
    """A member's stream, within what its archive is allowed."""
    return Stream(_Rationed(below, allowance, origin), 1 << 16)


def unsafe(name: str) -> bool:
    """Whether a name inside an archive leads out of it.

    Nothing is ever written to disk; such names are refused all the same, since whoever made them
    meant no good.
    """
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]
