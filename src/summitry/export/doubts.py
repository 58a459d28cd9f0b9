"""What an editor should look at, for the eye and as JSON."""

from collections.abc import Iterator, Sequence

from summitry.export._entry import SHORT, entry_line, folded
from summitry.export._json import Json, iso
from summitry.export._words import day, plain
from summitry.model import Diary, Doubt, Engagement, Qualm

__all__ = ["doubts_json", "doubts_text"]

_PAD = 15


def doubts_text(page: Diary, doubts: Sequence[Doubt]) -> str:
    """The doubts under one another, each with what it is about; unapproved ones are counted."""
    known = {e.id: e for e in page}
    shown = [d for d in doubts if d.qualm is not Qualm.UNSEEN]
    lines = [f"Doubts as of {day(page.as_of.date())} · {len(shown)}"]
    for doubt in shown:
        lines += ["", *_lines(doubt, known)]
    if len(shown) < len(doubts):
        lines += ["", f"{len(doubts) - len(shown)} more that nobody has approved of yet"]
    return "\n".join(lines) + "\n"


def doubts_json(page: Diary, doubts: Sequence[Doubt]) -> dict[str, Json]:
    """All doubts, most pressing first."""
    return {
        "as_of": iso(page.as_of),
        "known_at": iso(page.known_at),
        "doubts": [
            {
                "qualm": d.qualm.value,
                "engagement": d.engagement,
                "other": d.other or None,
                "reasons": list(d.reasons),
                "weight": round(d.weight, 3),
            }
            for d in doubts
        ],
    }


def _lines(doubt: Doubt, known: dict[str, Engagement]) -> Iterator[str]:
    pad = " " * _PAD
    yield from folded(plain("; ".join(doubt.reasons)), pad, doubt.qualm.value.ljust(_PAD))
    for ident in filter(None, (doubt.engagement, doubt.other)):
        words = entry_line(known[ident]) if ident in known else f"report {ident[:SHORT]}"
        yield from folded(words, pad + "  ", pad + "- ")
