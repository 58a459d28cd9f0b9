"""Where do the words of a Portuguese or Spanish sentence begin and end?

A preposition or a name of several words is one; a pronoun written behind its verb is a word of
its own, and so are two states joined by a hyphen.
"""

import re
from collections.abc import Iterator, Sequence

from summitry.lang._known import ENDINGS, Known
from summitry.lang.words import Words

__all__ = ["cut", "restored"]

_WORD = re.compile(r"\d+(?:[.,:]\d+)*(?:[ºª°]|\.[ºª])?|[^\W\d_]+(?:[-’'.][^\W_]+)*|\d+\w+|\S")
_CLITIC = re.compile(r"-(?:se|lhes?|[lmn]?[oa]s?|nos|me)$")
_JOINED = re.compile(r"(?:(?<=[aeiáéío]r)|(?<=ndo))(?:se|los?|las?|les?)$")


def cut(text: str, pack: Words, known: Known) -> Iterator[tuple[int, int, str]]:
    """Where the words stand; a phrase of the pack is one, a pronoun behind its verb another."""
    spans = [m.span() for m in _WORD.finditer(text)]
    k = 0
    while k < len(spans):
        size = _phrase([text[a:b] for a, b in spans[k : k + 8]], known)
        start, end = spans[k][0], spans[k + size - 1][1]
        k += size
        word = text[start:end]
        if size > 1:
            name = word[:1].isupper() and word.lower() in known.names
            yield start, end, word if name else _named(word, known)
            continue
        first, hyphen, second = word.partition("-")
        if second and (f"{first.lower()}-" in pack.names or _two_names(first, second, known)):
            yield start, start + len(first), first
            yield start + len(first) + len(hyphen), end, second
            continue
        cut = _cut(word, known)
        yield start, start + cut, word[:cut]
        if cut < len(word):
            yield start + cut, end, word[cut:].lstrip("-")


def _two_names(first: str, second: str, known: Known) -> bool:
    """Whether a hyphen stands between two states: "Rússia-África"."""
    capitals = first[:1].isupper() and second[:1].isupper()
    whole = f"{first}-{second}".lower() in known.names
    return capitals and not whole and bool({first.lower(), second.lower()} & known.names)


def _named(phrase: str, known: Known) -> str:
    """ "Na sequência da" under the name of its plain form: "na-sequência-de"."""
    *first, last = phrase.lower().split()
    return "-".join([*first, known.plain.get(last, last)])


def _phrase(words: Sequence[str], known: Known) -> int:
    """How many words belong to one preposition or name."""
    first = words[0]
    for parts in (*known.phrases.get(first, ()), *known.phrases.get(first.lower(), ())):
        here = words[: len(parts)]
        if parts[0][0].isupper():
            if tuple(here) == parts:
                return len(parts)
            continue
        low = [w.lower() for w in here]
        low[-1] = known.plain.get(low[-1], low[-1])
        if tuple(low) == parts:
            return len(parts)
    return 1


def _cut(word: str, known: Known) -> int:
    """Where a pronoun begins that is written behind its verb; else the word's length."""
    low = word.lower()
    for mark in (_CLITIC, _JOINED):
        found = mark.search(low)
        if found is None or low in known.nouns:
            continue
        stem = low[: found.start()]
        if stem in known.forms or any(e.search(stem) for _, e in ENDINGS):
            return found.start()
        if restored(stem) in known.forms:
            return found.start()
    return len(word)


def restored(stem: str) -> str:
    """ "Recebê-lo", "reunámo-nos": the form before the pronoun took its end."""
    for short, whole in (("á", "ar"), ("ê", "er"), ("í", "ir"), ("mo", "mos")):
        if stem.endswith(short):
            return stem.removesuffix(short) + whole
    return stem
