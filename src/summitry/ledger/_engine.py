"""How a base is opened: an SQLite file with its settings, or a server by its URL."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from summitry.errors import LedgerError

__all__ = ["DIALECTS", "MARK", "opened"]

DIALECTS = frozenset({"sqlite", "postgresql"})
MARK = int.from_bytes(b"SMTY", "big")
"""The application id by which an SQLite file is known as ours."""


def opened(where: str) -> sa.Engine:
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
    if engine.dialect.name not in DIALECTS:
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
    if connection.execute("PRAGMA application_id").fetchone()[0] == MARK:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            # Another process is at it, or the medium is read-only: the present mode serves.
            return


def _begun(connection: sa.Connection) -> None:
    """Begin as asked: readers never wait, a writer takes its turn at once."""
    connection.exec_driver_sql(connection.get_execution_options().get("summitry_begin", "BEGIN"))
