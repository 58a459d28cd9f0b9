"""Whom the noun phrases of a sentence stand for."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summitry.extract._tree import Tree
from summitry.extract._values import Actor, Scene, Sort
from summitry.lang import Words

__all__ = ["INSIDE", "Phrases", "phrases"]

INSIDE = ("amod", "compound", "poss", "nmod")
"""The relations of what stands inside a noun phrase, before its head."""


# The rest of a row of names: ", Palestine, Ukraine, and Iran".
_ROW = re.compile(r"(?:,? (?:and )?[A-Z][\w’'-]*)*,?")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The noun phrases of one sentence and the actors they name."""

    scene: Scene
    tree: Tree
    words: Words
    over: Mapping[int, Actor]
    """The first actor whose words a token is one of."""
    also: Mapping[Actor, tuple[Actor, ...]]
    """Further offices in the same words: "the presidents of Mali and Niger"."""

    def after(self, i: int, name: str) -> tuple[int, ...]:
        """What stands on token i after the prepositions of a list, coordinated ones too."""
        return self.tree.objects(i, *self.words[f"role.prep.{name}"])

    def named(self, i: int) -> Iterator[Actor]:
        """The actors that the noun phrase of token i stands for."""
        actor = self.over.get(i)
        if actor is not None and self.beside(actor):
            return
        if actor is not None and (actor.state or actor.sort is Sort.PERSON):
            yield actor
            yield from self.also.get(actor, ())
            if actor.sort is Sort.OFFICIALS:
                yield from self._of(i)
            return
        inside = [
            self.over[k]
            for m in self.tree.children(i, *INSIDE)
            for k in self.tree.coordinated(m)
            if k in self.over
        ]
        if actor is not None:
            yield from [a for a in inside if a != actor] or [*self._of(i)] or [actor]
        elif self.scene.tokens[i].lemma in self.words["role.private"]:
            return  # "met Canada's largest pension fund"
        elif self.scene.tokens[i].pos in {"NOUN", "PROPN"}:
            people = self.scene.tokens[i].lemma in self.words["title.official"]
            yield from (a for a in inside if people or a.sort is not Sort.DEMONYM)
            if people:
                yield from self._of(i)

    def beside(self, actor: Actor) -> bool:
        """Whether a name only stands beside the matter: what is talked about, or whose it is.

        "With Ukraine and Iran high on the agenda", "met Canada's largest pension fund".
        """
        after = self.scene.sentence.text[actor.end - self.scene.sentence.start :]
        rest = _ROW.sub("", after, count=1).lstrip()
        if rest.startswith(tuple(self.words["role.listed"])):
            return True
        token = self.scene.tokens[self.scene.at(actor)]
        over = self.scene.tokens[token.head]
        owned = token.dep in INSIDE and actor.sort not in {Sort.PERSON, Sort.OFFICE}
        return owned and over.lemma in self.words["role.private"]

    def person(self, i: int) -> Actor | None:
        """Whom a personal pronoun stands for: the last subject before it, here or earlier."""
        low = self.scene.tokens[i].text.lower()
        if low not in self.words["role.pronoun"] or i in self.over:
            return None
        earlier = [
            a
            for a, at in zip(self.scene.actors, self.scene.where, strict=True)
            if a.sort is Sort.PERSON and a.state and at < i
        ]
        if low in self.words["role.relative"]:
            return earlier[-1] if earlier else None
        subjects = [
            a for a in earlier if self.scene.tokens[self.scene.at(a)].dep in {"nsubj", "nsubjpass"}
        ]
        return next(iter(subjects or earlier), self.scene.before)

    def plural(self, i: int) -> bool:
        """Whether it is "the two leaders", "they" or "each other"."""
        if self.scene.tokens[i].text.lower() in self.words["role.both"]:
            return True
        span = sorted(k for k in self.tree.below(i) if k <= i)
        text = " ".join(self.scene.tokens[k].text.lower() for k in span)
        if any(text.endswith(p) for p in self.words["collective.phrases"]):
            return not any(k in self.over and self.over[k].state for k in span)
        return False

    def _of(self, i: int) -> Iterator[Actor]:
        """ "A delegation from Iran", "representatives of Georgia and Abkhazia"."""
        for k in self.after(i, "from"):
            if k in self.over:
                yield self.over[k]
            else:
                inner = self.tree.children(k, *INSIDE)
                yield from (self.over[j] for j in inner if j in self.over)


def phrases(scene: Scene, tree: Tree, words: Words) -> Phrases:
    """The noun phrases of a sentence."""
    over: dict[int, Actor] = {}
    also: dict[Actor, tuple[Actor, ...]] = {}
    starts = [scene.sentence.start + t.start for t in scene.tokens]
    for actor in scene.actors:
        here = slice(bisect_left(starts, actor.start), bisect_left(starts, actor.end))
        for token in scene.tokens[here]:
            first = over.setdefault(token.i, actor)
            if first is not actor and actor not in also.get(first, ()):
                also[first] = (*also.get(first, ()), actor)
    return Phrases(scene, tree, words, over, also)
