"""What of a text is compared to see whether another text holds it: its headline and its runs."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

from summitry.model import Report

__all__ = ["Shelf", "Sketch", "copies", "sketch"]

_RUN = 4
"""Words in a run."""
_LONG = 400
"""Runs from which a text is sampled; a feed item has 40, an agency report 300."""
_SAMPLE = 4
"""One run in so many of a long text is kept, chosen by its hash and so alike in all copies."""
_CONTAINED = 0.4
"""Share of the smaller sketch from which two texts are copies (``tools/score_copies.py``)."""
_LEAST = 5
"""Runs below which a body says nothing: ten words are soon the same."""
_TITLE = 6
"""Different words from which two equal headlines are one: "Biden meets Xi in Bali" is anyone's.

Measured on headlines of feeds: with 7 one copy in a hundred is lost, with 4 none is gained."""
_HOLDERS = 8
"""Holders of one run that are looked at: the more there are, the less the run tells."""
_BEST = 4
"""Candidates that are compared in full."""
_WORD = re.compile(r"\w+(?:['\u2019](?!s\b)\w+)?")
_CAPTION = re.compile(
    r"^.{0,500}?(?:\([^()\n]*(?:/|Getty|Photo)[^()\n]*\)|\b(?:REUTERS|AFP|AP|EPA)/\w+)",
    re.MULTILINE,
)
"""The words under a picture, which outlets share that share no story."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of one text."""

    headline: frozenset[str]
    """Its words; empty where they are too few to tell."""
    runs: frozenset[int]
    """Hashes of the body's runs of four words."""
    every: int
    """One run in so many was kept: 1 for short texts."""


def sketch(report: Report) -> Sketch:
    """The sketch of a report; a text without headline is all body."""
    return _sketch(report.text[: report.body], report.text[report.body :])


@lru_cache(maxsize=8192)
def _sketch(title: str, body: str) -> Sketch:
    headline = frozenset(_words(title))
    hashes = [crc32(word.encode("utf-8", "replace")) for word in _words(_CAPTION.sub("", body))]
    # The hash of a tuple of numbers is the same in every process.
    runs = [hash(tuple(hashes[n : n + _RUN])) for n in range(len(hashes) - _RUN + 1)]
    every = 1 if len(runs) <= _LONG else _SAMPLE
    return Sketch(
        headline=headline if len(headline) >= _TITLE else frozenset(),
        runs=frozenset(run for run in runs if run % every == 0),
        every=every,
    )


def copies(a: Sketch, b: Sketch) -> bool:
    """Whether two texts have one headline, or most of the smaller body stands in the larger.

    Copy is trimmed from its end, so that containment is asked and not likeness (Broder 1997).
    """
    if a.headline and a.headline == b.headline:
        return True
    every = max(a.every, b.every)
    ours, theirs = _thinned(a, every), _thinned(b, every)
    least = min(len(ours), len(theirs))
    return least >= _LEAST and len(ours & theirs) >= _CONTAINED * least


@dataclass(slots=True)
class Shelf:
    """Sketches that were put there, found again by what they share with another.

    Time grows with the number of sketches, not with that of pairs: of each run only the first
    holders are looked at.
    """

    _sketches: list[Sketch] = field(default_factory=list)
    _headlines: dict[frozenset[str], int] = field(default_factory=dict)
    _holders: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def put(self, one: Sketch) -> Iterator[int]:
        """Shelve a sketch; its copies among those before it, by number, the likeliest first."""
        number = len(self._sketches)
        shared = Counter(n for run in one.runs for n in self._holders.get(run, ()))
        named = [self._headlines[one.headline]] if one.headline in self._headlines else []
        best = [n for n, _ in sorted(shared.items(), key=lambda s: (-s[1], s[0]))[:_BEST]]
        found = [n for n in dict.fromkeys([*named, *best]) if copies(one, self._sketches[n])]
        self._sketches.append(one)
        if one.headline:
            self._headlines.setdefault(one.headline, number)
        for run in one.runs:
            if len(self._holders[run]) < _HOLDERS:
                self._holders[run].append(number)
        yield from found


def _words(text: str) -> list[str]:
    """Words in lower case; a possessive is the word itself, as outlets differ in quotes.

    >>> _words("Iran\u2019s talks, don't")
    ['iran', 's', 'talks', "don't"]
    """
    return [word.replace("\u2019", "'") for word in _WORD.findall(text.casefold())]


def _thinned(one: Sketch, every: int) -> frozenset[int]:
    """The runs that a coarser sample would have kept."""
    return one.runs if one.every == every else frozenset(r for r in one.runs if r % every == 0)
