"""A JSON Feed (jsonfeed.org, version 1 and 1.1): each item is a report."""

import json
from collections.abc import Iterator

from summitry.errors import UnreadableReport
from summitry.sources._decode import decoded
from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._stream import Stream, whole
from summitry.sources._strip import stripped

__all__ = ["read_json_feed"]


def read_json_feed(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read the items of one feed, in its order.

    Yields:
        A report, or a problem, for each item.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, no JSON or has no items.
    """
    page = decoded(whole(stream, origin))
    if page.lost:
        yield Problem(origin, f"{page.lost} characters are neither UTF-8 nor Windows-1252")
    try:
        feed = json.loads(page.text)
    except (ValueError, RecursionError) as error:
        reason = str(error).split("\n", 1)[0][:120]
        raise UnreadableReport(origin, f"no JSON: {reason}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise UnreadableReport(origin, "a feed without items")
    for number, item in enumerate(items, 1):
        place = f"{origin}:{number}"
        if isinstance(item, dict):
            yield from finished(_draft(item, feed, place))
        else:
            yield Problem(place, "no JSON object")


def _draft(item: dict[str, object], feed: dict[str, object], place: str) -> Draft:
    """The fields of one item."""
    body = _words(item, "content_text") or stripped(_words(item, "content_html"))
    return Draft(
        origin=place,
        body=body or _words(item, "summary"),
        title=" ".join(_words(item, "title").split()),
        outlet=" ".join(_words(feed, "title").split()),
        url=_words(item, "url") or _words(item, "external_url"),
        published=_words(item, "date_published") or _words(item, "date_modified"),
        language=_words(item, "language") or _words(feed, "language"),
        ref=_words(item, "id") or None,
    )


def _words(fields: dict[str, object], name: str) -> str:
    """A field as text; version 1 allows numbers as ids; anything else counts as absent."""
    value = fields.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
