"""When, said in which words?

A date expression means one interval when the speaker plans and often another one when he recalls:
"on Friday" is the coming or the past one. Both readings are given; who speaks in which direction
is for others to decide.
"""

from datetime import date

from summitry.extract._clock import clock
from summitry.extract._context import modifier, planned, recalled
from summitry.extract._found import DURATION, find
from summitry.extract._joined import joined
from summitry.extract._lasting import lengthened
from summitry.extract._tokens import grammar, tokenize
from summitry.extract._values import Dated
from summitry.lang.when import WhenWords
from summitry.model import When

__all__ = ["Dated", "dates"]


def dates(text: str, published: date | None, words: WhenWords) -> tuple[Dated, ...]:
    """All date expressions of a text, in order and without overlap.

    Relative expressions and days without a year count from the day of publication, in the
    outlet's own calendar; without one only expressions that name their year are given. Vague
    words ("soon", "in due course") and years that only describe ("the 1997 treaty") are no dates.

    >>> from summitry.lang.when import when_words
    >>> found, = dates("He may come on Friday.", date(2024, 1, 31), when_words("en"))
    >>> found.forward.label, found.backward.label
    ('2024-02-02', '2024-01-26')
    """
    tokens = tokenize(text, grammar(words))
    found = list(find(text, tokens, grammar(words), words, published))
    lasting = [f for f in found if f.build == DURATION]
    whole = joined([f for f in found if f.build != DURATION], text, tokens, words)
    finder, done, floor = clock(words.clock), list[Dated](), 0
    for item in lengthened(whole, lasting, text, tokens, words):
        how, first = modifier(text, tokens, item, words)
        ahead, back = (
            planned(item.forward, how, published),
            recalled(item.backward, how, published),
        )
        start, end = tokens[first].start, tokens[item.last - 1].end
        time, start, end = finder.beside(text, max(start, floor), end, floor)
        said = text[start:end]
        forward = When(*ahead, said, time) if ahead else None
        backward = When(*back, said, time) if back else None
        if (forward or backward) and start >= floor:
            done.append(Dated(start, end, said, forward, backward))
            floor = end
    return tuple(done)
