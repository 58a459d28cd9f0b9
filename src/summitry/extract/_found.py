"""Where do the words of a text make a date expression, and what does it mean both ways?"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summitry.extract._calendar import Direction, Span
from summitry.extract._readings import READINGS
from summitry.extract._tokens import Grammar, Token
from summitry.extract._words import Words
from summitry.lang.when import WhenWords

__all__ = ["DURATION", "Found", "find", "is_moved", "span_of", "words_after", "words_before"]

DURATION = "duration"
_MOVABLE = frozenset(("weekdays", "monthspan", "monthpair", "reldays", "weekdaysof"))
_NEAR = 6  # words before a range that can say it is a change of date
_LETTERS = 12  # of a word and the blank behind it, generously
_WORD = re.compile(r"\w+")
_NONE: tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]] = re.compile(r"(?!)"), ()
_ANY_DAY = date(2000, 1, 1)  # stands in where the expression names its own year


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression at tokens [first, last)."""

    first: int
    last: int
    build: str
    words: Words
    forward: Span | None
    backward: Span | None

    def changed(self, change: Callable[[Span], Span]) -> "Found":
        """The expression with both meanings changed in the same way."""
        return replace(
            self,
            forward=change(self.forward) if self.forward else None,
            backward=change(self.backward) if self.backward else None,
        )


def find(
    text: str, tokens: Sequence[Token], speech: Grammar, words: WhenWords, published: date | None
) -> Iterator[Found]:
    """Leftmost, longest matches of the language's shapes that the calendar allows."""
    kinds = "".join(speech.letters[token.kind] for token in tokens)
    place = 0
    while place < len(kinds):
        some, shapes = speech.shapes.get(kinds[place], _NONE)
        place, first = place + 1, place
        if some.match(kinds, first):
            best: tuple[int, str, re.Match[str]] | None = None
            for build, pattern in shapes:
                match = pattern.match(kinds, first)
                if match is None or (best and match.end() <= best[0]):
                    continue
                if build in _MOVABLE and is_moved(text, tokens[first].start, words):
                    continue
                best = match.end(), build, match
            if best:
                place = best[0]  # also past what the calendar refuses: "31 June" is not June
                found = _read(first, best, tokens, published)
                if found:
                    yield found


def _read(
    first: int,
    best: tuple[int, str, re.Match[str]],
    tokens: Sequence[Token],
    published: date | None,
) -> Found | None:
    last, build, match = best
    words = {k: tokens[match.start(k)] for k, v in match.groupdict().items() if v}
    while tokens[last - 1].kind == "comma":
        last -= 1
    if build == DURATION:
        return Found(first, last, build, words, None, None)
    if published is None and "y" not in words:
        return None
    ahead = span_of(build, words, published or _ANY_DAY, Direction.FORWARD)
    back = span_of(build, words, published or _ANY_DAY, Direction.BACKWARD)
    return Found(first, last, build, words, ahead, back) if ahead or back else None


def span_of(build: str, words: Words, day: date, way: Direction) -> Span | None:
    """What the words mean on a day, or None where the calendar has no such day."""
    try:
        span = READINGS[build](words, day, way)
    except (ValueError, OverflowError):
        return None
    return span if span.start is None or span.end is None or span.start < span.end else None


def is_moved(text: str, place: int, words: WhenWords) -> bool:
    """Whether the words just before a place tell that "from A to B" is a change of date."""
    return bool(words_before(text, place, _NEAR) & words.moves)


def words_before(text: str, place: int, count: int) -> set[str]:
    """The last words before a place in lower case, at most ``count``."""
    return set(_WORD.findall(text[max(0, place - count * _LETTERS) : place].lower())[-count:])


def words_after(text: str, place: int, count: int) -> set[str]:
    """The next words from a place on in lower case, at most ``count``."""
    return set(_WORD.findall(text[place : place + count * _LETTERS].lower())[:count])
