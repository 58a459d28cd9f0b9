"""A history in words and as JSON, each figure with its cases."""

from collections.abc import Iterator

from summitry.export._entry import counted
from summitry.export._json import Json, entry_json, value_json
from summitry.export._words import state, value_words
from summitry.model import History, Rate, Spell

__all__ = ["past_json", "past_words"]


def past_words(past: History) -> Iterator[tuple[str, str]]:
    """A label and its words for each figure that there is."""
    yield "held", f"{counted(len(past.held), 'engagement')} known here"
    for label, spell in (
        ("between meetings", past.cadence),
        ("between calls", past.calls),
        ("to official word", past.to_confirm),
        ("word to the day", past.to_event),
    ):
        for one in spell:
            yield label, _days(one)
    if past.hosts:
        yield "held in", ", ".join(f"{state(s)} {n}" for s, n in past.hosts)
    if past.confirms_first:
        ranked = ", ".join(f"{state(s)} {n}" for s, n in past.confirms_first)
        yield "first on record", ranked
    if past.came_true.n:
        kinds = "; ".join(f"{value_words(k)} {r.yes} of {r.n}" for k, r in past.by_kind)
        yield "plans held", f"{_share(past.came_true)}: {kinds}"
    else:
        yield "plans held", "no plan with a known outcome"
    if past.silent:
        yield "no word since", counted(past.silent, "plan") + ", in no figure above"


def _days(spell: Spell) -> str:
    return f"median {spell.days:g} day{'' if spell.days == 1 else 's'} (n = {spell.n})"


def _share(rate: Rate) -> str:
    return f"{rate.yes} of {rate.n} (95 % interval {rate.low:.0%} to {rate.high:.0%})"


def past_json(past: History) -> dict[str, Json]:
    """All of it; a figure without a case is null."""
    return {
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
