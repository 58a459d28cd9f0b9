"""Where do the words of a text make a date expression, and what does it mean both ways?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summitry.extract._calendar import Direction, Span
from summitry.extract._readings import READINGS
from summitry.extract._tokens import Grammar, Token
from summitry.extract._words import Words
from summitry.lang.when import WhenWords

__all__ = ["DURATION", "Found", "find", "is_moved", "said", "span_of"]

DURATION = "duration"
_MOVABLE = frozenset(("weekdays", "monthspan", "monthpair", "reldays", "weekdaysof"))
_NEAR = 6  # words before a range that can say it is a change of date
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
        best: tuple[int, str, Words] | None = None
        for build, pattern in speech.shapes.get(kinds[place], ()):
            match = pattern.match(kinds, place)
            if match and (best is None or match.end() > best[0]):
                if build in _MOVABLE and is_moved(text, tokens, place, words):
                    continue
                labels = {k: tokens[match.start(k)] for k, v in match.groupdict().items() if v}
                best = match.end(), build, labels
        found = _read(place, best, tokens, published) if best else None
        if found:
            yield found
        place = found.last if found else place + 1


def _read(
    first: int, best: tuple[int, str, Words], tokens: Sequence[Token], published: date | None
) -> Found | None:
    last, build, words = best
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


def is_moved(text: str, tokens: Sequence[Token], first: int, words: WhenWords) -> bool:
    """Whether "from A to B" tells of a change of date."""
    return bool(said(text, tokens[max(0, first - _NEAR) : first]) & words.moves)


def said(text: str, tokens: Sequence[Token]) -> set[str]:
    """The words of some tokens in lower case."""
    return {text[token.start : token.end].lower() for token in tokens}
