"""What is new since a day, for the eye and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from summitry.export._entry import counted, entry_line, folded, quoted, slot_words, told
from summitry.export._json import Json, entry_json, iso, told_json
from summitry.export._turn import change_value
from summitry.export._words import day
from summitry.model import Change, Diary, Report, Turn

__all__ = ["changes_json", "changes_text"]

_PAD = 14


def changes_text(
    since: datetime, after: Diary, changes: Sequence[Change], reports: Mapping[str, Report]
) -> str:
    """The changes under one another, each with the words behind it.

    Args:
        since: The earlier instant.
        after: The newer diary.
        changes: As ``desk.changes`` gives them; what reports only recall is passed over.
        reports: By mention.
    """
    shown = [c for c in changes if not _recalled(c)]
    days = f"from {day(since.date())} to {day(after.as_of.date())}"
    lines = [f"Changes {days} · {counted(len(shown), 'change')}"]
    for change in shown:
        lines += ["", *_lines(change, reports)]
    return "\n".join(lines) + "\n"


def changes_json(
    since: datetime, after: Diary, changes: Sequence[Change], reports: Mapping[str, Report]
) -> dict[str, Json]:
    """All changes, recollections included; arguments as for the text."""
    return {
        "since": iso(since),
        "as_of": iso(after.as_of),
        "known_at": iso(after.known_at),
        "changes": [_change(change, reports) for change in changes],
    }


def _recalled(change: Change) -> bool:
    return change.engagement.background


def _lines(change: Change, reports: Mapping[str, Report]) -> Iterator[str]:
    pad = " " * _PAD
    head = change.turn.value.ljust(_PAD)
    yield from folded(entry_line(change.engagement), pad, head)
    if change.before and change.after and change.slot and change.turn is not Turn.UNRESOLVED:
        old, new = (slot_words(e, change.slot) for e in (change.before, change.after))
        yield f"{pad}{change.slot.value}: {old} → {new}"
    if change.kin:
        word = "now part of" if change.turn is Turn.GONE else "parted from"
        yield f"{pad}{word} {', '.join(change.kin)}"
    elif change.turn is Turn.GONE:
        yield f"{pad}withdrawn, or hidden by an editor"
    for claim in change.by:
        yield from folded(f"{told(claim, reports)}: {quoted(claim)}", pad)


def _change(change: Change, reports: Mapping[str, Report]) -> dict[str, Json]:
    a, b = change.before, change.after
    return {
        "turn": change.turn.value,
        "engagement": entry_json(change.engagement),
        "former_id": a.id if a and b and a.id != b.id else None,
        "slot": change.slot.value if change.slot else None,
        "old": change_value(a, change.slot),
        "new": change_value(b, change.slot),
        "claims": [told_json(claim, reports) for claim in change.by],
        "kin": list(change.kin),
    }
