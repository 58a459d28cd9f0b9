"""The index of engagements in memory."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from summitry.ledger._slip import Slip, Stretch

__all__ = ["MemoryIndex"]


class MemoryIndex:
    """Slips by mention; small ledgers need no more."""

    def __init__(self) -> None:
        self._slips: dict[str, Slip] = {}
        self._state = ("", 0)

    def state(self) -> tuple[str, int]:
        """Who wrote the index, and the last entry of the book that it covers."""
        return self._state

    def near(self, stretches: Iterable[Stretch], mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions asked for, with all others of their engagements."""
        asked, named = list(stretches), set(mentions)
        found = {
            slip.engagement
            for slip in self._slips.values()
            if slip.mention in named or any(stretch.holds(slip) for stretch in asked)
        }
        yield from [s for s in self._slips.values() if s.engagement in found]

    def of_reports(self, reports: Iterable[str]) -> Iterator[Slip]:
        """The mentions of some reports."""
        wanted = set(reports)
        yield from [s for s in self._slips.values() if s.report in wanted]

    def page(self, as_of: datetime, until: date, mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions, as of an instant, of the engagements that are not over by a day."""
        named = set(mentions)
        known = [s for s in self._slips.values() if s.at <= as_of]
        live = {s.engagement for s in known if s.until >= until or s.mention in named}
        yield from [s for s in known if s.engagement in live]

    def write(
        self,
        slips: Iterable[Slip],
        gone: Iterable[str],
        before: tuple[str, int],
        after: tuple[str, int],
    ) -> bool:
        """Replace slips; False, and nothing is written, when the state is not as before."""
        if self._state != before:
            return False
        if before[0] != after[0]:
            self._slips.clear()
        for mention in gone:
            self._slips.pop(mention, None)
        self._slips.update((s.mention, s) for s in slips)
        self._state = after
        return True
