"""How is a text cut into words that compare equal across spellings, with their offsets?"""

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Word", "fold", "key", "words"]

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+\+?")
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ə": "a",
}
_SLAVIC_Y = re.compile(r"sk(?:iy|yy|yi|ii)$")
_ABDUL = re.compile(r"^(?:abdul|abdal|abdur|abdoul)(?=\w{3})")


class Word(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int
    text: str
    """The exact characters."""


def fold(word: str) -> str:
    """The word in lower case without marks: ``Erdoğan`` is ``erdogan``, ``İ`` is ``i``."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("İ", "I").casefold())
    return "".join(_LETTERS.get(c, c) for c in plain if not unicodedata.combining(c))


def key(word: str, spellings: dict[str, str]) -> str:
    """The folded word with its spelling settled by the table and two endings by rule.

    The rules: Slavic ``-skiy, -skyy, -skii`` are ``-sky``; Arabic ``Abdul-`` is ``Abdel-``.
    """
    plain = fold(word)
    known = spellings.get(plain)
    if known is not None:
        return known
    return _ABDUL.sub("abdel", _SLAVIC_Y.sub("sky", plain))


def words(text: str) -> tuple[Word, ...]:
    """All words of the text: runs of letters and digits, hyphens and apostrophes part them."""
    return tuple(Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text))
