"""An index of engagements with some of its slips replaced: how it would be, or was once."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from summitry.ledger._memory_index import MemoryIndex
from summitry.ledger._slip import Slip, Slips, Stretch

__all__ = ["Overlaid"]


class Overlaid:
    """An index under a few slips that count in the place of its own."""

    def __init__(self, under: Slips, slips: Iterable[Slip], gone: Iterable[str]) -> None:
        """Lay slips over an index.

        Args:
            under: The index; it must not change any more as long as this one is asked.
            slips: Those that are new or other than in it.
            gone: The mentions that are no longer in it.
        """
        self._under = under
        self._over = {slip.mention: slip for slip in slips}
        self._hidden = self._over.keys() | set(gone)

    @classmethod
    def empty(cls) -> "Overlaid":
        """An index without slips."""
        return cls(MemoryIndex(), (), ())

    def near(self, stretches: Iterable[Stretch], mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions asked for, with all others of their engagements; and some others."""
        asked, named = list(stretches), list(mentions)
        under = self._seen(self._under.near(asked, named))
        over = [
            slip
            for slip in self._over.values()
            if slip.mention in set(named) or any(one.holds(slip) for one in asked)
        ]
        yield from self._whole([*under, *over])

    def of_reports(self, reports: Iterable[str]) -> Iterator[Slip]:
        """The mentions of some reports."""
        wanted = set(reports)
        yield from self._seen(self._under.of_reports(sorted(wanted)))
        yield from [slip for slip in self._over.values() if slip.report in wanted]

    def page(self, as_of: datetime, until: date, mentions: Iterable[str]) -> Iterator[Slip]:
        """The mentions, as of an instant, of the engagements that are not over by a day."""
        named = set(mentions)
        under = self._seen(self._under.page(as_of, until, sorted(named)))
        over = [
            slip
            for slip in self._over.values()
            if slip.at <= as_of and (slip.until >= until or slip.mention in named)
        ]
        yield from (slip for slip in self._whole([*under, *over]) if slip.at <= as_of)

    def _seen(self, slips: Iterable[Slip]) -> Iterator[Slip]:
        return (slip for slip in slips if slip.mention not in self._hidden)

    def _whole(self, slips: Iterable[Slip]) -> Iterator[Slip]:
        """All slips of the engagements of some."""
        wanted = {slip.engagement for slip in slips}
        # An engagement bears the name of the mention that opened it, which is under it too.
        for slip in self._seen(self._under.near((), sorted(wanted))):
            if slip.engagement in wanted:
                yield slip
        yield from [slip for slip in self._over.values() if slip.engagement in wanted]
