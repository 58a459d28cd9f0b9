"""Who and what one sentence holds, and on which of its tokens each hangs."""

from collections.abc import Iterable, Sequence

from summitry.extract._among import among
from summitry.extract._values import Actor, Scene, Sort
from summitry.lang import Token, Words
from summitry.model import Sentence

__all__ = ["inside", "places", "scene", "topic", "town"]

_TOWNS = {Sort.CITY, Sort.CAPITAL}
_HELD_AT = _TOWNS | {Sort.STATE, Sort.INSTITUTION}


def inside(sentence: Sentence, named: Sequence[Actor]) -> tuple[Actor, ...]:
    """The actors that a sentence names, in order."""
    return tuple(a for a in among(named, sentence.start, sentence.end) if a.end <= sentence.end)


def scene(
    sentence: Sentence,
    tokens: tuple[Token, ...],
    named: Sequence[Actor],
    before: Actor | None,
    here: Actor | None,
) -> Scene:
    """A parsed sentence with its actors, each with the token it hangs on.

    Args:
        sentence: The sentence.
        tokens: Its tokens.
        named: Everybody and every place that the report names.
        before: The person that a pronoun at its head goes back to.
        here: The place that the report is datelined from.
    """
    own = inside(sentence, named)
    return Scene(
        sentence, tokens, own, tuple(_head(a, sentence, tokens) for a in own), before, here
    )


def _head(actor: Actor, sentence: Sentence, tokens: tuple[Token, ...]) -> int:
    """The last token of an actor's words that hangs on something outside of them; -1 for none."""
    own = [
        t
        for t in tokens
        if sentence.start + t.start < actor.end and actor.start < sentence.start + t.end
    ]
    places = {t.i for t in own}
    outer = [t.i for t in own if t.head not in places or t.head == t.i]
    return (outer or [t.i for t in own] or [-1])[-1]


def places(found: Scene) -> frozenset[int]:
    """The tokens of a scene that name a place."""
    named = zip(found.actors, found.where, strict=True)
    return frozenset(at for a, at in named if a.sort in _HELD_AT)


def topic(found: Scene, words: Words) -> Actor | None:
    """The person that the next sentence's "he" goes back to: this one's subject, or its first."""
    people = [
        (a, at)
        for a, at in zip(found.actors, found.where, strict=True)
        if a.sort is Sort.PERSON and a.state
    ]
    subjects = [a for a, at in people if found.tokens[at].dep in {"nsubj", "nsubjpass"}]
    goes_on = any(
        t.dep == "nsubj" and t.text.lower() in words["role.goes_on"] for t in found.tokens
    )
    first = None if goes_on or not people else people[0][0]
    return next(iter(subjects), first)


def town(named: Iterable[Actor]) -> Actor | None:
    """The first town of those named: of a dateline's the place that "here" means."""
    return next((a for a in named if a.sort in _TOWNS), None)
