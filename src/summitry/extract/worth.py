"""Which sentences of a report are worth a parse?

Parsing is nearly all of the cost. An engagement opens only where one sentence speaks of it and
names two of its parties, or one and a word that goes back to another, or a body whose members
meet; without such a sentence nothing of the report is parsed, and beside them only what can
add to what they open.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from summitry.extract._among import among
from summitry.extract._values import Actor, Sort
from summitry.gazetteer import states
from summitry.lang import Words
from summitry.model import Sentence

__all__ = ["worth"]

_LANDS = {Sort.STATE, Sort.CAPITAL, Sort.CITY, Sort.INSTITUTION}
_PAIR = 2
_RECENT = 3
"""Sentences that name somebody, back to which a pronoun may go."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence holds before any parse."""

    sentence: Sentence
    states: frozenset[str]
    people: frozenset[str]
    """The states of those who can go somewhere or see somebody."""
    lands: frozenset[str]
    """The states that it names as places."""
    strong: bool
    weak: bool
    gathering: bool
    """Whether it has a word that a body's meeting goes by."""
    back: bool
    """Whether a word goes back to somebody named before."""
    before: frozenset[str]
    """The states of those whom it may go back to, where there is such a word."""
    goes_on: bool
    """Whether somebody named before may be the one who speaks or acts."""
    collective: bool
    again: bool
    """Whether an engagement is spoken of as known: "the visit", "their talks"."""


def worth(
    sentences: Iterable[Sentence], named: tuple[Actor, ...], words: Words
) -> tuple[Sentence, ...]:
    """The sentences to parse, in reading order.

    Args:
        sentences: All sentences of the report.
        named: Everybody and every place it names, in order.
        words: The pack of its language.
    """
    said = tuple(_said(sentences, named, words))
    opening = [s for s in said if _opens(s)]
    parties = frozenset[str]().union(*(s.states for s in opening))
    chosen = {s.sentence.start for s in said if opening and (_opens(s) or _joins(s, parties))}
    before: Sentence | None = None
    for here in said:
        # "He said that the visit …": whose word and whose visit the sentence before tells.
        if before is not None and here.sentence.start in chosen and here.goes_on:
            chosen.add(before.start)
        if here.people:
            before = here.sentence
    return tuple(s.sentence for s in said if s.sentence.start in chosen)


def _opens(said: _Said) -> bool:
    """Whether an engagement can open with the sentence alone."""
    if said.gathering and not said.states <= states().keys():
        return True
    if said.strong:
        return len(said.states | said.before) >= _PAIR and bool(said.states or said.collective)
    people = said.people | said.before
    return said.weak and bool(people) and len(people | said.lands) >= _PAIR


def _joins(said: _Said, parties: frozenset[str]) -> bool:
    """Whether the sentence can add to an engagement of these parties."""
    if said.states & parties:
        return said.strong or (said.weak and bool(said.people or said.back))
    if said.states:  # "the two leaders met in Vienna": the place is nobody's
        return said.collective and (said.strong or said.weak)
    return said.again or (said.strong and said.back) or (said.weak and said.collective)


def _said(
    sentences: Iterable[Sentence], named: tuple[Actor, ...], words: Words
) -> Iterator[_Said]:
    """Every sentence with what it holds."""
    look = _looks(words)
    recent: list[frozenset[str]] = []
    for sentence in sentences:
        low = sentence.text.lower()
        here = [a for a in among(named, sentence.start, sentence.end) if a.state]
        people = [a for a in here if a.sort not in _LANDS and a.sort is not Sort.DEMONYM]
        back = bool(look["back"].search(low))
        yield _Said(
            sentence,
            _states(here),
            _states(a for a in people if a.leads),
            _states(a for a in here if a.sort in _LANDS),
            strong=bool(look["strong"].search(low)),
            weak=bool(look["weak"].search(low)),
            gathering=bool(look["gathering"].search(low)),
            back=back,
            before=frozenset[str]().union(*recent) if back else frozenset(),
            goes_on=bool(look["goes_on"].search(low)),
            collective=bool(look["collective"].search(low)),
            again=bool(look["again"].search(low)),
        )
        if people:
            recent = [*recent[1 - _RECENT :], _states(people)]


def _states(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(a.state for a in actors if a.state)


@cache
def _looks(words: Words) -> dict[str, re.Pattern[str]]:
    """The searches of a language."""
    strong = _any(words["gate.strong"])
    nouns = words["event.noun.summit"] | words["event.noun.conference"]
    return {
        "strong": re.compile(strong),
        "weak": re.compile(_any(words["gate.weak"])),
        "gathering": re.compile(_any(nouns | words["gate.gathering"])),
        "back": re.compile(_whole(words["gate.back"])),
        "goes_on": re.compile(_whole(words["gate.goes_on"])),
        "collective": re.compile(_whole(words["collective.phrases"])),
        "again": re.compile(rf"{_whole(words['gate.known'])}(?: [^\s]+){{0,4}} {strong}"),
    }


def _whole(listed: frozenset[str]) -> str:
    """A pattern for any of these words or phrases."""
    return r"\b(?:" + "|".join(map(re.escape, sorted(listed))) + r")\b"


def _any(beginnings: frozenset[str]) -> str:
    """A pattern for words that begin so; with a blank at the end, for whole words."""
    ends = (re.escape(b.rstrip()) + (r"\b" if b.endswith(" ") else "") for b in sorted(beginnings))
    return rf"\b(?:{'|'.join(ends)})"
