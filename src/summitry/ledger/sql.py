"""A ledger in an SQL base: an SQLite file here, PostgreSQL on a server; the door to SQLAlchemy.

Times are written as UTC text of fixed width, which sorts as time does and which a person with
any SQLite browser can read. An entry is one row; its JSON is opaque to the base.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from summitry.errors import LedgerError
from summitry.ledger._batched import batched
from summitry.ledger._counting import ENTRY, chosen, counting, recorded_by
from summitry.ledger._engine import opened, unsaid
from summitry.ledger._postgres import reading_options
from summitry.ledger._row import Row
from summitry.ledger._sql_care import SqlCare, rescued
from summitry.ledger._sql_feeds import SqlFeeds
from summitry.ledger._sql_index import SqlIndex
from summitry.ledger._sql_marks import SqlMarks
from summitry.ledger._stamp import stamp
from summitry.model import Entry, Judgement, Reading, Recorded, Subscription, Withdrawal

__all__ = ["SqlLedger"]

HEAD = "0004"
"""The newest step of ``migrations``; a test holds the two together."""
_KNOWN = frozenset({"0001", "0002", "0003", "0004"})
_BATCH = 500
"""Rows in flight at a time: readings of whole reports, so a few megabytes."""

_HINTS = {
    "file is not a database": "not an SQLite file: name another file with --ledger",
    "database disk image is malformed": "{what} ({cause}): `summitry check` says what is wrong, "
    "`summitry repair NEW` saves what can be read; or go back to a backup",
}
"""What to do about a cause."""
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
        self._engine = opened(where)
        self._turn = Lock()
        self.where = unsaid(where)
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
        stamp(recorded)  # refused before anything is written
        unless_there = _INSERT[self._engine.dialect.name](ENTRY).on_conflict_do_nothing()
        # Drivers do not agree on a count of many rows: have the new ones named.
        insert = unless_there.returning(ENTRY.c.id)
        new = 0
        with self.writing() as connection:
            for some in batched(entries, _BATCH):
                rows = [self.row_of(entry, recorded) for entry in some]
                new += len(connection.execute(insert, rows).all())
        return new

    def readings(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """The reading that counts for each report, oldest report first."""
        yield from self._recorded(chosen(counting(as_of, known_at)))

    def readings_of(
        self,
        reports: Iterable[str],
        *,
        as_of: datetime | None = None,
        known_at: datetime | None = None,
    ) -> Iterator[Recorded]:
        """The reading that counts for each of some reports."""
        for some in batched(reports, _BATCH):
            yield from self._recorded(chosen(counting(as_of, known_at, some)))

    def since(self, covered: int) -> Iterator[tuple[int, Entry]]:
        """The entries after a number, with theirs, in the order in which they came."""
        c = ENTRY.c
        query = sa.select(c.type, c.payload, c.recorded, c.id, c.seq).where(c.seq > covered)
        with self.reading() as connection:
            rows = connection.execution_options(yield_per=_BATCH).execute(query.order_by(c.seq))
            for kind, payload, _, key, seq in rows:
                yield seq, self._entry(kind, payload, key)

    def naming(self, words: Iterable[str], as_of: datetime, most: int) -> Iterator[str]:
        """The ids of reports in which all words stand, newest first, by going through them.

        That takes a tenth of a second for 29,000 reports, is the same in every base, and costs
        nothing when a report comes in.
        """
        c = ENTRY.c
        # As the codec writes them.
        held = [
            c.payload.icontains(json.dumps(word, ensure_ascii=False)[1:-1], autoescape=True)
            for word in words
        ]
        dated = c.type == "reading", c.published <= stamp(as_of)
        query = sa.select(c.report).where(*dated, *held).order_by(c.published.desc()).limit(most)
        with self.reading() as connection:
            found = list(connection.scalars(query))
        yield from dict.fromkeys(found)

    def newest(self) -> int:
        """The number of the newest entry; 0 in an empty book."""
        with self.reading() as connection:
            return int(connection.scalar(sa.select(sa.func.max(ENTRY.c.seq))) or 0)

    def moment(self, as_of: datetime) -> datetime | None:
        """The last instant up to ``as_of`` at which a report was published or withdrawn."""
        c, then = ENTRY.c, stamp(as_of)
        # One question for each type, so that each is answered by the end of an index.
        dated = [
            sa.select(sa.func.max(c.published)).where(c.type == kind, c.published <= then)
            for kind in ("reading", "withdrawal")
        ]
        silent = c.type == "reading", c.published.is_(None), c.recorded <= then
        with self.reading() as connection:
            found = [connection.scalar(q) for q in dated]
            found.append(connection.scalar(sa.select(sa.func.max(c.recorded)).where(*silent)))
        return max((datetime.fromisoformat(f) for f in found if f), default=None)

    def differing(
        self,
        as_of: datetime,
        known_at: datetime | None = None,
        among: Sequence[str] | None = None,
    ) -> Iterator[str]:
        """The ids of the reports of which an instant knew otherwise than all entries tell."""
        c, then = ENTRY.c, stamp(as_of)
        dated = c.type.in_(["reading", "withdrawal"])
        # Not "published <= then": half the ledger is found by that, a few rows by the report.
        counted = sa.func.coalesce(c.published, then) <= then
        found: set[str] = set()
        with self.reading() as connection:
            for some in [None] if among is None else batched(among, _BATCH):
                own = [] if some is None else [c.report.in_(some)]
                later = sa.select(c.report).where(dated, c.published > then, *own)
                # By their numbers, which the index of times holds: else the base goes through
                # all.
                undated = sa.select(c.seq).where(c.type == "reading", c.published.is_(None), *own)
                asked = [
                    sa.select(c.report).where(c.type == "reading", c.report.in_(later), counted),
                    sa.select(c.report).where(c.seq.in_(undated)),
                ]
                if known_at is not None:
                    since = dated, c.recorded > stamp(known_at), counted, *own
                    asked.append(sa.select(c.report).where(*since))
                found.update(r for query in asked for r in connection.scalars(query))
        yield from sorted(found)

    @property
    def index(self) -> SqlIndex:
        """Which mention stands in which engagement; derived from the book."""
        return SqlIndex(self)

    @property
    def feeds(self) -> SqlFeeds:
        """What is remembered of the feeds that are watched into this ledger."""
        return SqlFeeds(self)

    @property
    def care(self) -> SqlCare:
        """Whether the base is whole, and copies of it."""
        return SqlCare(self)

    def latest(self) -> datetime | None:
        """When the newest entry was recorded; None in an empty book."""
        newest = sa.select(ENTRY.c.recorded).order_by(ENTRY.c.seq.desc()).limit(1)
        with self.reading() as connection:
            found = connection.scalar(newest)
        return datetime.fromisoformat(found) if found else None

    def rescue(self, damaged: Path) -> Iterator[Row | Subscription]:
        """What can still be read of another file, which is left as it is: its book, its feeds.

        Raises:
            LedgerError: Nothing.
        """
        with TemporaryDirectory(prefix="summitry-", dir=Path(self.where).parent) as folder:
            for end in ("", "-wal"):
                if (beside := damaged.with_name(damaged.name + end)).exists():
                    shutil.copyfile(beside, Path(folder) / beside.name)
            yield from rescued(Path(folder) / damaged.name, self)

    def read_back(self, kind: str, payload: str) -> Entry:
        """The entry of a row.

        Raises:
            ValueError: It is none.
        """
        return self._decoded(kind, payload)

    @property
    def marks(self) -> SqlMarks:
        """Which pieces of archives were read into this ledger."""
        return SqlMarks(self)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the base."""
        options = reading_options(self._engine.dialect.name)
        reading = self._engine.execution_options(**options)
        with self._errors("could not be read"), reading.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection that holds the right to write until it commits."""
        # Threads of one process wait here: the base lets whoever happens to knock have it next.
        with self._turn, self._errors("could not be written"), self._transaction() as connection:
            yield connection

    def judgements(self, *, known_at: datetime | None = None) -> Iterator[Recorded]:
        """All judgements, in the order in which they were recorded."""
        yield from self._recorded(
            recorded_by("judgement", known_at).order_by(ENTRY.c.recorded, ENTRY.c.seq)
        )

    def withdrawals(
        self, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> Iterator[Recorded]:
        """All withdrawals published by ``as_of``, in the order of their publication."""
        query = recorded_by("withdrawal", known_at)
        if as_of is not None:
            query = query.where(ENTRY.c.published <= stamp(as_of))
        yield from self._recorded(query.order_by(ENTRY.c.published, ENTRY.c.recorded, ENTRY.c.seq))

    def close(self) -> None:
        """Let go of the base; what was appended stays."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def row_of(self, entry: Entry, recorded: datetime) -> dict[str, str | None]:
        """The columns of one entry."""
        now = stamp(recorded)
        report = version = extractor = published = None
        match entry:
            case Reading():
                kind, extractor = "reading", entry.extractor
                report, version = entry.report.id, entry.report.version
                published = stamp(entry.report.published) if entry.report.published else None
            case Judgement():
                kind = "judgement"
            case Withdrawal():
                kind, report, published = "withdrawal", entry.report, stamp(entry.published)
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
        with self.reading() as connection:
            rows = connection.execution_options(yield_per=_BATCH).execute(query)
            for kind, payload, recorded, key in rows:
                yield Recorded(self._entry(kind, payload, key), datetime.fromisoformat(recorded))

    def _entry(self, kind: str, payload: str, key: str) -> Entry:
        """An entry from its row.

        Raises:
            LedgerError: It is damaged; the message names it.
        """
        try:
            return self._decoded(kind, payload)
        except ValueError as error:
            raise LedgerError(f"{self.where}: entry {key} is damaged: {error}") from error

    def _prepare(self) -> None:
        """Leave the base with tables of the newest shape, or say why not."""
        with self._errors("could not be opened"):
            with self._engine.connect() as connection:
                version = self._version(connection)
            if version == HEAD:
                return
            if version is not None and version not in _KNOWN:
                raise LedgerError(
                    f"{self.where}: written by a newer Summitry (schema {version}, this one "
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
                    f"{self.where}: an SQLite file of another program, left as it is: "
                    "name another file with --ledger"
                )
        return None

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        """A connection that holds the right to write until it commits."""
        writing = self._engine.execution_options(summitry_writes=True)
        with writing.begin() as connection:
            yield connection

    @contextmanager
    def _errors(self, what: str) -> Iterator[None]:
        """Turn the base's errors into one line that names it."""
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            hint = _HINTS.get(cause, "{what} ({cause}); what was stored before is kept")
            told = hint.format(what=what, cause=cause)
            raise LedgerError(f"{self.where}: {told}") from error
