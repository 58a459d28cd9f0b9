"""The diary as a calendar to subscribe to: iCalendar, RFC 5545, with what 7986, 9073, 9253 add.

Nothing depends on the clock: the same diary gives the same bytes. An engagement keeps its UID,
SEQUENCE never sinks, and what was called off stays as a cancelled entry, since calendars keep
what they once got.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from summitry.export._carried import carried
from summitry.export._dates import days, instants
from summitry.export._revision import revised, sequence
from summitry.export._subjects import codes, iptc
from summitry.export._title import grounds, titled
from summitry.export._words import party, place, plain, stretch, value_words
from summitry.gazetteer import tracks
from summitry.model import (
    Basis,
    Deadline,
    Diary,
    Engagement,
    Precision,
    Status,
    When,
    digest,
)

__all__ = ["IMPRECISE", "diary_ics", "in_calendar"]

IMPRECISE = ("window", "first-day", "skip")
"""What becomes of "some day in February": an entry over all its days, one on the first of them,
or none."""

_KEPT = timedelta(days=90)
"""How long what is over stays: subscribers that fetch rarely must still see a cancellation."""
_REFRESH = timedelta(hours=6)
_COLORS = {
    Status.CONFIRMED: "green",
    Status.HELD: "gray",
    Status.ANNOUNCED: "royalblue",
    Status.CANCELLED: "firebrick",
    Status.DENIED: "firebrick",
}
"""CSS3 names, as RFC 7986 section 5.9 asks; the rest is goldenrod."""


def diary_ics(
    diary: Diary, imprecise: str = "window", base_url: str = "", source: str = ""
) -> bytes:
    """The calendar of a diary, with the deadlines of its tracks.

    Args:
        diary: Its engagements without a date are left out, and so is what reports only recall,
            what was over 90 days before, and a denied plan that nobody had spoken of.
        imprecise: One of ``IMPRECISE``.
        base_url: Where the engagements' pages are; each entry links to ``base_url + id``.
        source: Where this calendar can be had again, for programs that refresh it.

    Returns:
        UTF-8 with lines folded and ended as RFC 5545 asks. DTEND is exclusive.
    """
    from icalendar import Calendar  # noqa: PLC0415

    newest = revised(diary)
    calendar = Calendar()
    told = f"As of {diary.as_of.isoformat()}; entries in brackets are not settled."
    for key, value in (
        ("prodid", "-//Summitry//Summitry//EN"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("name", "Summitry"),
        ("x-wr-calname", "Summitry"),
        ("description", told),
        ("color", "royalblue"),
    ):
        calendar.add(key, value)
    # The library's own setter leaves out the VALUE that RFC 7986 section 5.7 requires.
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    if source:
        calendar.add("source", source, parameters={"VALUE": "URI"})  # RFC 7986, section 5.8
    for e in diary:
        if in_calendar(e, diary.as_of) and (imprecise != "skip" or _exact(e)):
            calendar.add_component(_event(e, newest, imprecise, base_url))
    for due in diary.deadlines:
        calendar.add_component(_deadline(due, newest))
    return bytes(calendar.to_ical())


def in_calendar(e: Engagement, as_of: datetime) -> bool:
    """Whether an engagement has a place in the calendar of that instant."""
    if e.background or e.when is None:
        return False
    if e.status.value is Status.DENIED and not _was_told(e):
        return False
    end = e.when.value.end
    return end is None or end >= (as_of - _KEPT).date()


def _was_told(e: Engagement) -> bool:
    """Whether somebody has said that it would take place."""
    return any(c.value is not Status.DENIED for c in (*e.status.by, *e.status.against))


def _exact(e: Engagement) -> bool:
    return e.when is not None and e.when.value.precision is Precision.DAY


def _event(e: Engagement, newest: datetime, imprecise: str, base_url: str) -> Any:  # noqa: ANN401
    """The entry of one engagement; the library's type is known only where it is loaded."""
    if e.when is None:
        raise ValueError("an engagement without a date has no place in a calendar")
    when, status = e.when.value, e.status.value
    event = _entry(f"{e.id}@summitry", e.last or newest, titled(e))
    for name, day in zip(("dtstart", "dtend"), _span(when, imprecise), strict=False):
        event.add(name, day)
    event.add("sequence", sequence(e))
    event.add("status", status.ical or "CANCELLED")
    event.add("color", _COLORS.get(status, "goldenrod"))
    event.add("categories", [value_words(e.kind.value), value_words(status)])
    for code in codes(e):
        if code.startswith("medtop:"):
            event.add("concept", iptc(code), parameters={"VALUE": "URI"})  # RFC 9253, section 8.1
    if e.place:
        event.add("location", place(e.place.value))
        event.add_component(_part("VLOCATION", e, place(e.place.value)))
    for side in e.parties:
        event.add_component(_part("PARTICIPANT", e, party(side.value)))
    if e.parent:
        event.add("related-to", f"{e.parent}@summitry", parameters={"RELTYPE": "PARENT"})
    lines = [*grounds(e), f"When: {stretch(when)}"]
    if when.time:
        lines.append(f"Time as printed: {plain(when.time)}")
    if e.chance:
        lines.append(f"Chance: {e.chance.p:.0%}, {e.chance.words}")
        event.add("x-summitry-probability", f"{e.chance.p:.3f}")
    if base_url:
        event.add("url", f"{base_url}{e.id}")
        known = {"VALUE": "URI", "LINKREL": "describedby"}  # RFC 9253, section 8.2
        event.add("link", f"{base_url}{e.id}", parameters=known)
        lines.append(f"{base_url}{e.id}")
    event.add("description", "\n".join(lines))
    event.add("x-summitry-status", status.value)
    event.add("x-summitry-precision", when.precision.value)
    event.add("x-summitry-sources", str(e.independent_sources))
    # With its type, or other programs leave the escaping in.
    event.add("x-summitry-entry", carried(e), parameters={"VALUE": "TEXT"})
    return event


def _part(sort: str, e: Engagement, name: str) -> Any:  # noqa: ANN401
    """A party or a place on its own (RFC 9073, sections 7.1 and 7.2); no reader needs it."""
    from icalendar import Component  # noqa: PLC0415

    part = Component()
    part.name = sort  # type: ignore[misc]  # how the library makes those it has no class for
    part.add("uid", f"{digest(e.id, sort, name)}@summitry")
    if sort == "PARTICIPANT":
        part.add("participant-type", "ACTIVE")
        part.add("summary", name)
    else:
        part.add("name", name)
    return part


def _deadline(due: Deadline, newest: datetime) -> Any:  # noqa: ANN401
    """The entry of one deadline: all its days."""
    known = tracks().get(due.track)
    name = known.name if known else due.track
    title = due.title if due.title.startswith(name) else f"{name}: {due.title}"
    event = _entry(f"{due.id}@summitry", newest, plain(f"{due.what.value.capitalize()}: {title}"))
    start, end = days(due.when)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("status", "CONFIRMED" if due.basis is Basis.KNOWN else "TENTATIVE")
    event.add("categories", ["deadline", due.what.value])
    if due.place:
        event.add("location", place(due.place))
    event.add("description", f"Basis: {due.basis.value}\n{plain(due.source)}")
    event.add("x-summitry-track", due.track)
    return event


def _entry(uid: str, changed: datetime, title: str) -> Any:  # noqa: ANN401
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    event.add("summary", title)
    # No entry makes a subscriber busy: these are other people's appointments.
    event.add("transp", "TRANSPARENT")
    return event


def _span(when: When, imprecise: str) -> tuple[date, ...]:
    """First day and exclusive end; or an instant without end, since nobody says how long."""
    start, end = days(when)
    at = instants(when)
    if at:
        return at
    if when.precision is not Precision.DAY and imprecise == "first-day":
        return start, start + timedelta(days=1)
    return start, end
