"""Who is expected in two places at once?

Compared are plans that still stand, dated, and placed in a state; calls take nobody anywhere.
Two in one state never clash: meetings of one trip, or on the sidelines of a summit.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from itertools import combinations

from summitry.desk._live import live, where
from summitry.desk._who import involved, key, leader, same
from summitry.model import Clash, Diary, Engagement, Part, Party, Precision, Squeeze, When

__all__ = ["clashes"]

_ROUGH = 31
"""Days up to which an interval says something of one day: a month, but not a season."""
_TRAVEL = timedelta(days=1)
"""What it takes from one state to another with a day's work done in either."""


def clashes(diary: Diary, of: str = "") -> tuple[Clash, ...]:
    """Pairs of plans that one person can hardly keep both, the surest and soonest first.

    *Clash*: two exact dates share a day. *Possible*: an exact date falls into the interval of
    the other (of at most 31 days). *Tight*: no whole day lies between two exact dates, or one
    trip ends on the day on which the other begins. A state that is named without a person
    stands for its leader; then the clash is one *by office*, and at most possible.

    Args:
        diary: The plans, as of the day of the question.
        of: The id of the engagement of which the clashes are asked; empty for all.
    """
    today = diary.as_of.astimezone(UTC).date()
    plans = [e for e in diary if live(e, today) and where(e) and _closed(e)]
    found = []
    for ours, theirs in _pairs(plans, of):
        named, by_office = _both(ours, theirs)
        squeeze = _squeeze(ours, theirs) if named or by_office else None
        if squeeze is None:
            continue
        kind, start, end, share = squeeze
        if not named and kind is Squeeze.CLASH:
            kind = Squeeze.POSSIBLE
        if not named and kind is Squeeze.TIGHT:
            continue  # a state has more than one traveller
        found.append(
            Clash(
                squeeze=kind,
                who=named or by_office,
                by_office=not named,
                ours=ours,
                theirs=theirs,
                start=start,
                end=end,
                share=share,
            )
        )
    order = list(Squeeze)
    return tuple(
        sorted(
            found,
            key=lambda c: (
                *(order.index(c.squeeze), c.by_office, c.start, -c.share),
                *(c.ours.id, c.theirs.id),
            ),
        )
    )


def _closed(e: Engagement) -> bool:
    when = e.when.value if e.when else None
    return when is not None and when.days > 0 and (_exact(when) or when.days <= _ROUGH)


def _exact(when: When) -> bool:
    return when.precision is Precision.DAY


def _pairs(plans: list[Engagement], of: str) -> Iterator[tuple[Engagement, Engagement]]:
    """Plans that share a party and lie near one another, each pair once, the earlier first."""
    if of:
        own = [(n, e) for n, e in enumerate(plans) if e.id == of]
        for n, e in own:
            for m, other in enumerate(plans):
                if m != n and not e.states.isdisjoint(other.states):
                    yield (e, other) if n < m else (other, e)
        return
    homes: dict[str, list[int]] = defaultdict(list)
    for n, e in enumerate(plans):
        for state in e.states:
            homes[state].append(n)
    seen = set()
    for numbers in homes.values():
        for a, b in combinations(numbers, 2):
            if (a, b) not in seen:
                seen.add((a, b))
                yield plans[a], plans[b]


def _both(ours: Engagement, theirs: Engagement) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Persons named in both; and those named in one whose state alone is named in the other."""
    mine, yours = ([p.value for p in e.parties] for e in (ours, theirs))
    named = tuple(p for p in mine if p.name and any(same(p, q) for q in yours))
    if named:
        return named, ()
    by_office = [
        p
        for a, e in ((mine, theirs), (yours, ours))
        for p in a
        if p.name and p.state and _led(p, e)
    ]
    return (), tuple({key(p): p for p in by_office}.values())


def _led(person: Party, other: Engagement) -> bool:
    """Whether the other names only the state of the person, who leads it on that day."""
    day = _day(other)
    alone = all(p.value.name is None for p in other.parties if p.value.state == person.state)
    if not alone or not involved(Party(None, person.state), other, day):
        return False
    head = leader(person.state or "", day)
    return head is not None and same(head, person)


def _day(e: Engagement) -> date:
    return (e.when.value.start if e.when else None) or date.max


def _lands(e: Engagement) -> frozenset[str]:
    """Where it takes place, and all who host a trip to several states."""
    hosts = {p.value.state for p in e.parties if p.value.part is Part.HOST}
    return frozenset(land for land in (where(e), *hosts) if land)


def _ends(when: When) -> tuple[date, date]:
    return (when.start or date.min, when.end or date.max)


def _squeeze(ours: Engagement, theirs: Engagement) -> tuple[Squeeze, date, date, float] | None:
    """How the days of two plans in two states agree; None when they do, or cannot be compared."""
    if _lands(ours) & _lands(theirs) or ours.when is None or theirs.when is None:
        return None
    if (ours.parent and ours.parent == theirs.parent) or theirs.id in (ours.parent, ours.follows):
        return None
    a, b = sorted((ours.when.value, theirs.when.value), key=_ends)
    if not (a.start and a.end and b.start and b.end):
        return None
    start, end = max(a.start, b.start), min(a.end, b.end)
    common = (end - start).days
    if _exact(a) and _exact(b):
        turning = common == 1 and end == a.end and start == b.start and a.days + b.days > 2
        if common > 0 and not turning:
            return Squeeze.CLASH, start, end, 1.0
        if turning or (common <= 0 and b.start - a.end < _TRAVEL):
            return Squeeze.TIGHT, a.end - _TRAVEL, b.start + _TRAVEL, 1.0
        return None
    if common <= 0 or not (_exact(a) or _exact(b)):
        return None
    loose = b if _exact(a) else a
    return Squeeze.POSSIBLE, start, end, common / loose.days
