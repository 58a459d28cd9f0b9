"""How do the words around a date change the interval it means?"""

from collections.abc import Sequence
from datetime import date, timedelta

from summitry.extract._calendar import DAY, Span, sized
from summitry.extract._tokens import Token
from summitry.lang.when import WhenWords
from summitry.model import Precision

__all__ = ["Modifier", "is_moved", "length", "modifier", "recalled", "planned"]

Modifier = str
_FILLERS = ("the", "on", "in", "at")
_MODIFIERS = ("by", "until", "before", "after", "since", "around", "soonest", "notbefore")
_AROUND = 2  # days on either side of "around 8 July"
_NEAR = 6  # words


def modifier(tokens: Sequence[Token], first: int) -> tuple[Modifier, int]:
    """What stands before token ``first`` and bounds it, and the token where that begins.

    The empty modifier begins at ``first``.
    """
    place = first - 1
    while place >= 0 and tokens[place].kind in _FILLERS:
        place -= 1
    kind = tokens[place].kind if place >= 0 else ""
    if kind == "notlater":
        return "by", place
    if kind == "before" and place and tokens[place - 1].kind == "not":
        return "notbefore", place - 1
    return (kind, place) if kind in _MODIFIERS else ("", first)


def planned(span: Span | None, how: Modifier, day: date) -> Span | None:
    """The interval of a plan: "by Friday" runs from the day of publication."""
    if span is None or how in ("", "soonest") or span.end is None or span.start is None:
        return span
    if how == "since":
        return None
    if how == "after":
        return Span(span.end, None, Precision.OPEN)
    if how == "notbefore":
        return Span(span.start, None, Precision.OPEN)
    if how == "around":
        return _around(span)
    end = span.start if how == "before" else span.end
    return Span(day, end, sized((end - day).days)) if end > day else span


def recalled(span: Span | None, how: Modifier, day: date) -> Span | None:
    """The interval of a recollection: "since Monday" runs to the day of publication."""
    if span is None or span.end is None or span.start is None:
        return span
    if how == "around":
        return _around(span)
    if how == "since" and span.start <= day:
        return Span(span.start, day + DAY, sized((day - span.start).days + 1))
    return span


def _around(span: Span) -> Span:
    if span.start is None or span.end is None or span.precision is not Precision.DAY:
        return span
    margin = timedelta(days=_AROUND)
    return Span(span.start - margin, span.end + margin, Precision.WEEK)


def is_moved(text: str, tokens: Sequence[Token], first: int, words: WhenWords) -> bool:
    """Whether "from A to B" tells of a change of date."""
    near = tokens[max(0, first - _NEAR) : first]
    return any(text[t.start : t.end].lower() in words.moves for t in near)


def length(text: str, tokens: Sequence[Token], ends: tuple[int, int], words: WhenWords) -> int:
    """Days that a duration at tokens [first, last) gives an engagement; 0 if it does not."""
    first, last = ends
    number = next((t for t in tokens[first:last] if t.kind in ("num", "count", "number")), None)
    unit = tokens[last - 1].kind
    count = int(number.value) if number else 1
    after = tokens[last : last + _NEAR]
    lasting = any(text[t.start : t.end].lower() in words.stays for t in after)
    if not lasting and (first == 0 or tokens[first - 1].kind != "in"):
        return 0
    if unit.startswith("hour"):
        count = -(-count // 24)
    elif unit.startswith("week"):
        count *= 7
    return count if 2 <= count <= 31 else 0
