"""Whose turn it is: one request at a time to a host, with a pause in between."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic

from summitry.internet import Trouble, failed

__all__ = ["Turns"]

_HOSTS = 4096
"""Hosts that are remembered; the one not asked for longest is forgotten first."""


@dataclass
class _Turn:
    lock: Lock = field(default_factory=Lock)
    free: float = 0.0
    """When the next request may be sent, by the monotonic clock."""


class Turns:
    """Keeps requests to one host apart, whichever thread they come from."""

    def __init__(self) -> None:
        self._turns: OrderedDict[str, _Turn] = OrderedDict()
        self._lock = Lock()
        self._over = Event()

    def close(self) -> None:
        """Wait no longer: whoever waits fails as stopped."""
        self._over.set()

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait for our turn, and keep it inside.

        Raises:
            Failed: We were told to stop.
        """
        with self._lock:
            mine = self._turns.setdefault(host, _Turn())
            self._turns.move_to_end(host)
            while len(self._turns) > _HOSTS:
                self._turns.popitem(last=False)
        with mine.lock:
            if self._over.wait(max(0.0, mine.free - monotonic())):
                raise failed(Trouble.STOPPED, "stopped")
            try:
                yield
            finally:
                mine.free = monotonic() + delay
