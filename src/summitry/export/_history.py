"""The figures of a history in words, each with its cases."""

from collections.abc import Iterator

from summitry.export._entry import counted
from summitry.export._words import state, value_words
from summitry.model import History, Rate, Spell

__all__ = ["past_words"]


def past_words(past: History) -> Iterator[tuple[str, str]]:
    """A label and its words for each figure that there is."""
    yield "held", counted(len(past.held), "engagement") + " in this diary"
    for label, spell in (
        ("between meetings", past.cadence),
        ("between calls", past.calls),
        ("float to word", past.to_confirm),
        ("word to day", past.to_event),
    ):
        for one in spell:
            yield label, _spell(one)
    if past.hosts:
        yield "where", ", ".join(f"{state(s)} {n}" for s, n in past.hosts)
    if past.confirms_first:
        ranked = ", ".join(f"{state(s)} {n}" for s, n in past.confirms_first)
        yield "first on record", ranked
    if past.came_true.n:
        kinds = "; ".join(f"{value_words(k)} {r.yes} of {r.n}" for k, r in past.by_kind)
        yield "plans held", f"{_rate(past.came_true)}: {kinds}"
    else:
        yield "plans held", "no plan with a known outcome"
    if past.silent:
        yield "no word since", counted(past.silent, "plan") + ", in no figure above"


def _spell(spell: Spell) -> str:
    return f"median {spell.days:g} day{'' if spell.days == 1 else 's'} (n = {spell.n})"


def _rate(rate: Rate) -> str:
    return f"{rate.yes} of {rate.n} (95 % interval {rate.low:.0%} to {rate.high:.0%})"
