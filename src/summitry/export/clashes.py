"""Who is expected in two places at once, for the eye and as JSON."""

from collections.abc import Iterator, Sequence

from summitry.export._entry import entry_line, folded
from summitry.export._json import Json, clash_json, iso
from summitry.export._words import day, party
from summitry.model import Clash, Diary, Squeeze, When
from summitry.model.vocab import Precision

__all__ = ["clash_words", "clashes_json", "clashes_text"]

_PAD = 10
_FAINT = 0.1
"""Share below which "some day in May" is no clash worth a line with one day of May."""


def clashes_text(diary: Diary, clashes: Sequence[Clash]) -> str:
    """The clashes under one another, each with its two engagements; JSON has the faint ones."""
    shown = [c for c in clashes if c.share >= _FAINT]
    lines = [f"Clashes as of {day(diary.as_of.date())} · {len(shown)}"]
    for clash in shown:
        lines += ["", *_lines(clash)]
    if len(shown) < len(clashes):
        lines += ["", f"{len(clashes) - len(shown)} more that are less than {_FAINT:.0%} likely"]
    return "\n".join(lines) + "\n"


def clashes_json(diary: Diary, clashes: Sequence[Clash]) -> dict[str, Json]:
    """All clashes; ``end`` is exclusive."""
    return {
        "as_of": iso(diary.as_of),
        "known_at": iso(diary.known_at),
        "clashes": [clash_json(c) for c in clashes],
    }


def clash_words(clash: Clash) -> str:
    """Who, when, and how surely."""
    names = ", ".join(party(p) for p in clash.who)
    office = ", by office" if clash.by_office else ""
    span = When(clash.start, clash.end, Precision.DAY)
    days = day(clash.start) if span.days == 1 else span.label
    share = f", {clash.share:.0%} if every day is as likely" if clash.share < 1 else ""
    note = ", no day between" if clash.squeeze is Squeeze.TIGHT else ""
    return f"{names}{office} · {days}{note}{share}"


def _lines(clash: Clash) -> Iterator[str]:
    pad = " " * _PAD
    yield from folded(clash_words(clash), pad, clash.squeeze.value.ljust(_PAD))
    for e in (clash.ours, clash.theirs):
        yield from folded(entry_line(e), pad + "  ", pad + "- ")
    if clash.ours.states == clash.theirs.states:
        yield f"{pad}the same parties: perhaps one engagement, told in two ways"
