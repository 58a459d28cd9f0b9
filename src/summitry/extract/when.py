"""When, said in which words?

A date expression means one interval when the speaker plans and often another one when he recalls:
"on Friday" is the coming or the past one. Both readings are given; who speaks in which direction
is for others to decide.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summitry.extract._calendar import DAY, Direction, Span, sized
from summitry.extract._clock import clock
from summitry.extract._context import is_moved, length, modifier, planned, recalled
from summitry.extract._readings import READINGS, Words
from summitry.extract._tokens import Grammar, Token, grammar, tokenize
from summitry.lang.when import WhenWords
from summitry.model import Precision, When

__all__ = ["Dated", "dates"]

_POINTS = frozenset(
    "weekday thisweekday nextweekday lastweekday weekdays nextweekdays weekdayof weekdaysof "
    "relday thispart".split()
)
_TODAYS = frozenset(("relday", "thispart"))
_DAYS = frozenset(("monthday", "monthdays", "monthspan", "nth", "nths", "date"))
_MOVABLE = frozenset(("weekdays", "monthspan", "monthpair", "reldays", "weekdaysof"))
_UNSAID = frozenset(("comma", "the", "on", "in", "from", "open"))
_RANGE = frozenset(("dash", "to", "until"))
_LONGEST_RANGE = 400  # days
_REACH = 14  # words between a duration and its date
_ANY_DAY = date(2000, 1, 1)  # stands in where the expression names its own year


@dataclass(frozen=True, slots=True)
class Dated:
    """One date expression in a text."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    text: str
    """The expression as printed."""
    forward: When | None
    """What it means for a plan: the next such day; None where a plan cannot be meant."""
    backward: When | None
    """What it means for a recollection: the last such day; never None when forward is."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A date expression at tokens [first, last)."""

    first: int
    last: int
    build: str
    words: Words
    forward: Span | None
    backward: Span | None

    def map(self, change: Callable[[Span], Span | None]) -> "_Found":
        ahead = change(self.forward) if self.forward else None
        back = change(self.backward) if self.backward else None
        return replace(self, forward=ahead, backward=back)


def dates(text: str, published: date | None, words: WhenWords) -> tuple[Dated, ...]:
    """All date expressions of a text, in order and without overlap.

    Relative expressions and days without a year count from the day of publication, as the
    outlet's own calendar has it; without one only expressions that name their year are given.
    """
    speech = grammar(words)
    tokens = tokenize(text, speech)
    found = list(_found(text, tokens, speech, words, published))
    lasting = [f for f in found if f.build == "duration"]
    joined = _joined([f for f in found if f.build != "duration"], text, tokens, words)
    joined = _lengthened(joined, lasting, text, tokens, words)
    dated = (_dated(f, text, tokens, words, published) for f in joined)
    return tuple(d for d in dated if d is not None)


def _found(
    text: str, tokens: Sequence[Token], speech: Grammar, words: WhenWords, published: date | None
) -> Iterator[_Found]:
    """Leftmost, longest matches of the language's shapes."""
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
        found = best and _read(place, best, tokens, published)
        if found:
            yield found
        place = found.last if found else place + 1


def _read(
    first: int, best: tuple[int, str, Words], tokens: Sequence[Token], published: date | None
) -> _Found | None:
    last, build, words = best
    while tokens[last - 1].kind == "comma":
        last -= 1
    if build == "duration":
        return _Found(first, last, build, words, None, None)
    if published is None and "y" not in words:
        return None
    day = published or _ANY_DAY
    ahead = _span(build, words, day, Direction.FORWARD)
    back = _span(build, words, day, Direction.BACKWARD)
    return _Found(first, last, build, words, ahead, back) if ahead or back else None


def _span(build: str, words: Words, day: date, way: Direction) -> Span | None:
    """The reading, or None where the calendar has no such day."""
    try:
        span = READINGS[build](words, day, way)
    except (ValueError, OverflowError):
        return None
    return span if span.start is None or span.end is None or span.start < span.end else None


def _joined(
    found: Sequence[_Found], text: str, tokens: Sequence[Token], words: WhenWords
) -> list[_Found]:
    """Expressions with those made one that say the same day twice or the ends of a range."""
    joined: list[_Found] = []
    for item in found:
        both = None
        if joined:
            last = joined[-1]
            gap = tokens[last.last : item.first]
            said = [t.kind for t in gap if t.kind not in _UNSAID] if len(gap) <= 3 else ["x"]
            if not said:
                both = _apposed(last, item)
            elif len(said) == 1 and (said[0] in _RANGE or said[0] in ("or", "and")):
                moved = said[0] != "dash" and is_moved(text, tokens, last.first, words)
                both = None if moved else _ranged(last, item, said[0])
        if both:
            joined[-1] = both
        else:
            joined.append(item)
    return joined


def _apposed(a: _Found, b: _Found) -> _Found | None:
    """ "Tuesday, 12 March": the fuller of two expressions for the same day."""
    for short, full in ((a, b), (b, a)):
        if short.build in _POINTS and full.build in _DAYS:
            return _on_weekday(replace(full, first=a.first, last=b.last), short)
        if short.build == "weekday" and full.build in _TODAYS:
            return replace(full, first=a.first, last=b.last)
    return None


def _on_weekday(full: _Found, short: _Found) -> _Found | None:
    """The day in the year in which it falls on the weekday said beside it."""
    weekday = short.words.get("w")
    if weekday is None:
        return full
    start = full.forward.start if full.forward else None
    if start is None:
        return None
    if "y" in full.words:
        return full
    for day in (start, *(start.replace(year=start.year + n) for n in (-1, 1) if start.day < 29)):
        if day.weekday() == weekday.value:
            shift = day - start
            return full.map(
                lambda s: (
                    full.forward
                    and full.forward._replace(
                        start=start + shift, end=(full.forward.end or start) + shift
                    )
                )
            )
    return None


def _ranged(a: _Found, b: _Found, link: str) -> _Found | None:
    """ "Late April to early May": from the start of one to the end of the other."""
    if "y" in b.words and "y" not in a.words and b.forward and b.forward.start:
        near = _span(a.build, a.words, b.forward.start, Direction.BACKWARD)
        a = replace(a, forward=near, backward=near)
    ahead = _between(a.forward, b.forward, link, b.build)
    back = _between(a.backward, b.backward, link, b.build)
    if ahead is None and back is None:
        return None
    words = {**a.words, **b.words}
    return _Found(a.first, b.last, "range", words, ahead or back, back or ahead)


def _between(a: Span | None, b: Span | None, link: str, build: str) -> Span | None:
    if a is None or b is None or None in (a.start, a.end, b.start, b.end):
        return None
    start, a_end, b_start, end = a.start, a.end, b.start, b.end
    assert start and a_end and b_start and end
    if build == "weekday" and b_start <= start:
        end += ((start - b_start).days // 7 + 1) * 7 * DAY
        b_start = end - DAY
    if not start < b_start or (end - start).days > _LONGEST_RANGE:
        return None
    if link not in _RANGE and (b_start > a_end or a.precision is Precision.DAY):
        return None
    fine = Precision.DAY in (a.precision, b.precision)
    coarse = b.precision if a.precision is b.precision else sized((end - start).days)
    return Span(start, end, Precision.DAY if fine else coarse)


def _lengthened(
    found: list[_Found],
    lasting: Sequence[_Found],
    text: str,
    tokens: Sequence[Token],
    words: WhenWords,
) -> list[_Found]:
    """Expressions with single days made as long as the visit that begins on them."""
    place = 0
    for stay in lasting:
        count = length(text, tokens, (stay.first, stay.last), words)
        while place < len(found) and found[place].last <= stay.first:
            place += 1
        if count == 0:
            continue
        for near in (place - 1, place):
            if not 0 <= near < len(found):
                continue
            day = found[near]
            gap = (
                tokens[day.last : stay.first]
                if day.last <= stay.first
                else tokens[stay.last : day.first]
            )
            said = {text[t.start : t.end].lower() for t in gap}
            stops = any(t.kind == "stop" for t in gap)
            if len(gap) > _REACH or stops or said & words.breaks:
                continue
            over = bool(_said_before(text, tokens, stay.first) & words.ends)
            longer = day.map(lambda s, n=count, o=over: _longer(s, n, o))
            if longer != day:
                found[near] = longer
                break
    return found


def _said_before(text: str, tokens: Sequence[Token], first: int) -> set[str]:
    return {text[t.start : t.end].lower() for t in tokens[max(0, first - 4) : first]}


def _longer(span: Span, count: int, over: bool) -> Span:
    if span.precision is not Precision.DAY or not span.start or span.end != span.start + DAY:
        return span
    if over:
        return Span(span.end - count * DAY, span.end, Precision.DAY)
    return Span(span.start, span.start + count * DAY, Precision.DAY)


def _dated(
    found: _Found,
    text: str,
    tokens: Sequence[Token],
    words: WhenWords,
    published: date | None,
) -> Dated | None:
    """The expression with the words that bound it and the clock time beside it."""
    how, first = modifier(tokens, found.first)
    if tokens[found.last - 1].end - tokens[found.last - 1].start and how in ("after", "around"):
        tail = text[tokens[found.last - 1].start : tokens[found.last - 1].end]
        if tail.endswith(("'s", "’s")) or (how == "around" and found.build not in _DAYS):
            how, first = "", found.first
    if how == "before" and any(t.kind == "edge" for t in tokens[found.first : found.last]):
        how = "by"
    day = published or _ANY_DAY
    ahead = planned(found.forward, how, day) if published else found.forward
    back = recalled(found.backward, how, day)
    if found.last < len(tokens) and tokens[found.last].kind == "onwards" and ahead:
        ahead = Span(ahead.start, None, Precision.OPEN)
    if ahead is None and back is None:
        return None
    start, end = tokens[first].start, tokens[found.last - 1].end
    finder = clock(words.clock)
    time = ""
    after = finder.after(text, end)
    before = None if after else finder.before(text, start)
    if after:
        time, end = after
    elif before:
        time, start = before
    said = text[start:end]
    forward = When(*ahead, said, time) if ahead else None
    backward = When(*back, said, time) if back else None
    return Dated(start, end, said, forward, backward)
