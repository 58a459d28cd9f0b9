"""How have these parties dealt with one another so far?

Counted is what the diary holds: reports that were read, and what they recall. So every number
comes with its cases, and a meeting that nobody reported never was one here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import pairwise
from statistics import median

from summitry.desk._live import LADDER, live, where
from summitry.desk._who import same, speaks_for
from summitry.desk._wilson import rate
from summitry.model import (
    Claim,
    Diary,
    Engagement,
    History,
    Kind,
    Party,
    Polarity,
    Reading,
    Slot,
    SourceClass,
    Spell,
    Status,
)

__all__ = ["history"]

_FIRM = frozenset({Status.ANNOUNCED, Status.CONFIRMED})
_FAILED = frozenset({Status.POSTPONED, Status.CANCELLED, Status.DENIED})
_OFFICIAL = frozenset({SourceClass.OFFICIAL_NAMED, SourceClass.SPOKESPERSON})
_VAGUE = 31
"""Days up to which an interval dates a meeting well enough to count the days to the next."""
_TRIP = timedelta(days=3)
"""Meetings that begin no further apart are one occasion: a trip and the talks on it."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A status claim with the day on which it was said."""

    day: date
    claim: Claim
    status: Status
    side: str


def history(diary: Diary, who: Sequence[Party], readings: Mapping[str, Reading]) -> History:
    """What the diary holds of the engagements in which all of them take part.

    Args:
        diary: As of the day of the question.
        who: States or persons.
        readings: The reading of each mention, by the mention's id; where one is missing its
            words are left out of who said what first.
    """
    ours = [e for e in diary if all(_in(e, p) for p in who)]
    today = diary.as_of.astimezone(UTC).date()
    held = [e for e in ours if e.status.value is Status.HELD]
    meetings = [e for e in held if e.kind.value is not Kind.CALL]
    told = [(e, _words(e, readings)) for e in ours if not e.background]
    firsts = [(e, words, _first_official(words)) for e, words in told]
    outcomes = [(e, e.status.value is Status.HELD) for e, words in told if _resolved(e, words)]
    lands = Counter(land for e in meetings if (land := where(e)))
    own = {p.state for p in who}
    alone = [f for _, words, f in firsts if f and f.side in own and _alone(f, words)]
    sides = Counter(f.side for f in alone)
    kinds = dict.fromkeys(e.kind.value for e, _ in outcomes)
    return History(
        who=tuple(who),
        held=tuple(sorted(held, key=_newest)),
        ahead=tuple(e for e in ours if live(e, today)),
        cadence=_cadence(meetings),
        calls=_cadence([e for e in held if e.kind.value is Kind.CALL]),
        hosts=_ranked(lands),
        confirms_first=_ranked(sides),
        to_confirm=_spell([(f.day - words[0].day).days for _, words, f in firsts if f]),
        to_event=_spell([d for e, _, f in firsts if f for d in _ahead_of(e, f)]),
        came_true=rate(sum(yes for _, yes in outcomes), len(outcomes)),
        by_kind=tuple(
            (kind, rate(sum(mine), len(mine)))
            for kind in kinds
            if (mine := [yes for e, yes in outcomes if e.kind.value is kind])
        ),
        silent=sum(e.unresolved for e, _ in told),
    )


def _in(e: Engagement, who: Party) -> bool:
    """Whether a party takes part: the state, or the very person."""
    if who.name:
        return any(same(who, p.value) for p in e.parties)
    return who.state in e.states


def _newest(e: Engagement) -> tuple[int, str]:
    """Sort key: the latest day first, then what has no date by its first report."""
    day = e.when.value.start if e.when else None
    told = e.first.astimezone(UTC).date() if e.first else date.min
    return (-(day or told).toordinal(), e.id)


def _words(e: Engagement, readings: Mapping[str, Reading]) -> list[_Word]:
    """The status claims of an engagement, in the order in which they were said."""
    return sorted(_said(e, readings), key=lambda w: (w.day, w.claim.id))


def _said(e: Engagement, readings: Mapping[str, Reading]) -> Iterator[_Word]:
    for _, _, ident in e.mentions:
        reading = readings.get(ident)
        if reading is None or reading.report.published is None:
            continue
        published = reading.report.published.date()
        for mention in reading.mentions:
            if mention.id != ident or mention.background:
                continue
            for claim in mention.claims:
                yes = claim.slot is Slot.STATUS and claim.polarity is Polarity.POSITIVE
                if yes and isinstance(claim.value, Status):
                    side = speaks_for(claim.source, mention.parties)
                    day = min(claim.said_on or published, published)
                    yield _Word(day, claim, claim.value, side)


def _first_official(words: Sequence[_Word]) -> _Word | None:
    """The first word of a side on record that it will be; None when no side has spoken."""
    firm = (w for w in words if w.status in _FIRM and w.side)
    return next((w for w in firm if w.claim.source.source_class in _OFFICIAL), None)


def _ahead_of(e: Engagement, first: _Word) -> Iterator[int]:
    """Days from a word to the day of what was held; nothing where that day is not known."""
    when = e.when.value if e.when and e.status.value is Status.HELD else None
    if when and when.start and 0 < when.days <= _TRIP.days and when.start >= first.day:
        yield (when.start - first.day).days


def _alone(first: _Word, words: Sequence[_Word]) -> bool:
    """Whether no other side said so on the same day."""
    return not any(
        w.day == first.day and w.side not in ("", first.side) and w.status in _FIRM
        for w in words
        if w.claim.source.source_class in _OFFICIAL
    )


def _resolved(e: Engagement, words: Sequence[_Word]) -> bool:
    """Whether it was a plan once, and what became of it is known.

    A meeting that was only reported when it was over has never been a plan.
    """
    if e.status.value in _FAILED:
        return e.status.value is not Status.DENIED or any(w.status in LADDER for w in words)
    if e.status.value is not Status.HELD:
        return False
    start = e.when.value.start if e.when else None
    done = min((w.day for w in words if w.status is Status.HELD), default=date.max)
    begun = min(start or date.max, done)
    return any(w.status in LADDER and w.day < begun for w in words)


def _cadence(held: Sequence[Engagement]) -> tuple[Spell, ...]:
    """Median days between two occasions; empty with fewer than two."""
    days = sorted(
        e.when.value.start
        for e in held
        if e.when and e.when.value.start and 0 < e.when.value.days <= _VAGUE
    )
    occasions = [d for n, d in enumerate(days) if n == 0 or d - days[n - 1] > _TRIP]
    return _spell([(b - a).days for a, b in pairwise(occasions)])


def _spell(days: Sequence[int]) -> tuple[Spell, ...]:
    return (Spell(float(median(days)), len(days)),) if days else ()


def _ranked(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
