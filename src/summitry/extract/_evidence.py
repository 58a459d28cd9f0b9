"""What speaks for each answer: the reader's opinion and the rules' verdict, side by side."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from summitry.extract._shares import Days
from summitry.extract._tree import Tree
from summitry.extract._values import BARE, Actor, Cast, Dated, Governed, Judged, Sort, Trigger
from summitry.lang import Opinion, Span
from summitry.model import Kind, Polarity, Source, When

__all__ = ["View", "of_date", "of_mention", "of_party", "of_place", "of_word"]

_LEAST = 1e-4
_AUXILIARIES = frozenset(
    {"will", "would", "may", "might", "could", "should", "can", "must", "to", "has", "have", "had"}
    | {"was", "were", "is", "are", "be", "been", "not"}
)


@dataclass(frozen=True, slots=True)
class View:
    """What the rules hold of one word of engagement."""

    trigger: Trigger
    known: bool
    """Whether it stands in the rules' own lists."""
    cast: Cast
    days: Days
    own: tuple[When, ...]
    """Its dates, read in the direction of the judgement."""
    governed: Governed
    judged: Judged
    kind: Kind
    past: bool
    back: bool
    """Whether tense and words around it look back."""
    source: Source | None
    headline: bool


def of_word(opinion: Opinion, view: View, tree: Tree) -> dict[str, float]:
    """For how far it has come, how surely, of what kind, whose word, news or not."""
    seen = dict(_ruled(view, tree))
    for head, figures in (
        ("status", opinion.status),
        ("modality", opinion.modality),
        ("source", opinion.source),
        ("kind", opinion.kind),
    ):
        seen.update((f"{head}~{name}", _log(f)) for name, f in figures.items())
    seen["past~"] = _odds(opinion.past / max(_LEAST, opinion.live + opinion.past))
    return seen


def of_mention(opinion: Opinion, view: View) -> dict[str, float]:
    """For whether it is a word of engagement at all."""
    states = {a.state for a, _ in view.cast.sides if a.state}
    return {
        "one": 1.0,
        "speaks~": _odds(opinion.live + opinion.past),
        "ignored~": _odds(1 - opinion.none - opinion.live - opinion.past),
        f"sort={view.trigger.sort if view.known else 'unlisted'}": 1.0,
        f"sides={min(2, len(states))}": 1.0,
        "collective": float(view.cast.collective),
        "noun": float(view.trigger.noun),
    }


def of_party(
    opinion: Opinion, k: int, span: Span, actor: Actor | None, view: View
) -> dict[str, float]:
    """For whether, and as what, somebody takes part."""
    sides = dict(view.cast.sides)
    role = sides[actor].value if actor in sides else "none"
    seen = {f"part~{name}": _log(f) for name, f in opinion.parts[k].items()}
    seen |= {
        "one": 1.0,
        f"role={role}": 1.0,
        f"role={role}&known={view.known}": 1.0,
        f"sort={span.sort}": 1.0,
        f"trigger={view.trigger.sort}": 1.0,
        "place~": _odds(opinion.place[k]),
        "leads": float(actor is None or actor.leads),
        "ruled place": float(actor is not None and actor == view.cast.place),
    }
    return seen


def of_place(opinion: Opinion, k: int, actor: Actor, view: View) -> dict[str, float]:
    """For whether it takes place there."""
    town = actor.sort in {Sort.CITY, Sort.CAPITAL}
    return {
        "one": 1.0,
        "place~": _odds(opinion.place[k]),
        "host~": _odds(opinion.parts[k]["host"]),
        "ruled": float(actor == view.cast.place),
        "ruled other": float(view.cast.place is not None and actor != view.cast.place),
        "town": float(town),
    }


def of_date(opinion: Opinion, k: int, dated: Dated, view: View) -> dict[str, float]:
    """For whether it is the engagement's date."""
    days = view.days
    share = next(
        (
            name
            for name, found in (("own", days.own), ("done", days.done), ("free", days.free))
            if dated in found
        ),
        "other",
    )
    return {"one": 1.0, "when~": _odds(opinion.when[k]), f"share={share}": 1.0}


def _ruled(view: View, tree: Tree) -> Iterator[tuple[str, float]]:
    """The rules' verdict and what it stands on."""
    judged, g = view.judged, view.governed
    lies = {"ahead": g.future, "behind": g.past, "today": g.today}
    lie = next((name for name, holds in lies.items() if holds), "open")
    own = "negated" if judged.polarity is Polarity.NEGATIVE else judged.modality.value
    plain = judged.why.startswith(BARE)
    source = view.source.source_class.value if view.source else "outlet"
    yield "one", 1.0
    yield f"status={judged.status.value}" + ("?" if plain else ""), 1.0
    yield f"status={judged.status.value}&known={view.known}", 1.0
    yield f"modality={own}", 1.0
    yield f"kind={view.kind.value}", 1.0
    yield f"source={source}", 1.0
    yield f"past={view.past}", 1.0
    yield f"lie={lie}", 1.0
    yield f"lie={lie}&status={judged.status.value}", 1.0
    yield "back", float(view.back)
    yield "headline", float(view.headline)
    yield "definite", float(view.trigger.definite)
    yield f"sort={view.trigger.sort}", 1.0
    yield "negated", float(g.negated)
    yield "gone on", float(not view.known and not view.trigger.noun)
    if g.verb >= 0:
        yield f"tag={tree.tokens[g.verb].tag}", 1.0
        for k in tree.children(g.verb, "aux", "auxpass", "neg"):
            low = tree.tokens[k].text.lower()
            if low in _AUXILIARIES:
                yield f"aux={low}", 1.0
    states = {a.state for a, _ in view.cast.sides if a.state}
    yield f"sides={min(3, len(states))}", 1.0
    yield from ((f"rank={a.rank}", 1.0) for a, _ in view.cast.sides if a.rank)


def _log(figure: float) -> float:
    return math.log(max(figure, _LEAST))


def _odds(figure: float) -> float:
    """The logarithm of the odds, bounded."""
    bounded = min(1 - _LEAST, max(_LEAST, figure))
    return math.log(bounded / (1 - bounded))
