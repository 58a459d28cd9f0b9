"""What is new between two diaries of one ledger?

Every difference in status, date or place of an engagement is one change, and nothing else is:
so the changes from A to B and those from B to C together explain C. An engagement is followed
by its mentions, since its id is that of its earliest one and goes over to another when
engagements merge.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from summitry.desk._live import LADDER, country
from summitry.gazetteer import fold
from summitry.model import (
    Attested,
    Change,
    Claim,
    Diary,
    Engagement,
    Place,
    Slot,
    Status,
    Turn,
    When,
)

__all__ = ["changes"]

_ENDS = {
    Status.HELD: Turn.HELD,
    Status.POSTPONED: Turn.POSTPONED,
    Status.CANCELLED: Turn.CANCELLED,
    Status.DENIED: Turn.DENIED,
}


def changes(before: Diary, after: Diary) -> tuple[Change, ...]:
    """What turned between two instants, in the newer diary's order; what is gone comes last.

    A date that was narrowed down, or a city named for a country, is *firmer* in that slot; one
    that became vaguer is *weakened*. *Unresolved* needs no new report: its day passed in
    silence. *Gone* is what was merged into another (``kin``) or withdrawn.
    """
    pairs, kin = _followed(before, after)
    former = {b.id: a for a, b in pairs}
    found: list[Change] = []
    for b in after:
        a = former.get(b.id)
        if a is None:
            found.append(_came(b, kin[b.id]))
        else:
            found += _turns(a, b)
    kept = {a.id for a, _ in pairs}
    for a in before:
        if a.id not in kept:
            found.append(
                Change(turn=Turn.GONE, before=a, after=None, slot=None, kin=tuple(kin[a.id]))
            )
    return tuple(found)


def _followed(
    before: Diary, after: Diary
) -> tuple[list[tuple[Engagement, Engagement]], dict[str, list[str]]]:
    """Each engagement with what it is now, one to one; and for each id those it shares with.

    Those that share most mentions belong together, the same id before all. A report whose
    text was changed speaks by new mentions: where none is left, its reports are asked.
    """
    shared: dict[tuple[str, str], int] = defaultdict(int)
    by_mention = {m: b for b in after for _, _, m in b.mentions}
    by_report = {(r, b.states): b for b in after for _, r, _ in b.mentions}
    ours, theirs = {a.id: a for a in before}, {b.id: b for b in after}
    for a in before:
        found = [by_mention[m] for _, _, m in a.mentions if m in by_mention]
        again = [by_report[r, a.states] for _, r, _ in a.mentions if (r, a.states) in by_report]
        for b in found or again:
            shared[a.id, b.id] += 1
    kin: dict[str, list[str]] = defaultdict(list)
    pairs, taken = [], set()
    for x, y in sorted(shared, key=lambda k: (k[0] != k[1], -shared[k], k)):
        if ("before", x) in taken or ("after", y) in taken:
            kin[x].append(y)
            kin[y].append(x)
            continue
        taken |= {("before", x), ("after", y)}
        pairs.append((ours[x], theirs[y]))
    return pairs, kin


def _came(b: Engagement, kin: Sequence[str]) -> Change:
    return Change(
        turn=Turn.NEW, before=None, after=b, slot=None, by=b.status.by[:1], kin=tuple(kin)
    )


def _turns(a: Engagement, b: Engagement) -> Iterator[Change]:
    """The changes of one engagement."""
    if a.status.value is not b.status.value:
        turn = _step(a.status.value, b.status.value)
        yield _changed(turn, a, b, Slot.STATUS, _behind(b.status, a.status))
    if b.unresolved and not a.unresolved:
        yield _changed(Turn.UNRESOLVED, a, b, Slot.STATUS, b.status.by[:1])
    moved = _moved(a.when.value if a.when else None, b.when.value if b.when else None)
    for turn in moved:
        yield _changed(turn, a, b, Slot.WHEN, _behind(b.when, a.when))
    went = _went(a.place.value if a.place else None, b.place.value if b.place else None)
    for turn in went:
        yield _changed(turn, a, b, Slot.PLACE, _behind(b.place, a.place))


def _changed(
    turn: Turn, a: Engagement, b: Engagement, slot: Slot, by: tuple[Claim, ...]
) -> Change:
    return Change(turn=turn, before=a, after=b, slot=slot, by=by)


def _step(old: Status, new: Status) -> Turn:
    """The name of a step from one status to another."""
    if new in _ENDS:
        return _ENDS[new]
    if old is Status.HELD:
        return Turn.WEAKENED  # what was said to be over is still to come
    if old in _ENDS:
        return Turn.REVIVED
    return Turn.FIRMER if LADDER.index(new) > LADDER.index(old) else Turn.WEAKENED


def _moved(old: When | None, new: When | None) -> tuple[Turn, ...]:
    """How a date changed; empty when it did not."""
    if old is None or new is None:
        return () if old is new else (Turn.FIRMER if new else Turn.WEAKENED,)
    if (old.start, old.end) == (new.start, new.end):
        return ()
    if _inside(new, old):
        return (Turn.FIRMER,)
    return (Turn.WEAKENED,) if _inside(old, new) else (Turn.MOVED,)


def _inside(a: When, b: When) -> bool:
    """Whether all days of a are days of b."""
    return (b.start is None or (a.start is not None and a.start >= b.start)) and (
        b.end is None or (a.end is not None and a.end <= b.end)
    )


def _went(old: Place | None, new: Place | None) -> tuple[Turn, ...]:
    """How a place changed; empty when it did not."""
    if old is None or new is None:
        return () if old is new else (Turn.FIRMER if new else Turn.WEAKENED,)
    if old.state == new.state:
        if fold(old.name) == fold(new.name) or (country(old) and country(new)):
            return ()
        if country(old) or country(new):
            return (Turn.FIRMER if country(old) else Turn.WEAKENED,)
    return (Turn.RELOCATED,)


def _behind(new: Attested[Any] | None, old: Attested[Any] | None) -> tuple[Claim, ...]:
    """The claim behind a new value: one that says just this, if possible one not heard before."""
    if new is None:
        return ()
    heard = set(old.by) | set(old.against) if old else set()
    exact = [c for c in new.by if c.value == new.value] or list(new.by)
    return tuple([c for c in exact if c not in heard] or exact)[:1]
