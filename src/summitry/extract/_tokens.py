"""Which words of time stand where in a text?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from summitry.lang.when import Shape, WhenWords

__all__ = ["Grammar", "Token", "grammar", "tokenize"]

_MARKS = {",": "comma", "-": "dash", "–": "dash", "—": "dash", "(": "open", ")": "close"}
_BASIC = ("x", "stop", "comma", "dash", "open", "close", "num", "year", "count", "ordinal", "date")
_DIGITS = re.compile(r"\d+")
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
    """Kind and value of each word and phrase in lower case."""
    pattern: re.Pattern[str]
    """Finds the words, the numbers and the marks that can belong to a date."""
    letters: Mapping[str, str]
    """One character for each kind of word."""
    shapes: Mapping[str, tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]]
    """By the letter a match begins with: what any shape matches, and each reading with its
    shape, over letters."""


@cache
def grammar(words: WhenWords) -> Grammar:
    """The grammar of a language, compiled once.

    Raises:
        KeyError: A shape names a kind of word that no word has.
    """
    lexicon = {word.text: (word.kind, word.value) for word in words.words}
    names = dict.fromkeys((*_BASIC, *(word.kind for word in words.words)))
    letters = {name: chr(0x100 + place) for place, name in enumerate(names)}
    shapes: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for shape in words.shapes:
        firsts, pattern = _compiled(shape, letters)
        for first in firsts:
            shapes.setdefault(first, []).append((shape.build, pattern))
    return Grammar(
        lexicon,
        _pattern(lexicon, words.ordinals),
        letters,
        {k: _any(v) for k, v in shapes.items()},
    )


def _any(
    shapes: list[tuple[str, re.Pattern[str]]],
) -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """The shapes, and before them one pattern that matches where any of them does."""
    nameless = (re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for _, pattern in shapes)
    return re.compile("|".join(nameless)), tuple(shapes)


def _compiled(shape: Shape, letters: Mapping[str, str]) -> tuple[str, re.Pattern[str]]:
    """The letters a match can begin with, and the pattern."""
    firsts, beginning, pattern = "", True, ""
    for item in shape.form.split():
        label, _, kinds = item.rpartition("=")
        mark = kinds[0] if kinds[0] in "<!" else ""
        optional = "?" if kinds.endswith("?") else ""
        names = kinds.removeprefix(mark).removesuffix("?").split("|")
        some = "[" + "".join(letters[name] for name in names) + "]"
        if mark:
            pattern += f"(?<={some})" if mark == "<" else f"(?!{some})"
            continue
        if beginning:
            firsts += some[1:-1]
            beginning = bool(optional)
        pattern += (f"(?P<{label}>{some})" if label else f"(?:{some})") + optional
    return firsts, re.compile(pattern)


def _pattern(words: Iterable[str], endings: Iterable[str]) -> re.Pattern[str]:
    trie: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(
        rf"""(?<!\w)(?:
            (?P<date>\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d)|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}(?!\d))
          | (?P<ordinal>\d{{1,2}}(?:{"|".join(endings)})\b)
          | (?P<number>\d+)(?![^\W\d_]|[.,:/]\d)
          | (?P<word>{_alternatives(trie)})(?:['’]s)?(?:(?<=['’])|(?!\w))
        )
        | (?P<mark>[,()–—-])""",
        re.VERBOSE | re.IGNORECASE,
    )


def _alternatives(trie: Mapping[str, Mapping]) -> str:  # type: ignore[type-arg]
    """A pattern for all words of a trie that prefers the longest."""
    options = [_letter(letter) + _alternatives(rest) for letter, rest in trie.items() if letter]
    if not options:
        return ""
    return "(?:" + "|".join(options) + ")" + ("?" if "" in trie else "")


def _letter(letter: str) -> str:
    if letter == "'":
        return "['’]"
    return r"\s{1,3}" if letter == " " else re.escape(letter)


def tokenize(text: str, speech: Grammar) -> list[Token]:
    """The words of time and the marks of a text in order.

    What stands between two of them, however long, is one token: of the kind ``stop`` if it begins
    with a mark or a new paragraph, else of the kind ``x``.
    """
    tokens: list[Token] = []
    floor = 0
    for match in speech.pattern.finditer(text):
        start, end = match.span()
        if floor != start and (other := _other(text[floor:start])):
            tokens.append(Token(floor, start, other, 0))
        kind = match.lastgroup
        if kind == "word":
            token = _word(text, match, tokens, speech)
        elif kind == "mark":
            token = Token(start, end, _MARKS[match.group()], 0)
        elif kind == "number":
            token = _number(match)
        elif kind == "ordinal":
            token = Token(start, end, "ordinal", int(_DIGITS.findall(match.group())[0]))
        else:
            token = Token(start, end, "date", match.group())
        tokens.append(token)
        floor = token.end
    if other := _other(text[floor:]):
        tokens.append(Token(floor, len(text), other, 0))
    return tokens


def _other(gap: str) -> str:
    """The kind of what is no word of time: empty for white space inside one paragraph."""
    word = gap.strip()
    if not word:
        return "stop" if gap.count("\n") > 1 else ""
    return "x" if word[0].isalnum() else "stop"


def _word(text: str, match: re.Match[str], before: list[Token], speech: Grammar) -> Token:
    word = match["word"]
    start, end = match.span()
    kind, value = speech.lexicon.get(word) or speech.lexicon.get(_folded(word)) or ("x", 0)
    if kind in ("weakmonth", "abbrmonth"):
        if word.islower() and not (before and before[-1].kind in ("in", "of")):
            return Token(start, end, "x", 0)
        if kind == "abbrmonth" and text.startswith(".", end):
            end += 1
    return Token(start, end, kind, value)


def _number(match: re.Match[str]) -> Token:
    digits = match.group()
    start, end = match.span()
    if len(digits) > _YEAR_DIGITS:
        return Token(start, end, "x", 0)
    value = int(digits)
    if len(digits) <= 2 and 1 <= value <= 31:
        return Token(start, end, "num", value)
    year = len(digits) == _YEAR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR
    return Token(start, end, "year" if year else "count", value)


def _folded(word: str) -> str:
    return " ".join(word.lower().replace("’", "'").split())
