"""The ledger behind the pages: opened once, and again when another file stands in its place."""

from pathlib import Path
from threading import Lock

from summitry import open_ledger
from summitry.errors import LedgerError
from summitry.ledger import Ledger
from summitry.shelf import Shelf

__all__ = ["Book"]


class Book:
    """A ledger's place, and what was made of it."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._lock = Lock()
        self._open: list[tuple[tuple[int, int], Ledger, Shelf]] = []
        """At most one: the file's identity, the ledger, its shelf."""

    def shelf(self) -> Shelf:
        """The answers of the ledger that stands at the place now.

        Raises:
            LedgerError: There is none, or it cannot be opened.
        """
        with self._lock:
            found = self._identity()
            if self._open and self._open[0][0] == found:
                return self._open[0][2]
            self._leave()
            ledger = open_ledger(self._where)
            shelf = Shelf(ledger)
            self._open.append((found, ledger, shelf))
            return shelf

    def ledger(self) -> Ledger:
        """The ledger that stands at the place now, to write in.

        Raises:
            LedgerError: There is none, or it cannot be opened.
        """
        self.shelf()
        with self._lock:
            return self._open[0][1]

    def close(self) -> None:
        """Let go of the ledger."""
        with self._lock:
            self._leave()

    def _leave(self) -> None:
        while self._open:
            self._open.pop()[1].close()

    def _identity(self) -> tuple[int, int]:
        """Which file it is; a server's base is always the same.

        Raises:
            LedgerError: There is no file.
        """
        if "://" in self._where:
            return (0, 0)
        try:
            stat = Path(self._where).stat()
        except OSError as error:
            raise LedgerError("the ledger is gone") from error
        return (stat.st_dev, stat.st_ino)
