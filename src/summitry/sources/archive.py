"""Documents inside zip and tar archives, read where they lie; nothing is unpacked to disk."""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from summitry.errors import UnreadableReport
from summitry.sources._members import Allowance, Found, Member, allowed, unsafe
from summitry.sources._outcome import Problem
from summitry.sources._stream import Stream

__all__ = ["tarred", "zipped"]

_MOST = 100_000
"""Documents in one archive at most."""
_OFFICE = ("[Content_Types].xml", "mimetype")


def zipped(stream: Stream, origin: str) -> Found:
    """The documents of a zip archive, in its order.

    Raises:
        UnreadableReport: It cannot be sought in (as a pipe), is broken, or an office document.
    """
    if not stream.seekable():
        raise UnreadableReport(origin, "a zip archive out of a pipe; save it as a file first")
    try:
        packed = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableReport(origin, f"a broken zip archive ({error})") from error
    with packed:
        inside = packed.infolist()
        if any(info.filename in _OFFICE for info in inside):
            raise UnreadableReport(origin, "an office document, which is not read")
        allowance = Allowance(sum(info.compress_size for info in inside))
        for info in inside[:_MOST]:
            place = f"{origin}!{info.filename}"
            if info.is_dir():
                continue
            if refusal := _refused(info.filename, not info.flag_bits & 1):
                yield Problem(place, refusal)
                continue
            try:
                with packed.open(info) as member:
                    yield Member(place, allowed(member, allowance, place))
            except _BROKEN as error:
                yield Problem(place, f"cannot be unpacked ({error})")
        if len(inside) > _MOST:
            yield Problem(origin, f"{len(inside):,} documents; the first {_MOST:,} were read")


_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error)
"""What opening a member of a damaged archive raises."""


def tarred(stream: Stream, origin: str) -> Found:
    """The documents of a tar archive, in its order; links and devices are passed over, by name.

    Raises:
        UnreadableReport: It is broken, or holds too much.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as packed:
            yield from _tarred(packed, origin)
    except tarfile.TarError as error:
        raise UnreadableReport(origin, f"a broken tar archive ({error})") from error


def _tarred(packed: tarfile.TarFile, origin: str) -> Iterator[Member | Problem]:
    for number, info in enumerate(packed):
        place = f"{origin}!{info.name}"
        if number >= _MOST:
            yield Problem(origin, f"more than {_MOST:,} documents; the rest was not read")
            return
        if info.isdir():
            continue
        if refusal := _refused(info.name, info.isfile()):
            yield Problem(place, refusal)
            continue
        member = packed.extractfile(info)
        if member is not None:
            yield Member(place, allowed(member, Allowance(info.size), place))


def _refused(name: str, plain: bool) -> str:
    """Why a member is not read; empty when it is."""
    if unsafe(name):
        return "a name that leads out of its archive, refused"
    return "" if plain else "no plain file, or one under a password; not read"
