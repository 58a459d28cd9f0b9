"""How parties have dealt with one another so far, for the eye and as JSON."""

from collections.abc import Iterator

from summitry.export._entry import counted, entry_line, folded
from summitry.export._history import past_json, past_words
from summitry.export._json import Json, iso
from summitry.export._words import day, party
from summitry.model import Diary, Engagement, History

__all__ = ["history_json", "history_text"]

_SHOWN = 12
"""Past engagements listed; JSON has all."""


def history_text(diary: Diary, past: History) -> str:
    """Figures first, then what is ahead, then what was held, newest first."""
    names = " and ".join(party(p) for p in past.who)
    lines = [f"History of {names} as of {day(diary.as_of.date())}", ""]
    for label, words in past_words(past):
        lines += folded(words, " " * 21, f"  {label:<18} ")
    lines += [*_listed("ahead", past.ahead), *_listed("held", past.held[:_SHOWN])]
    rest = len(past.held) - _SHOWN
    if rest > 0:
        lines.append(f"  and {counted(rest, 'engagement')} before")
    return "\n".join(lines) + "\n"


def _listed(head: str, engagements: tuple[Engagement, ...]) -> Iterator[str]:
    if engagements:
        yield ""
        yield head
    for e in engagements:
        yield from folded(entry_line(e), "    ", "  ")


def history_json(diary: Diary, past: History) -> dict[str, Json]:
    """All of it."""
    return {"as_of": iso(diary.as_of), "known_at": iso(diary.known_at), **past_json(past)}
