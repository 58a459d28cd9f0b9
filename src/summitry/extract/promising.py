"""Which of the sentences that could be read promise enough to be?"""

from collections.abc import Sequence

from summitry.extract._among import among
from summitry.extract._values import Actor
from summitry.lang import Sieve
from summitry.model import Sentence

__all__ = ["promising"]

_MOST = 20
"""Sentences of a report that are read: a transcript has hundreds that go on about one meeting."""


def promising(
    cut: Sequence[Sentence], named: Sequence[Actor], sieve: Sieve
) -> tuple[Sentence, ...]:
    """The sentences to be read, in order; none where even the best promises too little.

    Args:
        cut: The sentences that could be read.
        named: Everybody and every place the report names, in order.
        sieve: What tells how much each promises.
    """
    figures = [
        sieve.promise(
            s.text, (a.sort.value for a in among(named, s.start, s.end) if a.end <= s.end)
        )
        for s in cut
    ]
    if not figures or max(figures) < sieve.report:
        return ()
    least = max(sieve.sentence, sorted(figures)[-_MOST:][0])
    return tuple(s for s, f in zip(cut, figures, strict=True) if f >= least)
