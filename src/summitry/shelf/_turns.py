"""Who may make an answer now? A few at a time: more only take the processor from one another."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore, local

__all__ = ["Turns"]


class _Own(local):
    """What each thread knows of itself."""

    taken = False
    """Whether it has a turn."""


class Turns:
    """So many at a time; a thread that has a turn does not need another."""

    def __init__(self, many: int) -> None:
        self._free = Semaphore(many)
        self._own = _Own()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A turn, for as long as something is made."""
        if self._own.taken:
            yield
            return
        with self._free:
            self._own.taken = True
            try:
                yield
            finally:
                self._own.taken = False

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Lets others have this thread's turn, for as long as it waits for something."""
        if not self._own.taken:
            yield
            return
        self._own.taken = False
        self._free.release()
        try:
            yield
        finally:
            self._free.acquire()
            self._own.taken = True
