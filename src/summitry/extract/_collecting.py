"""Who takes part in one trigger, gathered phrase by phrase."""

from collections.abc import Iterable

from summitry.extract._phrases import INSIDE, Phrases
from summitry.extract._values import Actor, Role, Sort

__all__ = ["PLACES", "Collector"]

PLACES = frozenset({Sort.STATE, Sort.CAPITAL, Sort.CITY})
_HELD_AT = PLACES | {Sort.INSTITUTION}
# States and nations do not travel; their officials do.
_LANDS = PLACES | {Sort.DEMONYM}


class Collector:
    """Gathers the sides of one trigger of one scene; lives no longer than one call."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases, self.tree, self.words = phrases, phrases.tree, phrases.words
        self.tokens = phrases.scene.tokens
        self.sides: dict[Actor, Role] = {}
        self.place: Actor | None = None
        self.collective = False
        """Whether "the two leaders", "they" or "each other" stand among the sides."""

    def after(self, i: int, name: str) -> tuple[int, ...]:
        """What stands on token i after the prepositions of a list."""
        return self.phrases.after(i, name)

    def states(self) -> frozenset[str]:
        """The states of the sides so far."""
        return frozenset(a.state for a in self.sides if a.state)

    def add(self, tokens: Iterable[int], role: Role) -> None:
        """Take in whoever the noun phrases of these heads name."""
        for i in tokens:
            if self.phrases.plural(i):
                self.collective = True
            stands = self.phrases.person(i)
            for actor in self.phrases.named(i) if stands is None else (stands,):
                if role is Role.VISITOR and actor.sort in _LANDS:
                    continue
                if actor.leads and actor not in self.sides:
                    self.sides[actor] = role

    def put(self, tokens: Iterable[int]) -> None:
        """Take the first place that these tokens name, unless there is one already."""
        if self.place is not None:
            return
        for i in tokens:
            for k in (i, *self.tree.children(i, "compound", "poss", "nmod", "appos")):
                actor = self.phrases.over.get(k)
                if actor and actor.sort in _HELD_AT:
                    self.place = actor
                    return

    def put_of(self, i: int) -> None:
        """Take the place that stands on token i after "in", "at" or "near"."""
        self.put(self.after(i, "place"))

    def destination(self, tokens: Iterable[int]) -> None:
        """Where a trip goes: a place is where it is held, a person or office receives."""
        for i in tokens:
            actor = self.phrases.over.get(i)
            if actor is None:
                owned = self._within(i)
                if owned is not None and self.place is None:
                    self.place = owned
                    self.sides.setdefault(owned, Role.PLACE)
            elif actor.sort in _HELD_AT:
                self.place = self.place or actor
                self.sides.setdefault(actor, Role.PLACE)
            elif actor.leads:
                self.sides.setdefault(actor, Role.HOST)

    def _within(self, i: int) -> Actor | None:
        """The last place inside a noun phrase: "the Turkish capital", "the port of Bari"."""
        over = self.phrases.over
        near = (*self.tree.children(i, *INSIDE, "appos"), *self.after(i, "of"))
        sorts = PLACES
        if self.tokens[i].lemma in self.words["role.town"]:
            sorts = PLACES | {Sort.DEMONYM}
        return next((over[k] for k in reversed(near) if k in over and over[k].sort in sorts), None)
