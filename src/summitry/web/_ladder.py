"""The status of an engagement over time as a picture: who said what, what the diary made of it.

Coordinates for an SVG; the words beside it say the same for who does not see it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from summitry.export import day, plain, said, value_words
from summitry.model import (
    Claim,
    Engagement,
    Polarity,
    Reading,
    Slot,
    SourceClass,
    Status,
    Step,
    Value,
)

__all__ = ["Ladder", "Mark", "Rung", "ladder"]

WIDTH, LEFT, RIGHT, TOP, GAP = 760, 118, 16, 18, 30
RUNGS = (
    Status.HELD,
    Status.CONFIRMED,
    Status.ANNOUNCED,
    Status.IN_PREPARATION,
    Status.FLOATED,
    Status.POSTPONED,
    Status.CANCELLED,
    Status.DENIED,
)
"""From top to bottom: the way up, and below it what takes a plan back."""
_OFFICIAL = frozenset({SourceClass.OFFICIAL_NAMED, SourceClass.SPOKESPERSON})
_MARKS = 160
"""Claims drawn: more lie on one another."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A line of the picture."""

    status: str
    y: int
    off: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim of a status."""

    x: float
    y: int
    status: str
    official: bool
    negative: bool
    against: bool
    words: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The picture of one engagement."""

    width: int
    height: int
    left: int
    rungs: tuple[Rung, ...]
    marks: tuple[Mark, ...]
    path: str
    """The line of the diary's own status, as SVG path data."""
    ticks: tuple[tuple[float, str], ...]
    window: tuple[float, float] | None
    """Where the days lie on which it may take place: x and width."""


def ladder(
    e: Engagement, steps: Sequence[Step], readings: Mapping[str, Reading], as_of: datetime
) -> Ladder:
    """The picture up to an instant.

    Args:
        e: The engagement.
        steps: The statuses that it had.
        readings: The reading of each of its mentions, by the mention's id.
        as_of: The instant.
    """
    refused = {c.id for c in e.status.against}
    told = [(c, c.id in refused) for c in _claims(e, readings)]
    dated = [(at, c, against) for c, against in told if (at := _at(c, readings))]
    times = [at for at, _, _ in dated] + [s.at for s in steps]
    first, last = min(times, default=as_of), max([*times, as_of])
    when = e.when.value if e.when else None
    start, end = (_edge(when.start), _edge(when.end)) if when else (None, None)
    if end and end <= last + timedelta(days=400):
        last = max(last, end)
    span = max((last - first) / timedelta(days=1), 1.0)
    used = [r for r in RUNGS if r in RUNGS[:5] or r in {c.value for c, _ in told}]
    used += [s.status for s in steps if s.status not in used]
    heights = {r: TOP + GAP * n + (8 if r not in RUNGS[:5] else 0) for n, r in enumerate(used)}

    def across(at: datetime) -> float:
        share = (at - first) / timedelta(days=1) / span
        return round(LEFT + 12 + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT - 24), 1)

    window = None
    if start and end and end > first:
        x = across(start)
        window = (x, max(round(across(end) - x, 1), 2.0))
    return Ladder(
        width=WIDTH,
        height=max(heights.values()) + 42,
        left=LEFT,
        rungs=tuple(Rung(value_words(r), heights[r], r not in RUNGS[:5]) for r in used),
        marks=tuple(
            _mark(at, c, against, across(at), heights[_status(c.value)])
            for at, c, against in sorted(dated, key=lambda d: d[0])[-_MARKS:]
        ),
        path=_path([(across(s.at), heights[s.status]) for s in steps], across(max(as_of, first))),
        ticks=_ticks(first, last, across),
        window=window,
    )


def _status(value: Value) -> Status:
    if not isinstance(value, Status):
        raise TypeError("a claim of a status claims none")
    return value


def _claims(e: Engagement, readings: Mapping[str, Reading]) -> Iterator[Claim]:
    """All claims on its status, those too that later ones have overtaken."""
    for _, _, mention in e.mentions:
        reading = readings.get(mention)
        for told in reading.mentions if reading else ():
            if told.id == mention:
                yield from (c for c in told.claims if c.slot is Slot.STATUS)


def _at(claim: Claim, readings: Mapping[str, Reading]) -> datetime | None:
    """When a claim was published; None where its report does not say."""
    reading = readings.get(claim.mention)
    return reading.report.published if reading else None


def _edge(given: date | None) -> datetime | None:
    return datetime.combine(given, time(), UTC) if given else None


def _mark(at: datetime, claim: Claim, against: bool, x: float, y: int) -> Mark:
    negative = claim.polarity is Polarity.NEGATIVE
    words = f"{day(at.date())}: {'not ' if negative else ''}{value_words(claim.value)}"
    return Mark(
        x=x,
        y=y,
        status=str(_status(claim.value).value),
        official=claim.source.source_class in _OFFICIAL,
        negative=negative,
        against=against,
        words=f"{words}, {claim.modality.value}, {plain(said(claim))}",
    )


def _path(points: Sequence[tuple[float, int]], end: float) -> str:
    """Steps: along until the status changes, then up or down."""
    if not points:
        return ""
    (x, y), *rest = points
    parts = [f"M{x} {y}"]
    for to_x, to_y in rest:
        parts.append(f"H{to_x}V{to_y}")
    return "".join([*parts, f"H{max(end, points[-1][0])}"])


def _ticks(
    first: datetime, last: datetime, across: Callable[[datetime], float]
) -> tuple[tuple[float, str], ...]:
    """Up to six days under the picture."""
    days = max((last - first).days, 1)
    step = max(1, -(-days // 5))
    found = [first + timedelta(days=n) for n in range(0, days + 1, step)]
    return tuple((across(at), day(at.date())[4:]) for at in found)
