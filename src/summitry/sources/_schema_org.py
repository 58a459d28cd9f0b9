"""An event as a page states it for search engines: schema.org Event in JSON-LD."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from summitry.model import Precision, Status
from summitry.sources._instant import instant
from summitry.sources._iptc import after, clock, truncated
from summitry.sources._listing import Entry

__all__ = ["event", "is_event"]

_STATUS = {
    "EventScheduled": Status.ANNOUNCED,
    "EventRescheduled": Status.ANNOUNCED,
    "EventMovedOnline": Status.ANNOUNCED,
    "EventPostponed": Status.POSTPONED,
    "EventCancelled": Status.CANCELLED,
}

Node = Mapping[str, object]


def is_event(node: Node) -> bool:
    """Whether a node of JSON-LD is an event of some sort that has a date."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return "startDate" in node and any(isinstance(n, str) and n.endswith("Event") for n in names)


def event(node: Node, page: Mapping[str, str], origin: str) -> Entry:
    """The fields of one event.

    Args:
        node: The event.
        page: Outlet, address and time of publication of the page that states it.
        origin: Where it was read.
    """
    start, end = _text(node.get("startDate")), _text(node.get("endDate"))
    first, unit = truncated(start)
    last, _ = truncated(end)
    stop: date | None = after(first, unit) if first and unit is not Precision.DAY else None
    if first and last and last >= first and unit is Precision.DAY:
        stop = last + timedelta(days=1)
    told = _text(node.get("eventStatus")).rpartition("/")[2]
    who = [_name(node.get(name)) for name in ("organizer", "attendee", "performer", "actor")]
    return Entry(
        origin=origin,
        uid=_text(node.get("@id")) or _text(node.get("url")),
        publisher=page.get("outlet", "") or _name(node.get("organizer")),
        published=_published(page.get("published", "")),
        title=_name(node.get("name")),
        about="; ".join(w for w in (_text(node.get("description")), *who) if w),
        start=first,
        end=stop,
        precision=unit,
        time=clock(start),
        printed=f"{start} to {end}" if end else start,
        place=_place(node.get("location")),
        status=_STATUS.get(told),
        said=told,
    )


def _published(text: str) -> datetime | None:
    try:
        return instant(text)
    except ValueError:
        return None


def _place(value: object) -> str:
    """Name and address of a place."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, dict):
        return _text(value)
    address = value.get("address")
    parts = [_name(value.get("name"))]
    if isinstance(address, dict):
        parts += [_name(address.get(k)) for k in ("addressLocality", "addressCountry")]
    else:
        parts.append(_text(address))
    return ", ".join(dict.fromkeys(p for p in parts if p))


def _name(value: object) -> str:
    """A text, or the names of a thing or of several."""
    if isinstance(value, list):
        return ", ".join(n for v in value[:50] if (n := _name(v)))
    if isinstance(value, dict):
        return _text(value.get("name"))
    return _text(value)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
