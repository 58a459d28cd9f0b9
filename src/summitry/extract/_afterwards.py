"""Whose word a sentence was, as the next one says: "This information comes from …"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from summitry.extract._among import among
from summitry.extract._classes import source_class
from summitry.extract._values import Actor, Spoken
from summitry.lang import Words
from summitry.model import Sentence, Source

__all__ = ["afterwards"]

_LONGEST = 90
"""Characters of a source phrase: a longer one tells a story."""


def afterwards(cut: Sequence[Sentence], named: Sequence[Actor], words: Words) -> Iterator[Spoken]:
    """The sentences that the one after them credits to somebody.

    Args:
        cut: All sentences of the report, in order.
        named: Whom the report names, at offsets of its text.
        words: The pack of its language.
    """
    for told, here in pairwise(cut):
        match = _credit(words).match(here.text)
        if match is None or told.headline:
            continue
        text = " ".join(here.text[match.end() :].split()).rstrip(".!")
        if 0 < len(text) <= _LONGEST:
            start = here.start + match.end()
            actor = next(iter(among(named, start, here.end)), None)
            state = actor.state if actor else None
            source = Source(text, source_class(text, actor, words), None, state)
            yield Spoken(told.start, told.end, source, "afterwards")


@cache
def _credit(words: Words) -> re.Pattern[str]:
    """The beginning of a sentence that says where the one before it is from."""
    listed = sorted(words["cue.afterwards"], key=lambda p: (-len(p), p))
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed))})\s+", re.IGNORECASE)
