"""Which part of a file can be read by itself, and where that part begins and ends."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, cast

from summitry.sources._stream import Stream

__all__ = ["Span", "lines", "ranges"]

_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Span:
    """A file, or what begins in some bytes of it: lines of JSON, row groups of Parquet.

    So the spans of a file hold each report once, wherever they are cut.
    """

    path: str
    size: int
    """Bytes of the whole file."""
    changed: int
    """When the file was last changed, in nanoseconds since 1970."""
    start: int
    end: int
    """Bytes [start, end)."""

    @property
    def whole(self) -> bool:
        """Whether it is all of the file."""
        return self.start == 0 and self.end >= self.size


def ranges(size: int, most: int) -> Iterator[tuple[int, int]]:
    """A length in pieces of nearly the same size, none longer than ``most``.

    >>> list(ranges(10, 4))
    [(0, 3), (3, 6), (6, 10)]
    """
    pieces = max(1, -(-size // most))
    bounds = [size * n // pieces for n in range(pieces + 1)]
    yield from pairwise(bounds)


def lines(file: IO[bytes], span: Span) -> tuple[int, Stream]:
    """The lines that begin in a span: where the first one does, and a stream of them."""
    first, last = _line(file, span.start), _line(file, span.end)
    file.seek(first)
    return first, Stream(cast("io.RawIOBase", _Part(file, last - first)), 1 << 18)


def _line(file: IO[bytes], position: int) -> int:
    """Where the first line begins that does not begin before a position."""
    if position == 0:
        return 0
    file.seek(position - 1)
    while (read := file.readline(_STEP)) and not read.endswith(b"\n"):
        pass
    return file.tell()


class _Part(io.RawIOBase):
    """So many bytes of a file, from where it stands."""

    def __init__(self, below: IO[bytes], left: int) -> None:
        self._below = below
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        data = self._below.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)
