"""What a server needs that a file does not: turns among writers, one view for readers."""

import re
from functools import cache
from typing import Any

import sqlalchemy as sa

__all__ = ["connecting", "reading_options", "settled", "turn"]

_TURN = int.from_bytes(b"SMTY", "big")
_PATIENCE = "30s"
"""How long a writer waits for its turn; SQLite waits as long (``busy_timeout``)."""
_ALIVE = {
    "application_name": "summitry",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""A server that is gone is noticed within a minute; what the URL says goes first."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def connecting(url: sa.URL) -> dict[str, Any]:
    """Arguments of ``create_engine`` for a base; none for a file."""
    if url.get_backend_name() != "postgresql":
        return {}
    args = {name: value for name, value in _ALIVE.items() if name not in url.query}
    # A server that was restarted is met with a new connection, not with an error.
    return {"connect_args": args, "pool_pre_ping": True, "hide_parameters": True}


def reading_options(dialect: str) -> dict[str, Any]:
    """Options of a connection that reads: all its questions see one state of the base."""
    if dialect != "postgresql":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def settled(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver is an extra
    """Settle one connection.

    A text with a character that the server does not take (NUL, half a surrogate pair) is held
    with U+FFFD in its place, as documents are read: nothing else has such an id, and no question
    fails on it. Entries lose nothing, since their JSON escapes both.
    """
    connection.adapters.register_dumper(str, _storable())
    autocommit, connection.autocommit = connection.autocommit, True
    connection.execute(f"SET lock_timeout = '{_PATIENCE}'")
    connection.autocommit = autocommit


@cache
def _storable() -> type:
    """The driver's way with text, for text from anywhere."""
    from psycopg.types.string import StrDumperUnknown  # noqa: PLC0415

    class Storable(StrDumperUnknown):
        def dump(self, obj: str) -> Any:  # noqa: ANN401 - as the driver has it
            return super().dump(_UNSTORABLE.sub("\ufffd", obj))

    return Storable


def turn(connection: sa.Connection) -> None:
    """Let writers of one base write one after the other.

    Numbers are given out before their entries are committed. Were two to write at once, the
    higher number could be seen first, and a reader that goes on from it would never see the
    lower one. Whoever holds this lock has all lower numbers committed or given up before it.
    """
    if connection.get_execution_options().get("summitry_writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
