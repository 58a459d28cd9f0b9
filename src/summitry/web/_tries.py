"""How often may somebody guess?"""

from collections import deque
from collections.abc import Callable
from threading import Lock
from time import monotonic

__all__ = ["Tries"]

_MANY = 10_000
"""Addresses remembered; then the oldest are forgotten."""


class Tries:
    """Counts failed tries, of each address and of all together."""

    def __init__(
        self,
        each: int = 10,
        together: int = 100,
        seconds: float = 60,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Settle how many are borne.

        Args:
            each: Failures of one address within the stretch.
            together: Failures of all addresses within it, against guessing from many.
            seconds: The stretch.
            clock: Gives seconds that never run backwards.
        """
        self._each, self._together = each, together
        self._seconds, self._clock = seconds, clock
        self._failed: dict[str, deque[float]] = {}
        self._all: deque[float] = deque()
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """Seconds for which an address may not try again; 0 when it may now."""
        with self._lock:
            now = self._clock()
            own = self._failed.get(address, deque())
            waits = (self._left(own, self._each, now), self._left(self._all, self._together, now))
            return max(waits)

    def failed(self, address: str) -> None:
        """Note a failure."""
        with self._lock:
            now = self._clock()
            self._failed.setdefault(address, deque(maxlen=self._each)).append(now)
            self._all.append(now)
            while len(self._all) > self._together:
                self._all.popleft()
            if len(self._failed) > _MANY:
                del self._failed[next(iter(self._failed))]

    def _left(self, times: deque[float], most: int, now: float) -> int:
        recent = [t for t in times if now - t < self._seconds]
        return int(recent[0] + self._seconds - now) + 1 if len(recent) >= most else 0
