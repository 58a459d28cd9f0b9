"""Which words of a language speak about time, and in what order?

The answers are data: ``<code>/when.toml`` holds the words and the shapes of expressions. A new
language is a new file; nothing here or in the extractor knows English.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summitry.errors import UnknownLanguage

__all__ = ["ClockWords", "Shape", "WhenWords", "Word", "when_words"]


_CONTEXT = ("moves", "ends", "opens", "stays", "stayed", "breaks")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that can be part of a date expression."""

    text: str
    """Lower case; several words are separated by one space."""
    kind: str
    """What it does in a shape: ``weekday``, ``month``, ``next``, ``days``..."""
    value: int | str
    """Its meaning: 0 for Monday, 2 for "two", a rule such as ``12-25`` for a holiday."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An order of kinds of words that makes a date expression."""

    build: str
    """Name of the reading that turns its labelled words into an interval."""
    form: str
    """Items separated by blanks: ``label=kind|kind?``; ``<kind`` stands before the expression
    and ``!kind`` does not follow."""


@dataclass(frozen=True, slots=True, eq=False)
class ClockWords:
    """What one language says about the time of day."""

    zones: tuple[str, ...]
    """Names of time zones as printed behind a clock time."""
    leads: tuple[str, ...]
    """What stands between a date and the clock time behind it: "at"."""
    links: tuple[str, ...]
    """What stands between a clock time and the date behind it: "on"."""
    morning: tuple[str, ...]
    """Marks of the hours before noon."""
    evening: tuple[str, ...]
    """Marks of the hours after noon."""
    marks: tuple[str, ...]
    """What stands between hours and minutes."""
    whole: tuple[str, ...]
    """What makes a number a full hour: "14 h"."""
    names: tuple[tuple[str, str], ...]
    """Times of day with a name, and their ``HH:MM``."""


@dataclass(frozen=True, slots=True, eq=False)
class WhenWords:
    """What one language says about time; compared and hashed as the object it is."""

    language: str
    words: tuple[Word, ...]
    shapes: tuple[Shape, ...]
    clock: ClockWords
    ordinals: tuple[str, ...]
    """Endings that make a day of a number: "12th"."""
    moves: frozenset[str]
    """Words after which "from A to B" is a change of date, not a range."""
    ends: frozenset[str]
    """Words after which "a two-day visit on Sunday" ends on that Sunday."""
    opens: frozenset[str]
    """Words after which the date is the first of what lasts."""
    stays: frozenset[str]
    """What lasts for a duration: a visit, talks."""
    stayed: frozenset[str]
    """The same where it stands before the duration."""
    breaks: frozenset[str]
    """Words that part a duration from a date in the same sentence."""


@cache
def when_words(language: str) -> WhenWords:
    """The words of time of a language (ISO 639-1 code), read once.

    Raises:
        UnknownLanguage: No ``when.toml`` is shipped for the code.
    """
    path = files("summitry.lang") / language / "when.toml"
    if not language.isalpha() or not path.is_file():
        raise UnknownLanguage(language)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    words = [
        Word(text.lower(), kind, value)
        for kind, entries in data["meaning"].items()
        for text, value in entries.items()
    ]
    words += [
        Word(text.lower(), kind, 0) for kind, texts in data["function"].items() for text in texts
    ]
    classes: dict[str, str] = data["class"]
    return WhenWords(
        language,
        tuple(words),
        tuple(
            Shape(build, " ".join(_spelled_out(item, classes) for item in form.split()))
            for build, forms in data["shape"].items()
            for form in forms
        ),
        _clock(data["clock"]),
        tuple(data["ordinal"]["endings"]),
        *(frozenset(data["context"][name]) for name in _CONTEXT),
    )


def _clock(data: dict[str, Any]) -> ClockWords:
    return ClockWords(
        zones=tuple(data["zones"]),
        leads=tuple(data["leads"]),
        links=tuple(data["links"]),
        morning=tuple(data["morning"]),
        evening=tuple(data["evening"]),
        marks=tuple(data["marks"]),
        whole=tuple(data["whole"]),
        names=tuple(data["names"].items()),
    )


def _spelled_out(item: str, classes: dict[str, str]) -> str:
    """The item with names of classes replaced by their kinds."""
    head, equals, kinds = item.rpartition("=")
    mark = kinds[:1] if kinds[:1] in "<!" else ""
    optional = "?" if kinds.endswith("?") else ""
    names = kinds.removeprefix(mark).removesuffix("?").split("|")
    return head + equals + mark + "|".join(classes.get(n, n) for n in names) + optional
