"""A calendar (iCalendar, RFC 5545): each entry is a listing of whoever publishes the calendar.

An entry keeps its UID, so that a moved or cancelled one takes the place of the old. Of two
entries of one UID the higher SEQUENCE counts (RFC 5546 section 2.1.5). Entries that recur are
unrolled from 31 days before the calendar's newest stamp to 400 days after it, by a library that
is an extra.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from icalendar import Calendar

from summitry.errors import UnreadableReport
from summitry.model import Status
from summitry.sources._decode import decoded
from summitry.sources._listing import Entry, listed
from summitry.sources._outcome import Outcome, Problem
from summitry.sources._stream import Stream, whole

__all__ = ["read_ics"]

_BEFORE, _AFTER = timedelta(days=31), timedelta(days=400)
_MOST = 1000
"""Times that one entry recurs in that year at most; nobody's schedule has more."""
_MOST_IN_ALL = 10_000
"""Times of all entries of one file that are unrolled."""
_STATUS = {
    "TENTATIVE": Status.IN_PREPARATION,
    "CONFIRMED": Status.ANNOUNCED,
    "CANCELLED": Status.CANCELLED,
}
"""RFC 5545 section 3.8.1.11. CONFIRMED is the word of one side, that of the calendar."""
_LINE = re.compile(r"[^\r\n]+")
_DEEPEST, _LONGEST = 8, 100_000
"""Components inside one another (calendars have four) and characters of a line unfolded."""
_VAIN = 3
_SPARSE = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_DENSE = ("BYHOUR", "BYMINUTE", "BYSECOND")


def read_ics(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read the entries of the calendars of one file, in their order.

    Yields:
        A listing, or a problem, for each entry; and for each time that one recurs.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, no calendar or without entries.
    """
    text = decoded(whole(stream, origin)).text
    _sane(text, origin)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, RecursionError) as error:
        reason = str(error).split("\n", 1)[0][:120]
        raise UnreadableReport(origin, f"a broken calendar: {reason}") from error
    found = False
    for calendar in calendars:
        publisher = _words(calendar, "X-WR-CALNAME") or _words(calendar, "NAME")
        gone = _words(calendar, "METHOD").upper() == "CANCEL"
        # Our own deadlines are reckoned from tracks: nobody has claimed them.
        events = [e for e in _newest(calendar.walk("VEVENT")) if "X-SUMMITRY-TRACK" not in e]
        stamp = max((at for e in events if (at := _stamp(e))), default=None)
        vain = unrolled = 0
        for number, event in enumerate(events, 1):
            found = True
            place = f"{origin}:{number}"
            if event.errors:
                yield Problem(place, f"an entry with a broken {event.errors[0][0]}")
            try:
                times = _times(event, stamp, vain)
            except (ValueError, OverflowError, TypeError, KeyError) as error:
                yield Problem(place, f"an entry whose recurrence is not read: {str(error)[:80]}")
                continue
            unrolled += len(times) if len(times) > 1 else 0
            if unrolled > _MOST_IN_ALL:
                yield Problem(place, "entries that recur too often in one calendar; not read on")
                break
            vain += len(times) < 2 and "RRULE" in event and not _over(event, stamp)
            for again, time in times:
                yield from listed(_draft(time, publisher, gone, again, place))
    if not found and not any(c.walk("VEVENT") for c in calendars):
        raise UnreadableReport(origin, "a calendar without entries")


def _sane(text: str, origin: str) -> None:
    """Pass what the library reads in time that grows with the length, and no more.

    Raises:
        UnreadableReport: Components are nested as in no calendar, or a line has no end.
    """
    depth = 0
    length = 0
    for line in _LINE.findall(text):
        length = length + len(line) if line[:1] in " \t" else len(line)
        depth += {"BEGI": 1, "END:": -1}.get(line[:4].upper(), 0)
        if depth > _DEEPEST or length > _LONGEST:
            raise UnreadableReport(origin, "a calendar with endless lines or nesting, refused")


def _newest(events: list[Any]) -> list[Any]:
    """The entries of the highest SEQUENCE of each UID (and RECURRENCE-ID), in their order."""
    best: dict[tuple[str, str], Any] = {}
    for number, event in enumerate(events):
        key = (_words(event, "UID") or f"#{number}", _recurrence(event))
        if key not in best or _sequence(event) >= _sequence(best[key]):
            best[key] = event
    return list(best.values())


def _times(event: Any, stamp: datetime | None, vain: int) -> list[tuple[str, Any]]:  # noqa: ANN401
    """An entry at each of its times, with what tells them apart: nothing, or the day.

    Args:
        event: The entry.
        stamp: The calendar's newest, around which entries are unrolled.
        vain: How many entries of the calendar recurred at no time: to find that a rule never
            fits takes seconds, so that a few are enough.

    Raises:
        ValueError: It recurs several times a day, or has no day.
        ValueError, OverflowError, TypeError, KeyError: Its rule is broken.
    """
    if "RRULE" not in event and "RDATE" not in event:
        return [(_recurrence(event), event)]
    first = _day(event)
    anchor = stamp.date() if stamp else first
    if anchor is None or first is None:
        raise ValueError("no day")
    window = (max(anchor - _BEFORE, first), anchor + _AFTER)
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        dense = any(len(rule.get(name, ())) > 1 for name in _DENSE)
        if dense or set(rule.get("FREQ", [])) - _SPARSE:
            raise ValueError("several times a day")
        if _over(event, stamp):
            return []
        if vain >= _VAIN and any(name.startswith("BY") for name in rule):
            raise ValueError("too many rules here that never fit")
    try:
        import recurring_ical_events  # noqa: PLC0415
    except ImportError:
        raise ValueError("it needs an extra; pip install 'summitry[calendars]'") from None
    alone = Calendar()
    alone.add_component(event)
    found = []
    for time in islice(recurring_ical_events.of(alone).after(window[0]), _MOST):
        day = _day(time)
        if day is None or day > window[1]:
            break
        found.append((day.isoformat(), time))
    return found


def _over(event: Any, stamp: datetime | None) -> bool:  # noqa: ANN401
    """Whether its rule ends before the days that are unrolled."""
    rules = event.get("RRULE", [])
    ends = (e for r in (rules if isinstance(rules, list) else [rules]) for e in r.get("UNTIL", []))
    return stamp is not None and any(
        (_date(end) or stamp.date()) < stamp.date() - _BEFORE for end in ends
    )


def _draft(
    event: Any,  # noqa: ANN401
    publisher: str,
    gone: bool,
    again: str,
    origin: str,
) -> Entry:
    """The fields of one entry at one time; ``again`` tells apart the times of one that recurs."""
    start, stop = _value(event, "DTSTART"), _value(event, "DTEND")
    first = _day(event)
    last = _date(stop)
    # DTEND is exclusive: what ends at 11:00 ends on that day, what ends on the 5th on the 4th.
    if last is not None and isinstance(stop, datetime) and stop.time() != datetime.min.time():
        last += timedelta(days=1)
    printed = event["DTSTART"].to_ical().decode() if first else ""
    if first and stop is not None:
        printed += f" to {event['DTEND'].to_ical().decode()}"
    told = _words(event, "STATUS").upper()
    status = Status.CANCELLED if gone else _STATUS.get(told)
    uid = _words(event, "UID")
    return Entry(
        origin=origin,
        uid=f"{uid}#{again}" if uid and again else uid,
        publisher=publisher,
        published=_stamp(event),
        title=_words(event, "SUMMARY"),
        about=_words(event, "DESCRIPTION"),
        start=first,
        end=last,
        time=_clock(start) if isinstance(start, datetime) else "",
        printed=printed,
        place=_words(event, "LOCATION"),
        status=status,
        said=told,
        own=_words(event, "X-SUMMITRY-ENTRY"),
    )


def _recurrence(event: Any) -> str:  # noqa: ANN401
    """The day of the recurrence that an entry replaces; empty where it replaces none."""
    day = _date(_value(event, "RECURRENCE-ID"))
    return day.isoformat() if day else ""


def _stamp(event: Any) -> datetime | None:  # noqa: ANN401
    """When the entry was last changed; else when it was written."""
    for name in ("LAST-MODIFIED", "DTSTAMP", "CREATED"):
        value = _value(event, name)
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
    return None


def _sequence(event: Any) -> int:  # noqa: ANN401
    value = event.get("SEQUENCE", 0)
    return int(value) if isinstance(value, int) else 0


def _day(event: Any) -> date | None:  # noqa: ANN401
    """The first day of an entry, in the calendar of its own zone."""
    return _date(_value(event, "DTSTART"))


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _clock(start: datetime) -> str:
    """The clock time with the name of its zone; a time without zone is local, and says so."""
    zone = start.tzname() or ""
    return f"{start:%H:%M} {'GMT' if zone == 'UTC' else zone}".strip()


def _value(event: Any, name: str) -> object:  # noqa: ANN401
    """A date or time property as the library understands it; None where there is none."""
    try:
        return getattr(event.get(name), "dt", None)
    except ValueError:  # the library kept what it could not read, and says so when asked
        return None


def _words(component: Any, name: str) -> str:  # noqa: ANN401
    """A text property on one line; the first where there are several."""
    value = component.get(name, "")
    return " ".join(str(value[0] if isinstance(value, list) and value else value).split())
