"""Which claims of one engagement cannot both be so?"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from summitry.model import (
    Claim,
    Contradiction,
    Polarity,
    Precision,
    Slot,
    SourceClass,
    Status,
    When,
)
from summitry.resolve._told import OFFICIAL, Told

__all__ = ["contradictions"]

_WINDOW = 14
"""Days within which a denial contradicts an announcement; later it is news."""
_SAME_TIME = 3
"""Days within which two exact dates contradict each other; later one corrects the other."""
_PLANS = frozenset({Status.ANNOUNCED, Status.CONFIRMED})
_SETBACKS = frozenset({Status.POSTPONED, Status.CANCELLED, Status.DENIED})


def contradictions(group: Sequence[Told]) -> tuple[Contradiction, ...]:
    """Claims against claims, the newest pair of each slot and sort of clash.

    A clash of words needs an official on one side; that of dates needs two sources. A mention
    that tells of a postponement names two dates without contradicting itself.
    """
    live = [t for t in group if not t.mention.background] or list(group)
    spoken = [(t.said(c), c) for t in live for c in t.mention.claims]
    out = []
    for pairs in (_words(spoken), _days(live)):
        newest = max(pairs, key=lambda p: (p[0], p[1].id, p[2].id), default=None)
        if newest:
            out.append(Contradiction(newest[1].slot, newest[1], newest[2]))
    return tuple(out)


def _words(spoken: Sequence[tuple[date, Claim]]) -> Iterable[tuple[date, Claim, Claim]]:
    """Announced and denied; put off and "not put off"."""
    status = [(d, c) for d, c in spoken if c.slot is Slot.STATUS and isinstance(c.value, Status)]
    yes = [(d, c) for d, c in status if c.polarity is Polarity.POSITIVE]
    no = [(d, c) for d, c in status if c.polarity is Polarity.NEGATIVE and c.value in _SETBACKS]
    denied = [(d, c) for d, c in yes if c.value is Status.DENIED]
    plans = [(d, c) for d, c in yes if c.value in _PLANS]
    off = [(d, c) for d, c in yes if c.value in _SETBACKS]
    for ours, theirs in ((plans, denied), (off, no)):
        for a_day, a in ours:
            for b_day, b in theirs:
                clash = a.value is b.value or b.value is Status.DENIED
                if clash and abs((a_day - b_day).days) <= _WINDOW and _official(a, b):
                    yield max(a_day, b_day), a, b


def _official(a: Claim, b: Claim) -> bool:
    """Whether one of two different speakers is official."""
    two = a.source.name != b.source.name
    return two and bool({a.source.source_class, b.source.source_class} & OFFICIAL)


def _days(live: Sequence[Told]) -> Iterable[tuple[date, Claim, Claim]]:
    """Two exact dates from two sources at one time."""
    dated = [
        (t.said(c), t.report.outlet, c, c.value)
        for t in live
        if all(c.value is not Status.POSTPONED for c in t.mention.claims)
        for c in t.mention.claims
        if isinstance(c.value, When)
        and c.value.precision is Precision.DAY
        and not c.sentence.headline
    ]
    for (a_day, a_outlet, a, x), (b_day, b_outlet, b, y) in combinations(dated, 2):
        near = abs((a_day - b_day).days) <= _SAME_TIME
        two = (a.source.name, a_outlet) != (b.source.name, b_outlet)
        own = a.source.source_class is b.source.source_class is SourceClass.OUTLET
        if near and two and a.mention != b.mention and not x.overlaps(y) and not own:
            yield max(a_day, b_day), a, b
