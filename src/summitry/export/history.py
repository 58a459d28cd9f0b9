"""How parties have dealt with one another so far, for the eye and as JSON."""

from collections.abc import Iterator

from summitry.export._entry import counted, entry_line, folded
from summitry.export._history import past_words
from summitry.export._json import Json, entry_json, iso, value_json
from summitry.export._words import day, party
from summitry.model import Diary, Engagement, History, Rate, Spell

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
    return {
        "as_of": iso(diary.as_of),
        "known_at": iso(diary.known_at),
        "who": [value_json(p) for p in past.who],
        "held": [entry_json(e) for e in past.held],
        "ahead": [entry_json(e) for e in past.ahead],
        "cadence": _spell(past.cadence),
        "calls": _spell(past.calls),
        "hosts": [{"state": s, "n": n} for s, n in past.hosts],
        "confirms_first": [{"state": s, "n": n} for s, n in past.confirms_first],
        "to_confirm": _spell(past.to_confirm),
        "to_event": _spell(past.to_event),
        "came_true": _rate(past.came_true),
        "by_kind": {kind.value: _rate(rate) for kind, rate in past.by_kind},
        "silent": past.silent,
    }


def _spell(spell: tuple[Spell, ...]) -> Json:
    return {"days": spell[0].days, "n": spell[0].n} if spell else None


def _rate(rate: Rate) -> Json:
    return {
        "yes": rate.yes,
        "n": rate.n,
        "low": round(rate.low, 4),
        "high": round(rate.high, 4),
    }
