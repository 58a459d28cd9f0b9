"""What a learned reader of a language is shown, and what it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["UNASKED", "Ask", "Elsewhere", "Heard", "Opinion", "Passage", "Span", "silent"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a passage's text that can be a party, a place or a date."""

    start: int
    end: int
    sort: str
    """What kind of thing it names: the value of a ``Sort``, "back" for a word that goes back
    to somebody named before, or "date"."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence with the one before it and all that it can speak of."""

    before: str
    """The sentence before, or empty."""
    text: str
    spans: tuple[Span, ...]
    follows: bool = False
    """Whether the passage asked about before this one is the sentence before."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the reader holds of a span of another passage, seen from one word."""

    passage: int
    """Which of the passages asked about together."""
    span: int
    """Which of its spans."""
    part: dict[str, float]
    """visitor, host, participant, mediator of the word's engagement; "none" else."""
    place: float
    """That the word's engagement takes place there."""
    when: float
    """That it is the engagement's date."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the reader holds of one word of a passage; all figures are probabilities."""

    start: int
    """Offset of the word in the passage's text."""
    end: int
    live: float
    """That it names an engagement that is news."""
    past: float
    """That it names one that is only recalled."""
    none: float
    """That it names none."""
    status: dict[str, float]
    """By status; "none" where the words do not say how far it has come."""
    modality: dict[str, float]
    """certain, probable, possible, negated; "none" beside no status."""
    source: dict[str, float]
    """Whose word it is, by class; "outlet" where nobody is credited."""
    kind: dict[str, float]
    parts: tuple[dict[str, float], ...]
    """For each span of the passage: visitor, host, participant, mediator; "none" else."""
    place: tuple[float, ...]
    """For each span, that the engagement takes place there."""
    when: tuple[float, ...]
    """For each span, that it is the engagement's date."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Spans of other passages that may belong to the engagement; the unlikely are left out."""
    same: tuple[tuple[int, int, float], ...] = ()
    """Other words that may speak of the same engagement: the passage, the word's offset in it
    and how likely it is; those of its own passage among them."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reader holds of one passage."""

    opinions: tuple[Opinion, ...]
    """In order of their words; words that name no engagement are left out."""
    topics: tuple[tuple[int, int], ...]
    """Stretches of the text that say what is talked about."""
    speakers: tuple[tuple[int, int], ...]
    """Stretches of the text that say whose word it is."""
    asked: bool = True
    """Whether there was a reader: where there is none, no opinion means nothing."""


UNASKED = Heard((), (), (), asked=False)
"""What stands in for an answer where a language has no reader."""


Ask = Callable[[Sequence[Passage]], list[Heard]]
"""Asks the reader about passages; the answers stand in the order asked."""


def silent(passages: Sequence[Passage]) -> list[Heard]:
    """The reader of a language that has none: the rules decide alone."""
    return [UNASKED for _ in passages]
