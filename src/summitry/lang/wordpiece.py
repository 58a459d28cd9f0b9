"""Text as the pieces of words that the learned reader knows.

WordPiece (Wu et al. 2016) as BERT's uncased vocabulary uses it: lower case, accents dropped,
every mark of punctuation by itself, each word as the longest known pieces from its left.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["CLOSE", "OPEN", "Piece", "Vocabulary"]

OPEN, CLOSE = 101, 102
"""The pieces before the first sentence and after each: [CLS] and [SEP]."""
_UNKNOWN = 100
# A word longer than this is no word: an address, a hash.
_LONGEST = 60
# Words whose pieces are remembered, some 3 MB: on 2,500 items of feeds all of them.
_MOST = 8192


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece, at characters [start, end) of the text."""

    id: int
    start: int
    end: int
    first: bool
    """Whether a word begins with it."""


class Vocabulary:
    """The known pieces; their places in the list are their ids."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids = {piece: k for k, piece in enumerate(pieces)}
        self._known = lru_cache(maxsize=_MOST)(self._longest)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The pieces of a text in order, with offsets into it."""
        return tuple(
            Piece(k, start + a, min(start + b, end), a == 0)
            for word, start, end in _words(text)
            for k, a, b in self._cut(word, end - start)
        )

    def _cut(self, word: str, width: int) -> Iterator[tuple[int, int, int]]:
        """The pieces of one plain word with their first and last character."""
        at, known = 0, self._known(word)
        # Where letters fell away with their accents, the offsets of inner pieces shift a little.
        for n, (k, length) in enumerate(known):
            last = n == len(known) - 1
            yield k, at, width if last else at + length
            at += length

    def _longest(self, word: str) -> tuple[tuple[int, int], ...]:
        """Ids and lengths of the longest pieces from the left; one unknown piece failing that."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(word) <= _LONGEST:
            for end in range(len(word), at, -1):
                k = self._ids.get(("##" if at else "") + word[at:end])
                if k is not None:
                    found.append((k, end - at))
                    at = end
                    break
            else:
                break
        return tuple(found) if at == len(word) else ((_UNKNOWN, len(word)),)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Plain words and single marks with their offsets."""
    word, start = "", 0
    for i, char in enumerate(text):
        if char.isspace() or _is_mark(char):
            if word:
                yield word, start, i
            word = ""
            if not char.isspace():
                yield char, i, i + 1
            continue
        if not word:
            start = i
        word += _plain(char)
    if word:
        yield word, start, len(text)


def _plain(char: str) -> str:
    """A character in lower case without its accents."""
    if char.isascii():
        return char.lower()
    spread = unicodedata.normalize("NFD", char.lower())
    return "".join(c for c in spread if unicodedata.category(c) not in {"Mn", "Cc", "Cf"})


def _is_mark(char: str) -> bool:
    """Whether a character is punctuation to the vocabulary: ASCII symbols count."""
    if char.isascii():
        return not (char.isalnum() or char.isspace() or ord(char) < 32)
    return unicodedata.category(char).startswith("P")
