"""Engagements as Newshub takes them by push: the one route that carries every status.

Fields and traps as Newshub's own receiver has them (newsroom-core, 2024): dates only as
``+0000``, contacts always there, at most 365 days.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from summitry.export._dates import days, instants
from summitry.export._json import Json
from summitry.export._revision import revised, sequence
from summitry.export._subjects import codes
from summitry.export._title import CERTAIN, grounds, titled
from summitry.export._words import place, plain, stretch, value_words
from summitry.model import Diary, Engagement, Precision, Status, When

__all__ = ["diary_newshub"]

_STATES = {
    Status.POSTPONED: ("postponed", "usable"),
    Status.CANCELLED: ("cancelled", "cancelled"),
    Status.DENIED: ("killed", "cancelled"),
}
_NAMES = {
    "eos1": "Planned, occurrence planned only",
    "eos2": "Planned, occurrence highly uncertain",
    "eos3": "Planned, may occur",
    "eos4": "Planned, occurrence highly likely",
    "eos5": "Planned, occurs certainly",
    "eos6": "Planned, then cancelled",
}
_LONGEST = 365
"""Days; Newshub refuses more."""


def diary_newshub(
    diary: Diary, statuses: tuple[Status, ...] = CERTAIN, base_url: str = "urn:x-summitry:"
) -> Iterator[dict[str, Json]]:
    """One event for each engagement of these statuses that has a date of at most a year.

    Args:
        diary: In whose order they come; what reports only recall is left out.
        statuses: By default announced and above.
        base_url: What the id follows in ``guid``.
    """
    newest = revised(diary)
    for e in diary:
        if e.when is None or e.background or e.status.value not in statuses:
            continue
        start, end = _span(e.when.value)
        if (end - start).days <= _LONGEST:
            yield _event(e, start, end, e.last or newest, base_url)


def _event(
    e: Engagement, start: datetime, end: datetime, changed: datetime, base: str
) -> dict[str, Json]:
    status = e.status.value
    state, published = _STATES.get(status, ("scheduled", "usable"))
    when = e.when.value if e.when else None
    vague = when is not None and when.precision is not Precision.DAY
    timed = when is not None and bool(instants(when))
    note = f"{stretch(when)}, day not set. " if when and vague else ""
    about = f"{note}{'. '.join(grounds(e))}"
    link = f"{base}{e.id}"
    return {
        "type": "event",
        "guid": link,
        "_id": link,
        "version": str(sequence(e) + 1),
        "versioncreated": _time(changed),
        "name": titled(e),
        "definition_short": about,
        "definition_long": about,
        "ednote": f"{value_words(status)}; {e.independent_sources} independent sources",
        "state": state,
        "pubstatus": published,
        "state_reason": about if state != "scheduled" else None,
        "completed": status is Status.HELD,
        "occur_status": _occurs(status),
        "dates": {
            "start": _time(start),
            "end": _time(end),
            "tz": "UTC",
            "all_day": not timed,
            "no_end_time": timed,
        },
        "location": _location(e),
        "participant": [
            {"qcode": p.value.wikidata or p.value.state or "", "name": plain(p.value.name or "")}
            for p in e.parties
            if p.value.name
        ],
        "subject": [_subject(code) for code in codes(e)],
        "calendars": [],
        "links": [link] if link.startswith("http") else [],
        "event_contact_info": [],
        "coverages": [],
        "language": "en",
    }


def _span(when: When) -> tuple[datetime, datetime]:
    """First instant, and the last second of the last day; a clock time has no known end."""
    if at := instants(when):
        return at[0], at[0]
    first, end = days(when)
    midnight = datetime.combine(end, time(), UTC)
    return datetime.combine(first, time(), UTC), midnight - timedelta(seconds=1)


def _occurs(status: Status) -> dict[str, Json]:
    code = status.iptc.partition(":")[2]
    return {"qcode": status.iptc, "name": _NAMES[code], "label": value_words(status)}


def _location(e: Engagement) -> list[Json]:
    if e.place is None:
        return []
    where = e.place.value
    address: dict[str, Json] = {"country": where.state or "", "title": plain(where.name)}
    return [{"name": place(where), "qcode": place(where), "address": address}]


def _subject(code: str) -> dict[str, Json]:
    scheme, _, number = code.partition(":")
    return {"qcode": number, "name": number, "scheme": scheme}


def _time(instant: datetime) -> str:
    """As Newshub parses it: ``Z`` is refused."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
