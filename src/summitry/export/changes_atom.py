"""What changed as an Atom feed (RFC 4287), which any feed reader can follow."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from summitry.export._entry import quoted, told
from summitry.export._title import grounds
from summitry.export._turn import change_key, change_title, changed_at
from summitry.export._xml import add, document, root, utc
from summitry.model import Change, Diary, Report

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["changes_atom"]

_NAMESPACE = "http://www.w3.org/2005/Atom"
_URN = "urn:x-summitry:"


def changes_atom(
    after: Diary, changes: Sequence[Change], reports: Mapping[str, Report], base_url: str = ""
) -> bytes:
    """One entry for each change, newest first; what reports only recall is passed over.

    Args:
        after: The newer diary.
        changes: As ``desk.changes`` gives them.
        reports: By mention.
        base_url: Where the engagements' pages are; an entry links to ``base_url + id``.

    Returns:
        UTF-8. An entry's id stays the same however often the change is told.
    """
    dated = [(changed_at(c, reports, after.as_of), c) for c in changes if not _recalled(c)]
    dated.sort(key=lambda pair: (pair[0], change_key(pair[1])), reverse=True)
    feed = root(_NAMESPACE, "feed")
    add(feed, "id", f"{_URN}changes")
    add(feed, "title", "Summitry: changes")
    add(feed, "updated", utc(dated[0][0] if dated else after.as_of))
    add(add(feed, "author"), "name", "Summitry")
    if base_url:
        add(feed, "link", rel="alternate", href=base_url)
    for at, change in dated:
        _entry(feed, at, change, reports, base_url)
    return document(feed)


def _recalled(change: Change) -> bool:
    return change.engagement.background


def _entry(
    feed: "_Element", at: datetime, change: Change, reports: Mapping[str, Report], base_url: str
) -> None:
    entry, e = add(feed, "entry"), change.engagement
    add(entry, "id", f"{_URN}change:{change_key(change)}")
    add(entry, "title", change_title(change))
    add(entry, "updated", utc(at))
    add(entry, "category", term=change.turn.value)
    if base_url:
        add(entry, "link", rel="alternate", href=f"{base_url}{e.id}")
    behind = [f"{told(claim, reports)}: {quoted(claim)}" for claim in change.by]
    add(entry, "summary", " · ".join(behind or grounds(e)))
