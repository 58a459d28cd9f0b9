"""The diary as a table for spreadsheets: one engagement a row, RFC 4180."""

import csv
from collections.abc import Iterator
from io import StringIO

from summitry.export._words import plain
from summitry.model import Diary, Engagement

__all__ = ["COLUMNS", "diary_csv"]

COLUMNS = (
    "id",
    "status",
    "kind",
    "parties",
    "states",
    "place",
    "place_state",
    "start",
    "end",
    "precision",
    "time",
    "agenda",
    "independent_sources",
    "contradictions",
    "unresolved",
    "background",
    "first",
    "last",
    "chance",
    "chance_low",
    "chance_high",
    "chance_words",
)
"""``end`` is exclusive; several values in a cell are separated by semicolons."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # full width counts too


def diary_csv(diary: Diary) -> str:
    """The rows with their header, lines ended as RFC 4180 asks (CR LF).

    A cell that a spreadsheet would run as a formula gets an apostrophe before it: texts of
    reports are strangers' texts (OWASP, CSV injection).
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for engagement in diary:
        writer.writerow([_guarded(cell) for cell in _cells(engagement)])
    return out.getvalue()


def _guarded(cell: str) -> str:
    shown = plain(cell)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _cells(e: Engagement) -> Iterator[str]:
    when = e.when.value if e.when else None
    where = e.place.value if e.place else None
    yield e.id
    yield e.status.value.value
    yield e.kind.value.value
    yield "; ".join(p.value.name or p.value.state or "" for p in e.parties)
    yield "; ".join(sorted(e.states))
    yield where.name if where else ""
    yield (where.state or "") if where else ""
    yield when.start.isoformat() if when and when.start else ""
    yield when.end.isoformat() if when and when.end else ""
    yield when.precision.value if when else ""
    yield when.time if when else ""
    yield "; ".join(f"{t.value.topic} ({t.value.grade.value})" for t in e.agenda)
    yield str(e.independent_sources)
    yield "; ".join(clash.slot.value for clash in e.contradictions)
    yield "yes" if e.unresolved else "no"
    yield "yes" if e.background else "no"
    yield e.first.isoformat() if e.first else ""
    yield e.last.isoformat() if e.last else ""
    yield f"{e.chance.p:.3f}" if e.chance else ""
    yield f"{e.chance.low:.3f}" if e.chance else ""
    yield f"{e.chance.high:.3f}" if e.chance else ""
    yield e.chance.words if e.chance else ""
