"""On which day does the term of an agreement end, as a report says?

Read carefully rather than fully: one sentence that names the agreement, a word of expiry, and
exactly one date, to the day and not yet past. "Extended for 60 days" gives no day by itself and
is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from summitry.extract._values import Dated
from summitry.gazetteer import Track, TrackKind, tracks
from summitry.lang import Words
from summitry.model import Basis, Deadline, Due, Precision, Report, Sentence

__all__ = ["instruments", "terms"]

_HALF_A_YEAR = timedelta(days=183)


def instruments(text: str) -> tuple[Track, ...]:
    """The instruments that a text names."""
    named = set(_aliases().findall(text.casefold()))
    every = (t for t in tracks().values() if t.kind is TrackKind.INSTRUMENT)
    return tuple(t for t in every if any(a.casefold() in named for a in t.aliases))


def terms(
    report: Report,
    named: Sequence[Track],
    dated: Iterable[tuple[Sentence, Sequence[Dated]]],
    day: date,
    words: Words,
) -> Iterator[Deadline]:
    """The ends of terms that a report tells of.

    Args:
        report: The report.
        named: The instruments that it names; "the deal" is the one where there is but one.
        dated: Its sentences with their date expressions.
        day: When it was published.
        words: The words of its language.
    """
    for sentence, found in dated:
        text = sentence.text.casefold()
        if len(found) != 1 or not _says(text, words["term.expiry"]):
            continue
        here = instruments(sentence.text)
        if not here and len(named) == 1 and _says(text, words["term.again"]):
            here = tuple(named)
        when = found[0].forward
        if len(here) != 1 or when is None or when.precision is not Precision.DAY:
            continue
        if when.days != 1 or when.start is None or when.start < day:
            continue
        # "On 18 March" without a year may be the one behind us.
        if found[0].backward == when or when.start - day <= _HALF_A_YEAR:
            yield Deadline(
                track=here[0].id,
                what=Due.EXPIRY,
                title="Expiry, as reported",
                when=when,
                parties=tuple(sorted(here[0].all_parties)),
                basis=Basis.REPORTED,
                source=f"{report.outlet}: {sentence.text}",
                report=report.id,
            )


def _says(text: str, phrases: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(p)}(?!\w)", text) for p in phrases)


@cache
def _aliases() -> re.Pattern[str]:
    """All names of instruments, the longest first."""
    every = (t for t in tracks().values() if t.kind is TrackKind.INSTRUMENT)
    names = sorted({a.casefold() for t in every for a in t.aliases}, key=lambda a: (-len(a), a))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
