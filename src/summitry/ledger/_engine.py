"""How a base is opened: an SQLite file with its settings, or a server by its URL."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from summitry.errors import ExtraMissing, LedgerError
from summitry.ledger._postgres import connecting, settled, turn

__all__ = ["DIALECTS", "MARK", "opened", "unsaid"]

DIALECTS = frozenset({"sqlite", "postgresql"})
MARK = int.from_bytes(b"SMTY", "big")
"""The application id by which an SQLite file is known as ours."""
_SERVER = {"postgres", "postgresql"}
"""Schemes without a driver; ours is psycopg."""


def opened(where: str) -> sa.Engine:
    """The engine of a path or URL.

    Raises:
        LedgerError: No such folder, a folder, or no driver for the URL.
        ExtraMissing: The driver is an extra that is not installed.
    """
    if "://" not in where:
        path = Path(where)
        if path.is_dir() or not path.parent.is_dir():
            reason = "a folder, not a file" if path.is_dir() else "its folder does not exist"
            raise LedgerError(f"{where}: {reason}: name a file with --ledger")
        url = sa.URL.create("sqlite", database=where)
    else:
        url = _parsed(where)
    dialect = url.get_backend_name()
    if dialect not in DIALECTS:
        raise LedgerError(f"a ledger lives in SQLite or PostgreSQL, not {dialect}")
    try:
        engine = sa.create_engine(url, **connecting(url))
    except ImportError as error:
        if dialect == "postgresql":
            raise ExtraMissing("a ledger on a server", "summitry[postgres]") from error
        raise LedgerError(f"no ledger can be opened by that URL: {error}") from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise LedgerError(f"no ledger can be opened by that URL: {error}") from error
    if dialect == "sqlite":
        sa.event.listen(engine, "connect", _connected)
        sa.event.listen(engine, "begin", _begun)
    else:
        sa.event.listen(engine, "connect", settled)
        sa.event.listen(engine, "begin", turn)
    return engine


def unsaid(where: str) -> str:
    """A place as it may be shown: a URL without its password, anything else as it is.

    >>> unsaid("postgresql://desk:secret@db.example/diary?password=secret")
    'postgresql://desk:***@db.example/diary?password=hidden'
    >>> unsaid("postgresql://desk:s@cre:t@db.example:none/diary")
    'postgresql://…'
    """
    if "://" not in where:
        return where
    try:
        url = sa.make_url(where)
    except (ArgumentError, ValueError):
        return f"{where.partition('://')[0]}://…"
    if "password" in url.query:
        url = url.update_query_dict({"password": "hidden"})
    return url.render_as_string(hide_password=True)


def _parsed(where: str) -> sa.URL:
    """The parts of a URL; what is wrong with it is told without showing it."""
    try:
        url = sa.make_url(where)
    except (ArgumentError, ValueError) as error:
        reason = "write user:password@host:port/base, with @ : / ? and % in a password as %40 …"
        raise LedgerError(f"no ledger can be opened by that URL: {reason}") from error
    if url.drivername in _SERVER:
        return url.set(drivername="postgresql+psycopg")
    return url


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
    writes = connection.get_execution_options().get("summitry_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
