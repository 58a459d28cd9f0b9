"""Keeps a ledger's index of engagements up to date, and reads pages of the diary from it.

The rooms do not know each other: the ledger keeps slips, resolve decides where a mention
belongs; here one is made from the other. What the index says is what ``resolve`` over all
readings would say (a property test holds the two together), at the cost of the neighbourhood.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

from summitry.indexing._remembered import Remembered, entries_of, read_then, reports_in
from summitry.ledger import Ledger, Overlaid, Slip, Slips, Stretch
from summitry.model import Engagement, Entry, Judgement, Reading, Recorded, Verdict, Withdrawal
from summitry.resolve import (
    RESOLVER,
    Face,
    Placement,
    Reach,
    keys_of,
    read_face,
    recalled,
    replaced,
    written_face,
)

__all__ = [
    "Past",
    "Remembered",
    "as_it_stood",
    "live",
    "made",
    "on_page",
    "reindex",
    "standing",
]

_STRIDE = 20_000
"""Entries taken at a time: what a rebuilding holds in memory."""
_OTHERWISE = 500
"""Reports of which an instant knew otherwise, up to which the index is corrected for it. On
29,000 reports a corrected one costs up to twelve milliseconds, resolving all eighteen seconds."""


_FACES = 4_000
"""Faces kept as they were read, some two kilobytes each: neighbours are compared often."""
_GROUPING = frozenset({Verdict.SAME, Verdict.NOT_SAME})
"""Verdicts that change which mentions are one; what is made of them is changed by others."""


@dataclass(frozen=True, slots=True)
class Past:
    """The index as it stood at an instant, by what the book held by another."""

    as_of: datetime
    known_at: datetime | None
    index: Slips
    judgements: tuple[Judgement, ...]
    """As ``standing`` gives them."""
    otherwise: frozenset[str] = frozenset()
    """The reports of which was known otherwise than the book knows today."""


def as_it_stood(
    ledger: Ledger,
    as_of: datetime,
    known_at: datetime | None = None,
    remembered: Remembered | None = None,
) -> Past | None:
    """The index at an instant; None where so much was otherwise that resolving all is quicker.

    Args:
        ledger: Its index has to be up to date.
        as_of: The instant, inclusive.
        known_at: Entries recorded later do not count; None counts all.
        remembered: What was asked of the ledger before.
    """
    book = remembered or Remembered(ledger)
    found, index, now = book.differing(as_of, known_at), ledger.index, book.standing()
    if len(found) > _OTHERWISE:
        return None
    reports = set(found)
    said = standing(ledger, as_of, known_at) if reports or known_at else now
    if {(j.id, j.mentions) for j in said} != {(j.id, j.mentions) for j in now}:
        reports |= _judged(index, [*said, *now])
    if len(reports) > _OTHERWISE:
        return None
    if not reports:
        return Past(as_of, known_at, index, tuple(said))
    kept = {slip.mention: slip for slip in index.of_reports(sorted(reports))}
    gone = ledger.withdrawals(as_of=as_of, known_at=known_at)
    withdrawn = {w.report for w in entries_of(gone) if isinstance(w, Withdrawal)}
    records = list(ledger.readings_of(reports - withdrawn, as_of=as_of, known_at=known_at))
    came, counts = _counting(records)
    # What is undated counts from its first reading on, which was before the instant.
    counts = {mention: min(at, as_of) for mention, at in counts.items()}
    slips, lost = _redone(index, came, counts, kept, said)
    then = Overlaid(index, slips, lost)
    return Past(as_of, known_at, then, tuple(said), frozenset(reports))


def live(
    past: Past, until: date, readings_of: Callable[[Iterable[str]], Iterable[Reading]]
) -> tuple[Engagement, ...]:
    """The engagements, as of an instant, that are not over by a day; and some that are.

    Args:
        past: The index as of the instant.
        until: The day.
        readings_of: Gives the readings that counted then, by the ids of their reports.
    """
    return made(past, list(on_page(past, until)), readings_of)


def on_page(past: Past, until: date, also: Iterable[str] = ()) -> Iterator[Slip]:
    """The slips of the engagements that ``live`` gives, and of those of some more mentions."""
    settled = {m for j in past.judgements if j.verdict is Verdict.FIELD for m in j.mentions}
    return past.index.page(past.as_of, until, sorted(settled.union(also)))


def made(
    past: Past,
    slips: Sequence[Slip],
    readings_of: Callable[[Iterable[str]], Iterable[Reading]],
) -> tuple[Engagement, ...]:
    """The engagements of slips, in the diary's order.

    Args:
        past: The index as of the instant.
        slips: All that counted then of the engagements asked for, and no others.
        readings_of: Gives the readings that counted then, by the ids of their reports.
    """
    before = sorted({slip.follows for slip in slips if slip.follows})
    taken_up = [slip for slip in past.index.near((), before) if slip.at <= past.as_of]
    wanted = {slip.mention for slip in slips}
    reports = dict.fromkeys(slip.report for slip in slips)
    readings = [
        replace(reading, mentions=tuple(m for m in reading.mentions if m.id in wanted))
        for reading in readings_of(reports)
    ]
    placed = {slip.mention: _placement(slip) for slip in (*taken_up, *slips)}
    return recalled(placed.values(), readings, past.judgements, past.as_of)


def reindex(ledger: Ledger, remembered: Remembered | None = None) -> int:
    """Bring the index up to date; returns how many mentions were put somewhere.

    Args:
        ledger: The book.
        remembered: What was asked of it before.

    Raises:
        LedgerError: It could not be written.
    """
    total, index, book = 0, ledger.index, remembered or Remembered(ledger)
    while True:
        before = index.state()
        covered = before[1] if before[0] == RESOLVER else 0
        entries = list(islice(ledger.since(covered), _STRIDE))
        if not entries:
            return total
        slips, gone = _moved(ledger, [entry for _, entry in entries], before, book.standing())
        if index.write(slips, gone, before, (RESOLVER, entries[-1][0])):
            total += len(slips)


def _moved(
    ledger: Ledger,
    entries: Sequence[Entry],
    state: tuple[str, int],
    judgements: Sequence[Judgement],
) -> tuple[list[Slip], list[str]]:
    """The slips that some new entries make or change, and the mentions that are gone."""
    reports = reports_in(entries)
    index: Slips = ledger.index
    if state[0] != RESOLVER:
        index = Overlaid.empty()  # what others wrote is of no use
    else:
        reports |= _judged(index, _concerned(entries, judgements))
    kept = {slip.mention: slip for slip in index.of_reports(sorted(reports))}
    withdrawn = {w.report for w in entries_of(ledger.withdrawals()) if isinstance(w, Withdrawal)}
    came, counts = _counting(ledger.readings_of(sorted(reports - withdrawn)))
    return _redone(index, came, counts, kept, judgements)


def _concerned(entries: Iterable[Entry], judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements by which some new ones can change what is one engagement and what is not.

    Those that join and part, and all others that are about one of the same mentions: a word
    taken back names only the word, and another one may stand again for it.
    """
    new = {entry.id for entry in entries if isinstance(entry, Judgement)}
    undoing = [j for j in judgements if j.verdict is Verdict.UNDO]
    while more := {m for j in undoing if j.id in new for m in j.mentions} - new:
        new |= more
    grouping = [j for j in judgements if j.verdict in _GROUPING]
    concerned = [j for j in grouping if j.id in new]
    mentions = {m for j in concerned for m in j.mentions}
    while (
        more := {m for j in grouping if not mentions.isdisjoint(j.mentions) for m in j.mentions}
        - mentions
    ):
        mentions |= more
    return [j for j in grouping if not mentions.isdisjoint(j.mentions)]


def _redone(
    index: Slips,
    came: Sequence[Reading],
    counts: Mapping[str, datetime],
    lost: Mapping[str, Slip],
    judgements: Iterable[Judgement],
) -> tuple[list[Slip], list[str]]:
    """The slips that change, and the mentions that are gone, when readings come and go.

    Args:
        index: What was decided before.
        came: The readings that come.
        counts: From when on each of their mentions counts.
        lost: The slips of the same reports so far, by their mentions.
        judgements: As ``standing`` gives them.
    """
    kept = dict(lost)
    """Every slip that was looked at, by its mention."""

    def stored(reaches: Iterable[Reach], mentions: Iterable[str]) -> Iterator[Placement]:
        stretches = [Stretch(r.key, r.start, r.end, r.since) for r in reaches]
        for slip in index.near(stretches, mentions):
            if slip.mention not in lost:
                kept[slip.mention] = slip
                yield _placement(slip)

    placed = replaced(came, [_placement(slip) for slip in lost.values()], judgements, stored)
    slips = [_slip(p, counts.get(p.face.id) or kept[p.face.id].at) for p in placed]
    return slips, sorted(lost.keys() - {slip.mention for slip in slips})


def _judged(index: Slips, judgements: Iterable[Judgement]) -> set[str]:
    """The reports of the mentions of which editors spoke."""
    named = {m for j in judgements for m in j.mentions}
    return {s.report for s in index.near((), sorted(named)) if s.mention in named}


def standing(
    ledger: Ledger, as_of: datetime | None = None, known_at: datetime | None = None
) -> tuple[Judgement, ...]:
    """What editors decided, about the mentions as they are read today, or were at an instant."""
    decided = entries_of(ledger.judgements(known_at=known_at))
    said = [j for j in decided if isinstance(j, Judgement)]
    return read_then(ledger, said, as_of, known_at)


def _counting(records: Iterable[Recorded]) -> tuple[list[Reading], dict[str, datetime]]:
    """The readings among some records, and from when on each of their mentions counts."""
    came: list[Reading] = []
    counts: dict[str, datetime] = {}
    for record in records:
        if isinstance(record.entry, Reading):
            came.append(record.entry)
            at = record.entry.report.published or record.recorded
            counts.update((mention.id, at) for mention in record.entry.mentions)
    return came, counts


def _slip(placement: Placement, at: datetime) -> Slip:
    """What the ledger keeps of a decision."""
    face = placement.face
    return Slip(
        mention=face.id,
        report=face.report,
        at=at,
        start=face.window.start,
        end=face.window.end,
        until=face.until,
        keys=keys_of(face),
        into=placement.into,
        joins=placement.joins,
        follows=placement.follows,
        engagement=placement.stands,
        face=written_face(face),
    )


def _placement(slip: Slip) -> Placement:
    """The decision that the ledger keeps."""
    return Placement(_face(slip.face), slip.into, slip.joins, slip.follows, slip.engagement)


@lru_cache(maxsize=_FACES)
def _face(line: str) -> Face:
    return read_face(line)
