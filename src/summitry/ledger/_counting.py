"""Which entries count? The questions to the table of entries, without the answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from summitry.ledger._stamp import stamp

__all__ = ["ENTRY", "chosen", "counting", "recorded_by"]

ENTRY = sa.table(
    "summitry_entry",
    *(sa.column(n) for n in ("seq", "id", "type", "report", "version")),
    *(sa.column(n) for n in ("extractor", "published", "recorded", "payload")),
)


def recorded_by(kind: str, known_at: datetime | None) -> sa.Select[Any]:
    """(type, payload, recorded, id) of all entries of a type recorded by then."""
    c = ENTRY.c
    query = sa.select(c.type, c.payload, c.recorded, c.id).where(c.type == kind)
    return query if known_at is None else query.where(c.recorded <= stamp(known_at))


def chosen(those: sa.Subquery) -> sa.Select[Any]:
    """(type, payload, recorded, id) of the readings that count, oldest report first."""
    return (
        sa.select(ENTRY.c.type, ENTRY.c.payload, ENTRY.c.recorded, ENTRY.c.id)
        .join(those, those.c.seq == ENTRY.c.seq)
        .order_by(those.c.effective, those.c.report)
    )


def counting(
    as_of: datetime | None, known_at: datetime | None, reports: Sequence[str] = ()
) -> sa.Subquery:
    """(seq, report, effective) of the reading that counts for each report, or each of some.

    A version of a text is as old as the first reading of it: a later reading of an old
    version by a better extractor does not make that version the newest.
    """
    c = ENTRY.c
    text = (c.report, c.version)
    born = sa.func.min(c.seq).over(partition_by=text)
    first = sa.func.min(c.recorded).over(partition_by=text)
    known = sa.select(
        c.seq,
        c.report,
        c.recorded,
        sa.func.coalesce(c.published, first).label("effective"),
        born.label("born"),
    ).where(c.type == "reading")
    if known_at is not None:
        known = known.where(c.recorded <= stamp(known_at))
    if reports:
        known = known.where(c.report.in_(reports))
    k = known.subquery().c
    newest = (k.effective.desc(), k.born.desc(), k.recorded.desc(), k.seq.desc())
    rank = sa.func.row_number().over(partition_by=k.report, order_by=newest)
    ranked = sa.select(k.seq, k.report, k.effective, rank.label("rank"))
    if as_of is not None:
        ranked = ranked.where(k.effective <= stamp(as_of))
    r = ranked.subquery().c
    return sa.select(r.seq, r.report, r.effective).where(r.rank == 1).subquery()
