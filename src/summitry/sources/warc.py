"""A web archive (WARC, ISO 28500): each page that was fetched with success is a document."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from summitry.sources._members import Found, Member
from summitry.sources._outcome import Problem
from summitry.sources._stream import LONGEST_DOCUMENT, Stream

__all__ = ["pages"]

_KINDS = WarcRecordType.response | WarcRecordType.resource
_TEXT = ("text/", "application/xhtml", "application/xml", "application/json", "application/rss")
_LONGEST_HEAD = 1 << 16
"""Bytes of the headers of a record."""


def pages(stream: Stream, origin: str) -> Found:
    """The pages of an archive, in its order, each with its address and the time it was fetched.

    Pictures, scripts and pages of errors are passed over without a word: an archive is full of
    them. A record that breaks off ends the archive with a problem.
    """
    try:
        yield from _pages(stream, origin)
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        yield Problem(origin, f"breaks off ({str(error)[:100]})")


def _pages(stream: Stream, origin: str) -> Iterator[Member | Problem]:
    records = ArchiveIterator(
        stream, record_types=_KINDS, parse_http=True, max_header_len=_LONGEST_HEAD
    )
    found = False
    for record in records:
        found = True
        place = f"{origin}!{record.record_id}"
        if not _readable(record):
            continue
        data = record.reader.read(LONGEST_DOCUMENT + 1)
        if len(data) > LONGEST_DOCUMENT:
            yield Problem(place, "larger than 16 MiB, too large for a report")
            continue
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        yield Member(place, Stream(io.BytesIO(data)), url, _time(record))
    if not found:
        yield Problem(origin, "a web archive without pages")


def _readable(record: WarcRecord) -> bool:
    """Whether a record is a page of text that was there."""
    http = record.http_headers
    if http is not None and http.status_code is not None and http.status_code != 200:
        return False
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
    return not kind or kind.startswith(_TEXT)


def _time(record: WarcRecord) -> datetime | None:
    """When it was fetched, in UTC (WARC-Date)."""
    at = record.record_date
    if not isinstance(at, datetime):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
