"""What changed as an Atom feed (RFC 4287), which any feed reader can follow."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summitry.export._entry import quoted, told
from summitry.export._title import grounds
from summitry.export._turn import change_key, change_title, changed_at
from summitry.export._xml import fit
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
    from lxml import etree  # noqa: PLC0415

    dated = [(changed_at(c, reports, after.as_of), c) for c in changes if not _recalled(c)]
    dated.sort(key=lambda pair: (pair[0], change_key(pair[1])), reverse=True)
    feed = etree.Element(f"{{{_NAMESPACE}}}feed", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]
    _add(feed, "id", f"{_URN}changes")
    _add(feed, "title", "Summitry: changes")
    _add(feed, "updated", _time(dated[0][0] if dated else after.as_of))
    _add(_add(feed, "author"), "name", "Summitry")
    if base_url:
        _add(feed, "link", rel="alternate", href=base_url)
    for at, change in dated:
        _entry(feed, at, change, reports, base_url)
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _recalled(change: Change) -> bool:
    return change.engagement.background


def _entry(
    feed: "_Element", at: datetime, change: Change, reports: Mapping[str, Report], base_url: str
) -> None:
    entry, e = _add(feed, "entry"), change.engagement
    _add(entry, "id", f"{_URN}change:{change_key(change)}")
    _add(entry, "title", change_title(change))
    _add(entry, "updated", _time(at))
    _add(entry, "category", term=change.turn.value)
    if base_url:
        _add(entry, "link", rel="alternate", href=f"{base_url}{e.id}")
    behind = [f"{told(claim, reports)}: {quoted(claim)}" for claim in change.by]
    _add(entry, "summary", " · ".join(behind or grounds(e)))


def _add(parent: "_Element", name: str, text: str = "", **attributes: str) -> "_Element":
    child = parent.makeelement(f"{{{_NAMESPACE}}}{name}")
    for key, value in attributes.items():
        child.set(key, fit(value))
    child.text = fit(text) or None
    parent.append(child)
    return child


def _time(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
