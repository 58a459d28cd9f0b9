"""What do tracks set by themselves, and what of it is still ahead?

The newest term that was public counts; a round is known from the day on which its date was
public; before that the rhythm of at least three past rounds is shown as expected.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from summitry.gazetteer import Fact, FactSort, Track
from summitry.model import Basis, Deadline, Due, Place, Precision, When

__all__ = ["deadlines", "with_reported"]

_RHYTHM = 3
"""Past rounds from which a rhythm is taken."""
_LATELY = 5
"""Rounds whose months are looked at."""


def deadlines(known: Iterable[Track], today: date) -> tuple[Deadline, ...]:
    """What is ahead of a day as it was known on that day, by first day.

    Args:
        known: The tracks.
        today: The day itself counts as ahead; facts that became public later do not count.
    """
    found = [d for track in known for d in _of(track, today)]
    return tuple(sorted(found, key=lambda d: (d.when.start or date.max, d.track, d.title)))


def with_reported(
    due: Iterable[Deadline],
    said: Iterable[tuple[date, Deadline]],
    known: Iterable[Track],
    today: date,
) -> tuple[Deadline, ...]:
    """Deadlines with those of reports: of each track the newest day that the record lacks.

    A term that became public on the day of a report or later outranks it, and so does the end
    of the track.

    Args:
        due: What is known or expected.
        said: What reports say, with the day of each.
        known: The tracks.
        today: What is past or became public later does not count.
    """
    found = list(due)
    settled = {t.id: _settled(t, today) for t in known}
    newest: dict[str, tuple[date, Deadline]] = {}
    for day, one in said:
        since = settled.get(one.track, date.min)
        ahead = one.when.start is not None and one.when.start >= today
        if ahead and since < day <= today:
            rank = (day, one.when.label, one.report or "")
            before = newest.get(one.track)
            if before is None or rank > (before[0], before[1].when.label, before[1].report or ""):
                newest[one.track] = (day, one)
    there = {(d.track, d.what, d.when.start) for d in found}
    found += [d for _, d in newest.values() if (d.track, d.what, d.when.start) not in there]
    return tuple(sorted(found, key=lambda d: (d.when.start or date.max, d.track, d.title)))


def _settled(track: Track, today: date) -> date:
    """The day from which the newest term on record was public; after the end, for ever."""
    facts = [f for f in track.facts if f.known <= today]
    if any(f.sort is FactSort.END for f in facts):
        return date.max
    return max((f.known for f in facts if f.sort is FactSort.EXPIRY), default=date.min)


def _of(track: Track, today: date) -> Iterator[Deadline]:
    """The deadlines of one track."""
    facts = [f for f in track.facts if f.known <= today]
    if any(f.sort is FactSort.END for f in facts):
        return
    terms = [f for f in facts if f.sort is FactSort.EXPIRY]
    newest = max(terms, key=lambda f: (f.known, f.first), default=None)
    if newest and newest.last >= today:
        yield _deadline(track, newest, Due.EXPIRY)
    for fact in facts:
        if fact.sort is FactSort.REVIEW and fact.last >= today:
            yield _deadline(track, fact, Due.REVIEW)
    rounds = [f for f in facts if f.sort is FactSort.ROUND]
    ahead = [f for f in rounds if f.last >= today]
    for fact in ahead:
        yield _deadline(track, fact, Due.ROUND)
    if not ahead and track.every and len(rounds) >= _RHYTHM:
        yield from _expected(track, rounds, track.every, today)


def _expected(track: Track, rounds: list[Fact], every: int, today: date) -> Iterator[Deadline]:
    """The next round by the months of the last ones.

    A round of which the record knows nothing is passed over once; what has been silent for
    longer has no rhythm any more.
    """
    months = [f.first.month for f in rounds[-_LATELY:]]
    for year in (rounds[-1].first.year + every, rounds[-1].first.year + 2 * every):
        start = date(year, min(months), 1)
        end = (date(year, max(months), 28) + timedelta(days=4)).replace(day=1)
        if end > today:
            break
    else:
        return
    yield Deadline(
        track=track.id,
        what=Due.ROUND,
        title=f"{track.name} of {year}",
        when=When(start, end, Precision.MONTH if len(set(months)) == 1 else Precision.OPEN),
        parties=tuple(sorted(track.all_parties)),
        basis=Basis.EXPECTED,
        source=f"the months of the last {len(months)} rounds",
    )


def _deadline(track: Track, fact: Fact, what: Due) -> Deadline:
    return Deadline(
        track=track.id,
        what=what,
        title=fact.name,
        when=When(fact.first, fact.last + timedelta(days=1), Precision.DAY),
        place=Place(fact.place, fact.state or None) if fact.place else None,
        parties=tuple(sorted(track.all_parties)),
        basis=Basis.KNOWN,
        source=track.source,
    )
