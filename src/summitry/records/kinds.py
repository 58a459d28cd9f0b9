"""What sort of engagement does the title of an entry name?"""

import re
from collections.abc import Iterator

from summitry.lang import Words
from summitry.model import Kind

__all__ = ["kind"]

_WORD = re.compile(r"[\w-]+")
_MEETING = ("meeting", "weakmeet")
_SORTS: tuple[tuple[str, Kind], ...] = (
    ("event.noun.call", Kind.CALL),
    ("event.verb.call", Kind.CALL),
    ("event.noun.summit", Kind.SUMMIT),
    ("event.noun.visit", Kind.VISIT),
    ("event.verb.visit", Kind.VISIT),
    ("event.verb.travel", Kind.VISIT),
    ("event.verb.arrive", Kind.VISIT),
    ("event.noun.negotiation", Kind.NEGOTIATION_ROUND),
    ("event.noun.conference", Kind.MULTILATERAL),
    ("event.noun.meeting", Kind.BILATERAL),
    ("event.verb.meet", Kind.BILATERAL),
    ("event.verb.host", Kind.BILATERAL),
    ("event.verb.weakmeet", Kind.BILATERAL),
)
"""Lists of a language pack, the more telling ones first: "talks during a visit" is a visit."""
_COUNCIL = re.compile(r"\b(?:ministers|ministerial|council)\b", re.IGNORECASE)


def kind(title: str, words: Words) -> Kind | None:
    """The kind that the words of a title name; None when they name no engagement.

    Entries are named in few words and without grammar, so that words decide. A noun behind a
    word that makes it something else ("news conference", "party congress") does not count.

    Args:
        title: As printed.
        words: The pack of its language.
    """
    found = set(_words(title, words))
    for name, sort in _SORTS:
        if words[name] & found:
            council = sort in (Kind.BILATERAL, Kind.MULTILATERAL) and _COUNCIL.search(title)
            return Kind.MINISTERIAL if council else sort
    return None


def _words(title: str, words: Words) -> Iterator[str]:
    """The words of a title, each also without its ending, but for those that are spoiled."""
    before = ""
    for word in _WORD.findall(title.lower()):
        if before not in words["event.noun.no"]:
            yield word
            yield from (word.removesuffix(end) for end in ("s", "es", "ing", "ed", "d"))
        before = word
