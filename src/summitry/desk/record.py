"""How often did what a source floated or announced come true, and how early was it?

For each outlet, and for each class of the people it quoted, the plans that it reported while
they still lay ahead are looked up in the diary of a later day. A plan counts once for each
source, by the first report. It came true when it was held; it failed when it was cancelled,
denied or put off without being held; plans of whose outcome nobody spoke are counted apart and
judged neither way.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from summitry.desk._wilson import rate
from summitry.model import (
    Diary,
    Engagement,
    Mention,
    Polarity,
    Reading,
    Slot,
    SourceClass,
    Status,
    TrackRecord,
)

__all__ = ["letter", "track_records"]

_PLANS = frozenset({Status.FLOATED, Status.IN_PREPARATION, Status.ANNOUNCED, Status.CONFIRMED})
_FAILED = frozenset({Status.CANCELLED, Status.DENIED, Status.POSTPONED})
_LETTERS = ((0.85, "A"), (0.70, "B"), (0.50, "C"), (0.25, "D"), (0.0, "E"))
"""Least lower ends of the interval for the letters of reliability of the Admiralty code
(NATO AJP-2.1: A completely, B usually, C fairly, D not usually, E un-reliable, F cannot be
judged). The code names no figures; these are ours. The lower end and not the share is asked, so
that a letter has to be earned by number."""
_LEAST = 10
"""Plans with known outcome below which nobody is judged: with 9 of 9 the interval still
reaches down to 0.70."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A plan as one source first reported it."""

    at: datetime
    outcome: Status | None
    lead: int | None


def track_records(full: Diary, readings: Iterable[Reading]) -> tuple[TrackRecord, ...]:
    """The track record of each outlet and each class of sources.

    Args:
        full: The diary of the day of judging; what it knows of the outcome counts.
        readings: Those it was made from.

    Returns:
        Outlets before classes, each by the number of plans with known outcome, then by name.
    """
    reported = {m.id: (m, r) for r in readings for m in r.mentions}
    firsts: dict[tuple[str, str], dict[str, _Told]] = defaultdict(dict)
    for engagement in full:
        if engagement.background or not _over(engagement, full.as_of):
            continue
        for _, _, key in engagement.mentions:
            mention, reading = reported.get(key, (None, None))
            if mention is None or reading is None or reading.report.published is None:
                continue
            at = reading.report.published
            if not _ahead(mention, engagement, at.date()):
                continue
            told = _Told(at, _outcome(engagement), _lead(engagement, at.date()))
            for source in _sources(mention, reading.report.outlet):
                known = firsts[source].get(engagement.id)
                if known is None or at < known.at:
                    firsts[source][engagement.id] = told
    tracks = [_track(*source, list(plans.values())) for source, plans in firsts.items()]
    return tuple(sorted(tracks, key=lambda t: (t.sort != "outlet", -t.n, t.source)))


def letter(held: int, n: int) -> str:
    """The letter of reliability for so many plans that came true out of n.

    >>> letter(9, 9), letter(40, 41), letter(20, 40)
    ('F', 'A', 'D')
    """
    if n < _LEAST:
        return "F"
    low = rate(held, n).low
    return next(name for least, name in _LETTERS if low >= least)


def _over(engagement: Engagement, now: datetime) -> bool:
    """Whether its outcome is known, or could be."""
    when = engagement.when.value if engagement.when else None
    if engagement.status.value in _FAILED | {Status.HELD}:
        return True
    if when is None or when.end is None:
        return engagement.last is not None and (now - engagement.last).days > 180
    return when.end <= now.date()


def _ahead(mention: Mention, engagement: Engagement, day: date) -> bool:
    """Whether the report spoke of it as something to come, before it could be over."""
    when = engagement.when.value if engagement.when else None
    early = when is None or when.start is None or day <= when.start
    return not mention.background and mention.status in _PLANS and early


def _outcome(engagement: Engagement) -> Status | None:
    """What came of it; None where nobody said."""
    status = engagement.status.value
    return status if status in _FAILED | {Status.HELD} else None


def _lead(engagement: Engagement, day: date) -> int | None:
    """Days from a report to the first day, where that is known exactly."""
    when = engagement.when.value if engagement.when else None
    if when is None or when.start is None or not 0 < when.days <= 10:
        return None
    return (when.start - day).days


def _sources(mention: Mention, outlet: str) -> set[tuple[str, str]]:
    """The outlet, and the classes of those whose word the plan was."""
    said = [
        c.source.source_class.value
        for c in mention.claims
        if c.slot is Slot.STATUS and c.value in _PLANS and c.polarity is Polarity.POSITIVE
    ]
    classes = {("class", name) for name in said} or {("class", SourceClass.OUTLET.value)}
    return classes | ({("outlet", outlet)} if outlet else set())


def _track(sort: str, source: str, plans: list[_Told]) -> TrackRecord:
    held = [p for p in plans if p.outcome is Status.HELD]
    failed = sum(1 for p in plans if p.outcome in _FAILED)
    n = len(held) + failed
    share = rate(len(held), n)
    low, high = share.low, share.high
    leads = [p.lead for p in held if p.lead is not None]
    return TrackRecord(
        source=source,
        sort=sort,
        held=len(held),
        failed=failed,
        silent=len(plans) - n,
        low=low,
        high=high,
        days=float(median(leads)) if leads else None,
        letter=letter(len(held), n),
    )
