"""ninjs 1 to 3 (IPTC): items are reports, events are listings; a list, an object, or one a line.

``uri`` is the identity of an item; ``pubStatus`` canceled withdraws a report and cancels an
event. ninjs 1 spells its fields in lower case and has its text in ``body_text`` and the like.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from summitry.errors import UnreadableReport
from summitry.model import Precision, Status
from summitry.sources._decode import decoded
from summitry.sources._instant import instant
from summitry.sources._iptc import OCCURS, after, clock, truncated, withdrawn
from summitry.sources._listing import Entry, listed
from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._own import OWN
from summitry.sources._stream import LONGEST_DOCUMENT, Stream
from summitry.sources._strip import stripped

__all__ = ["read_ninjs"]

Fields = dict[str, object]


def read_ninjs(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read items in their order; a line that is none is named and the next one is read.

    Yields:
        A report, a listing, a withdrawal or a problem for each.

    Raises:
        UnreadableReport: A document over several lines is no JSON or larger than 16 MiB.
    """
    number = 0
    while line := stream.readline(LONGEST_DOCUMENT + 1):
        number += 1
        place = f"{origin}:{number}"
        if len(line) > LONGEST_DOCUMENT:
            raise UnreadableReport(origin, "a line of more than 16 MiB")
        if not line.strip():
            continue
        try:
            found = json.loads(decoded(line).text)
        except (ValueError, RecursionError) as error:
            if number == 1:
                found = _document(line, stream, origin)
            else:
                yield Problem(place, f"no JSON: {str(error)[:100]}")
                continue
        items = found if isinstance(found, list) else [found]
        for nth, item in enumerate(items, 1):
            here = f"{origin}:{nth}" if len(items) > 1 else place
            if isinstance(item, dict):
                yield from _item(item, here)
            else:
                yield Problem(here, "no JSON object")


def _document(head: bytes, stream: Stream, origin: str) -> object:
    """The JSON that a whole document spells.

    Raises:
        UnreadableReport: It is larger than 16 MiB or no JSON.
    """
    data = head + stream.read(LONGEST_DOCUMENT + 1)
    if len(data) > LONGEST_DOCUMENT:
        raise UnreadableReport(origin, "larger than 16 MiB, too large for a report")
    try:
        return json.loads(decoded(data).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport(origin, f"no JSON: {str(error)[:100]}") from error


def _item(item: Fields, place: str) -> Iterator[Outcome]:
    """What one item comes to."""
    if _text(item, "type") == "event" or isinstance(item.get("eventDetails"), dict):
        yield from listed(_entry(item, place))
        return
    published = _text(item, "versionCreated", "versioncreated", "firstCreated", "firstcreated")
    uri, outlet = _text(item, "uri"), _outlet(item)
    if _state(item).startswith(("cancel", "withheld")):
        yield from withdrawn(uri, outlet, published, place)
        return
    yield from finished(
        Draft(
            origin=place,
            body=_body(item),
            title=" ".join(
                (_first(item, "headlines") or _text(item, "headline", "title")).split()
            ),
            outlet=outlet,
            url=uri,
            published=published,
            language=_text(item, "language"),
            ref=uri or None,
        )
    )


def _entry(item: Fields, place: str) -> Entry:
    """The fields of one event."""
    details = _inside(item, "eventDetails")
    dates = _inside(details, "dates")
    start, end, precision, hour, printed = _dates(dates)
    occurs = _text(details, "eventStatus")
    gone = _state(item).startswith("cancel")
    described = _items(item, "descriptions") + _items(item, "bodies")
    notes = [_plain(d) for d in described if d.get("role") != OWN]
    people = [_text(p, "name") for p in _items(item, "people")]
    sides = [_text(o, "name") for o in _items(item, "organisations")]
    where = next(iter(_items(item, "places")), {})
    town, country = _address(where)
    return Entry(
        origin=place,
        uid=_text(item, "uri"),
        publisher=_outlet(item),
        published=_published(item),
        title=_text(item, "title") or _first(item, "headlines"),
        about="; ".join(n for n in (*notes, *people, *sides) if n),
        start=start,
        end=end,
        precision=precision,
        time=hour,
        printed=printed,
        place=", ".join(p for p in (_text(where, "name"), town, country) if p),
        status=Status.CANCELLED if gone else OCCURS.get(occurs.rpartition("/")[2]),
        said=f"{occurs} {_state(item) if gone else ''}",
        own=next((_text(d, "value") for d in described if d.get("role") == OWN), ""),
    )


def _dates(dates: Fields) -> tuple[date | None, date | None, Precision, str, str]:
    """First day, day after the last, precision, clock time, and the words for it."""
    printed = _text(dates, "startDate", "expectedStartDate", "estimatedStartDate")
    until = _text(dates, "endDate", "expectedEndDate", "estimatedEndDate")
    first, unit = truncated(printed)
    if first is None:
        return None, None, Precision.DAY, "", ""
    last, last_unit = truncated(until)
    shown = f"{printed} to {until}" if until else printed
    if last is not None and last >= first:
        day = timedelta(days=1)
        end = last + day if last_unit is Precision.DAY else after(last, last_unit)
    else:
        end = first + timedelta(days=1) if unit is Precision.DAY else after(first, unit)
    return first, end, unit, clock(printed), shown


def _address(where: Fields) -> tuple[str, str]:
    """Town and state of a place, as far as its addresses say."""
    for contact in _items(where, "contactInfo"):
        address = _inside(contact, "address")
        if address:
            return _text(address, "locality"), _text(address, "country")
    return "", ""


def _body(item: Fields) -> str:
    """The fullest text of an item."""
    found = [_plain(body) for body in _items(item, "bodies")]
    found += [_text(item, "body_text"), stripped(_text(item, "body_html", "body_xhtml"))]
    brief = [_plain(d) for d in _items(item, "descriptions")]
    return max(found, key=len) or max([*brief, _text(item, "description_text")], key=len)


def _plain(body: Fields) -> str:
    """A text without its markup."""
    value = _text(body, "value")
    return stripped(value) if "html" in _text(body, "contentType") else value.strip()


def _outlet(item: Fields) -> str:
    """Who publishes an item: its provider or source, else who holds the rights."""
    sources = [
        _text(s, "name") for s in _items(item, "infoSources") if s.get("role") == "provider"
    ]
    said = _text(item, "provider", "source", "copyrightHolder", "copyrightholder")
    return next(iter(sources), "") or said


def _state(item: Fields) -> str:
    return _text(item, "pubStatus", "pubstatus").lower()


def _published(item: Fields) -> datetime | None:
    for name in ("versionCreated", "versioncreated", "firstCreated", "firstcreated"):
        try:
            return instant(_text(item, name))
        except ValueError:
            continue
    return None


def _first(item: Fields, name: str) -> str:
    """The value of the first of some texts."""
    return _text(next(iter(_items(item, name)), {}), "value")


def _inside(fields: Fields, name: str) -> Fields:
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def _items(fields: Fields, name: str) -> list[Fields]:
    """The objects of a list, or the one that stands for it; ninjs 1 and senders vary."""
    value = fields.get(name)
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def _text(fields: Fields, *names: str) -> str:
    """The first of some fields that is a text and not empty."""
    values = (fields.get(name) for name in names)
    return next((v for v in values if isinstance(v, str) and v.strip()), "")
