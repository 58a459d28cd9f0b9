"""The sentence as the parser sees it: known names stand in for by plain ones.

A small parser stumbles over rare names ("Jacques Chirac rang Alija Izetbegovic" is a row of
nouns to it). Whom the gazetteer and the titles have named already is therefore shown to it as
one ordinary first name, an office as its noun alone; the tokens are then put back on the
report's own characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summitry.extract._classes import noun
from summitry.extract._values import Actor, Sort
from summitry.lang import Token, Words
from summitry.model import Sentence

__all__ = ["Masked", "masked"]

_PLACES = {Sort.CITY, Sort.CAPITAL}
_HALF = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair, which no parser takes."""
_FAR = 80
"""Characters before a name in which its article stands."""
_ADJECTIVES = {Sort.STATE, Sort.DEMONYM}


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with stand-ins, and where each of them stands."""

    text: str
    spans: tuple[tuple[int, int, int, int], ...]
    """(start, end) in the masked text and (start, end) in the sentence, of each stand-in."""
    original: str

    def restored(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """The tokens with offsets and words of the sentence itself."""
        return tuple(self._back(token) for token in tokens)

    def _back(self, token: Token) -> Token:
        """One token on the characters of the sentence itself."""
        shift = 0
        for start, end, first, last in self.spans:
            if token.start >= end:
                shift = last - end
                continue
            if token.end > start:
                return replace(token, start=first, end=last, text=self.original[first:last])
            break
        if not shift:
            return token
        return replace(token, start=token.start + shift, end=token.end + shift)


def masked(sentence: Sentence, actors: tuple[Actor, ...], words: Words) -> Masked:
    """The sentence with every named person and office as one plain word."""
    parts: list[str] = []
    spans: list[tuple[int, int, int, int]] = []
    at = length = 0
    for start, end, word in _words(sentence, actors, words):
        before = sentence.text[at:start]
        parts += (before, word)
        length += len(before)
        spans.append((length, length + len(word), start, end))
        length += len(word)
        at = end
    parts.append(sentence.text[at:])
    return Masked(_HALF.sub("\ufffd", "".join(parts)), tuple(spans), sentence.text)


def _words(
    sentence: Sentence, actors: tuple[Actor, ...], pack: Words
) -> Iterator[tuple[int, int, str]]:
    """The stretches of a sentence to stand in for, in order, with the word to show."""
    names = pack.rows["mask.names"]
    done = 0
    people = 0
    for k, actor in enumerate(actors):
        start, end = actor.start - sentence.start, actor.end - sentence.start
        if start < done:
            continue
        following = actors[k + 1] if k + 1 < len(actors) else None
        pair = _pair(sentence, actor, following, pack)
        if pair:
            yield start, pair[0], pair[1]
            done = pair[0]
        elif actor.sort is Sort.PERSON and actor.name and sentence.text[end - 1 : end].isalnum():
            words = sentence.text[start:end]
            if not words[:1].isupper() and " " not in words:
                continue
            if actor.role and _article(sentence.text[max(0, start - _FAR) : start], pack):
                yield start, end, noun(actor.role.lower().split(), pack)
            else:
                yield start, end, names[people % len(names)]
                people += 1
            done = end
        elif actor.sort in {Sort.OFFICE, Sort.OFFICIALS} and actor.state and actor.role:
            yield start, end, noun(actor.role.lower().split(), pack)
            done = end


def _article(before: str, pack: Words) -> bool:
    """Whether an article stands just before: an office follows it, and no name."""
    last = re.search(r"(?:^|(?<=\s))(?:\w+[’']|\w+(?=\s*$))\s*$", before.lower())
    return last is not None and last[0].strip() in pack["mask.article"]


def _pair(
    sentence: Sentence, actor: Actor, following: Actor | None, pack: Words
) -> tuple[int, str] | None:
    """ "Bali, Indonesia," as the town alone; "U.S.-Indonesian" as one adjective."""
    if following is None:
        return None
    end, start = actor.end - sentence.start, following.start - sentence.start
    last = following.end - sentence.start
    gap = sentence.text[end:start]
    town = actor.sort in _PLACES and following.sort in _PLACES | {Sort.STATE}
    if gap == ", " and town and actor.state == following.state:
        return last, actor.text.split()[-1]
    adjective = pack.rows["mask.adjective"]
    joined = adjective and actor.sort in _ADJECTIVES and following.sort in _ADJECTIVES
    if gap in {"-", "–"} and joined and actor.state != following.state:
        return last, adjective[0]
    return None
