"""Keeps a ledger's index of engagements up to date, and reads pages of the diary from it.

The rooms do not know each other: the ledger keeps slips, resolve decides where a mention
belongs; here one is made from the other. What the index says is what ``resolve`` over all
readings would say (a property test holds the two together), at the cost of the neighbourhood.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from summitry.ledger import Ledger, Slip, Stretch
from summitry.model import Engagement, Entry, Judgement, Reading, Recorded, Verdict, Withdrawal
from summitry.resolve import (
    RESOLVER,
    Face,
    Placement,
    Reach,
    as_read,
    keys_of,
    read_face,
    recalled,
    replaced,
    written_face,
)

__all__ = ["live", "made", "on_page", "reindex", "standing"]

_STRIDE = 20_000
"""Entries taken at a time: what a rebuilding holds in memory."""


def live(ledger: Ledger, as_of: datetime, until: date) -> tuple[Engagement, ...]:
    """The engagements, as of an instant, that are not over by a day; and some that are.

    Args:
        ledger: Its index has to be up to date, and the instant steady.
        as_of: The instant, inclusive.
        until: The day.
    """
    judgements = standing(ledger)
    slips = list(on_page(ledger, as_of, until, judgements))

    def readings_of(reports: Iterable[str]) -> Iterator[Reading]:
        for entry in _entries(ledger.readings_of(reports, as_of=as_of)):
            if isinstance(entry, Reading):
                yield entry

    return made(ledger, as_of, slips, judgements, readings_of)


def on_page(
    ledger: Ledger, as_of: datetime, until: date, judgements: Iterable[Judgement]
) -> Iterator[Slip]:
    """The slips of the engagements that ``live`` gives, as of the instant."""
    settled = {m for j in judgements if j.verdict is Verdict.FIELD for m in j.mentions}
    return ledger.index.page(as_of, until, sorted(settled))


def made(
    ledger: Ledger,
    as_of: datetime,
    slips: Sequence[Slip],
    judgements: Sequence[Judgement],
    readings_of: Callable[[Iterable[str]], Iterable[Reading]],
) -> tuple[Engagement, ...]:
    """The engagements of slips, in the diary's order.

    Args:
        ledger: Its index has to be up to date, and the instant steady.
        as_of: The instant, inclusive.
        slips: All that counted then of the engagements asked for, and no others.
        judgements: As ``standing`` gives them.
        readings_of: Gives the readings that counted then, by the ids of their reports.
    """
    before = sorted({slip.follows for slip in slips if slip.follows})
    past = [slip for slip in ledger.index.near((), before) if slip.at <= as_of]
    wanted = {slip.mention for slip in slips}
    reports = dict.fromkeys(slip.report for slip in slips)
    readings = [
        replace(reading, mentions=tuple(m for m in reading.mentions if m.id in wanted))
        for reading in readings_of(reports)
    ]
    placed = {slip.mention: _placement(slip) for slip in (*past, *slips)}
    return recalled(placed.values(), readings, judgements, as_of)


def reindex(ledger: Ledger) -> int:
    """Bring the index up to date; returns how many mentions were put somewhere.

    Raises:
        LedgerError: It could not be written.
    """
    total, index = 0, ledger.index
    while True:
        before = index.state()
        covered = before[1] if before[0] == RESOLVER else 0
        entries = list(islice(ledger.since(covered), _STRIDE))
        if not entries:
            return total
        slips, gone = _moved(ledger, [entry for _, entry in entries], before)
        if index.write(slips, gone, before, (RESOLVER, entries[-1][0])):
            total += len(slips)


def _moved(
    ledger: Ledger, entries: Sequence[Entry], state: tuple[str, int]
) -> tuple[list[Slip], list[str]]:
    """The slips that some new entries make or change, and the mentions that are gone."""
    usable = state[0] == RESOLVER
    judgements = standing(ledger)
    reports = _reports(entries)
    kept: dict[str, Slip] = {}
    """Every slip that was looked at, by its mention."""
    if usable:
        if any(isinstance(entry, Judgement) for entry in entries):
            # Of whichever the editor spoke: a word taken back names only the word.
            named = {m for j in judgements for m in j.mentions}
            near = ledger.index.near((), sorted(named))
            reports |= {slip.report for slip in near if slip.mention in named}
        kept = {slip.mention: slip for slip in ledger.index.of_reports(sorted(reports))}
    old = [_placement(slip) for slip in kept.values()]
    lost = set(kept)
    withdrawn = {w.report for w in _entries(ledger.withdrawals()) if isinstance(w, Withdrawal)}
    came, counts = _counting(ledger, sorted(reports - withdrawn))

    def stored(reaches: Iterable[Reach], mentions: Iterable[str]) -> Iterator[Placement]:
        if not usable:
            return
        stretches = [Stretch(r.key, r.start, r.end, r.since) for r in reaches]
        for slip in ledger.index.near(stretches, mentions):
            if slip.mention not in lost:
                kept[slip.mention] = slip
                yield _placement(slip)

    placed = replaced(came, old, judgements, stored)
    slips = [_slip(p, counts.get(p.face.id) or kept[p.face.id].at) for p in placed]
    return slips, sorted(lost - {slip.mention for slip in slips})


def _reports(entries: Iterable[Entry]) -> set[str]:
    """The reports of which some entries say something new."""
    out = set()
    for entry in entries:
        match entry:
            case Reading():
                out.add(entry.report.id)
            case Withdrawal():
                out.add(entry.report)
            case Judgement():
                pass
    return out


def standing(ledger: Ledger) -> list[Judgement]:
    """What editors decided, about the mentions as they are read today."""
    said = [j for j in _entries(ledger.judgements()) if isinstance(j, Judgement)]
    reports = sorted({anchor.report for j in said for anchor in j.anchors})
    found = [r for r in _entries(ledger.readings_of(reports)) if isinstance(r, Reading)]
    return list(as_read(said, found))


def _counting(ledger: Ledger, reports: Sequence[str]) -> tuple[list[Reading], dict[str, datetime]]:
    """The readings that count for some reports, and from when on each mention counts."""
    came: list[Reading] = []
    counts: dict[str, datetime] = {}
    for record in ledger.readings_of(reports):
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
    face: Face = read_face(slip.face)
    return Placement(face, slip.into, slip.joins, slip.follows, slip.engagement)


def _entries(records: Iterable[Recorded]) -> Iterator[Entry]:
    return (record.entry for record in records)
