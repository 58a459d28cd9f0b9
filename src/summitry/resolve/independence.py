"""How many sources speak that do not copy one another?

Three things make two reports one source: most of the shorter text stands in the longer
(agency copy is trimmed, so containment and not likeness is asked); both credit the same
agency on the same day; or both rest on one utterance: the same named speaker, the same day,
the same status.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from zlib import crc32

from summitry.model import Report, Slot, Status
from summitry.resolve._told import OFFICIAL, Told

__all__ = ["agencies", "independent_sources", "sketch"]

_WIDTH = 4
"""Words in a shingle."""
_SAMPLE = 4
"""One shingle in so many is kept, chosen by its first word and so alike in all copies."""
_CONTAINED = 0.5
"""Share of the shorter sketch from which two texts are copies."""
_LEAST = 5
"""Shingles below which a sketch says nothing: a headline is no copy of another."""
_WORD = re.compile(r"\w+")
_DATELINE = re.compile(r"\(([A-Z][\w. ]{1,20})\)\s*[-\u2013\u2014:]|/([A-Z]{2,12})/")
"""An agency behind the place of a dateline: "ANKARA (Reuters) -", "MOSCOW, 2 February. /TASS/"."""
_HEAD = 400
"""Characters at the head of a text in which a dateline may stand."""


def independent_sources(group: Sequence[Told]) -> int:
    """The number of reports of a group, copies of one another counted once; at least 1."""
    reports = list({t.report.id: t.report for t in group}.values())
    parent = list(range(len(reports)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    places: dict[tuple[str, ...], int] = {}
    number = {report.id: n for n, report in enumerate(reports)}
    for told in group:
        for key in _shared_keys(told):
            first = places.setdefault(key, number[told.report.id])
            parent[root(number[told.report.id])] = root(first)
    sketches = [sketch(report.text) for report in reports]
    for a, b in combinations(range(len(reports)), 2):
        if root(a) != root(b) and _copies(sketches[a], sketches[b]):
            parent[root(a)] = root(b)
    return len({root(n) for n in range(len(reports))})


def agencies(report: Report) -> frozenset[str]:
    """The agencies, in lower case, whose text a report says it carries.

    >>> sorted(agencies(Report(outlet="x", published=None, text="ANKARA (Reuters) - Talks")))
    ['reuters']
    """
    lines = _DATELINE.finditer(report.text[:_HEAD])
    found = {(line.group(1) or line.group(2)).casefold() for line in lines}
    return frozenset(found | {credit.casefold() for credit in report.credits})


@lru_cache(maxsize=4096)
def sketch(text: str) -> frozenset[int]:
    """Hashes of a sample of the text's runs of four words."""
    words = [crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.casefold())]
    starts = (n for n in range(len(words) - _WIDTH + 1) if words[n] % _SAMPLE == 0)
    return frozenset(hash(tuple(words[n : n + _WIDTH])) for n in starts)


def _copies(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether most of the shorter text stands in the longer."""
    least = min(len(a), len(b))
    return least >= _LEAST and len(a & b) >= _CONTAINED * least


def _shared_keys(told: Told) -> set[tuple[str, ...]]:
    """What two reports cannot share without resting on one source."""
    day = told.day.isoformat()
    keys: set[tuple[str, ...]] = {("agency", agency, day) for agency in agencies(told.report)}
    said = [c for c in told.mention.claims if c.slot is Slot.STATUS]
    if said and all(c.source.source_class in OFFICIAL for c in said):
        spoken = sorted(
            f"{c.source.name.casefold()} {told.said(c)} {c.value.value}"
            for c in said
            if isinstance(c.value, Status)
        )
        keys.add(("utterance", *spoken))
    return keys
