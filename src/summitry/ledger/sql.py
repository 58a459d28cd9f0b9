"""A ledger in an SQL base: an SQLite file here, PostgreSQL on a server; the door to SQLAlchemy.

Times are written as UTC text of fixed width, which sorts as time does and which a person with
any SQLite browser can read. An entry is one row; its JSON is opaque to the base.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from summitry.errors import LedgerError
from summitry.model import Entry, Judgement, Reading, Recorded, Withdrawal

__all__ = ["SqlLedger"]

HEAD = "0001"
"""The newest step of ``migrations``; a test holds the two together."""
_KNOWN = frozenset({"0001"})
_MARK = int.from_bytes(b"SMTY", "big")
_BATCH = 500
"""Rows in flight at a time: readings of whole reports, so a few megabytes."""

_ENTRY = sa.table(
    "summitry_entry",
    *(sa.column(n) for n in ("seq", "id", "type", "report", "version")),
    *(sa.column(n) for n in ("extractor", "published", "recorded", "payload")),
)
_INSERT: dict[str, Callable[[sa.TableClause], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class SqlLedger:
    """Entries in one table that can only grow."""

    def __init__(
        self,
        where: str,
        encoded: Callable[[Entry], str],
        decoded: Callable[[str, str], Entry],
    ) -> None:
        """Open the place, and make or upgrade the tables where needed.

        Args:
            where: Path of an SQLite file, or an SQLAlchemy URL.
            encoded: Writes an entry as text.
            decoded: Reads it again, given its type; raises ValueError for what is none.

        Raises:
            LedgerError: The place holds something else, or cannot be opened.
        """
        self._encoded, self._decoded = encoded, decoded
        self._engine = _engine(where)
        self._where = (
            where if "://" not in where else self._engine.url.render_as_string(hide_password=True)
        )
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def append(self, entry: Entry, recorded: datetime) -> bool:
        """Enter one entry; False when it is there already."""
        return self.append_all([entry], recorded) == 1

    def append_all(self, entries: Iterable[Entry], recorded: datetime) -> int:
        """Enter all entries in one transaction; returns how many were new."""
        now = _stamp(recorded)
        unless_there = _INSERT[self._engine.dialect.name](_ENTRY).on_conflict_do_nothing()
        # Drivers do not agree on a count of many rows: have the new ones named.
        insert = unless_there.returning(_ENTRY.c.id)
        new, rest = 0, iter(entries)
        with self._errors("could not be written"), self._transaction() as connection:
            while rows := [self._row(entry, now) for entry in islice(rest, _BATCH)]:
                new += len(connection.execute(insert, rows).all())
        return new

    def readings(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """The reading that counts for each report, oldest report first."""
        counting = _counting(as_of, known_at)
        yield from self._recorded(
            sa.select(_ENTRY.c.type, _ENTRY.c.payload, _ENTRY.c.recorded, _ENTRY.c.id)
            .join(counting, counting.c.seq == _ENTRY.c.seq)
            .order_by(counting.c.effective, counting.c.report)
        )

    def judgements(self, *, known_at: datetime | None = None) -> Iterator[Recorded]:
        """All judgements, in the order in which they were recorded."""
        yield from self._recorded(
            _select("judgement", known_at).order_by(_ENTRY.c.recorded, _ENTRY.c.seq)
        )

    def withdrawals(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """All withdrawals published by ``as_of``, in the order of their publication."""
        query = _select("withdrawal", known_at)
        if as_of is not None:
            query = query.where(_ENTRY.c.published <= _stamp(as_of))
        yield from self._recorded(
            query.order_by(_ENTRY.c.published, _ENTRY.c.recorded, _ENTRY.c.seq)
        )

    def close(self) -> None:
        """Let go of the base; what was appended stays."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _row(self, entry: Entry, now: str) -> dict[str, str | None]:
        """The columns of one entry."""
        report = version = extractor = published = None
        match entry:
            case Reading():
                kind, extractor = "reading", entry.extractor
                report, version = entry.report.id, entry.report.version
                published = _stamp(entry.report.published) if entry.report.published else None
            case Judgement():
                kind = "judgement"
            case Withdrawal():
                kind, report, published = "withdrawal", entry.report, _stamp(entry.published)
        return {
            "id": entry.id,
            "type": kind,
            "report": report,
            "version": version,
            "extractor": extractor,
            "published": published,
            "recorded": now,
            "payload": self._encoded(entry),
        }

    def _recorded(self, query: sa.Select[Any]) -> Iterator[Recorded]:
        """The entries that a query of (type, payload, recorded, id) finds."""
        with self._errors("could not be read"), self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=_BATCH).execute(query)
            for kind, payload, recorded, key in rows:
                try:
                    entry = self._decoded(kind, payload)
                except ValueError as error:
                    raise LedgerError(f"{self._where}: entry {key} is damaged: {error}") from error
                yield Recorded(entry, datetime.fromisoformat(recorded))

    def _prepare(self) -> None:
        """Leave the base with tables of the newest shape, or say why not."""
        with self._errors("could not be opened"):
            with self._engine.connect() as connection:
                version = self._version(connection)
            if version == HEAD:
                return
            if version is not None and version not in _KNOWN:
                raise LedgerError(
                    f"{self._where}: written by a newer Summitry (schema {version}, this one "
                    f"knows {HEAD}): upgrade Summitry, or name another ledger"
                )
            # Alembic loads slowly and is needed once in the life of a file.
            from summitry.ledger.migrations import upgrade  # noqa: PLC0415

            with self._transaction() as connection:
                upgrade(connection)
            self._engine.dispose()  # new connections find the mark, and switch to WAL

    def _version(self, connection: sa.Connection) -> str | None:
        """The step at which the tables stand; None in an empty base.

        Raises:
            LedgerError: Somebody else's file.
        """
        names = sa.inspect(connection).get_table_names()
        if "summitry_version" in names:
            return str(connection.scalar(sa.text("SELECT version_num FROM summitry_version")))
        if self._engine.dialect.name == "sqlite":
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
            if names or mark:
                raise LedgerError(
                    f"{self._where}: an SQLite file of another program, left as it is: "
                    "name another file with --ledger"
                )
        return None

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        """A connection that holds the right to write until it commits."""
        writing = self._engine.execution_options(summitry_begin="BEGIN IMMEDIATE")
        with writing.begin() as connection:
            yield connection

    @contextmanager
    def _errors(self, what: str) -> Iterator[None]:
        """Turn the base's errors into one line that names it."""
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            hint = (
                "not an SQLite file: name another file with --ledger"
                if cause == "file is not a database"
                else f"{what} ({cause}); what was stored before is kept"
            )
            raise LedgerError(f"{self._where}: {hint}") from error


def _engine(where: str) -> sa.Engine:
    """The engine of a path or URL.

    Raises:
        LedgerError: No such folder, a folder, or no driver for the URL.
    """
    url: str | sa.URL = where
    if "://" not in where:
        path = Path(where)
        if path.is_dir() or not path.parent.is_dir():
            reason = "a folder, not a file" if path.is_dir() else "its folder does not exist"
            raise LedgerError(f"{where}: {reason}: name a file with --ledger")
        url = sa.URL.create("sqlite", database=where)
    try:
        engine = sa.create_engine(url)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise LedgerError(f"no ledger can be opened by that URL: {error}") from error
    if engine.dialect.name not in _INSERT:
        raise LedgerError(f"a ledger lives in SQLite or PostgreSQL, not {engine.dialect.name}")
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _connected)
        sa.event.listen(engine, "begin", _begun)
    return engine


def _connected(connection: sqlite3.Connection, _: object) -> None:
    """Settle one SQLite connection.

    A commit is on the disk before it is acknowledged (``synchronous=FULL``). A file that is
    not ours yet is not touched: journal modes are stored in the file.
    """
    connection.isolation_level = None  # transactions begin where we say, see _begun
    for pragma in ("busy_timeout = 30000", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA application_id").fetchone()[0] == _MARK:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            # Another process is at it, or the medium is read-only: the present mode serves.
            return


def _begun(connection: sa.Connection) -> None:
    """Begin as asked: readers never wait, a writer takes its turn at once."""
    connection.exec_driver_sql(connection.get_execution_options().get("summitry_begin", "BEGIN"))


def _stamp(instant: datetime) -> str:
    """UTC as text of fixed width.

    Raises:
        ValueError: The instant has no time zone.

    >>> from datetime import timedelta, timezone
    >>> _stamp(datetime(2024, 1, 9, 10, tzinfo=timezone(timedelta(hours=3))))
    '2024-01-09T07:00:00.000000+00:00'
    """
    if instant.tzinfo is None:
        raise ValueError("a time without time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _select(kind: str, known_at: datetime | None) -> sa.Select[Any]:
    """(type, payload, recorded, id) of all entries of a type recorded by then."""
    c = _ENTRY.c
    query = sa.select(c.type, c.payload, c.recorded, c.id).where(c.type == kind)
    return query if known_at is None else query.where(c.recorded <= _stamp(known_at))


def _counting(as_of: datetime | None, known_at: datetime | None) -> sa.Subquery:
    """(seq, report, effective) of the reading that counts for each report.

    A version of a text is as old as the first reading of it: a later reading of an old
    version by a better extractor does not make that version the newest.
    """
    c = _ENTRY.c
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
        known = known.where(c.recorded <= _stamp(known_at))
    k = known.subquery().c
    newest = (k.effective.desc(), k.born.desc(), k.recorded.desc(), k.seq.desc())
    rank = sa.func.row_number().over(partition_by=k.report, order_by=newest)
    ranked = sa.select(k.seq, k.report, k.effective, rank.label("rank"))
    if as_of is not None:
        ranked = ranked.where(k.effective <= _stamp(as_of))
    r = ranked.subquery().c
    return sa.select(r.seq, r.report, r.effective).where(r.rank == 1).subquery()
