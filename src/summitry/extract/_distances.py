"""Which days lie "within two weeks", "in ten days" or "a month ago"?"""

from collections.abc import Mapping
from datetime import date

from summitry.extract._calendar import DAY, Direction, Span, days, months, sized, week
from summitry.extract._periods import whole
from summitry.extract._words import Reading, Words, number

__all__ = ["DISTANCES"]

_VAGUE = {"days": 7, "weeks": 30, "months": 91, "umonth": 91}  # days in "the coming weeks"
_UNITS = {
    "hour": "day",
    "hours": "day",
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "fortnight": "week",
    "umonth": "month",
    "months": "month",
    "uyear": "year",
    "years": "year",
}


def _vague_next(words: Words, day: date, _way: Direction) -> Span:
    count = _VAGUE[words["u"].kind]
    return days(day, count, sized(count))


def _vague_last(words: Words, day: date, _way: Direction) -> Span:
    count = _VAGUE[words["u"].kind]
    return days(day - count * DAY, count + 1, sized(count))


def _length(words: Words) -> int:
    """Days in a number of units."""
    kind, count = words["u"].kind, number(words, "c")
    if kind.startswith("hour"):
        return -(-count // 24)
    per = {"day": 1, "week": 7, "month": 30, "year": 365}[_UNITS[kind]]
    return count * (14 if kind == "fortnight" else per)


def _next_count(words: Words, day: date, _way: Direction) -> Span:
    count = _length(words)
    return days(day, count + 1, sized(count + 1))


def _last_count(words: Words, day: date, _way: Direction) -> Span:
    count = _length(words)
    return days(day - count * DAY, count + 1, sized(count))


def _shifted(words: Words, day: date, sign: int) -> Span:
    unit, count = _UNITS[words["u"].kind], sign * number(words, "c")
    if unit == "month":
        return months(day.year, day.month + count)
    if unit == "year":
        return months(day.year + count, day.month) if sign < 0 else whole("uyear", day, count)
    there = day + sign * _length(words) * DAY
    return days(there) if unit == "day" else week(there)


def _in_count(words: Words, day: date, _way: Direction) -> Span:
    return _shifted(words, day + number(words, "o", 0) * DAY, 1)


def _ago(words: Words, day: date, _way: Direction) -> Span:
    return _shifted(words, day, -1)


DISTANCES: Mapping[str, Reading] = {
    "vaguenext": _vague_next,
    "vaguelast": _vague_last,
    "nextcount": _next_count,
    "lastcount": _last_count,
    "incount": _in_count,
    "ago": _ago,
}
