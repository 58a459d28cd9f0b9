"""Engagements as event concepts of IPTC's NewsML-G2 2.35, one concept item each in a message."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from summitry.export._carried import OWN, carried
from summitry.export._dates import days, instants
from summitry.export._revision import revised, sequence
from summitry.export._subjects import codes
from summitry.export._title import CERTAIN, grounds, titled
from summitry.export._words import party, place
from summitry.export._xml import add, document, root, utc
from summitry.gazetteer import states
from summitry.model import Diary, Engagement, Party, Place, Precision, Status, When

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["diary_newsml"]

_NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"


def diary_newsml(
    diary: Diary, statuses: tuple[Status, ...] = CERTAIN, base_url: str = "urn:x-summitry:"
) -> bytes:
    """A news message with a concept item for each engagement that has a date.

    Args:
        diary: In whose order they come; what reports only recall is left out.
        statuses: By default announced and above: newsroom systems take every event for certain.
        base_url: What the id follows in ``guid``.

    Returns:
        UTF-8. An imprecise date has its first day as ``start``, since receivers refuse less, and
        the days between which it lies, both included, as ``approxstart`` and ``approxend``.
    """
    newest = revised(diary)
    message = root(_NAMESPACE, "newsMessage")
    header = add(message, "header")
    add(header, "sent", utc(diary.as_of))
    items = add(message, "itemSet")
    for e in diary:
        if e.when and not e.background and e.status.value in statuses:
            _item(items, e, e.when.value, newest, base_url)
    if not len(items):
        message.remove(items)
    return document(message)


def _item(parent: "_Element", e: Engagement, when: When, newest: datetime, base: str) -> None:
    """The concept item of one engagement, children in the order of the schema."""
    item = add(
        parent,
        "conceptItem",
        guid=f"{base}{e.id}",
        version=str(sequence(e) + 1),
        standard="NewsML-G2",
        standardversion="2.35",
        conformance="power",
    )
    item.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    add(item, "catalogRef", href=_CATALOG)
    meta = add(item, "itemMeta")
    add(meta, "itemClass", qcode="cinat:concept")
    add(meta, "provider", literal="summitry")
    add(meta, "versionCreated", utc(e.last or newest))
    gone = e.status.value in (Status.CANCELLED, Status.DENIED)
    add(meta, "pubStatus", qcode="stat:canceled" if gone else "stat:usable")
    about = add(item, "contentMeta")
    add(about, "language", tag="en")
    concept = add(item, "concept")
    add(concept, "conceptId", uri=f"{base}{e.id}")
    add(concept, "type", qcode="cpnat:event")
    add(concept, "name", titled(e))
    add(concept, "definition", ". ".join(grounds(e)))
    add(concept, "note", carried(e), roleuri=OWN)
    if e.parent:
        add(concept, "broader", type="cpnat:event", uri=f"{base}{e.parent}")
    details = add(concept, "eventDetails")
    _dates(add(details, "dates"), when)
    add(details, "occurStatus", qcode=e.status.value.iptc)
    for code in codes(e):
        add(details, "subject", qcode=code)
    if e.place:
        _location(details, e.place.value)
    for side in e.parties:
        _participant(details, side.value)


def _dates(dates: "_Element", when: When) -> None:
    """The start, its doubt, and the last day of what lasts several."""
    first, end = days(when)
    last = (end - timedelta(days=1)).isoformat()
    if at := instants(when):
        add(dates, "start", utc(at[0]))
    elif when.precision is not Precision.DAY:
        add(dates, "start", first.isoformat(), approxstart=first.isoformat(), approxend=last)
    else:
        add(dates, "start", first.isoformat())
        if last > first.isoformat():
            add(dates, "end", last)


def _location(details: "_Element", where: Place) -> None:
    location = add(details, "location", type="cpnat:geoArea")
    add(location, "name", place(where))
    if where.state in states():
        add(location, "sameAs", qcode=f"iso3166-1a2:{where.state}")


def _participant(details: "_Element", side: Party) -> None:
    """A person by Wikidata where known, a state by its code, others by name alone."""
    if side.name:
        person = add(details, "participant", type="cpnat:person")
        if side.wikidata:
            person.set("uri", f"http://www.wikidata.org/entity/{side.wikidata}")
    elif side.state in states():
        person = add(details, "participant", qcode=f"iso3166-1a2:{side.state}")
    else:
        person = add(details, "participant", type="cpnat:organisation")
    add(person, "name", party(side))
