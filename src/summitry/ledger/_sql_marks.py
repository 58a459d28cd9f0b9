"""Marks in an SQL base: one row for each piece of an archive that was read."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

import sqlalchemy as sa

from summitry.ledger._batched import batched

__all__ = ["SqlMarks"]

_MARK = sa.table("summitry_mark", sa.column("id"))
_MANY = 400
"""Values in one question: bases limit them."""


class _Base(Protocol):
    """How the ledger opens its base."""

    def reading(self) -> AbstractContextManager[sa.Connection]: ...

    def writing(self) -> AbstractContextManager[sa.Connection]: ...


class SqlMarks:
    """Names of pieces, in a table of their own."""

    def __init__(self, base: _Base) -> None:
        self._base = base

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Those of some names that were set."""
        with self._base.reading() as connection:
            return frozenset(_among(connection, names))

    def set(self, names: Iterable[str]) -> None:
        """Set some marks; those that are set stay so."""
        with self._base.writing() as connection:
            wanted = set(names)
            new = wanted - set(_among(connection, wanted))
            if new:
                connection.execute(sa.insert(_MARK), [{"id": name} for name in sorted(new)])


def _among(connection: sa.Connection, names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for some in batched(names, _MANY):
        found += connection.scalars(sa.select(_MARK.c.id).where(_MARK.c.id.in_(some)))
    return found
