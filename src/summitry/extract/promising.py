"""Which of the sentences that could be read promise enough to be?"""

import re
from collections.abc import Sequence
from functools import cache

from summitry.extract._among import among
from summitry.extract._values import Actor
from summitry.lang import Sieve, Words
from summitry.model import Sentence

__all__ = ["promising"]

_MOST = 20
"""Sentences of a report that are read: a transcript has hundreds that go on about one meeting."""
_WORDS = 80
"""Words in them that may speak of an engagement: each takes five milliseconds. Of 4,000 articles
one has more than 71, a list of a hundred visits; without a stop a text that is one visit told
again and again takes a second for each ten kilobytes."""


def promising(
    cut: Sequence[Sentence], named: Sequence[Actor], sieve: Sieve, words: Words
) -> tuple[Sentence, ...]:
    """The sentences to be read, in order; none where even the best promises too little.

    Args:
        cut: The sentences that could be read.
        named: Everybody and every place the report names, in order.
        sieve: What tells how much each promises.
        words: The pack of the report's language.
    """
    figures = [
        sieve.promise(
            s.text, (a.sort.value for a in among(named, s.start, s.end) if a.end <= s.end)
        )
        for s in cut
    ]
    if not figures or max(figures) < sieve.report:
        return ()
    promised = [k for k, figure in enumerate(figures) if figure >= sieve.sentence]
    kept: set[int] = set()
    spoken = 0
    for k in sorted(promised, key=lambda k: -figures[k])[:_MOST]:
        spoken += len(_speaks(words).findall(cut[k].text.lower()))
        if kept and spoken > _WORDS:
            break
        kept.add(k)
    return tuple(s for k, s in enumerate(cut) if k in kept)


@cache
def _speaks(words: Words) -> re.Pattern[str]:
    """The search for words that may speak of an engagement."""
    listed = sorted(words["gate.strong"] | words["gate.weak"])
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})")
