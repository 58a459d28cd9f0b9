"""How likely is it to take place within its window?

A logistic regression with few coefficients, each shrunk towards nothing, learned from plans
whose outcome is known (``experience``). It sees what the diary knew on the day and nothing
else. The window is the engagement's own interval. A plan without a date or with an open one has
none, nor has one that is put off: the date it carries is the old one. For these the question is
whether it takes place within 90 days, which is how far most plans of the news reach.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from math import exp, log2, sqrt

from summitry.experience import Experience
from summitry.model import (
    Chance,
    Engagement,
    Kind,
    Modality,
    Precision,
    SourceClass,
    Status,
    When,
)

__all__ = ["EVIDENCE", "HORIZON", "chance", "evidence", "window"]

EVIDENCE = (
    *("always", "dated", "day", "rough", "ahead"),
    *("floated", "in_preparation", "confirmed", "postponed"),
    *("hedged", "setback", "unnamed", "sides", "sources"),
    *("gathering", "round", "placed"),
)
"""The names of all that counts, as ``evidence`` gives it."""

HORIZON = timedelta(days=90)
"""How far ahead a plan without a window is asked about."""
_OPEN = frozenset(
    {
        Status.FLOATED,
        Status.IN_PREPARATION,
        Status.ANNOUNCED,
        Status.CONFIRMED,
        Status.POSTPONED,
    }
)
"""Statuses whose outcome is open."""
_SETBACKS = frozenset({Status.POSTPONED, Status.CANCELLED, Status.DENIED})
_SIDES = frozenset({Status.ANNOUNCED, Status.CONFIRMED})
_GATHERINGS = frozenset({Kind.SUMMIT, Kind.MULTILATERAL})
_ROUGH = frozenset({Precision.QUARTER, Precision.SEASON, Precision.YEAR, Precision.OPEN})
_UNNAMED = frozenset(
    {SourceClass.OFFICIAL_UNNAMED, SourceClass.DIPLOMATIC_SOURCE, SourceClass.ANALYST}
)
_FEW = 30
"""Past plans of a sort below which a number is said to rest on few. With 30 a share of one half
is known to within 0.17 (Wilson's 95 % interval)."""
_SURE = 0.99
"""The end of the scale in ICD 203."""
_REACH = 1.645
"""Standard deviations to either side of a 90 % interval."""


def chance(engagement: Engagement, today: date, past: Experience) -> Chance | None:
    """The chance of an engagement as the diary knew it on a day.

    Returns:
        None where nothing is open: what is only recalled, held, cancelled or denied, or whose
        window is over.
    """
    if engagement.background or engagement.status.value not in _OPEN:
        return None
    start_end = window(engagement, today)
    if start_end is None:
        return None
    values = evidence(engagement, today)
    row = [values.get(name, 0.0) for name in past.features]
    middle = sum(x * m for x, m in zip(row, past.mean, strict=True))
    spread = _REACH * sqrt(
        sum(
            x * y * c
            for x, line in zip(row, past.covariance, strict=True)
            for y, c in zip(row, line, strict=True)
        )
    )
    p = _share(middle)
    sort = f"{engagement.status.value.value} {'dated' if values['dated'] else 'undated'}"
    cell = past.cells.get(sort)
    n, held = (cell.n, cell.held) if cell else (0, 0)
    return Chance(
        p=p,
        low=min(p, _share(middle - spread)),
        high=max(p, _share(middle + spread)),
        n=n,
        basis=_basis(sort, n, held, start_end[1], past.source),
    )


def window(engagement: Engagement, today: date) -> tuple[date, date] | None:
    """The days [start, end) in which it would have to take place; None when they are over."""
    own = _own(engagement)
    if own is None or own.end is None:
        return (today, today + HORIZON)
    return (max(today, own.start or today), own.end) if own.end > today else None


def evidence(engagement: Engagement, today: date) -> Mapping[str, float]:
    """What counts for or against it, by the name of its coefficient.

    ``dated`` is 1 with an own window; ``ahead`` is the base-2 logarithm of one plus the days to
    the end of that window; ``sources`` that of the number of independent sources; ``sides``
    counts the sides that announced or confirmed officially, two at most. The others are 0 or 1.
    """
    when = _own(engagement)
    status = engagement.status.value
    days = window(engagement, today)
    own = when is not None and when.end is not None and when.end > today
    said = {c.value for c in (*engagement.status.by, *engagement.status.against)}
    sides = sum(1 for word in engagement.official if word.word in _SIDES)
    voices = {c.source.source_class for c in engagement.status.by}
    kind = engagement.kind.value
    ahead = (days[1] - today).days if own and days else 0
    flags = {
        "always": True,
        "dated": own,
        "day": own and when is not None and when.precision is Precision.DAY,
        "rough": own and when is not None and when.precision in _ROUGH,
        "floated": status is Status.FLOATED,
        "in_preparation": status is Status.IN_PREPARATION,
        "confirmed": status is Status.CONFIRMED,
        "postponed": status is Status.POSTPONED,
        "hedged": engagement.modality in (Modality.POSSIBLE, Modality.UNKNOWN),
        "setback": bool(said & _SETBACKS) or bool(engagement.contradictions),
        "unnamed": bool(voices) and voices <= _UNNAMED,
        "gathering": kind in _GATHERINGS,
        "round": kind is Kind.NEGOTIATION_ROUND,
        "placed": engagement.place is not None,
    }
    return {
        **{name: float(flag) for name, flag in flags.items()},
        "ahead": log2(1 + ahead),
        "sides": float(min(sides, 2)),
        "sources": log2(engagement.independent_sources),
    }


def _own(engagement: Engagement) -> When | None:
    """Its own interval; none for what is put off, which still carries the old one."""
    if engagement.when is None or engagement.status.value is Status.POSTPONED:
        return None
    return engagement.when.value


def _share(odds: float) -> float:
    """The probability of some log-odds, never beyond the ends of the scale."""
    bounded = max(-30.0, min(30.0, odds))
    return max(1 - _SURE, min(_SURE, 1 / (1 + exp(-bounded))))


def _basis(sort: str, n: int, held: int, end: date, source: str) -> str:
    """What the number rests on, in a sentence."""
    status, _, date_word = sort.replace("_", " ").rpartition(" ")
    known = "with a date" if date_word == "dated" else "without a date"
    past = f"{held} of {n} plans {status} {known} took place" if n else f"no plan {status} {known}"
    few = "; too few to say much" if n < _FEW else ""
    return f"by {end - timedelta(days=1)}; {past} ({source}){few}"
