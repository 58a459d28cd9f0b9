"""Documents in, reports out: one module for each format.

The room's only promise: whatever a document holds, it ends in reports and named problems, and
never in an exception that would stop a run.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from summitry.errors import UnreadableReport
from summitry.model import Record, Report
from summitry.sources._decode import recoded
from summitry.sources._instant import instant
from summitry.sources._members import Found, Member
from summitry.sources._outcome import Outcome, Problem, host
from summitry.sources._span import Span, lines, ranges
from summitry.sources._stream import TROUBLE, Stream, unpacked
from summitry.sources.archive import tarred, zipped
from summitry.sources.diary_text import read_diary_text
from summitry.sources.folder import files
from summitry.sources.jsonl import read_json, read_jsonl
from summitry.sources.opml import read_opml
from summitry.sources.records import read_records
from summitry.sources.sniff import Format, sniffed
from summitry.sources.text import read_text
from summitry.sources.wire import read_wire

__all__ = [
    "ARCHIVES",
    "FEEDS",
    "PAGES",
    "READERS",
    "Format",
    "Outcome",
    "Problem",
    "Span",
    "Worth",
    "feeds",
    "fetched",
    "instant",
    "records",
    "reports",
    "spans",
    "within",
]

Reader = Callable[[Stream, str], Iterator[Outcome]]
Worth = Callable[[Report], bool]


def _always(_: Report) -> bool:
    return True


def _read_html(stream: Stream, origin: str, worth: Worth = _always) -> Iterator[Outcome]:
    # Imported when the first page comes: parsers of HTML are a tenth of a second to load.
    from summitry.sources.html import read_html  # noqa: PLC0415

    return read_html(stream, origin, worth)


def _read_feed(stream: Stream, origin: str) -> Iterator[Outcome]:
    # Imported when the first feed comes, for the same reason.
    from summitry.sources.feed import read_feed  # noqa: PLC0415

    return read_feed(stream, origin)


def _read_json_feed(stream: Stream, origin: str) -> Iterator[Outcome]:
    from summitry.sources.json_feed import read_json_feed  # noqa: PLC0415

    return read_json_feed(stream, origin)


def _read_ics(stream: Stream, origin: str) -> Iterator[Outcome]:
    from summitry.sources.ics import read_ics  # noqa: PLC0415

    return read_ics(stream, origin)


def _read_newsml(stream: Stream, origin: str) -> Iterator[Outcome]:
    from summitry.sources.newsml import read_newsml  # noqa: PLC0415

    return read_newsml(stream, origin)


def _read_ninjs(stream: Stream, origin: str) -> Iterator[Outcome]:
    from summitry.sources.ninjs import read_ninjs  # noqa: PLC0415

    return read_ninjs(stream, origin)


def _read_sitemap(stream: Stream, origin: str) -> Iterator[Outcome]:
    from summitry.sources.sitemap import read_sitemap  # noqa: PLC0415

    return read_sitemap(stream, origin)


def _read_parquet(stream: Stream, origin: str) -> Iterator[Outcome]:
    from summitry.sources.parquet import read_parquet  # noqa: PLC0415

    return read_parquet(stream, origin)


def _warc(stream: Stream, origin: str) -> Found:
    from summitry.sources.warc import pages  # noqa: PLC0415

    return pages(stream, origin)


READERS: Mapping[Format, Reader] = {
    Format.TEXT: read_text,
    Format.HTML: _read_html,
    Format.JSONL: read_jsonl,
    Format.JSON: read_json,
    Format.FEED: _read_feed,
    Format.JSON_FEED: _read_json_feed,
    Format.ICS: _read_ics,
    Format.NEWSML: _read_newsml,
    Format.NINJS: _read_ninjs,
    Format.SITEMAP: _read_sitemap,
    Format.DIARY: read_diary_text,
    Format.WIRE: read_wire,
    Format.PARQUET: _read_parquet,
}
"""Every format that is read. A new one is one module and one line here."""

FEEDS = frozenset({Format.FEED, Format.JSON_FEED})
PAGES = frozenset({Format.HTML})
ARCHIVES: Mapping[Format, Callable[[Stream, str], Found]] = {
    Format.WARC: _warc,
    Format.ZIP: zipped,
    Format.TAR: tarred,
}
"""Every format that holds documents of the others. None is opened inside another."""


def reports(path: str | Path, worth: Worth = _always) -> Iterator[Outcome]:
    """Read a file, a folder of files, or standard input.

    Args:
        path: A file of one of ``READERS`` or ``ARCHIVES``, plain or gzipped; a folder, read
            recursively in sorted order; or ``"-"`` for standard input.
        worth: Whether a page could be of use, asked before its article's text is searched for;
            the report of one that could not be holds all that stands on the page.

    Yields:
        A report, a listing, a withdrawal or a problem for each document, in order. A report
        whose time of publication is unreadable comes with a problem of its own.

    Example:
        >>> [str(problem) for problem in reports("no/such/file.txt")]
        ['no/such/file.txt: No such file or directory']
    """
    readers = _readers(worth)
    if str(path) == "-":
        yield from _document(sys.stdin.buffer, "-", readers)
        return
    for entry in _files(Path(path)):
        if isinstance(entry, Problem):
            yield entry
        else:
            yield from _file(entry, readers)


def spans(path: str | Path, most: int) -> Iterator[Span | Problem]:
    """What can be read by itself of a file or a folder of files, in the order of ``reports``.

    Args:
        path: As for ``reports``, but never standard input.
        most: Bytes of a file that is not cut. Plain JSON lines and Parquet are; what is packed
            can only be read from its beginning.

    Yields:
        Spans, and a problem for each thing that cannot be looked at.
    """
    for entry in _files(Path(path)):
        if isinstance(entry, Problem):
            yield entry
            continue
        try:
            stat = entry.stat()
            cuts = [(0, stat.st_size)]
            if stat.st_size > most and _kind(entry) in _CUT:
                cuts = list(ranges(stat.st_size, most))
        except (OSError, ValueError) as error:
            yield Problem(str(entry), getattr(error, "strerror", None) or str(error))
            continue
        for start, end in cuts:
            yield Span(str(entry), stat.st_size, stat.st_mtime_ns, start, end)


def within(span: Span, worth: Worth = _always) -> Iterator[Outcome]:
    """Read a span as ``reports`` reads a file; those of all spans of a file are its reports."""
    path = Path(span.path)
    if span.whole:
        yield from _file(path, _readers(worth))
        return
    try:
        kind = _kind(path)
        with path.open("rb") as file:
            if kind is Format.PARQUET:
                from summitry.sources.parquet import read_row_groups  # noqa: PLC0415

                yield from read_row_groups(file, span.path, span.start, span.end)
            else:
                first, stream = lines(file, span)
                if stream.peek(1):
                    yield from read_jsonl(stream, f"{span.path}@{first}")
    except UnreadableReport as error:
        yield Problem(span.path, error.reason)
    except (*TROUBLE, ValueError) as error:
        yield Problem(span.path, getattr(error, "strerror", None) or f"cannot be read: {error}")


def records(path: str | Path) -> Iterator[Record | Problem]:
    """Read a table of past engagements: a file, plain or gzipped, or ``"-"``.

    Yields:
        A record, or a problem, for each row, in order.
    """
    origin = str(path)
    try:
        if origin == "-":
            yield from read_records(unpacked(sys.stdin.buffer, origin), origin)
            return
        with Path(path).open("rb") as file:
            yield from read_records(unpacked(file, origin), origin)
    except UnreadableReport as error:
        yield Problem(origin, error.reason)
    except TROUBLE as error:
        yield Problem(origin, getattr(error, "strerror", None) or f"cannot be read: {error}")


def fetched(
    data: bytes, origin: str, formats: frozenset[Format], charset: str = ""
) -> Iterator[Outcome]:
    """Read a document that came over the network, and only if it is what was asked for.

    Args:
        data: Its bytes.
        origin: Its address.
        formats: ``FEEDS`` or ``PAGES``.
        charset: The encoding that the server named, which counts where the document names none.
    """
    readers = {kind: READERS[kind] for kind in formats}
    yield from _document(BytesIO(recoded(data, charset)), origin, readers)


def feeds(path: str | Path) -> Iterator[str | Problem]:
    """The addresses of the feeds that a list in OPML names, and what is wrong with it.

    Args:
        path: A file, plain or gzipped, known by its content.
    """
    origin = str(path)
    try:
        with Path(path).open("rb") as file:
            stream = unpacked(file, origin)
            kind = sniffed(stream.peek(4096), origin)
            if kind is Format.OPML:
                yield from read_opml(stream, origin)
            else:
                yield Problem(origin, f"{kind.value}, which is no list of feeds (OPML)")
    except UnreadableReport as error:
        yield Problem(origin, error.reason)
    except TROUBLE as error:
        yield Problem(origin, getattr(error, "strerror", None) or f"cannot be read: {error}")


_CUT = frozenset({Format.JSONL, Format.PARQUET})
"""Formats whose middle can be found. A page in an uncompressed web archive could hold what looks
like the beginning of a record, so that web archives are not among them."""


def _kind(path: Path) -> Format:
    """The format of a file as it lies there, packed or not."""
    with path.open("rb") as file:
        return sniffed(file.peek(4096), str(path))


def _files(place: Path) -> Iterator[Path | Problem]:
    """A file, or those of a folder, which holds at least one."""
    if not place.is_dir():
        yield place
        return
    found = False
    for entry in files(place):
        found = True
        yield entry
    if not found:
        yield Problem(str(place), "an empty folder")


def _readers(worth: Worth) -> Mapping[Format, Reader]:
    """All formats; of pages only the text of those that are worth it."""
    return {**READERS, Format.HTML: partial(_read_html, worth=worth)}


def _file(path: Path, readers: Mapping[Format, Reader]) -> Iterator[Outcome]:
    try:
        with path.open("rb") as file:
            yield from _document(file, str(path), readers)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Problem(str(path), reason)


def _document(file: IO[bytes], origin: str, readers: Mapping[Format, Reader]) -> Iterator[Outcome]:
    try:
        stream = unpacked(file, origin)
        kind = sniffed(stream.peek(4096), origin)
        if kind is Format.EMPTY and stream.read(1 << 20).strip():
            kind = Format.BINARY
        if kind in ARCHIVES:
            yield from _inside(ARCHIVES[kind](stream, origin), readers)
            return
        if kind not in readers:
            yield Problem(origin, _refusal(kind))
            return
        yield from readers[kind](stream, origin)
    except UnreadableReport as error:
        yield Problem(origin, error.reason)
    except TROUBLE as error:
        yield Problem(origin, f"cannot be read: {error}")


def _inside(found: Found, readers: Mapping[Format, Reader]) -> Iterator[Outcome]:
    """What the documents of an archive come to; one inside another is not opened."""
    for member in found:
        if isinstance(member, Problem):
            yield member
            continue
        for outcome in _member(member, readers):
            yield _placed(outcome, member) if isinstance(outcome, Report) else outcome


def _member(member: Member, readers: Mapping[Format, Reader]) -> Iterator[Outcome]:
    try:
        stream = unpacked(member.stream, member.origin)
        if sniffed(stream.peek(4096), member.origin) in ARCHIVES:
            yield Problem(member.origin, "an archive inside an archive, not opened")
            return
    except TROUBLE as error:
        yield Problem(member.origin, f"cannot be read: {error}")
        return
    yield from _document(stream, member.origin, readers)


def _placed(report: Report, member: Member) -> Report:
    """A report with what its archive knows, where it does not say so itself."""
    return replace(
        report,
        outlet=report.outlet or host(member.url),
        url=report.url or member.url,
        published=report.published or member.fetched,
    )


def _refusal(kind: Format) -> str:
    if kind is Format.OPML:
        return f"{kind.value}: give it to `summitry watch`"
    return "empty" if kind is Format.EMPTY else f"{kind.value}, which is not read"
