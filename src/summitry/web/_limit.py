"""How many questions may one visitor ask? A bucket of them for each address, refilled in time."""

import time
from collections import OrderedDict
from threading import Lock

__all__ = ["Limit"]

_KEPT = 10_000
"""Addresses remembered; of more the longest silent are forgotten."""


class Limit:
    """So many questions a second from one address, and more of them at once."""

    def __init__(self, rate: float, burst: int) -> None:
        """A limit.

        Args:
            rate: Questions a second in the long run; 0 sets no limit.
            burst: Questions at once after a silence, at least 1.
        """
        self._rate, self._burst = rate, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By address: questions left, and at what time."""
        self._lock = Lock()

    def wait(self, address: str) -> float:
        """Count one question; returns the seconds to wait when there were too many, else 0."""
        if not self._rate:
            return 0.0
        now = time.monotonic()
        with self._lock:
            left, then = self._left.pop(address, (float(self._burst), now))
            left = min(self._burst, left + (now - then) * self._rate)
            allowed = left >= 1
            self._left[address] = (left - 1 if allowed else left, now)
            if len(self._left) > _KEPT:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._rate
