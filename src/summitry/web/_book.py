"""The ledger behind the pages: opened once, and again when another file stands in its place."""

from collections import OrderedDict
from datetime import timedelta
from pathlib import Path
from threading import Lock

from summitry import open_ledger
from summitry.errors import LedgerError
from summitry.ledger import Ledger
from summitry.shelf import TURNS, Shelf, Turns

__all__ = ["SLACK", "Book"]


SLACK = timedelta(seconds=2)
"""How old an answer may be when there are newer entries than it knows."""
_AUTHORS = 1000
"""Editors of whom is known when they last wrote."""


class Book:
    """A ledger's place, and what was made of it."""

    def __init__(self, where: str, slack: timedelta = SLACK) -> None:
        """Open nothing yet.

        Args:
            where: The ledger's path or URL.
            slack: How old an answer may be; an editor's own word is never missing from it.
        """
        self._where, self._slack = where, slack
        self.turns = Turns(TURNS)
        """Who may make an answer."""
        self._lock = Lock()
        self._wrote: OrderedDict[str, int] = OrderedDict()
        """The number of the newest entry when an editor had written."""
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
            self._wrote.clear()  # another book, other numbers
            ledger = open_ledger(self._where)
            shelf = Shelf(ledger, self._slack, self.turns)
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

    def written(self, author: str) -> None:
        """An editor has entered something: whatever is shown to them from now on knows of it."""
        newest = self.ledger().newest()
        with self._lock:
            self._wrote[author] = newest
            self._wrote.move_to_end(author)
            while len(self._wrote) > _AUTHORS:
                self._wrote.popitem(last=False)

    def shown_to(self, author: str) -> None:
        """Heed what an editor has entered, before they are shown something."""
        with self._lock:
            if self._open and author in self._wrote:
                self._open[0][2].heed(self._wrote[author])

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
