"""A feed in RSS or Atom: each item is a report of the outlet that the feed is named for.

The bytes are decoded here and then handed to feedparser, which never sees an address that it
could fetch. A document that declares entities of its own is refused: feeds need none, and they
are how XML is made to explode or to read files (OWASP, XML External Entity Prevention).
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import feedparser

from summitry.errors import UnreadableReport
from summitry.sources._markup import declares, undeclared
from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._stream import Stream, whole
from summitry.sources._strip import stripped

__all__ = ["read_feed"]


def read_feed(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read the items of one feed, in its order.

    Yields:
        A problem where the XML is broken, then the reports of the items before the break. The
        outlet is the feed's title, the text the fullest of content and summary.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, declares entities or has no items.
    """
    data = whole(stream, origin)
    page = undeclared(data)
    if declares(page.text):
        raise UnreadableReport(origin, "a feed that declares entities, which is refused")
    if page.lost:
        yield Problem(origin, f"{page.lost} characters are in no encoding we know")
    found = feedparser.parse(
        BytesIO(page.text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
    )
    if found.bozo:
        yield Problem(
            origin, f"broken XML ({_brief(found.bozo_exception)}); read as far as it goes"
        )
    if not found.entries:
        raise UnreadableReport(origin, "a feed without items")
    for number, entry in enumerate(found.entries, 1):
        yield from finished(_draft(entry, found.feed, f"{origin}:{number}"))


def _draft(entry: Mapping[str, Any], feed: Mapping[str, Any], place: str) -> Draft:
    """The fields of one item."""
    bodies = [*entry.get("content", ())]
    if entry.get("summary"):  # in which the parser may have no more than the words
        bodies.append(entry.get("summary_detail", {"value": entry["summary"]}))
    texts = [_plain(body) for body in bodies]
    return Draft(
        origin=place,
        body=max(texts, key=len, default=""),
        title=" ".join(_plain(entry.get("title_detail", {})).split()),
        outlet=" ".join(_plain(feed.get("title_detail", {})).split()),
        url=entry.get("link", ""),
        published=_time(entry),
        language=feed.get("language", ""),
        ref=entry.get("id") or None,
    )


def _plain(detail: Mapping[str, Any]) -> str:
    """A text construct without its markup."""
    value = str(detail.get("value") or "")
    return value.strip() if detail.get("type") == "text/plain" else stripped(value)


def _time(entry: Mapping[str, Any]) -> str:
    """When the item was published, or else changed; as written where that is no time."""
    for name in ("published", "updated"):
        if parsed := entry.get(f"{name}_parsed"):
            year, month, day, hour, minute, second = parsed[:6]
            with suppress(ValueError):  # the year -1 stands as written
                at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
                return at.isoformat()
        if entry.get(name):
            return str(entry[name])
    return ""


def _brief(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:120] or type(error).__name__
