"""An engagement in one line of JSON, which our other formats carry along for those who know it.

Calendars and newsroom formats have no place for who takes which part, for whose word a status is
or for a date between two days. Programs that do not know the line pass over it.
"""

import json

from summitry.export._words import plain
from summitry.model import Engagement, Status, When

__all__ = ["OWN", "carried"]

OWN = "urn:x-summitry:entry"
"""The role of the line where a format asks for one; whoever reads it back knows it by that."""


def carried(e: Engagement) -> str:
    """Fields as in the JSON contract, and the words on which the status rests.

    What sentences said stays behind: they are in the description, and whoever reads this back
    has the status on the same words, from the same classes of sources, said on the same days.
    """
    when = e.when.value if e.when else None
    place = e.place.value if e.place else None
    shown = {
        "kind": e.kind.value.value,
        "status": e.status.value.value,
        "when": _when(when) if when else None,
        "place": {"name": plain(place.name), "state": place.state} if place else None,
        "parties": [
            {
                "name": plain(p.value.name) if p.value.name else None,
                "state": p.value.state,
                "role": p.value.role,
                "part": p.value.part.value if p.value.part else None,
            }
            for p in e.parties
        ],
        "agenda": [
            {"topic": plain(t.value.topic), "grade": t.value.grade.value, "medtop": t.value.medtop}
            for t in e.agenda
        ],
        "words": [
            {
                "status": c.value.value,
                "source": plain(c.source.name),
                "class": c.source.source_class.value,
                "state": c.source.state,
                "modality": c.modality.value,
                "polarity": c.polarity.value,
                "on": c.said_on.isoformat() if c.said_on else _published(e, c.mention),
            }
            for c in e.status.by
            if isinstance(c.value, Status)
        ],
    }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _when(when: When) -> dict[str, str | None]:
    return {
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "precision": when.precision.value,
        "time": plain(when.time),
    }


def _published(e: Engagement, mention: str) -> str | None:
    """The day of the report that holds a mention."""
    report = next((r for _, r, m in e.mentions if m == mention), None)
    for strand in e.lineage:
        for carrier in strand.carriers:
            if carrier.report == report and carrier.published:
                return carrier.published.date().isoformat()
    return None
