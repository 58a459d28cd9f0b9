"""The report's text as a row of items: known names, titles, capitalised words, the rest."""

import re
from collections.abc import Container, Sequence
from functools import cache
from typing import NamedTuple

from summitry.gazetteer import Hit, NameKind
from summitry.lang import Words

__all__ = ["Item", "items"]

_WORD = re.compile(r"[^\W_][^\W_]*(?:[.'’\-][^\W_]+)*|[,;:()\"“”—–.!?\n-]")
_POSSESSIVE = re.compile(r"['’]s?$")
# Characters of the longest title that is looked up.
_LONGEST = 60
_ELIDED = re.compile(r"([^\W_]+)['’](?=\w)")
# Words before a state that a title may have.
_WIDEST = 9
_RANKS = ("head", "foreign", "minister", "envoy", "speaker", "peer", "kin", "official")


class Item(NamedTuple):
    """One item at characters [start, end) of the text."""

    kind: str
    """hit, title, name, word or mark."""
    start: int
    end: int
    text: str
    hit: Hit | None = None
    rank: str = ""
    """For a title: the list it stands in."""
    possessive: bool = False


def items(text: str, hits: Sequence[Hit], words: Words) -> tuple[Item, ...]:
    """The items of a text in order; together they cover all its words."""
    found: list[Item] = []
    spans = _spans(text, words)
    ahead = iter(hits)
    hit = next(ahead, None)
    follows = "after" in words["order.demonym"]
    openings, _ = _titles(words)
    k = 0
    while k < len(spans):
        start, end = spans[k]
        while hit is not None and hit.start < start:
            hit = next(ahead, None)
        if hit is not None and hit.start < end:
            # It begins at this word, or inside it as in "Russian-Turkish".
            after = text[hit.end : hit.end + 2]
            found.append(
                Item("hit", hit.start, hit.end, hit.text, hit=hit, possessive=_owns(after))
            )
            k = _next(spans, hit.end, k)
            continue
        title = _title_around(text, spans, k, hit, words) if follows and hit else None
        if title is not None and hit is not None:
            # The state first, as if it stood before: who reads on knows one order only.
            owner = Item("hit", hit.start, hit.end, hit.text, hit=hit)
            found.insert(_before_words(found, words), owner)
        if title is None and _may_open(text[start:end].lower(), openings):
            title = _title_here(text, spans, k, words)
        if title is not None:
            found.append(title[0])
            k = title[1]
            continue
        found.append(_plain(text, start, end, words))
        k += 1
    return tuple(_joined(_shared(found, words) if follows else found, text, words))


def _before_words(found: Sequence[Item], words: Words) -> int:
    """Where a title begins with the words that may stand before it: "l'ancien président"."""
    at = len(found)
    leading = words["title.former"] | words["title.between"]
    while at and found[at - 1].kind == "word" and found[at - 1].text.lower() in leading:
        at -= 1
    return at


def _shared(found: list[Item], words: Words) -> list[Item]:
    """The second state of "les présidents russe et turc" put beside the first, both in front."""
    out = list(found)
    for k in range(1, len(out) - 2):
        state, title, link, second = out[k - 1 : k + 3]
        inner = title.kind == "title" and state.start > title.start
        if inner and link.text.lower() in words["title.and"] and _adjective(second.hit):
            longer = title._replace(end=second.end)
            out[k - 1 : k + 3] = [state, link, second, longer]
    return out


def _adjective(hit: Hit | None) -> bool:
    """Whether a name is, or can be, the adjective of a state."""
    return hit is not None and any(n.kind is NameKind.DEMONYM for n in hit.names)


def _spans(text: str, words: Words) -> list[tuple[int, int]]:
    """Where the words stand, one that lost its vowel apart from the one it leans on."""
    spans: list[tuple[int, int]] = []
    elided = words["elision.words"]
    for match in _WORD.finditer(text):
        start, end = match.span()
        while elided and (cut := _ELIDED.match(text, start, end)) and cut[1].lower() in elided:
            spans.append((start, cut.end()))
            start = cut.end()
        spans.append((start, end))
    return spans


def _title_around(
    text: str, spans: list[tuple[int, int]], k: int, hit: Hit, words: Words
) -> tuple[Item, int] | None:
    """The title that begins at word k with a state in it or behind it, as the state's own.

    "Le ministre turc des Affaires étrangères", "le président turc": who reads the items finds
    the state first, as in "Turkish president".
    """
    openings, titles = _titles(words)
    first = spans[k][0]
    lengths = openings.get(text[first : spans[k][1]].lower())
    if lengths is None or not _adjective(hit) or hit.start - first > _LONGEST:
        return None
    inside = [n for n in range(k, min(k + _WIDEST, len(spans))) if spans[n][1] <= hit.start]
    after = next((n for n in range(k, len(spans)) if spans[n][0] >= hit.end), len(spans))
    head = text[first : hit.start].strip()
    gap = text[spans[inside[-1]][1] : hit.start] if inside else "."
    if not inside or gap.strip() or len(inside) < after - k - len(_WORD.findall(hit.text)):
        return None
    for more in range(max(lengths), -1, -1):
        if after + more > len(spans):
            continue
        end = spans[after + more - 1][1] if more else hit.end
        said = f"{head} {text[hit.end : end].strip()}".strip()
        rank = titles.get(_phrase(said))
        if rank:
            return Item("title", first, end, said, rank=rank), after + more
    return None


def _phrase(text: str) -> str:
    """The words as titles are listed."""
    return " ".join(text.lower().replace("’", "'").split())


def _owns(after: str) -> bool:
    """Whether an apostrophe follows."""
    return after[:1] in {"'", "’"}


def _next(spans: list[tuple[int, int]], end: int, k: int) -> int:
    """The index of the first word that begins at or after ``end``; splits a joined word."""
    if k < len(spans) and spans[k][1] > end + 2 and end > spans[k][0]:
        # "Russian-Turkish": what is left of the word is a word of its own.
        rest = end + 1
        spans[k] = (rest, spans[k][1])
        return k
    while k < len(spans) and spans[k][0] < end:
        k += 1
    return k


def _may_open(word: str, openings: Container[str]) -> bool:
    """Whether a title can begin with a word, as with few words of a text."""
    return word in openings or "'" in word or "’" in word


def _title_here(
    text: str, spans: list[tuple[int, int]], k: int, words: Words
) -> tuple[Item, int] | None:
    """The longest title that begins at word k, with the index after it."""
    first = spans[k][0]
    start = text[first : spans[k][1]].lower()
    openings, titles = _titles(words)
    for width in openings.get(start) or openings.get(_POSSESSIVE.sub("", start), ()):
        if k + width > len(spans):
            continue
        end = spans[k + width - 1][1]
        if end - first > _LONGEST:
            continue
        phrase = _phrase(text[first:end])
        bare = _POSSESSIVE.sub("", phrase)
        rank = titles.get(bare)
        if rank:
            stop = end - (len(phrase) - len(bare))
            owns = bare != phrase
            title = Item("title", first, stop, text[first:stop], rank=rank, possessive=owns)
            return title, k + width
    return None


# Characters of the longest title worth looking for, white space included.
_LONGEST = 60


@cache
def _titles(words: Words) -> tuple[dict[str, tuple[int, ...]], dict[str, str]]:
    """First word to the lengths in words of the titles it opens, longest first; title to rank."""
    ranks: dict[str, str] = {}
    for rank in reversed(_RANKS):
        for phrase in words[f"title.{rank}"]:
            ranks[phrase] = rank
    lengths: dict[str, set[int]] = {}
    for phrase in ranks:
        parts = [phrase[start:end] for start, end in _spans(phrase, words)]
        lengths.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(n, reverse=True)) for first, n in lengths.items()}, ranks


def _plain(text: str, start: int, end: int, words: Words) -> Item:
    """A capitalised word, an ordinary word or a mark."""
    word = text[start:end]
    if not word[0].isalnum():
        return Item("mark", start, end, word)
    bare = _POSSESSIVE.sub("", word) if "'" in word or "’" in word else word
    owns = bare != word or _owns(text[end : end + 2])
    name = bare[0].isupper() and bare.lower() not in words["name.not"] and not bare[0].isdigit()
    kind = "name" if name else "word"
    return Item(kind, start, start + len(bare), bare, possessive=owns)


def _joined(found: list[Item], text: str, words: Words) -> list[Item]:
    """Runs of capitalised words, with the particles between them, as one name."""
    out: list[Item] = []
    for k, item in enumerate(found):
        last = out[-1] if out else None
        if item.kind == "name" and _leads_title(found, k, words):
            out.append(item._replace(kind="word"))
            continue
        if item.kind == "name" and last is not None and not last.possessive:
            if last.kind == "name" and text[last.end : item.start].strip() in {"", "."}:
                out[-1] = _merge(last, item, text)
                continue
            particle = last.kind == "word" and last.text.lower() in words["name.particle"]
            if particle and len(out) > 1 and out[-2].kind == "name" and last.text.islower():
                out[-2:] = [_merge(out[-2], item, text)]
                continue
        if _initial(found, k, words):
            out.append(Item("name", item.start, item.end, item.text))
            continue
        out.append(item)
    return out


def _leads_title(found: list[Item], k: int, words: Words) -> bool:
    """Whether item k stands before a title, in a headline's capitals: "Top Officials"."""
    leading = words["title.former"] | words["title.between"]
    while k < len(found) and found[k].kind == "name" and found[k].text.lower() in leading:
        k += 1
    return k < len(found) and found[k].kind == "title" and found[k - 1].kind == "name"


def _initial(found: list[Item], k: int, words: Words) -> bool:
    """Whether item k is the first letter of a name: "S Jaishankar"."""
    item = found[k]
    return (
        item.kind == "word"
        and len(item.text) == 1
        and item.text.isupper()
        and item.text.lower() not in words["name.letter"]
        and k + 1 < len(found)
        and found[k + 1].kind in {"name", "hit"}
    )


def _merge(first: Item, second: Item, text: str) -> Item:
    """Two items and what stands between them as one name."""
    return Item(
        "name",
        first.start,
        second.end,
        text[first.start : second.end],
        possessive=second.possessive,
    )
