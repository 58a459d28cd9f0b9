"""Engagements as event concepts of IPTC's NewsML-G2 2.35.

They come as concept items in a message, each with its own edition and state, or together in one
knowledge item, which is the whole diary as it stood.
"""

from collections.abc import Iterator
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

__all__ = ["diary_knowledge", "diary_newsml"]

_NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
_STANDARD = {"standard": "NewsML-G2", "standardversion": "2.35", "conformance": "power"}
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
        With nothing to tell it holds the knowledge item of nothing, since the schema wants an
        item in each message.
    """
    newest = revised(diary)
    message = root(_NAMESPACE, "newsMessage")
    header = add(message, "header")
    add(header, "sent", utc(diary.as_of))
    items = add(message, "itemSet")
    for e, when in _shown(diary, statuses):
        item = add(items, "conceptItem", guid=f"{base_url}{e.id}", version=str(sequence(e) + 1))
        gone = e.status.value in (Status.CANCELLED, Status.DENIED)
        _headed(item, "cinat:concept", e.last or newest, "canceled" if gone else "usable")
        _concept(item, e, when, base_url)
    if not len(items):
        items.append(_knowledge(diary, statuses, base_url))
    return document(message)


def diary_knowledge(
    diary: Diary, statuses: tuple[Status, ...] = CERTAIN, base_url: str = "urn:x-summitry:"
) -> bytes:
    """A knowledge item with the same concepts.

    Args:
        diary: As for ``diary_newsml``.
        statuses: Likewise. What was cancelled says so by its ``occurStatus`` alone, since only
            items can be taken back.
        base_url: Likewise.

    Returns:
        UTF-8. Its edition counts the mentions of all that is in it.
    """
    return document(_knowledge(diary, statuses, base_url))


def _knowledge(diary: Diary, statuses: tuple[Status, ...], base: str) -> "_Element":
    shown = list(_shown(diary, statuses))
    item = root(_NAMESPACE, "knowledgeItem")
    item.set("guid", f"{base}diary")
    item.set("version", str(max(1, sum(sequence(e) + 1 for e, _ in shown))))
    _headed(item, "cinat:concept", revised(diary), "usable")
    if shown:
        concepts = add(item, "conceptSet")
        for e, when in shown:
            _concept(concepts, e, when, base)
    return item


def _shown(diary: Diary, statuses: tuple[Status, ...]) -> Iterator[tuple[Engagement, When]]:
    for e in diary:
        if e.when and not e.background and e.status.value in statuses:
            yield e, e.when.value


def _headed(item: "_Element", sort: str, edited: datetime, state: str) -> None:
    """What every item begins with, in the order of the schema."""
    for name, value in _STANDARD.items():
        item.set(name, value)
    item.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    add(item, "catalogRef", href=_CATALOG)
    meta = add(item, "itemMeta")
    add(meta, "itemClass", qcode=sort)
    add(meta, "provider", literal="summitry")
    add(meta, "versionCreated", utc(edited))
    add(meta, "pubStatus", qcode=f"stat:{state}")
    about = add(item, "contentMeta")
    add(about, "language", tag="en")


def _concept(parent: "_Element", e: Engagement, when: When, base: str) -> None:
    """The concept of one engagement, children in the order of the schema."""
    concept = add(parent, "concept")
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
