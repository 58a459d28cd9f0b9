"""Which days lie "within two weeks", "in ten days" or "a month ago"?"""

IMPORTS

CONSTS


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
    return days(day, count + 1, sized(count))


def _last_count(words: Words, day: date, _way: Direction) -> Span:
    count = _length(words)
    return days(day - count * DAY, count + 1, sized(count))


def _shifted(words: Words, day: date, sign: int) -> Span:
    unit, count = _UNITS[words["u"].kind], sign * number(words, "c")
    if unit == "month":
        return months(day.year, day.month + count)
    if unit == "year":
        return months(day.year + count, day.month) if sign < 0 else _whole("uyear", day, count)
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
