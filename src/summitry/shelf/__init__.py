"""Diaries that were made, kept until their ledger says more: for doors that are asked often.

What stands here is older than the ledger by at most the slack that was allowed, and without any
never: every question first asks the number of the newest entry. A new entry costs the engagements
that it concerns, and not the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import monotonic

from summitry import desk, pipeline
from summitry.errors import LedgerError, UnknownEngagement
from summitry.indexing import on_page
from summitry.ledger import Ledger, Stretch
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
)
from summitry.resolve import doubtful, keys_between
from summitry.shelf._kept import Kept
from summitry.shelf._maker import Maker
from summitry.shelf._position import Position
from summitry.shelf._turns import Turns

__all__ = ["TURNS", "Shelf", "Turns"]

_ANSWERS = 512
"""Answers kept: a page of 400 entries takes a few hundred kilobytes beside what it shares."""
TURNS = 2
"""Answers made at the same time."""
_WHOLES = 2
"""Whole diaries kept: of 200,000 claims one takes some hundred megabytes. They are made one at
a time, and whoever wants a page does not wait for their turn."""
_FRESH = timedelta(hours=1)
"""How old a count of what became of plans may be: it takes the whole diary."""
_DEAR = 1.0
"""Seconds that counting must have taken for the count to be kept so long."""
_FOUND = 300
"""Reports that a search goes through, the newest that hold its words."""
_ID = 16
"""Characters of a whole id; the beginning of one is looked for in the whole diary."""


class Shelf:
    """The answers of one ledger; may be asked from several threads at once."""

    def __init__(
        self, ledger: Ledger, slack: timedelta = timedelta(), turns: Turns | None = None
    ) -> None:
        """Keep nothing yet.

        Args:
            ledger: The book.
            slack: How old an answer may be by the clock when there are newer entries; never
                older than one that was heeded.
            turns: Who may make an answer; without it two at a time.
        """
        self._ledger = ledger
        self._position = Position(ledger, slack.total_seconds())
        self._turns = turns or Turns(TURNS)
        self._kept = Kept(ledger, self._position, _ANSWERS, self._turns)
        self._wholes = Kept(ledger, self._position, _WHOLES, Turns(1))
        self._records = Kept(ledger, self._position, _ANSWERS, Turns(1))
        self._maker = Maker(ledger, self._position)
        self._tally: tuple[datetime, tuple[TrackRecord, ...]] | None = None

    def heed(self, number: int) -> None:
        """From now on no answer is of before the entry of that number."""
        self._position.heed(number)

    def page(self, as_of: datetime, known_at: datetime | None = None) -> Diary:
        """As ``pipeline.page``."""
        found = self._kept.once("page", as_of, known_at, lambda at: self._page(at, known_at))
        return replace(found, as_of=as_of)

    def lately(self, as_of: datetime, known_at: datetime | None, kept: timedelta) -> Diary:
        """All that was not over so long before an instant, and some that was.

        Calendars need it: they keep what they once got until they are told otherwise.
        """
        found = self._kept.once(
            f"lately {kept}", as_of, known_at, lambda at: self._lately(at, known_at, kept)
        )
        return replace(found, as_of=as_of)

    def whole(self, as_of: datetime, known_at: datetime | None = None) -> Diary:
        """As ``pipeline.diary``; takes as long as that when the ledger said more since."""
        with self._turns.aside():
            found = self._wholes.once(
                "whole", as_of, known_at, lambda at: pipeline.diary(self._ledger, at, known_at)
            )
        return replace(found, as_of=as_of)

    def records(
        self, as_of: datetime, known_at: datetime | None = None
    ) -> tuple[TrackRecord, ...]:
        """As ``pipeline.track_records``, for the whole diary."""

        def count(at: datetime) -> tuple[TrackRecord, ...]:
            return pipeline.track_records(self._ledger, self.whole(at, known_at))

        with self._turns.aside():
            return self._records.once("records", as_of, known_at, count)

    def tally(self, now: datetime) -> tuple[datetime, tuple[TrackRecord, ...]]:
        """The track records of today, and the instant of which they are: within the last hour.

        Args:
            now: The instant. Where counting is quick, the answer is of the last word on record.
        """
        kept = self._tally
        if kept is not None and timedelta() <= now - kept[0] < _FRESH:
            return kept
        started = monotonic()
        found = self.records(now)
        if monotonic() - started <= _DEAR:
            return self.state(now)[1], found
        self._tally = now, found
        return self._tally

    def clashes(
        self, own: Engagement, as_of: datetime, known_at: datetime | None = None
    ) -> tuple[Clash, ...]:
        """Who of an engagement is expected elsewhere, by what is on the page with it.

        Whether two plans clash is asked of them alone, and only where they share a side.
        """
        return desk.clashes(self.page(as_of, known_at), own.id)

    def standing(self) -> tuple[Judgement, ...]:
        """All that editors entered, about the mentions as they are read today, oldest first."""
        return self._maker.standing()

    def doubts(self, as_of: datetime) -> tuple[Doubt, ...]:
        """As ``pipeline.doubts``, of all that is on the page."""

        def look(at: datetime) -> tuple[Doubt, ...]:
            page = self.page(at)
            readings = {reading.id: reading for reading in self.readings(page, page).values()}
            return doubtful(page.engagements, readings.values(), self.standing())

        return self._kept.once("doubts", as_of, None, look)

    def one(self, prefix: str, as_of: datetime, known_at: datetime | None = None) -> Engagement:
        """The engagement whose id, or that of one of whose mentions, begins so.

        Raises:
            UnknownEngagement: There was none then, or there are several.
        """

        def look(at: datetime) -> tuple[Engagement, ...]:
            past = self._maker.past(at, known_at) if len(prefix) == _ID else None
            if past:
                return self._maker.near(past, (), [prefix.lower()])
            return self.whole(at, known_at).engagements

        found = self._kept.once(f"one {prefix}", as_of, known_at, look)
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
            past = self._maker.past(at, known_at) if len(asked) > 1 else None
            if past:
                key, long_ago = keys_between(asked[:2])[0], datetime.min.replace(tzinfo=UTC)
                ever = Stretch(key, date.min, date.max, long_ago)
                found = pipeline.bound(self._maker.near(past, [ever], ()), at, known_at)
            else:
                found = self.whole(at, known_at)
            return found.involving(*asked)

        return replace(self._kept.once(f"among {asked}", as_of, known_at, look), as_of=as_of)

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
            past = self._maker.past(at)
            near = self._maker.near(past, (), list(found)) if past else self.whole(at).engagements
            home = {mention: e for e in near for _, _, mention in e.mentions}
            hits: dict[str, tuple[Engagement, tuple[Claim, ...]]] = {}
            for mention, claims in found.items():
                if mention in home:
                    e = home[mention]
                    hits[e.id] = (e, (*hits.get(e.id, (e, ()))[1], *claims))
            return tuple(hits.values())

        return self._kept.once(f"search {words}", as_of, None, look)

    def both(
        self, since: datetime, as_of: datetime, known_at: datetime | None = None
    ) -> tuple[Diary, Diary]:
        """The diary at two instants, of what was not over when the earlier page was made."""

        def look(at: datetime) -> tuple[Diary, Diary]:
            now, then = self._maker.past(at, known_at), self._maker.past(since, known_at)
            if now is None or then is None:
                return self.whole(since, known_at), self.whole(at, known_at)
            day = (since - pipeline.KEPT).date()
            slips = list(on_page(now, day))
            if now.otherwise or then.otherwise:
                earlier = list(on_page(then, day, [slip.mention for slip in slips]))
                slips = list(on_page(now, day, [slip.mention for slip in earlier]))
            else:
                earlier = [slip for slip in slips if slip.at <= since]
            return (
                pipeline.bound(self._maker.made(then, earlier), since, known_at),
                pipeline.bound(self._maker.made(now, slips), at, known_at),
            )

        return self._kept.once(f"both {since.isoformat()}", as_of, known_at, look)

    def moments(self, engagement: str) -> tuple[datetime, ...]:
        """From when on each report on an engagement counts, the earliest first.

        Args:
            engagement: Its id, or that of a mention.
        """
        with suppress(LedgerError):  # on a medium that can only be read, as far as it goes
            self._maker.catch_up()
        found = self._ledger.index.near((), [engagement.lower()])
        return tuple(sorted({slip.at for slip in found}))

    def reports(self, asked: Diary, engagement: Engagement) -> Mapping[str, Report]:
        """As ``pipeline.reports_of``."""
        found = self.readings(asked, [engagement])
        return {mention: reading.report for mention, reading in found.items()}

    def readings(self, asked: Diary, engagements: Iterable[Engagement]) -> Mapping[str, Reading]:
        """As ``pipeline.readings_of``."""
        past = self._maker.past(asked.as_of, asked.known_at)
        if past is None:
            return pipeline.readings_of(self._ledger, asked, engagements)
        wanted = dict.fromkeys(report for e in engagements for _, report, _ in e.mentions)
        found = self._maker.read(past, wanted)
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
        return self._kept.state(as_of)

    def _page(self, at: datetime, known_at: datetime | None) -> Diary:
        return pipeline.ahead(self._lately(at, known_at, pipeline.KEPT))

    def _lately(self, at: datetime, known_at: datetime | None, kept: timedelta) -> Diary:
        past = self._maker.past(at, known_at)
        if past is None:
            return self.whole(at, known_at)
        found = self._maker.made(past, list(on_page(past, (at - kept).date())))
        return pipeline.bound(found, at, known_at)


def _holds(claim: Claim, words: Sequence[str]) -> bool:
    text = claim.sentence.text.casefold()
    return all(word in text for word in words)
