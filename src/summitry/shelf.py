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
from threading import Lock
from typing import Any, TypeVar

from summitry import desk, pipeline
from summitry.errors import LedgerError, UnknownEngagement
from summitry.indexing import made, on_page, reindex, standing
from summitry.ledger import Ledger, Slip, Stretch
from summitry.model import (
    Clash,
    Diary,
    Engagement,
    Judgement,
    Reading,
    Report,
    TrackRecord,
    Verdict,
    Withdrawal,
)
from summitry.resolve import keys_between, undone

__all__ = ["Shelf"]

T = TypeVar("T")
_ANSWERS = 64
"""Answers kept: a few megabytes each on a dense stream, most of it shared between them."""
_UNITS = 6_000
"""Engagements kept, with all that was claimed of them: some 20 kB each."""
_ID = 16
"""Characters of a whole id; the beginning of one is looked for in the whole diary."""
_SHOWN = frozenset({Verdict.FIELD, Verdict.APPROVE, Verdict.HIDE})
"""Verdicts that change what is made of mentions, and not which of them are one."""

Unit = tuple[object, ...]


class Shelf:
    """The answers of one ledger; may be asked from several threads at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._answers: OrderedDict[tuple[object, ...], Future[Any]] = OrderedDict()
        self._units: dict[Unit, tuple[Engagement, ...]] = {}
        self._of_report: dict[str, set[Unit]] = defaultdict(set)
        self._covered = 0

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
        """All engagements, past ones too, in which all of some parties take part."""
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
        return pipeline.reports_of(self._ledger, asked, engagement)

    def readings(self, asked: Diary, engagements: Iterable[Engagement]) -> Mapping[str, Reading]:
        """As ``pipeline.readings_of``."""
        return pipeline.readings_of(self._ledger, asked, engagements)

    def state(self, as_of: datetime) -> tuple[int, datetime]:
        """What the answer to a question about an instant depends on, besides the question."""
        return self._ledger.newest(), self._at(as_of)

    def _at(self, as_of: datetime) -> datetime:
        """The earliest instant of the day from which on the public record was the same."""
        utc = as_of.astimezone(UTC)
        midnight = datetime.combine(utc.date(), time(), UTC)
        return max(midnight, self._ledger.moment(as_of) or midnight)

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
            answer: T = kept.result()
            return answer
        try:
            answer = make(at)
        except BaseException as error:
            with self._lock:
                self._answers.pop(key, None)
            mine.set_exception(error)
            raise
        mine.set_result(answer)
        return answer

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
        """Whether the index can answer for an instant, once it is up to date."""
        if not self._ledger.steady(at):
            return False
        try:
            reindex(self._ledger)
        except LedgerError:  # a medium that can only be read
            return False
        self._forget()
        return True

    def _forget(self) -> None:
        """Let go of the engagements of reports of which new entries say something new."""
        with self._lock:
            if not self._units:  # nothing is kept yet that could have to go
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
            found = made(self._ledger, at, wanted, judgements)
            for engagement in pipeline.with_chances(found, at):
                if engagement.id in home:  # and not one that another takes up
                    new[home[engagement.id]].append(engagement)
            fresh = {one: tuple(engagements) for one, engagements in new.items()}
            with self._lock:
                if covered == self._covered:  # else they may be of readings that are gone
                    self._keep({keys[one]: fresh[one] for one in fresh}, wanted, keys)
            kept |= fresh
        return tuple(engagement for unit in kept.values() for engagement in unit)

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
        """By engagement, all that what is made of its slips depends on, but the readings."""
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
        return {
            one: (
                day,
                tuple(own),
                tuple(old.mention for s in own if s.follows for old in past[stands[s.follows]])
                if any(s.follows in stands for s in own)
                else (),
                tuple(sorted(j for s in own for j in said.get(s.mention, ()))),
            )
            for one, own in units.items()
        }
