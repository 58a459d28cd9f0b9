"""Rows of tables to readings: what a row says needs no parser, only names to be understood.

An editor's or an office's table of past engagements says that they took place, so that each
row is one mention with status held, certain, and no recollection in passing (background).
"""

from summitry.gazetteer import code
from summitry.model import (
    Claim,
    Mention,
    Modality,
    Place,
    Precision,
    Reading,
    Record,
    Sentence,
    Slot,
    Status,
    Value,
    When,
    digest,
)
from summitry.records.parties import party

__all__ = ["EXTRACTOR", "reading"]

EXTRACTOR = "record/1"
"""Name and version of what reads rows."""


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
