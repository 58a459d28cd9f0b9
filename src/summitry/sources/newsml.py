"""NewsML-G2 (IPTC): news items are reports, event concepts are listings; lenient about both.

Read are news, concept, knowledge, planning and package items, alone or in a news message, of
any version; what is wanting or out of order costs no more than itself. The guid of an item is
its identity, so that a later version takes the place of the earlier one; a news item with the
status ``stat:canceled`` withdraws the report.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from summitry.model import Precision, Status
from summitry.sources._instant import instant
from summitry.sources._iptc import OCCURS, after, clock, truncated, withdrawn
from summitry.sources._listing import Entry, listed
from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._own import OWN
from summitry.sources._stream import Stream
from summitry.sources._strip import stripped
from summitry.sources._xml import Element, attribute, child, children, parsed, words

__all__ = ["read_newsml"]

_ITEMS = ("newsItem", "conceptItem", "knowledgeItem", "planningItem", "packageItem")
_PERIOD = re.compile(
    r"P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d+S)?)?"
)


def read_newsml(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read the items of one document, in its order.

    Yields:
        A report, a listing, a withdrawal or a problem for each item and event.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, declares entities or is broken XML.
    """
    root = parsed(stream, origin)
    items = [root] if _name(root) in _ITEMS else list(_below(root, _ITEMS))
    if not items:
        yield Problem(origin, "a news message without items")
    for number, item in enumerate(items, 1):
        yield from _item(item, f"{origin}:{number}" if len(items) > 1 else origin)


def _item(item: Element, place: str) -> Iterator[Outcome]:
    """What one item comes to."""
    concepts = list(_below(item, ("concept", "event")))
    events = [e for e in concepts if child(e, "eventDetails") is not None]
    for number, event in enumerate(events, 1):
        here = f"{place}:{number}" if len(events) > 1 else place
        alone = len(events) == 1
        yield from listed(_entry(item, event, here, alone))
    if events or _name(item) in ("conceptItem", "knowledgeItem"):
        if concepts and not events:
            yield Problem(place, "concepts, none of them an event")
        return
    if _name(item) != "newsItem":
        yield Problem(place, "a planning or package item without text, nothing to read")
        return
    guid, outlet = attribute(item, "guid"), _provider(item)
    published = words(child(item, "itemMeta", "versionCreated"))
    if _state(item).endswith((":canceled", ":cancelled", ":withheld")):
        yield from withdrawn(guid, outlet, published, place)
        return
    about = child(item, "contentMeta")
    language = attribute(child(about, "language"), "tag") if about is not None else ""
    yield from finished(
        Draft(
            origin=place,
            body=_body(item),
            title=words(child(about, "headline")),
            outlet=outlet,
            url=guid,
            published=published,
            language=language or (item.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
            ref=guid or None,
        )
    )


def _body(item: Element) -> str:
    """The longest of the texts that an item holds, paragraphs parted by lines."""
    found = [""]
    for kept in _below(item, ("inlineXML", "inlineData")):
        blocks = [words(p) for p in _below(kept, ("p", "hl2", "li"))]
        text = "\n".join(b for b in blocks if b) or words(kept)
        found.append(stripped(text) if "<" in text and _name(kept) == "inlineData" else text)
    return max(found, key=len) or words(child(item, "contentMeta", "description"))


def _entry(item: Element, event: Element, place: str, alone: bool) -> Entry:
    """The fields of one event concept; one of several without an id is known by its name."""
    details = child(event, "eventDetails")
    identity = child(event, "conceptId")
    location = child(details, "location")
    concept = attribute(identity, "uri") or attribute(identity, "qcode")
    start, end, precision, hour, printed = _dates(child(details, "dates"))
    occurs = attribute(child(details, "occurStatus"), "qcode") or attribute(
        child(details, "occurStatus"), "uri"
    )
    gone = _state(item).endswith((":canceled", ":cancelled"))
    code = re.split(r"[:/]", occurs)[-1]
    country = attribute(child(location, "sameAs"), "qcode").removeprefix("iso3166-1a2:")
    notes = list(children(event, "note"))
    named = [words(child(p, "name")) for p in _below(event, ("participant",))]
    about = " ".join(
        [
            words(child(event, "definition")),
            *(words(n) for n in notes if attribute(n, "roleuri") != OWN),
            *(f"; {name}" for name in named),
        ]
    )
    return Entry(
        origin=place,
        uid=concept
        or attribute(item, "guid") + ("" if alone else f"#{words(child(event, 'name'))}"),
        publisher=_provider(item),
        published=_published(item),
        title=words(child(event, "name")),
        about=about,
        start=start,
        end=end,
        precision=precision,
        time=hour,
        printed=printed,
        place=words(child(location, "name")),
        place_state=country,
        status=Status.CANCELLED if gone else OCCURS.get(code),
        said=f"{occurs} {_state(item) if gone else ''}",
        own=next((n.text or "" for n in notes if attribute(n, "roleuri") == OWN), ""),
    )


def _dates(
    dates: Element | None,
) -> tuple[date | None, date | None, Precision, str, str]:
    """First day, day after the last, precision, clock time, and the words for it."""
    start, end = child(dates, "start"), child(dates, "end")
    first, precision = truncated(words(start))
    if first is None:
        return None, None, Precision.DAY, "", ""
    printed = words(start)
    begin, last = _approximate(start)
    if begin and last:
        vague = Precision.MONTH if (begin.day, (last + timedelta(days=1)).day) == (1, 1) else None
        shown = f"{begin} to {last}, first day {printed}"
        return begin, last + timedelta(days=1), vague or Precision.OPEN, "", shown
    hour = clock(words(start))
    until = truncated(words(end))[0]
    if until is None and (length := words(child(dates, "duration"))):
        until = _last(first, hour, length)
        printed += f" for {length}"
    elif until is not None:
        printed += f" to {words(end)}"
    if precision is not Precision.DAY and until is None:
        return first, after(first, precision), precision, "", printed
    until = until if until is not None and until >= first else first
    return first, until + timedelta(days=1), Precision.DAY, hour, printed


def _approximate(start: Element | None) -> tuple[date | None, date | None]:
    """The days between which an imprecise start lies, both included."""
    begin, _ = truncated(attribute(start, "approxstart"))
    last, unit = truncated(attribute(start, "approxend"))
    if last is not None and unit is not Precision.DAY:
        last = after(last, unit) - timedelta(days=1)
    return begin, last if begin and last and last >= begin else None


def _last(first: date, hour: str, length: str) -> date | None:
    """The last day of what begins then and lasts so long."""
    found = _PERIOD.fullmatch(length)
    if not found:
        return None
    weeks, days, hours, minutes = (int(n or 0) for n in found.groups())
    spent = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    begin = datetime.fromisoformat(f"{first}T{hour[:5] or '00:00'}:00+00:00")
    # Two days from nine in the morning are, in a calendar, two days and not three.
    end = (
        begin + spent - (timedelta(days=1) if not hours and not minutes and days else timedelta())
    )
    return end.date()


def _published(item: Element) -> datetime | None:
    for name in ("versionCreated", "firstCreated"):
        try:
            return instant(words(child(item, "itemMeta", name)))
        except ValueError:
            continue
    return None


def _provider(item: Element) -> str:
    """Who provides an item: by name, else by code."""
    provider = child(item, "itemMeta", "provider")
    code = attribute(provider, "literal") or attribute(provider, "qcode").partition(":")[2]
    return words(child(provider, "name")) or code or attribute(provider, "uri")


def _state(item: Element) -> str:
    return attribute(child(item, "itemMeta", "pubStatus"), "qcode").lower()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _below(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """All elements of these local names inside, in order."""
    yield from element.iterdescendants(*(f"{{*}}{name}" for name in names))
