"""Rows of tables and entries of diaries to readings: what they say needs no parser.

An editor's or an office's table of past engagements says that they took place, so that each
row is one mention with status held, certain, and no recollection in passing (background). An
entry of a forward diary says that something is planned, and on whose word.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from summitry.gazetteer import code, states
from summitry.lang import Words
from summitry.model import (
    Claim,
    Kind,
    Listing,
    Mention,
    Modality,
    Part,
    Party,
    Place,
    Precision,
    Reading,
    Record,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Value,
    When,
    Word,
    digest,
)
from summitry.records.kinds import kind
from summitry.records.named import located, named, spelled, spoken_for
from summitry.records.parties import party

__all__ = ["EXTRACTOR", "LISTER", "listed", "reading"]

EXTRACTOR = "record/1"
"""Name and version of what reads rows."""
LISTER = "listing/1"
"""Name and version of what reads entries."""

_GATHERINGS = (Kind.SUMMIT, Kind.MULTILATERAL, Kind.MINISTERIAL, Kind.NEGOTIATION_ROUND)


def reading(record: Record) -> Reading:
    """What one row says, every field of it resting on its cell.

    Sides of the same person or state are named once, the first time with the person.
    """
    key = digest(record.report.id, "record")
    parties = tuple(dict.fromkeys(party(side, record.start) for side in record.sides))
    said: list[tuple[Slot, Value, Sentence]] = [(Slot.KIND, record.kind, record.kind_cell)]
    said += [
        (Slot.PARTY, party(side, record.start), side.cell)
        for side in {party(s, record.start): s for s in reversed(record.sides)}.values()
    ]
    place = Place(record.place, code(record.place_state) or None) if record.place else None
    if place and record.place_cell:
        said.append((Slot.PLACE, place, record.place_cell))
    when = When(record.start, record.end, Precision.DAY, record.dates.text)
    said += [(Slot.WHEN, when, record.dates), (Slot.STATUS, Status.HELD, record.dates)]
    claims = tuple(
        Claim(
            mention=key,
            slot=slot,
            value=value,
            source=record.source,
            sentence=cell,
            why="a row of a table of past engagements",
        )
        for slot, value, cell in said
    )
    mention = Mention(
        id=key,
        kind=record.kind,
        parties=parties,
        place=place,
        when=when,
        status=Status.HELD,
        modality=Modality.CERTAIN,
        claims=claims,
    )
    return Reading(report=record.report, extractor=EXTRACTOR, mentions=(mention,))


def listed(listing: Listing, words: Words) -> Reading:
    """What one entry of a forward diary says; nothing where it is no engagement between states.

    An entry of the calendar of an office is the office's own word, and the office takes part in
    what its calendar holds. Any other calendar's is the word of an outlet.

    Args:
        listing: The entry.
        words: The pack of its language.
    """
    report = listing.report
    office = spoken_for(listing.publisher)
    what = listing.kind or kind(f"{listing.title} {listing.about}", words)
    sides = tuple(_parties(listing, office))
    if what is None or not _between_states(what, sides):
        why = "no engagement between states is named"
        return Reading(report=report, extractor=LISTER, notes=(why,))
    place = _place(listing)
    if what is Kind.VISIT and not any(p.part for p, _ in sides) and place and place.state:
        sides = tuple((replace(p, part=_part(p, place)), cell) for p, cell in sides)
    claims = tuple(_claims(listing, what, sides, place, _words(listing, office)))
    top = next(c for c in claims if c.slot is Slot.STATUS)
    mention = Mention(
        id=claims[0].mention,
        kind=what,
        parties=tuple(p for p, _ in sides),
        place=place,
        when=listing.when,
        status=listing.status,
        modality=top.modality,
        polarity=top.polarity,
        agenda=listing.topics,
        claims=claims,
    )
    return Reading(report=report, extractor=LISTER, mentions=(mention,))


def _parties(listing: Listing, office: str) -> Iterator[tuple[Party, Sentence]]:
    """Who takes part, each once, with the field that says so."""
    published = listing.report.published
    day = published.date() if published else listing.when.start if listing.when else None
    sides = listing.sides or spelled(listing.title, listing.title_cell)
    found: dict[Party, Sentence] = {}
    for side in sides:
        found.setdefault(party(side, day or date.min), side.cell)
    if not sides:
        text = f"{listing.title}\n{listing.about}"
        found = dict.fromkeys(named(text, day), listing.title_cell)
        if office and office not in {p.state for p in found}:
            found[Party(None, office)] = listing.title_cell
    yield from found.items()


def _between_states(what: Kind, sides: tuple[tuple[Party, Sentence], ...]) -> bool:
    """Whether two states or organisations meet, or an organisation gathers its own."""
    named = {p.state for p, _ in sides if p.state}
    return len(named) > 1 or (what in _GATHERINGS and not named <= states().keys())


def _part(side: Party, place: Place) -> Part:
    return Part.HOST if side.state == place.state else Part.VISITOR


def _place(listing: Listing) -> Place | None:
    """Where it takes place; a town's state by the gazetteer where the entry does not say it."""
    if not listing.place:
        return None
    if listing.place_state:
        return Place(listing.place, code(listing.place_state))
    return located(listing.place)


def _words(listing: Listing, office: str) -> tuple[Word, ...]:
    """Whose word the entry is: those it names, or else the publisher."""
    if listing.words:
        return listing.words
    outlet = Source(listing.publisher, SourceClass.OUTLET)
    official = Source(listing.publisher, SourceClass.SPOKESPERSON, state=office)
    return (Word(status=listing.status, source=official if office else outlet),)


def _claims(
    listing: Listing,
    what: Kind,
    sides: tuple[tuple[Party, Sentence], ...],
    place: Place | None,
    words: tuple[Word, ...],
) -> Iterator[Claim]:
    """All that the entry says, the fields on the first of those whose word it is."""
    key = digest(listing.report.id, "listing")
    said: list[tuple[Slot, Value, Sentence]] = [(Slot.KIND, what, listing.title_cell)]
    said += [(Slot.PARTY, side, cell) for side, cell in sides]
    if place:
        said.append((Slot.PLACE, place, listing.place_cell))
    if listing.when:
        said.append((Slot.WHEN, listing.when, listing.when_cell))
    said += [(Slot.AGENDA, topic, listing.title_cell) for topic in listing.topics]
    why = "an entry of a calendar or diary"
    for slot, value, cell in said:
        source = words[0].source
        yield Claim(mention=key, slot=slot, value=value, source=source, sentence=cell, why=why)
    for word in words:
        yield Claim(
            mention=key,
            slot=Slot.STATUS,
            value=word.status,
            source=word.source,
            modality=word.modality,
            polarity=word.polarity,
            sentence=listing.status_cell,
            said_on=word.said_on,
            why=why,
        )
