"""A web archive (WARC, ISO 28500): each page that was fetched with success is a document."""

import io
from collections.abc import Iterator
from typing import cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from summitry.sources._instant import instant
from summitry.sources._members import Found, Member
from summitry.sources._outcome import Problem
from summitry.sources._stream import LONGEST_DOCUMENT, TROUBLE, Stream

__all__ = ["pages"]

_KINDS = ("response", "resource")
_TEXT = ("text/", "application/xhtml", "application/xml", "application/json", "application/rss")
_NOT_TEXT = ("text/css", "text/javascript")


def pages(stream: Stream, origin: str) -> Found:
    """The pages of an archive, in its order, each with its address and the time it was fetched.

    Pictures, scripts and pages of errors are passed over without a word: an archive is full of
    them. A record that breaks off ends the archive with a problem.
    """
    found = False
    try:
        for member in _pages(stream, origin):
            found = True
            yield member
    except (ArchiveLoadFailed, *TROUBLE, ValueError, AttributeError, IndexError) as error:
        yield Problem(origin, f"breaks off: {str(error)[:100]}")
        return
    if not found:
        yield Problem(origin, "a web archive without pages")


def _pages(stream: Stream, origin: str) -> Iterator[Member | Problem]:
    for number, record in enumerate(ArchiveIterator(stream), 1):
        if record.rec_type not in _KINDS or not _readable(record):
            continue
        url = _field(record, "WARC-Target-URI").strip("<>")
        place = f"{origin}:{number}"
        data = record.content_stream().read(LONGEST_DOCUMENT + 1)
        if len(data) > LONGEST_DOCUMENT:
            yield Problem(place, "larger than 16 MiB, too large for a report")
            continue
        page = cast("Stream", io.BufferedReader(io.BytesIO(data)))
        # WARC-Date: the world could know no later than that.
        yield Member(place, page, url, instant(_field(record, "WARC-Date")))


def _readable(record: ArcWarcRecord) -> bool:
    """Whether a record is a page of text that was there."""
    http = record.http_headers
    if http is not None and http.get_statuscode() != "200":
        return False
    head = http if http is not None else record.rec_headers
    kind = str(head.get_header("Content-Type") or "").lower()
    return not kind or (kind.startswith(_TEXT) and not kind.startswith(_NOT_TEXT))


def _field(record: ArcWarcRecord, name: str) -> str:
    return str(record.rec_headers.get_header(name) or "")
