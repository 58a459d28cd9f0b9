"""Which words of time stand where in a text?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from summitry.lang.when import Shape, WhenWords

__all__ = ["Grammar", "Token", "grammar", "tokenize"]

_TOKEN = re.compile(
    r"""(?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d))
      | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
      | (?P<x>\d+(?:[.,:/]\d+)+[^\W\d_]* | \d+[^\W\d_]+ | [$€£#]\s?\d+)
      | (?P<number>\d+)
      | (?P<word>[^\W\d_]+)(?:['’]s\b)?
      | (?P<par>\n\s*\n)
      | (?P<mark>[^\w\s])""",
    re.VERBOSE,
)
_MARKS = {",": "comma", "-": "dash", "–": "dash", "—": "dash", "(": "open", ")": "close"}
_BASIC = ("x", "stop", *sorted(set(_MARKS.values())), "num", "year", "count", "ordinal", "date")
_YEAR_DIGITS = 4
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Token(NamedTuple):
    """Characters [start, end) and what they do in a date expression."""

    start: int
    end: int
    kind: str
    value: int | str


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Words and shapes of a language, made ready for matching."""

    lexicon: Mapping[str, tuple[str, int | str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, int | str], ...]]
    """By first word: all words, kind and value, longest phrase first."""
    letters: Mapping[str, str]
    """One character for each kind of word."""
    shapes: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]
    """By the letter a match begins with: reading and pattern over letters."""


@cache
def grammar(words: WhenWords) -> Grammar:
    """The grammar of a language, compiled once.

    Raises:
        KeyError: A shape names a kind of word that no word has.
    """
    lexicon: dict[str, tuple[str, int | str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, int | str]]] = {}
    for word in words.words:
        parts = tuple(m["word"] or m.group() for m in _TOKEN.finditer(word.text))
        if len(parts) == 1:
            lexicon[parts[0]] = (word.kind, word.value)
        else:
            parts = tuple(part for part in parts if part != ".")
            phrases.setdefault(parts[0], []).append((parts, word.kind, word.value))
    names = dict.fromkeys((*_BASIC, *(word.kind for word in words.words)))
    letters = {name: chr(0x100 + place) for place, name in enumerate(names)}
    shapes: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for shape in words.shapes:
        firsts, pattern = _compiled(shape, letters)
        for first in firsts:
            shapes.setdefault(first, []).append((shape.build, pattern))
    return Grammar(
        lexicon,
        {first: tuple(sorted(p, key=lambda e: -len(e[0]))) for first, p in phrases.items()},
        letters,
        {first: tuple(patterns) for first, patterns in shapes.items()},
    )


def _compiled(shape: Shape, letters: Mapping[str, str]) -> tuple[str, re.Pattern[str]]:
    """The letters a match can begin with, and the pattern."""
    firsts, open_ended, pattern = "", True, ""
    for item in shape.form.split():
        label, _, kinds = item.rpartition("=")
        mark = kinds[0] if kinds[0] in "<!" else ""
        optional = "?" if kinds.endswith("?") else ""
        names = kinds.removeprefix(mark).removesuffix("?").split("|")
        some = "[" + "".join(letters[name] for name in names) + "]"
        if mark:
            pattern += f"(?<={some})" if mark == "<" else f"(?!{some})"
            continue
        if open_ended:
            firsts += some[1:-1]
            open_ended = bool(optional)
        pattern += (f"(?P<{label}>{some})" if label else some) + optional
    return firsts, re.compile(pattern)


def tokenize(text: str, speech: Grammar) -> list[Token]:
    """All words and marks of a text in order; what is no word of time has the kind ``x``."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        if tokens and match.start() < tokens[-1].end:
            continue  # the full stop of an abbreviation
        kind = match.lastgroup
        if kind == "word":
            token = _word(text, match, tokens, speech)
        elif kind == "number":
            token = _number(match)
        elif kind == "ordinal":
            token = Token(*match.span(), "ordinal", int(match.group()[:-2]))
        elif kind == "mark":
            token = Token(*match.span(), _MARKS.get(match.group(), "stop"), 0)
        elif kind == "date":
            token = Token(*match.span(), "date", match.group())
        else:
            token = Token(*match.span(), "stop" if kind == "par" else "x", 0)
        tokens.append(token)
    return _phrased(text, tokens, speech)


def _word(text: str, match: re.Match[str], before: list[Token], speech: Grammar) -> Token:
    word = match["word"]
    start, end = match.span()
    kind, value = speech.lexicon.get(word) or speech.lexicon.get(word.lower()) or ("x", 0)
    if kind in ("weakmonth", "abbrmonth"):
        if word.islower() and not (before and before[-1].kind in ("in", "of")):
            return Token(start, end, "x", 0)
        if kind == "abbrmonth" and text.startswith(".", end):
            end += 1
    return Token(start, end, kind, value)


def _number(match: re.Match[str]) -> Token:
    digits = match.group()
    if len(digits) > _YEAR_DIGITS:
        return Token(*match.span(), "x", 0)
    value = int(digits)
    if len(digits) <= 2 and 1 <= value <= 31:
        return Token(*match.span(), "num", value)
    year = len(digits) == _YEAR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR
    return Token(*match.span(), "year" if year else "count", value)


def _phrased(text: str, tokens: list[Token], speech: Grammar) -> list[Token]:
    """The tokens, with the words of every known phrase made one."""
    merged: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        found = None
        options = speech.phrases.get(_folded(text, token), ())
        for parts, kind, value in options:
            span = tokens[place : place + len(parts)]
            if len(span) == len(parts) and all(
                _folded(text, t) == part for t, part in zip(span, parts, strict=True)
            ):
                found = Token(token.start, span[-1].end, kind, value)
                place += len(parts)
                break
        if found is None:
            place += 1
        merged.append(found or token)
    return merged


def _folded(text: str, token: Token) -> str:
    word = text[token.start : token.end].lower()
    return word.removesuffix("'s").removesuffix("’s").removesuffix(".")
