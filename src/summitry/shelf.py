"""Diaries that were made, kept until their ledger says more: for doors that are asked often.

What stands here is never older than the ledger: every question first asks the number of its
newest entry. A new entry costs the engagements that it concerns, and not the page.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock, Semaphore, local
from typing import Any, NamedTuple, TypeVar

from summitry import desk, pipeline
from summitry.errors import LedgerError, UnknownEngagement
from summitry.gazetteer import tracks
from summitry.indexing import made, on_page, reindex, standing
from summitry.ledger import Ledger, Slip, Stretch
from summitry.model import (
    Claim,
    Clash,
    Diary,
    Doubt,
    Engagement,
    Judgement,
    Reading,
    Report,
    TrackRecord,
    Verdict,
    Withdrawal,
)
from summitry.resolve import doubtful, keys_between, on_day, undone

__all__ = ["Shelf"]

T = TypeVar("T")
_ANSWERS = 512
"""Answers kept: a page of 400 entries takes a few hundred kilobytes beside what it shares."""
_UNITS = 6_000
"""Engagements kept, with all that was claimed of them: some 20 kB each."""
_TURNS = 2
"""Answers made at the same time: more only take the processor from one another."""
_READINGS = 4_000
"""Readings kept: some 15 kB each."""
_FOUND = 300
"""Reports that a search goes through, the newest that hold its words."""
_ID = 16
"""Characters of a whole id; the beginning of one is looked for in the whole diary."""
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


class _Own(local):
    """What each thread knows of itself."""

    making = False
    """Whether it has a turn."""


class Shelf:
    """The answers of one ledger; may be asked from several threads at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._turns = Semaphore(_TURNS)
        self._own = _Own()
        self._answers: OrderedDict[tuple[object, ...], Future[Any]] = OrderedDict()
        self._units: dict[Unit, tuple[Engagement, ...]] = {}
        self._of_report: dict[str, set[Unit]] = defaultdict(set)
        self._readings: dict[str, Reading] = {}
        """By report; each counts at every steady instant from its publication on."""
        self._moments: dict[datetime, datetime] = {}
        """What ``_at`` said since the ledger last changed."""
        self._indexed: tuple[int, dict[datetime, bool]] = (-1, {})
        """What ``_answers_from_index`` said since the ledger last changed."""
        self._newest = self._covered = 0

    def page(self, as_of: datetime, known_at: datetime | None = None) -> Diary:
        """As ``pipeline.page``."""
        found = self._once("page", as_of, known_at, lambda at: self._page(at, known_at))
        return replace(found, as_of=as_of)

    def lately(self, as_of: datetime, known_at: datetime | None, kept: timedelta) -> Diary:
        """All that was not over so long before an instant, and some that was.

        Calendars need it: they keep what they once got until they are told otherwise.
        """
        found = self._once(
            f"lately {kept}", as_of, known_at, lambda at: self._lately(at, known_at, kept)
        )
        return replace(found, as_of=as_of)

    def whole(self, as_of: datetime, known_at: datetime | None = None) -> Diary:
        """As ``pipeline.diary``; takes as long as that when the ledger said more since."""
        found = self._once(
            "whole", as_of, known_at, lambda at: pipeline.diary(self._ledger, at, known_at)
        )
        return replace(found, as_of=as_of)

    def records(
        self, as_of: datetime, known_at: datetime | None = None
    ) -> tuple[TrackRecord, ...]:
        """As ``pipeline.track_records``, for the whole diary."""
        return self._once(
            "records",
            as_of,
            known_at,
            lambda at: pipeline.track_records(self._ledger, self.whole(at, known_at)),
        )

    def clashes(self, as_of: datetime, known_at: datetime | None = None) -> tuple[Clash, ...]:
        """Who is expected in two places at once, of all that is on the page."""
        return self._once(
            "clashes", as_of, known_at, lambda at: desk.clashes(self.page(at, known_at))
        )

    def doubts(self, as_of: datetime) -> tuple[Doubt, ...]:
        """As ``pipeline.doubts``, of all that is on the page."""

        def look(at: datetime) -> tuple[Doubt, ...]:
            page = self.page(at)
            readings = {reading.id: reading for reading in self.readings(page, page).values()}
            return doubtful(page.engagements, readings.values(), standing(self._ledger))

        return self._once("doubts", as_of, None, look)

    def one(self, prefix: str, as_of: datetime, known_at: datetime | None = None) -> Engagement:
        """The engagement whose id, or that of one of whose mentions, begins so.

        Raises:
            UnknownEngagement: There was none then, or there are several.
        """

        def look(at: datetime) -> tuple[Engagement, ...]:
            if known_at is None and len(prefix) == _ID and self._answers_from_index(at):
                return self._near(at, (), [prefix.lower()])
            return self.whole(at, known_at).engagements

        found = self._once(f"one {prefix}", as_of, known_at, look)
        named = pipeline.find(Diary(as_of, known_at, found), prefix)
        if len(named) > 1:
            raise UnknownEngagement(f"{prefix}: {len(named)} begin so")
        return named[0]

    def among(
        self, states: Sequence[str], as_of: datetime, known_at: datetime | None = None
    ) -> Diary:
        """All engagements, past ones too, of which some report names all of some parties."""
        asked = sorted(set(states))

        def look(at: datetime) -> Diary:
            if known_at is None and len(asked) > 1 and self._answers_from_index(at):
                key, long_ago = keys_between(asked[:2])[0], datetime.min.replace(tzinfo=UTC)
                ever = Stretch(key, date.min, date.max, long_ago)
                found = pipeline.bound(self._near(at, [ever], ()), at)
            else:
                found = self.whole(at, known_at)
            return found.involving(*asked)

        return replace(self._once(f"among {asked}", as_of, known_at, look), as_of=as_of)

    def search(
        self, words: Sequence[str], as_of: datetime
    ) -> tuple[tuple[Engagement, tuple[Claim, ...]], ...]:
        """Engagements, past ones too, in whose evidence all words stand, newest report first.

        Args:
            words: At least one, in lower case; a sentence has to hold all of them.
            as_of: The instant.

        Returns:
            Each with the claims whose sentences hold the words, a sentence once.
        """

        def look(at: datetime) -> tuple[tuple[Engagement, tuple[Claim, ...]], ...]:
            reports = list(self._ledger.naming(words, at, _FOUND))
            found: dict[str, list[Claim]] = {}
            readings = self._ledger.readings_of(reports, as_of=at)
            order = {report: number for number, report in enumerate(reports)}
            counting = [r.entry for r in readings if isinstance(r.entry, Reading)]
            for reading in sorted(counting, key=lambda r: order[r.report.id]):
                for told in reading.mentions:
                    said = {c.sentence: c for c in told.claims if _holds(c, words)}
                    if said:
                        found[told.id] = list(said.values())
            if self._answers_from_index(at):
                near = self._near(at, (), list(found))
            else:
                near = self.whole(at).engagements
            home = {mention: e for e in near for _, _, mention in e.mentions}
            hits: dict[str, tuple[Engagement, tuple[Claim, ...]]] = {}
            for mention, claims in found.items():
                if mention in home:
                    e = home[mention]
                    hits[e.id] = (e, (*hits.get(e.id, (e, ()))[1], *claims))
            return tuple(hits.values())

        return self._once(f"search {words}", as_of, None, look)

    def both(
        self, since: datetime, as_of: datetime, known_at: datetime | None = None
    ) -> tuple[Diary, Diary]:
        """The diary at two instants, of what was not over when the earlier page was made."""

        def look(at: datetime) -> tuple[Diary, Diary]:
            if known_at is not None or not (
                self._answers_from_index(at) and self._ledger.steady(since)
            ):
                return self.whole(since, known_at), self.whole(at, known_at)
            judgements = standing(self._ledger)
            day = (since - pipeline.KEPT).date()
            slips = list(on_page(self._ledger, at, day, judgements))
            earlier = [slip for slip in slips if slip.at <= since]
            return (
                pipeline.bound(self._made(since, earlier, judgements), since),
                pipeline.bound(self._made(at, slips, judgements), at),
            )

        return self._once(f"both {since.isoformat()}", as_of, known_at, look)

    def moments(self, engagement: str) -> tuple[datetime, ...]:
        """From when on each report on an engagement counts, the earliest first.

        Args:
            engagement: Its id, or that of a mention.
        """
        with suppress(LedgerError):  # on a medium that can only be read, as far as it goes
            reindex(self._ledger)
        found = self._ledger.index.near((), [engagement.lower()])
        return tuple(sorted({slip.at for slip in found}))

    def reports(self, asked: Diary, engagement: Engagement) -> Mapping[str, Report]:
        """As ``pipeline.reports_of``."""
        found = self.readings(asked, [engagement])
        return {mention: reading.report for mention, reading in found.items()}

    def readings(self, asked: Diary, engagements: Iterable[Engagement]) -> Mapping[str, Reading]:
        """As ``pipeline.readings_of``."""
        if asked.known_at is not None or not self._answers_from_index(asked.as_of):
            return pipeline.readings_of(self._ledger, asked, engagements)
        wanted = dict.fromkeys(report for e in engagements for _, report, _ in e.mentions)
        found = self._read(wanted, asked.as_of)
        return {mention.id: reading for reading in found for mention in reading.mentions}

    def warm(self, as_of: datetime, onward: Callable[[], bool]) -> None:
        """Make what the readers of a day will ask for: the page, and what its sides had before.

        Args:
            as_of: The instant.
            onward: Asked before each further step, which takes some milliseconds.
        """
        for engagement in self.page(as_of):
            if not onward():
                return
            if len(engagement.states) > 1:
                self.among(sorted(engagement.states), as_of)

    def state(self, as_of: datetime) -> tuple[int, datetime]:
        """What the answer to a question about an instant depends on, besides the question."""
        newest = self._ledger.newest()
        with self._lock:
            if newest != self._newest or len(self._moments) > _ANSWERS:
                self._newest = newest
                self._moments.clear()
            known = self._moments.get(as_of)
        if known is None:
            # The earliest instant of the day from which on the public record was the same.
            midnight = datetime.combine(as_of.astimezone(UTC).date(), time(), UTC)
            known = max(midnight, self._ledger.moment(as_of) or midnight)
            with self._lock:
                if newest == self._newest:
                    self._moments[as_of] = known
        return newest, known

    def _once(
        self,
        what: str,
        as_of: datetime,
        known_at: datetime | None,
        make: Callable[[datetime], T],
    ) -> T:
        """The answer kept, or made now; who asks meanwhile waits for the same one."""
        state, at = self.state(as_of)
        key = (what, state, at, known_at)
        with self._lock:
            kept = self._answers.get(key)
            if kept is None:
                mine = self._answers[key] = Future()
                for old in [k for k in self._answers if k[1] != state]:
                    del self._answers[old]  # nobody will ask for that state again
                while len(self._answers) > _ANSWERS:
                    self._answers.popitem(last=False)
            else:
                self._answers.move_to_end(key)
        if kept is not None:
            if self._own.making and not kept.done():
                return make(at)  # waiting with a turn in hand could wait for ever
            answer: T = kept.result()
            return answer
        try:
            answer = self._in_turn(lambda: make(at))
        except BaseException as error:
            with self._lock:
                self._answers.pop(key, None)
            mine.set_exception(error)
            raise
        mine.set_result(answer)
        return answer

    def _in_turn(self, make: Callable[[], T]) -> T:
        """What is made, with few others at the same time: readers of kept answers go first."""
        if self._own.making:
            return make()
        with self._turns:
            self._own.making = True
            try:
                return make()
            finally:
                self._own.making = False

    def _page(self, at: datetime, known_at: datetime | None) -> Diary:
        if known_at is not None or not self._answers_from_index(at):
            return pipeline.ahead(self.whole(at, known_at))
        return pipeline.ahead(self._lately(at, None, pipeline.KEPT))

    def _lately(self, at: datetime, known_at: datetime | None, kept: timedelta) -> Diary:
        if known_at is not None or not self._answers_from_index(at):
            return self.whole(at, known_at)
        judgements = standing(self._ledger)
        slips = list(on_page(self._ledger, at, (at - kept).date(), judgements))
        return pipeline.bound(self._made(at, slips, judgements), at)

    def _near(
        self, at: datetime, stretches: Sequence[Stretch], mentions: Sequence[str]
    ) -> tuple[Engagement, ...]:
        """The engagements within the stretches, and those of the mentions."""
        found = [s for s in self._ledger.index.near(stretches, mentions) if s.at <= at]
        return self._made(at, found, standing(self._ledger))

    def _answers_from_index(self, at: datetime) -> bool:
        """Whether the index can answer for an instant; it is brought up to date first."""
        newest = self._ledger.newest()
        with self._lock:
            if newest == self._indexed[0] and at in self._indexed[1]:
                return self._indexed[1][at]
        answers = self._ledger.steady(at)
        try:
            reindex(self._ledger)
        except LedgerError:  # a medium that can only be read
            answers = False
        self._forget()
        with self._lock:
            if newest != self._indexed[0] or len(self._indexed[1]) > _ANSWERS:
                self._indexed = (newest, {})
            self._indexed[1][at] = answers
        return answers

    def _read(self, reports: Iterable[str], at: datetime) -> list[Reading]:
        """The readings that counted at a steady instant, of which many are kept."""
        covered, asked = self._covered, list(reports)
        with self._lock:
            found = [self._readings[r] for r in asked if r in self._readings]
        kept = {reading.report.id for reading in found}
        new = [
            record.entry
            for record in self._ledger.readings_of([r for r in asked if r not in kept], as_of=at)
            if isinstance(record.entry, Reading)
        ]
        with self._lock:
            if covered == self._covered:  # else they may be of versions that are gone
                if len(self._readings) + len(new) > _READINGS:
                    self._readings.clear()
                self._readings.update((reading.report.id, reading) for reading in new)
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

    def _made(
        self, at: datetime, slips: Sequence[Slip], judgements: Sequence[Judgement]
    ) -> tuple[Engagement, ...]:
        """The engagements of slips, of which only those are made that are not kept."""
        covered = self._covered
        keys = self._keys(at, slips, judgements)
        with self._lock:
            kept = {one: self._units[key] for one, key in keys.items() if key in self._units}
        wanted = [slip for slip in slips if slip.engagement not in kept]
        if wanted:
            new: dict[str, list[Engagement]] = {slip.engagement: [] for slip in wanted}
            home = {slip.mention: slip.engagement for slip in wanted}
            found = made(
                self._ledger, at, wanted, judgements, lambda reports: self._read(reports, at)
            )
            for engagement in found:
                if engagement.id in home:  # and not one that another takes up
                    new[home[engagement.id]].append(engagement)
            fresh = {one: tuple(engagements) for one, engagements in new.items()}
            with self._lock:
                if covered == self._covered:  # else they may be of readings that are gone
                    self._keep({keys[one]: fresh[one] for one in fresh}, wanted, keys)
            kept |= fresh
        today = at.astimezone(UTC).date()
        # What an editor judged was made for this very day.
        dated = (
            e if keys[one].day else on_day(e, today) for one, unit in kept.items() for e in unit
        )
        return pipeline.with_chances(dated, at)

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
            self._of_report[slip.report].add(keys[slip.engagement])

    def _keys(
        self, at: datetime, slips: Sequence[Slip], judgements: Sequence[Judgement]
    ) -> dict[str, Unit]:
        """What each engagement that slips make depends on."""
        taken = sorted({slip.follows for slip in slips if slip.follows})
        past: dict[str, list[Slip]] = defaultdict(list)
        for slip in self._ledger.index.near((), taken):
            if slip.at <= at:
                past[slip.engagement].append(slip)
        stands = {slip.mention: one for one, found in past.items() for slip in found}
        gone = undone(judgements)
        said: dict[str, list[str]] = defaultdict(list)
        for judgement in judgements:
            if judgement.verdict in _SHOWN and judgement.id not in gone:
                for mention in judgement.mentions:
                    said[mention].append(judgement.id)
        units: dict[str, list[Slip]] = defaultdict(list)
        for slip in sorted(slips, key=lambda s: s.mention):
            units[slip.engagement].append(slip)
        day = at.astimezone(UTC).date()
        known = sum(fact.known <= day for track in tracks().values() for fact in track.facts)
        keys: dict[str, Unit] = {}
        for one, own in units.items():
            judged = tuple(sorted(j for s in own for j in said.get(s.mention, ())))
            before = {stands[s.follows] for s in own if s.follows in stands}
            taken_up = tuple(sorted(old.mention for b in before for old in past[b]))
            keys[one] = Unit(known, day if judged else None, tuple(own), taken_up, judged)
        return keys


def _holds(claim: Claim, words: Sequence[str]) -> bool:
    text = claim.sentence.text.casefold()
    return all(word in text for word in words)
