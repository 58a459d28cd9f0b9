"""Which answers were given before? Made once for all who ask, kept until the ledger says more."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, time
from threading import Lock
from typing import Any, TypeVar

from summitry.ledger import Ledger
from summitry.shelf._position import Position
from summitry.shelf._turns import Turns

__all__ = ["Kept"]

T = TypeVar("T")
Question = tuple[int, str, datetime, datetime | None]
"""The position, what is asked, and both instants."""


class Kept:
    """Answers by their question and by what the ledger knew; from several threads at once."""

    def __init__(self, ledger: Ledger, position: Position, most: int, turns: Turns) -> None:
        """Keep nothing yet.

        Args:
            ledger: What the answers are about.
            position: Up to where.
            most: Answers kept.
            turns: Who may make one.
        """
        self._ledger, self._position, self._most = ledger, position, most
        self._lock = Lock()
        self._turns = turns
        self._answers: OrderedDict[Question, Future[Any]] = OrderedDict()
        self._moments: dict[datetime, datetime] = {}
        """What ``state`` said since the ledger last changed."""
        self._newest = 0

    def state(self, as_of: datetime) -> tuple[int, datetime]:
        """What the answer to a question about an instant depends on, besides the question."""
        newest = self._position.newest()
        with self._lock:
            if newest > self._newest or len(self._moments) > self._most:
                self._newest = newest
                self._moments.clear()
            known = self._moments.get(as_of) if newest == self._newest else None
        if known is None:
            # The earliest instant of the day from which on the public record was the same.
            midnight = datetime.combine(as_of.astimezone(UTC).date(), time(), UTC)
            known = max(midnight, self._ledger.moment(as_of) or midnight)
            with self._lock:
                if newest == self._newest:
                    self._moments[as_of] = known
        return newest, known

    def once(
        self,
        what: str,
        as_of: datetime,
        known_at: datetime | None,
        make: Callable[[datetime], T],
    ) -> T:
        """The answer kept, or made now; who asks meanwhile waits for the same one."""
        state, at = self.state(as_of)

        def made() -> T:
            with self._position.held(state):
                return make(at)

        key = (state, what, at, known_at)
        with self._lock:
            kept = self._answers.get(key)
            if kept is None:
                mine = self._answers[key] = Future()
                for old in [k for k in self._answers if k[0] < state]:
                    del self._answers[old]  # nobody will ask for that state again
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
            else:
                self._answers.move_to_end(key)
        if kept is not None:
            with self._turns.aside():  # who makes it may wait for a turn
                answer: T = kept.result()
            return answer
        try:
            with self._turns.taken():
                answer = made()
        except BaseException as error:
            with self._lock:
                self._answers.pop(key, None)
            mine.set_exception(error)
            raise
        mine.set_result(answer)
        return answer
