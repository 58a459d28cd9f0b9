"""The index of engagements in an SQL base: two tables that can be rebuilt from the book."""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa

from summitry.ledger._batched import batched
from summitry.ledger._slip import Slip, Stretch
from summitry.ledger._stamp import stamp

__all__ = ["SqlIndex"]

_MANY = 400
"""Values in one question: bases limit them."""
_READ = 12_000
"""Rows kept as they were read, some three kilobytes each: pages of a day hold the same ones."""
_SLIP = sa.table(
    "summitry_slip",
    *(sa.column(n) for n in ("mention", "report", "at", "start_day", "end_day", "until_day")),
    *(sa.column(n) for n in ("keys", "opened_by", "joins", "follows", "engagement", "face")),
)
_KEY = sa.table(
    "summitry_slip_key", *(sa.column(n) for n in ("key", "start_day", "end_day", "mention"))
)
_STATE = sa.table("summitry_index", *(sa.column(n) for n in ("maker", "covers")))


class _Base(Protocol):
    """How the ledger opens its base."""

    def reading(self) -> AbstractContextManager[sa.Connection]: ...

    def writing(self) -> AbstractContextManager[sa.Connection]: ...


class SqlIndex:
    """Slips in a base, with a table of the keys under which they are found."""

    def __init__(self, base: _Base) -> None:
        self._base = base

    def state(self) -> tuple[str, int]:
        """Who wrote the index, and the last entry of the book that it covers."""
        with self._base.reading() as connection:
            return _state(connection)

    def near(self, stretches: Iterable[Stretch], mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions asked for, with all others of their engagements."""
        k, s = _KEY.c, _SLIP.c
        found: dict[str, None] = {}
        with self._base.reading() as connection:
            for some in batched(_joined(stretches), _MANY // 4):
                touching = sa.or_(
                    *(
                        sa.and_(
                            k.key == stretch.key,
                            k.end_day >= stretch.start.isoformat(),
                            k.start_day <= stretch.end.isoformat(),
                            s.at >= stamp(stretch.since),
                        )
                        for stretch in some
                    )
                )
                query = sa.select(s.engagement).join(_KEY, k.mention == s.mention).where(touching)
                found.update(dict.fromkeys(connection.scalars(query)))
            for some_ids in batched(mentions, _MANY):
                named = sa.select(s.engagement).where(s.mention.in_(some_ids))
                found.update(dict.fromkeys(connection.scalars(named)))
            yield from _slips(connection, s.engagement, found)

    def of_reports(self, reports: Iterable[str]) -> Iterator[Slip]:
        """The mentions of some reports."""
        with self._base.reading() as connection:
            yield from _slips(connection, _SLIP.c.report, reports)

    def page(self, as_of: datetime, until: date, mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions, as of an instant, of the engagements that are not over by a day."""
        s, known = _SLIP.c, _SLIP.c.at <= stamp(as_of)
        with self._base.reading() as connection:
            # Not "distinct": SQLite would go through all engagements for it.
            live = sa.select(s.engagement).where(known, s.until_day >= until.isoformat())
            found = dict.fromkeys(connection.scalars(live))
            for some in batched(mentions, _MANY):
                named = sa.select(s.engagement).where(known, s.mention.in_(some))
                found.update(dict.fromkeys(connection.scalars(named)))
            yield from _slips(connection, s.engagement, found, known)

    def write(
        self,
        slips: Iterable[Slip],
        gone: Iterable[str],
        before: tuple[str, int],
        after: tuple[str, int],
    ) -> bool:
        """Replace slips; False, and nothing is written, when the state is not as before."""
        with self._base.writing() as connection:
            if _state(connection) != before:
                return False  # somebody else was faster, and has done the same
            if before[0] != after[0]:
                connection.execute(sa.delete(_KEY))
                connection.execute(sa.delete(_SLIP))
            _remove(connection, gone)
            for some in batched(slips, _MANY):
                _remove(connection, [slip.mention for slip in some])
                connection.execute(sa.insert(_SLIP), [_row(slip) for slip in some])
                rows = [row for slip in some for row in _key_rows(slip)]
                if rows:
                    connection.execute(sa.insert(_KEY), rows)
            connection.execute(sa.delete(_STATE))
            connection.execute(sa.insert(_STATE), {"maker": after[0], "covers": after[1]})
        return True


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Fewer stretches that hold all that some hold: under each key those that touch are one.

    To put a question together takes longer than to answer it.
    """
    out: list[Stretch] = []
    for one in sorted(stretches, key=lambda s: (s.key, s.start, s.end)):
        last = out[-1] if out else None
        if last and last.key == one.key and (one.start - last.end).days <= 1:
            end, since = max(last.end, one.end), min(last.since, one.since)
            out[-1] = Stretch(one.key, last.start, end, since)
        else:
            out.append(one)
    return out


def _state(connection: sa.Connection) -> tuple[str, int]:
    row = connection.execute(sa.select(_STATE.c.maker, _STATE.c.covers)).first()
    return (str(row[0]), int(row[1])) if row else ("", 0)


def _slips(
    connection: sa.Connection,
    column: sa.ColumnClause[Any],
    values: Iterable[str],
    *conditions: sa.ColumnElement[bool],
) -> Iterator[Slip]:
    """The slips with one of the values in a column."""
    for some in batched(values, _MANY):
        rows = connection.execute(sa.select(_SLIP).where(column.in_(some), *conditions)).all()
        yield from map(_slip, rows)


def _remove(connection: sa.Connection, mentions: Iterable[str]) -> None:
    for some in batched(mentions, _MANY):
        connection.execute(sa.delete(_KEY).where(_KEY.c.mention.in_(some)))
        connection.execute(sa.delete(_SLIP).where(_SLIP.c.mention.in_(some)))


def _row(slip: Slip) -> dict[str, str]:
    return {
        "mention": slip.mention,
        "report": slip.report,
        "at": stamp(slip.at),
        "start_day": slip.start.isoformat(),
        "end_day": slip.end.isoformat(),
        "until_day": slip.until.isoformat(),
        "keys": json.dumps(slip.keys),
        "opened_by": slip.into,
        "joins": json.dumps(slip.joins),
        "follows": slip.follows,
        "engagement": slip.engagement,
        "face": slip.face,
    }


def _key_rows(slip: Slip) -> list[dict[str, str]]:
    start, end = slip.start.isoformat(), slip.end.isoformat()
    return [
        {"key": key, "start_day": start, "end_day": end, "mention": slip.mention}
        for key in slip.keys
    ]


def _slip(row: sa.Row[Any]) -> Slip:
    return _read(*row)


@lru_cache(maxsize=_READ)
def _read(  # noqa: PLR0913, PLR0917 (one for each column)
    mention: str,
    report: str,
    at: str,
    start_day: str,
    end_day: str,
    until_day: str,
    keys: str,
    opened_by: str,
    joins: str,
    follows: str,
    engagement: str,
    face: str,
) -> Slip:
    return Slip(
        mention=mention,
        report=report,
        at=datetime.fromisoformat(at),
        start=date.fromisoformat(start_day),
        end=date.fromisoformat(end_day),
        until=date.fromisoformat(until_day),
        keys=tuple(json.loads(keys)),
        into=opened_by,
        joins=tuple(json.loads(joins)),
        follows=follows,
        engagement=engagement,
        face=face,
    )
