"""Can this report concern an engagement at all?

One multi-pattern scan over the raw text, no parse. A report passes when a word that speaks of
an engagement has the names of two different states or bodies within reach: "Washington" and
"the American president" are one. Most news is about one country, and most of what is about
two has nobody meeting anybody. A brief passes on less, on two office holders without their
states for one: it names its parties sparsely, and is soon parsed.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from summitry.extract._naming import find, surfaces
from summitry.gazetteer import NameKind
from summitry.lang import Words
from summitry.model import Report

__all__ = ["passes", "worth_reading"]

_REACH = 300
"""Bytes between a strong word and the names; at 200 three of 204 labelled reports are lost."""
_WEAK_REACH = 80
"""The same for a word that mostly speaks of something else ("came", "was in")."""
_BRIEF = 700
"""Bytes of a report that passes on one name; a fifth of other news, a twentieth of its bytes."""
_LINE, _PROSE = 60, 1500
"""Characters of a line that is prose, and of all prose of a page that may hold such a report: the
comments on it are in them. Of the briefs among 1,259 made-up pages that pass two are lost,
at 1,200 five."""
_BETWEEN = 200
"""Bytes that a page may put between two paragraphs of its article: "Read also: …"."""

_PLAIN = bytes(c if chr(c).isascii() and chr(c).isalpha() else 32 for c in range(256)).lower()
"""Each byte as the scan sees it: small letters, and a blank for all that is no ASCII letter."""


_SMALL = frozenset(b"abcdefghijklmnopqrstuvwxyz")


class _Pattern(NamedTuple):
    """What the scan looks for: the beginning of a word, or a name as a whole."""

    kind: str
    """strong, weak, office or name."""
    text: str
    key: bytes
    """What must stand there, in small letters."""
    open: bool
    """Whether the scan has seen blanks in its place: then it must be compared."""
    titled: bool
    """Whether it is a name of which the first letter alone has to be a capital."""


class _Found(NamedTuple):
    """Where a report's patterns begin, in order."""

    strong: list[int]
    weak: list[int]
    names: list[tuple[int, str]]
    """With the state, body or bare surface that each stands for."""
    offices: int


def passes(report: Report, words: Words) -> bool:
    """Whether the report is worth a closer look; nothing relevant may be lost."""
    raw = report.text.encode("utf-8", "replace")
    found = _scan(raw, words)
    return _brief(report, found, words) if len(raw) <= _BRIEF else _long(found, 0)


def worth_reading(page: Report, words: Words) -> bool:
    """Whether a report could pass that is a part of this one, as an article is of its page."""
    raw = page.text.encode("utf-8", "replace")
    found = _scan(raw, words)
    prose = sum(len(line) for line in page.text.split("\n") if len(line) >= _LINE)
    return _long(found, _BETWEEN) or (prose <= _PROSE and _brief(page, found, words))


def _brief(report: Report, found: _Found, words: Words) -> bool:
    """Whether a brief passes: on two names, on one and a word, on two persons."""
    named = len({state for _, state in found.names}) + found.offices
    spoken = bool(named and (found.strong or found.weak))
    return named > 1 or spoken or _persons_of_two(report.text, words)


def _long(found: _Found, more: int) -> bool:
    """Whether a word has the names of two states within its reach, or so many bytes more."""
    strong, weak = _REACH + more, _WEAK_REACH + more
    return any(
        _between(found.strong, second - strong, first + strong)
        or _between(found.weak, second - weak, first + weak)
        for first, second in _changes(found.names)
    )


def _persons_of_two(text: str, words: Words) -> bool:
    """Whether office holders of two states are named: "Mandela and Castro spent an hour"."""
    best = [hit.best for hit in find(text, None, words)]
    return len({name.state for name in best if name.kind is NameKind.PERSON}) > 1


def _changes(names: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Where one name follows that of another state: two states near a word hold such a pair."""
    for (first, one), (second, other) in pairwise(names):
        if one != other:
            yield first, second


def _between(places: list[int], low: int, high: int) -> bool:
    """Whether a place stands in [low, high]."""
    at = bisect_left(places, low)
    return at < len(places) and places[at] <= high


def _scan(raw: bytes, words: Words) -> _Found:
    """The words and names of a text, overlong runs of letters left out."""
    scanner, patterns, states = _scanner(words)
    strong: list[int] = []
    weak: list[int] = []
    spans: list[tuple[int, int, str]] = []
    offices = 0
    # Each byte stays one byte: with the blank before it, a match begins where its word does.
    plain = b" %b " % raw.translate(_PLAIN)
    for number, start, _ in scanner.find_matches_as_indexes(plain, overlapping=True):
        small = raw[start] in _SMALL
        for kind, text, key, unsure, titled in patterns[number]:
            # Most of what is found is a name written small; nothing more is asked of it.
            if (small and titled) or (unsure and raw[start : start + len(key)].lower() != key):
                continue
            if kind == "name":
                end = start + len(key)
                if titled or _cased(raw[start:end], text):
                    spans.append((start, -end, text))
            elif kind == "weak":
                weak.append(start)
            elif kind == "strong":
                strong.append(start)
            else:
                offices += 1
    names: list[tuple[int, str]] = []
    done = 0
    spans.sort()
    for start, end, text in spans:
        if start >= done:
            names.append((start, states[text]))
            done = -end
    strong.sort()
    weak.sort()
    return _Found(strong, weak, names, offices)


def _cased(here: bytes, name: str) -> bool:
    """Whether a name is written as names are: "US" is no "us", "Turkey" no "turkey"."""
    if name.isupper():
        return here == name.encode()
    return not name[0].isupper() or not here[:1].islower()


def _state(name: str, words: Words) -> str:
    """The state or body that a name stands for, itself where that is open."""
    states = (n.state for hit in find(name, None, words) for n in hit.names if n.state)
    return next(states, name)


class _States(dict[str, str]):
    """The state or body that each name stands for, looked up when it is first met."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __missing__(self, name: str) -> str:
        self[name] = _state(name, self._words)
        return self[name]


@cache
def _scanner(words: Words) -> tuple[BytesAhoCorasick, tuple[tuple[_Pattern, ...], ...], _States]:
    """The scan, what each of its strings may be, and the states that its names stand for.

    Edges of words are part of the strings.
    """
    known: set[bytes] = set()
    patterns: dict[bytes, list[_Pattern]] = {}
    for kind, texts in (
        ("strong", words["gate.strong"]),
        ("weak", words["gate.weak"]),
        ("office", words["title.head"] | words["title.foreign"]),
        ("name", surfaces(words)),
    ):
        for text in sorted(texts):
            key = text.rstrip().encode().lower()
            if key in known:
                continue
            known.add(key)
            plain = key.translate(_PLAIN)
            whole = kind in {"office", "name"} or text.endswith(" ")
            edged = b" %b%b" % (plain, b" " if whole else b"")
            titled = kind == "name" and text[0].isupper() and not text.isupper()
            found = _Pattern(kind, text, key, b" " in plain, titled)
            patterns.setdefault(edged, []).append(found)
    scan = BytesAhoCorasick(list(patterns))
    return scan, tuple(tuple(p) for p in patterns.values()), _States(words)
