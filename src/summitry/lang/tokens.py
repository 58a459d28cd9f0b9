"""A parsed sentence in our own words, whichever library parsed it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Parse", "Token"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token of one parsed sentence."""

    i: int
    """Its place in the sentence."""
    start: int
    """Character offset in the sentence."""
    end: int
    text: str
    lemma: str
    """Lower-cased lemma."""
    pos: str
    """Universal part of speech (UPOS)."""
    tag: str
    """Penn Treebank tag."""
    dep: str
    """Relation to the head (ClearNLP labels, as spaCy's English models use)."""
    head: int
    """Place of the head; its own place for a root."""
    mood: str = ""
    """What the ending of a verb says where other languages use a modal: "future" or
    "conditional"; its tag is then MD."""


Parse = Callable[[Sequence[str]], list[tuple[Token, ...]]]
"""Parses each given sentence on its own; the answers stand in the order asked."""
