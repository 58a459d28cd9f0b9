"""What a base is asked by who takes care of it: is it whole, and may there be a copy?"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from summitry.errors import LedgerError
from summitry.ledger._counting import ENTRY
from summitry.ledger._row import Row
from summitry.ledger._sql_feeds import remembered
from summitry.model import Entry, Subscription

__all__ = ["SqlCare", "copied", "rescued"]

_COLUMNS = ("id", "type", "report", "version", "extractor", "published")
"""What a row says beside its payload and must say as its payload does."""
_FIELDS = ("seq", "recorded", "payload", *_COLUMNS)


class _Base(Protocol):
    """What the ledger lends."""

    where: str

    def reading(self) -> AbstractContextManager[sa.Connection]: ...

    def row_of(self, entry: Entry, recorded: datetime) -> dict[str, str | None]: ...

    def read_back(self, kind: str, payload: str) -> Entry: ...


class SqlCare:
    """Care for the base of a ledger."""

    def __init__(self, base: _Base) -> None:
        self._base = base

    def pages(self) -> Iterator[str]:
        """What the base itself finds wrong with its pages; a server keeps watch by itself."""
        with self._base.reading() as connection:
            if connection.dialect.name == "sqlite":
                for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
                    if line != "ok":
                        yield str(line)

    def rows(self) -> Iterator[Row]:
        """Every row of the book in order, read back and compared with what it says of itself."""
        columns = [ENTRY.c[name] for name in _FIELDS]
        with self._base.reading() as connection:
            found = connection.execution_options(yield_per=500).execute(
                sa.select(*columns).order_by(ENTRY.c.seq)
            )
            for row in found.mappings():
                yield _judged(dict(row), self._base)

    def step(self) -> str:
        """The step of the migrations at which the tables stand."""
        with self._base.reading() as connection:
            return str(connection.scalar(sa.text("SELECT version_num FROM summitry_version")))

    def copy(self, to: Path) -> None:
        """Write the whole base, as it stands at this moment, to a new file.

        Raises:
            LedgerError: There is such a file already, it cannot be written, or the base is no
                file.
        """
        with self._base.reading() as connection:
            raw = connection.connection.driver_connection
            if not isinstance(raw, sqlite3.Connection):
                raise LedgerError(f"{self._base.where}: a server's base: back it up with pg_dump")
            copied(raw, to)


def copied(raw: sqlite3.Connection, to: Path) -> None:
    """Copy an SQLite base into a file that is not there yet; whole, or not at all.

    Raises:
        LedgerError: There is such a file already, or it cannot be written.
    """
    beside = [to, *(to.with_name(to.name + end) for end in ("-wal", "-shm"))]
    there = next((path for path in beside if path.exists()), None)
    if there is not None:
        raise LedgerError(f"{there}: there is such a file already: move it away, or name another")
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as target:
            raw.backup(target)
            # One file, that can be carried off: no log stands beside it.
            target.execute("PRAGMA journal_mode = DELETE")
        part.rename(to)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise LedgerError(f"{to}: could not be written ({error})") from error


def rescued(path: Path, base: _Base) -> Iterator[Row | Subscription]:
    """What can still be read of a damaged file: the rows of the book, then the feeds.

    A row that cannot be reached counts as wrong; so does one that was changed.

    Args:
        path: A copy of the file that nobody needs: it is opened like any other.
        base: Any ledger: how rows are read back and what they must say.

    Raises:
        LedgerError: Not even the names of its tables can be read.
    """
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        try:
            last = _last(raw)
        except sqlite3.Error as error:
            raise LedgerError(
                f"{path.name}: nothing of it can be read ({error}): restore a backup"
            ) from error
        yield from _rows(raw, last, base)
        yield from _feeds(raw)


def _rows(raw: sqlite3.Connection, last: int, base: _Base) -> Iterator[Row]:
    """The book from end to end, around what is damaged."""
    at = 0
    while at < last:
        with suppress(sqlite3.Error):
            for row in raw.execute(f"{_SELECT} WHERE seq > ? ORDER BY seq", (at,)):
                at = row["seq"]
                yield _judged(dict(row), base)
            return
        # Behind the damage: one by one, until a row can be reached again.
        at += 1
        while at <= last:
            one = _one(raw, at)
            if isinstance(one, dict):
                yield _judged(one, base)
                break
            if one:
                yield Row(at, None, None, f"entry {at} cannot be read: {one}")
            at += 1


def _feeds(raw: sqlite3.Connection) -> Iterator[Row | Subscription]:
    """What is remembered of feeds, as far as it can be read: the next round makes up the rest."""
    try:
        for _, memory in raw.execute("SELECT id, memory FROM summitry_feed"):
            with suppress(ValueError):
                yield remembered(memory)
    except sqlite3.Error as error:
        yield Row(0, None, None, f"the memory of feeds cannot be read: {error}")


_SELECT = f"SELECT {', '.join(_FIELDS)} FROM summitry_entry"


def _one(raw: sqlite3.Connection, seq: int) -> dict[str, Any] | str:
    """The row of a number; why it cannot be read; nothing where there is none."""
    try:
        row = raw.execute(f"{_SELECT} WHERE seq = ?", (seq,)).fetchone()
    except sqlite3.Error as error:
        return str(error)
    return dict(row) if row else ""


def _last(raw: sqlite3.Connection) -> int:
    """The number of the last entry, from wherever it can be read.

    Raises:
        sqlite3.Error: From nowhere.
    """
    asked = (
        "SELECT seq FROM sqlite_sequence WHERE name = 'summitry_entry'",
        "SELECT max(seq) FROM summitry_entry",
        "SELECT max(rowid) FROM summitry_entry INDEXED BY summitry_entry_counting",
        "SELECT max(covers) FROM summitry_index",
    )
    found: list[int] = []
    trouble: sqlite3.Error | None = None
    for question in asked:
        try:
            row = raw.execute(question).fetchone()
        except sqlite3.Error as error:
            trouble = error
            continue
        found.append(int(row[0] or 0) if row else 0)
    if not found and trouble is not None:
        raise trouble
    return max(found)


def _judged(row: dict[str, Any], base: _Base) -> Row:
    """A row read back; wrong where it does not say what was written."""
    seq = int(row["seq"])
    name = f"entry {seq} ({row['id']})"
    try:
        recorded = datetime.fromisoformat(row["recorded"])
        entry = base.read_back(row["type"], row["payload"])
        should = base.row_of(entry, recorded)
    except (ValueError, TypeError) as error:
        return Row(seq, None, None, f"{name} is damaged: {error}")
    unlike = [column for column in (*_COLUMNS, "recorded") if should[column] != row[column]]
    if unlike:
        told = f"{name} is not as it was written: its {', '.join(unlike)} belong to another"
        return Row(seq, None, None, told)
    return Row(seq, entry, recorded)
