"""What a topic is called, and how firmly a sentence puts it on the agenda."""

import re
from collections.abc import Iterator
from functools import cache

from summitry.lang import Words
from summitry.model import Grade

__all__ = ["grade", "items", "tidied"]

# Characters of a topic: shorter ones are no topic, longer ones a sentence.
_SHORTEST, _LONGEST = 3, 90


def grade(clause: str, plain: Grade, words: Words) -> Grade:
    """Excluded or merely possible when the sentence says so, else its plain grade."""
    if any(f" {w} " in clause for w in words["agenda.excluded"]):
        off = all(w in clause for w in words["agenda.not_discussed"])
        return Grade.EXCLUDED if off else Grade.LISTED
    if any(f" {w} " in clause for w in words["agenda.possible"]):
        return Grade.POSSIBLE
    return plain


def items(text: str, words: Words) -> Iterator[str]:
    """The topics of a list as printed: "grain, gas and the crossings" are three."""
    for part in _joints(words).split(" ".join(text.split())):
        yield from tidied(part.strip(" .;:“”\"'"), words)


def tidied(text: str, words: Words) -> Iterator[str]:
    """A phrase without the words around it that are none of the topic, if one is left."""
    short = _trailing(words).sub("", _leading(words).sub("", text))
    if _SHORTEST <= len(short) <= _LONGEST and short.lower() not in words["agenda.stop"]:
        yield short


@cache
def _joints(words: Words) -> re.Pattern[str]:
    """What stands between two topics of a list."""
    joint = _any(words["title.and"])
    return re.compile(rf",\s*(?:(?:{joint})\s+)?|\s+(?:{joint})\s+", re.I)


@cache
def _leading(words: Words) -> re.Pattern[str]:
    """The words at the head of a phrase that are none of the topic."""
    return re.compile(rf"^(?:(?:{_any(words['agenda.leading'])})(?:\s+|$))+", re.I)


@cache
def _trailing(words: Words) -> re.Pattern[str]:
    """The words at the end of a phrase that are none of the topic."""
    plain, rest = _any(words["agenda.trailing"]), _any(words["agenda.trailing_rest"])
    return re.compile(rf"\s+(?:{plain}|(?:{rest}).*)$", re.I)


def _any(phrases: frozenset[str]) -> str:
    """A pattern for any of these phrases, the longest first."""
    return "|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p)))
