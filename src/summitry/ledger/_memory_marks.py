"""Marks, as long as the ledger's object lives."""

from collections.abc import Iterable

__all__ = ["MemoryMarks"]


class MemoryMarks:
    """Names of pieces of archives that were read."""

    def __init__(self) -> None:
        self._set: set[str] = set()

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Those of some names that were set."""
        return frozenset(self._set.intersection(names))

    def set(self, names: Iterable[str]) -> None:
        """Set some marks; those that are set stay so."""
        self._set.update(names)
