"""Which neighbouring date expressions are one?

"Tuesday, 12 March" says one day twice, "late April to early May" the two ends of a range.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from summitry.extract._calendar import DAY, Direction, Span, sized
from summitry.extract._found import Found, is_moved, span_of
from summitry.extract._tokens import Token
from summitry.lang.when import WhenWords
from summitry.model import Precision

__all__ = ["DATED_DAYS", "joined"]

DATED_DAYS = frozenset(("monthday", "monthdays", "monthspan", "nth", "nths", "date"))
_TODAYS = frozenset(("relday", "thispart"))
_WEEKDAYS = frozenset(
    ("weekday", "thisweekday", "nextweekday", "lastweekday", "weekdays", "nextweekdays")
)
_POINTS = _TODAYS | _WEEKDAYS | {"weekdayof", "weekdaysof"}
_UNSAID = frozenset(("comma", "the", "on", "in", "from", "open"))
_RANGE = frozenset(("dash", "to", "until"))
_MOVING = frozenset(("to", "until"))
_LINKS = _RANGE | {"and", "or"}
_LONGEST_GAP = 3  # words between two ends
_LONGEST_RANGE = 400  # days


def joined(
    found: Sequence[Found], text: str, tokens: Sequence[Token], words: WhenWords
) -> list[Found]:
    """The expressions in order, those that belong together made one."""
    done: list[Found] = []
    for item in found:
        if not done:
            done.append(item)
            continue
        last = done[-1]
        gap = tokens[last.last : item.first]
        links = (
            [t.kind for t in gap if t.kind not in _UNSAID] if len(gap) <= _LONGEST_GAP else None
        )
        both = None
        if links == []:
            both = _apposed(last, item)
            if both and any(t.kind == "open" for t in gap):
                closed = tokens[item.last : item.last + 1]
                both = replace(both, last=item.last + sum(t.kind == "close" for t in closed))
        elif links and len(links) == 1 and links[0] in _LINKS:
            done[-1] = last = _same_year(last, item)
            first = tokens[last.first].start
            moved = links[0] in _MOVING and is_moved(text, first, words)
            both = None if moved else _ranged(last, item, links[0])
        if both:
            done[-1] = both
        else:
            done.append(item)
    return done


def _apposed(a: Found, b: Found) -> Found | None:
    """The fuller of two expressions for the same day."""
    for short, full in ((a, b), (b, a)):
        if short.build in _POINTS and full.build in DATED_DAYS:
            return _on_weekday(replace(full, first=a.first, last=b.last), short)
        if short.build == "weekday" and full.build in _TODAYS:
            return replace(full, first=a.first, last=b.last)
    return None


def _on_weekday(full: Found, short: Found) -> Found | None:
    """The day in the year in which it falls on the weekday said beside it.

    None when it does in no year near: the two are not the same day.
    """
    weekday = short.words.get("w")
    start = full.forward.start if full.forward else None
    if weekday is None or "y" in full.words or start is None:
        return full
    for years in (0, -1, 1):
        try:
            shift = start.replace(year=start.year + years) - start
        except ValueError:
            continue
        if (start + shift).weekday() == weekday.value:
            moved = full.forward and _shifted(full.forward, shift)
            return replace(full, forward=moved, backward=moved)
    return None


def _shifted(span: Span, by: timedelta) -> Span:
    start, end = span.start, span.end
    return Span(start and start + by, end and end + by, span.precision)


def _same_year(a: Found, b: Found) -> Found:
    """The first expression, in the year that only the second one names."""
    start = b.forward.start if b.forward else None
    if "y" not in b.words or "y" in a.words or start is None or a.build in _POINTS:
        return a
    near = span_of(a.build, a.words, start, Direction.BACKWARD)
    return replace(a, forward=near, backward=near) if near else a


def _ranged(a: Found, b: Found, link: str) -> Found | None:
    """From the start of one to the end of the other."""
    ahead = _between(a.forward, b.forward, link, b.build)
    back = _between(a.backward, b.backward, link, b.build)
    if ahead is None and back is None:
        return None
    return Found(a.first, b.last, "range", {**a.words, **b.words}, ahead or back, back or ahead)


def _between(a: Span | None, b: Span | None, link: str, build: str) -> Span | None:
    if a is None or b is None:
        return None
    start, a_end, b_start, end = a.start, a.end, b.start, b.end
    if start is None or a_end is None or b_start is None or end is None:
        return None
    if build == "weekday" and b_start <= start:
        weeks = (start - b_start).days // 7 + 1
        b_start, end = b_start + weeks * 7 * DAY, end + weeks * 7 * DAY
    if b_start <= start or (end - start).days > _LONGEST_RANGE:
        return None
    if link not in _RANGE and (b_start > a_end or a.precision is Precision.DAY):
        return None
    if Precision.DAY in (a.precision, b.precision):
        return Span(start, end, Precision.DAY)
    same = a.precision is b.precision
    return Span(start, end, b.precision if same else sized((end - start).days))
