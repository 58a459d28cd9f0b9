"""Where in a text do runs of words stand that are a name?"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from summitry.gazetteer._table import Entry, entries, entry, key_of, lines

__all__ = ["Run", "runs", "shouted"]

_WORD = r"(?:[^\W_]|[\u0300-\u036f])+\+?"
_HYPHENS = "-‐‑–"
_APOSTROPHES = "'’‘ʼ`´"
_GAP = (
    r"(?:[^\S\n]|\n(?!\s*\n))?"
    rf"(?:[{_HYPHENS}{_APOSTROPHES}./&]|,(?=\s?(?:Jr\b|Sr\b|D\.?C)))?"
    r"(?:[^\S\n]{1,3}|\n(?!\s*\n)[^\S\n]*)?"
)
_NEXT = re.compile(rf"({_GAP})({_WORD})")
_WEAK_JOINTS = _HYPHENS + _APOSTROPHES
_LONGEST_BEFORE_DOT = 3
"""Letters of the longest word that a full stop abbreviates: ``Sen.``, ``St.``, ``U.``."""


class Run(NamedTuple):
    """Words of a text that are a name: characters [start, end)."""

    start: int
    end: int
    entry: Entry


def runs(text: str) -> Iterator[Run]:
    """Leftmost-longest runs of whole words that are a name, none overlapping, in order.

    The case must be that of a name: capitals where the name has them; an abbreviation in
    capitals throughout. Words may be parted by a space, one line break, a hyphen, an
    apostrophe, the full stop of an abbreviation.
    """
    done = 0
    table = entries()
    for match in _candidates().finditer(text):
        start = match.start()
        if start < done:
            continue
        first = key_of(match.group())
        if first not in table:
            continue
        run = _longest(text, first, start, match.end())
        if run is not None:
            done = run.end
            yield run


def _longest(text: str, first: str, start: int, end: int) -> Run | None:
    """The longest name that begins with the word, its case being right."""
    table = entries()
    longest, _, _, head = table[first].split("\t")
    reach = int(longest or 1)
    keys, ends, small, initial = [first], [end], [False], False
    while len(keys) < reach + initial:
        match = _NEXT.match(text, ends[-1])
        if match is None or _broken(match.group(1), text, ends[-1]):
            break
        gap, word = match.groups()
        low = word[0].islower() and not _tied(gap) and word not in _particles()
        if low and "l" not in head:
            break
        initial = initial or len(word) == 1
        keys.append(key_of(word))
        ends.append(match.end())
        small.append(low)
    for size in range(len(keys), 0, -1):
        found = _named(keys[:size])
        if found and _cased(text, start, ends[size - 1], found.flags, small[1:size]):
            return Run(start, ends[size - 1], found)
    return None


def _named(keys: list[str]) -> Entry | None:
    """What the keys are the name of; a middle initial may be more than the tables have."""
    found = entry(" ".join(keys))
    if found is None and len(keys) > 2:
        bare = [k for i, k in enumerate(keys) if len(k) > 1 or i in {0, len(keys) - 1}]
        found = entry(" ".join(bare)) if 1 < len(bare) < len(keys) else None
    if found is None or not (found.rows or found.surnames or "B" in found.flags):
        return None
    return found


def _broken(gap: str, text: str, end: int) -> bool:
    """Whether the gap ends the name: nothing, or a full stop that ends a sentence."""
    if not gap:
        return text[end - 1] != "+"
    if "." not in gap:
        return False
    begin = end - _LONGEST_BEFORE_DOT - 1
    return begin >= 0 and text[begin:end].isalpha()


def _tied(gap: str) -> bool:
    return bool(gap) and gap[-1] in _WEAK_JOINTS


def _cased(text: str, start: int, end: int, flags: str, small: list[bool]) -> bool:
    """Whether the characters are written as the name is; ``small`` tells of each word."""
    letters = text[start:end]
    if "A" in flags:
        if letters.upper() != letters:
            return False
        return not ("W" in flags and _pronoun(text, start, end))
    if "L" in flags:
        return True
    if any(small):
        return False
    if letters[0].islower():
        # A particle may open a name ("al-Sisi"); a lone lower-case word is none.
        return letters.lower() != letters
    return True


def _pronoun(text: str, start: int, end: int) -> bool:
    """Whether an abbreviation that is also a word ("US") may be that word in a loud line."""
    if "." in text[start:end]:
        return False
    before = text[text.rfind("\n", 0, start) + 1 : start].strip()
    if not before or before.endswith(("THE", ":", "-")):
        return False
    return _loud(text, start, end)


def shouted(text: str, run: Run) -> bool:
    """Whether the name stands in a line of capitals."""
    return _loud(text, run.start, run.end)


def _loud(text: str, start: int, end: int) -> bool:
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[begin:start] + text[end : stop if stop >= 0 else len(text)]
    rest = line.replace("U.S.", "")
    return rest.upper() == rest and sum(c.isalpha() for c in rest) > 3


@cache
def _particles() -> frozenset[str]:
    return frozenset(lines("particles.txt"))


@cache
def _candidates() -> re.Pattern[str]:
    """First words of names: capitalised, a number, or one of the few lower-case openers."""
    openers = "|".join(sorted(lines("starters.txt"), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:(?=[^\W_a-z]){_WORD}|(?:{openers})(?![^\W_]))")
