"""How are engagements made from the index, and which of them need not be made again?

A new entry costs the engagements that it concerns, and not the page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from threading import Lock
from typing import NamedTuple

from summitry import pipeline
from summitry.errors import LedgerError
from summitry.gazetteer import tracks
from summitry.indexing import Past, Remembered, as_it_stood, made, reindex
from summitry.ledger import Ledger, Slip, Stretch
from summitry.model import Engagement, Judgement, Reading, Verdict, Withdrawal
from summitry.resolve import on_day, undone
from summitry.shelf._position import Position

__all__ = ["Maker"]

_PASTS = 512
"""Instants of which is kept how the index stood."""
_UNITS = 6_000
"""Engagements kept, with all that was claimed of them: some 20 kB each."""
_READINGS = 8_000
"""Readings kept: some 15 kB each; what the pairs of a page had before is of some thousands."""
_SHOWN = frozenset({Verdict.FIELD, Verdict.APPROVE, Verdict.HIDE})
"""Verdicts that change what is made of mentions, and not which of them are one."""


class Unit(NamedTuple):
    """All that what is made of one engagement's slips depends on, but the readings."""

    known: int
    """Facts of tracks on record on the day."""
    day: date | None
    """The day where an editor judged; elsewhere it decides nothing that is kept."""
    own: tuple[Slip, ...]
    before: tuple[str, ...]
    """The mentions of the engagement that it takes up."""
    judged: tuple[str, ...]
    """What editors said of its mentions."""


class Maker:
    """Engagements of one ledger; may be asked from several threads at once."""

    def __init__(self, ledger: Ledger, position: Position) -> None:
        self._ledger, self._position = ledger, position
        self._remembered = Remembered(ledger)
        self._lock = Lock()
        self._catching = Lock()
        """Held by who brings the index up to date; the others wait, and find it so."""
        self._indexed = -1
        """The position up to which it was brought."""
        self._units: dict[Unit, tuple[Engagement, ...]] = {}
        self._of_report: dict[str, set[Unit]] = defaultdict(set)
        self._readings: dict[str, Reading] = {}
        """By report, as the book has them today."""
        self._pasts: tuple[int, dict[tuple[datetime, datetime | None], Past | None]] = (-1, {})
        """What ``past`` said since the ledger last changed."""
        self._covered = 0

    def past(self, at: datetime, known_at: datetime | None = None) -> Past | None:
        """The index as it stood at an instant, brought up to date first.

        None where it cannot be written, or where so much was otherwise that the whole diary is
        made in less time.
        """
        newest, key = self._position.newest(), (at, known_at)
        with self._lock:
            if newest == self._pasts[0] and key in self._pasts[1]:
                return self._pasts[1][key]
        try:
            self.catch_up()
            found = as_it_stood(self._ledger, at, known_at, self._remembered)
        except LedgerError:  # a medium that can only be read
            found = None
        with self._lock:
            if newest > self._pasts[0] or len(self._pasts[1]) > _PASTS:
                self._pasts = (newest, {})
            if newest == self._pasts[0]:
                self._pasts[1][key] = found
        return found

    def catch_up(self) -> None:
        """Bring the index up to date, and let go of what new entries made old.

        Raises:
            LedgerError: It could not be written.
        """
        newest = self._position.newest()
        with self._catching:
            if self._indexed < newest:
                try:
                    reindex(self._ledger, self._remembered)
                finally:
                    self._forget()
                self._indexed = newest

    def standing(self) -> tuple[Judgement, ...]:
        """As ``indexing.standing``, of today."""
        return self._remembered.standing()

    def near(
        self, past: Past, stretches: Sequence[Stretch], mentions: Sequence[str]
    ) -> tuple[Engagement, ...]:
        """The engagements within the stretches, and those of the mentions; and some others."""
        found = past.index.near(stretches, mentions)
        return self.made(past, [slip for slip in found if slip.at <= past.as_of])

    def made(self, past: Past, slips: Sequence[Slip]) -> tuple[Engagement, ...]:
        """The engagements of slips, of which only those are made that are not kept."""
        covered = self._covered
        keys = self._keys(past, slips)
        with self._lock:
            kept = {one: self._units[key] for one, key in keys.items() if key in self._units}
        # What was known otherwise then is nothing that is asked for again.
        other = {slip.engagement for slip in slips if slip.report in past.otherwise}
        kept = {one: unit for one, unit in kept.items() if one not in other}
        wanted = [slip for slip in slips if slip.engagement not in kept]
        if wanted:
            new: dict[str, list[Engagement]] = {slip.engagement: [] for slip in wanted}
            home = {slip.mention: slip.engagement for slip in wanted}
            for engagement in made(past, wanted, lambda reports: self.read(past, reports)):
                if engagement.id in home:  # and not one that another takes up
                    new[home[engagement.id]].append(engagement)
            fresh = {one: tuple(engagements) for one, engagements in new.items()}
            with self._lock:
                if covered == self._covered:  # else they may be of readings that are gone
                    steady = {keys[one]: fresh[one] for one in fresh if one not in other}
                    self._keep(steady, wanted, keys)
            kept |= fresh
        today = past.as_of.astimezone(UTC).date()
        # What an editor judged was made for this very day.
        dated = (
            e if keys[one].day else on_day(e, today) for one, unit in kept.items() for e in unit
        )
        return pipeline.with_chances(dated, past.as_of)

    def read(self, past: Past, reports: Iterable[str]) -> list[Reading]:
        """The readings that counted then, of which many are kept."""
        covered, asked = self._covered, list(reports)
        with self._lock:
            steady = (r for r in asked if r in self._readings and r not in past.otherwise)
            found = [self._readings[r] for r in steady]
        kept = {reading.report.id for reading in found}
        records = self._ledger.readings_of(
            [r for r in asked if r not in kept], as_of=past.as_of, known_at=past.known_at
        )
        new = [record.entry for record in records if isinstance(record.entry, Reading)]
        with self._lock:
            if covered == self._covered:  # else they may be of versions that are gone
                if len(self._readings) + len(new) > _READINGS:
                    for old in list(islice(self._readings, len(self._readings) // 4)):
                        del self._readings[old]  # not all: the others will be asked for again
                steady_new = (r for r in new if r.report.id not in past.otherwise)
                self._readings.update((reading.report.id, reading) for reading in steady_new)
        return found + new

    def _forget(self) -> None:
        """Let go of the engagements of reports of which new entries say something new."""
        with self._lock:
            if not self._units and not self._readings:  # nothing is kept yet that could have to go
                self._covered = self._ledger.newest()
            for number, entry in self._ledger.since(self._covered):
                self._covered = number
                match entry:
                    case Reading():
                        report = entry.report.id
                    case Withdrawal():
                        report = entry.report
                    case Judgement():
                        continue
                self._readings.pop(report, None)
                for unit in self._of_report.pop(report, ()):
                    self._units.pop(unit, None)

    def _keep(
        self,
        fresh: Mapping[Unit, tuple[Engagement, ...]],
        slips: Iterable[Slip],
        keys: Mapping[str, Unit],
    ) -> None:
        if len(self._units) + len(fresh) > _UNITS:
            self._units.clear()
            self._of_report.clear()
        self._units.update(fresh)
        for slip in slips:
            if keys[slip.engagement] in fresh:
                self._of_report[slip.report].add(keys[slip.engagement])

    def _keys(self, past: Past, slips: Sequence[Slip]) -> dict[str, Unit]:
        """What each engagement that slips make depends on."""
        taken = sorted({slip.follows for slip in slips if slip.follows})
        earlier: dict[str, list[Slip]] = defaultdict(list)
        for slip in past.index.near((), taken):
            if slip.at <= past.as_of:
                earlier[slip.engagement].append(slip)
        stands = {slip.mention: one for one, found in earlier.items() for slip in found}
        gone = undone(past.judgements)
        said: dict[str, list[str]] = defaultdict(list)
        for judgement in past.judgements:
            if judgement.verdict in _SHOWN and judgement.id not in gone:
                for mention in judgement.mentions:
                    said[mention].append(judgement.id)
        units: dict[str, list[Slip]] = defaultdict(list)
        for slip in sorted(slips, key=lambda s: s.mention):
            units[slip.engagement].append(slip)
        day = past.as_of.astimezone(UTC).date()
        known = sum(fact.known <= day for track in tracks().values() for fact in track.facts)
        keys: dict[str, Unit] = {}
        for one, own in units.items():
            judged = tuple(sorted(j for s in own for j in said.get(s.mention, ())))
            before = {stands[s.follows] for s in own if s.follows in stands}
            taken_up = tuple(sorted(old.mention for b in before for old in earlier[b]))
            keys[one] = Unit(known, day if judged else None, tuple(own), taken_up, judged)
        return keys
