"""Up to which entry of its ledger does a shelf answer?"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from time import monotonic

from summitry.ledger import Ledger

__all__ = ["Position"]


class _Own(local):
    """What each thread knows of itself."""

    held = -1
    """The position at which it makes an answer; -1 where it makes none."""


class Position:
    """The number of the newest entry that counts; it never goes back."""

    def __init__(self, ledger: Ledger, slack: float) -> None:
        """Look at nothing yet.

        Args:
            ledger: The book.
            slack: Seconds for which what was the newest entry may be taken to be so.
        """
        self._ledger, self._slack = ledger, slack
        self._lock = Lock()
        self._own = _Own()
        self._number = self._wanted = -1
        self._looked = 0.0

    def newest(self) -> int:
        """The number; not lower than that of any entry which was heeded."""
        if self._own.held >= 0:
            return self._own.held
        with self._lock:
            fresh = monotonic() - self._looked < self._slack
            if self._number >= self._wanted and fresh:
                return self._number
        looked, number = monotonic(), self._ledger.newest()
        with self._lock:
            if number >= self._number:
                self._number, self._looked = number, looked
            return self._number

    def heed(self, number: int) -> None:
        """From now on no answer is of before an entry."""
        with self._lock:
            self._wanted = max(self._wanted, number)

    @contextmanager
    def held(self, number: int) -> Iterator[None]:
        """While this thread makes one answer, all its parts are of one position."""
        before, self._own.held = self._own.held, number
        try:
            yield
        finally:
            self._own.held = before
