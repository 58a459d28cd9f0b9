"""Which names stand in a text, in the words of its language?

The gazetteer knows names as English prints them. A pack may say what its language calls the
same states, people and towns ("Pékin", "russe", "Poutine"); the text is then shown to the
gazetteer with those words in its spelling, and what it finds is put back on the text's own
characters.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cache

from summitry import gazetteer
from summitry.gazetteer import Hit
from summitry.lang import Words

__all__ = ["find", "surfaces"]

_WORD = re.compile(r"[^\W_]+")
# What may stand between the words of one name.
_GAP = re.compile(r"[\s\u00a0]{1,2}|['’.-]\s?|$")


def surfaces(words: Words) -> tuple[str, ...]:
    """The strings that can name an actor in this language, for a scan."""
    own = (n.rstrip("-") for n in words.names)
    return tuple(dict.fromkeys((*gazetteer.surfaces(), *own)))


def find(text: str, day: date | None, words: Words) -> tuple[Hit, ...]:
    """All names in a text, in order, none overlapping; see ``gazetteer.find``."""
    if not words.names:
        return gazetteer.find(text, day)
    shown: list[str] = []
    spans: list[tuple[int, int, int, int]] = []
    at = length = 0
    for start, end, name in _spelled(text, words):
        before = text[at:start]
        shown += (before, name)
        length += len(before)
        spans.append((length, length + len(name), start, end))
        length += len(name)
        at = end
    shown.append(text[at:])
    hits = gazetteer.find("".join(shown), day)
    return tuple(_back(hit, spans, text) for hit in hits)


def _back(hit: Hit, spans: list[tuple[int, int, int, int]], text: str) -> Hit:
    """A hit on the characters of the text itself."""
    start, end = _place(hit.start, spans, 2), _place(hit.end, spans, 3)
    return Hit(start, end, text[start:end], hit.names)


def _place(at: int, spans: list[tuple[int, int, int, int]], edge: int) -> int:
    """Where a character of the shown text stands; inside a stand-in, at one edge of it."""
    k = bisect_right(spans, at, key=lambda s: s[0]) - 1
    if k < 0:
        return at
    first, last, _, end = spans[k]
    if at < last and not (edge == 3 and at == first):
        return spans[k][edge]
    if edge == 3 and at == first:
        return spans[k][2]
    return at - last + end


def _spelled(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that the gazetteer spells otherwise, the longest at each place."""
    table = _table(words)
    spans = [m.span() for m in _WORD.finditer(text)]
    done = 0
    for k, (start, _) in enumerate(spans):
        if start < done:
            continue
        for parts, name in table.get(text[start : spans[k][1]].lower(), ()):
            last = k + len(parts) - 1
            if last >= len(spans) or not _stands(text, spans[k : last + 1], parts):
                continue
            yield start, spans[last][1], name
            done = spans[last][1]
            break


def _stands(text: str, spans: list[tuple[int, int]], parts: tuple[str, ...]) -> bool:
    """Whether these words are the name: capitals where it has them, nothing else between."""
    hyphen = parts[-1].endswith("-")
    if hyphen and text[spans[-1][1] : spans[-1][1] + 1] not in {"-", "–"}:
        return False
    for n, (part, (start, end)) in enumerate(zip(parts, spans, strict=True)):
        word, wanted = text[start:end], part.rstrip("-")
        if wanted.lower() != word.lower():
            return False
        if wanted[0].isupper() != word[0].isupper() and (wanted[0].isupper() or hyphen):
            return False
        if wanted.isupper() and len(wanted) > 1 and not word.isupper():
            return False
        following = spans[n + 1][0] if n + 1 < len(spans) else end
        if not _GAP.fullmatch(text[end:following]):
            return False
    return True


@cache
def _table(words: Words) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The names by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, known in words.names.items():
        parts = _WORD.findall(name)
        if name.endswith("-"):
            parts[-1] += "-"
        found.setdefault(parts[0].rstrip("-").lower(), []).append((tuple(parts), known))
    return {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in found.items()}
