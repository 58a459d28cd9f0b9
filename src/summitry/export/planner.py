"""Engagements as a forward planner's interface lists them, which Superdesk ingests as it is.

Field names and forms are those that Superdesk's parser ``onclusive_api`` asks for: instants
without a zone, of which those named Utc are UTC; contacts always there, if only as an empty list.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from summitry.export._dates import days, instants
from summitry.export._json import Json
from summitry.export._revision import revised
from summitry.export._title import CERTAIN, grounds, titled
from summitry.export._words import place, plain, state, stretch
from summitry.model import Diary, Engagement, Status, When

__all__ = ["planner_items"]

_RANGE = 10**15
"""Ids lie in [10^15, 2 * 10^15): far above those of a planner in use, below 2^53."""
_SURE = (Status.CONFIRMED, Status.HELD)


def planner_items(diary: Diary, base_url: str = "") -> Iterator[dict[str, Json]]:
    """One item for each dated engagement from announced upward; provisional until confirmed.

    Args:
        diary: In whose order they come; what reports only recall is left out.
        base_url: Where the pages are; ``website`` is ``base_url + id``.
    """
    newest = revised(diary)
    for e in diary:
        if e.when and e.status.value in CERTAIN and not e.background:
            yield _item(e, e.when.value, newest, base_url)


def _item(e: Engagement, when: When, newest: datetime, base_url: str) -> dict[str, Json]:
    first, end = days(when)
    last, at = end - timedelta(days=1), instants(when)
    country = e.place.value.state if e.place else None
    made, edited = _time(e.first or newest), _time(e.last or newest)
    return {
        "itemId": _RANGE + int(e.id, 16) % _RANGE,
        "summary": titled(e),
        "description": ". ".join((*grounds(e), f"When: {stretch(when)}")),
        "startDate": f"{first}T00:00:00",
        "endDate": f"{last}T00:00:00",
        "time": f"{at[0]:%H:%M:%S}" if at else None,
        "timezone": {"timezoneAbbreviation": "GMT", "timezoneOffset": 0} if at else None,
        "tbcTime": not at,
        "tbcVenue": e.place is None,
        "venue": place(e.place.value) if e.place else None,
        "venueData": [],
        "countryId": country,
        "countryName": state(country),
        "isProvisional": e.status.value not in _SURE,
        "eventConfirmed": e.status.value in _SURE,
        "deleted": e.status.value is Status.CANCELLED,
        "createdDate": made,
        "createdDateUtc": made,
        "lastEditDate": edited,
        "lastEditDateUtc": edited,
        "website": f"{base_url}{e.id}" if base_url else None,
        "website2": None,
        "embargoTime": None,
        "pressContacts": [],
        "categories": [{"categoryId": "diplomacy", "categoryName": "Diplomacy"}],
        "eventTypes": [{"tagId": e.kind.value.value, "tagName": _kind(e)}],
        "locale": "en-GB",
    }


def _kind(e: Engagement) -> str:
    return plain(e.kind.value.value.replace("_", " ").capitalize())


def _time(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
