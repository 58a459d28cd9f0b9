"""Which stretch do words for weeks, months, seasons and years mean?"""

from collections.abc import Mapping
from datetime import date, timedelta

from summitry.extract._calendar import DAY, Direction, Span, days, months, nearest, week
from summitry.extract._words import Reading, Words, number, step, yearly
from summitry.model import Precision

__all__ = ["PERIODS", "whole"]

_THIRDS = (1, 11, 21)  # first days of early, middle and late in a month


def _month(words: Words, day: date, way: Direction) -> Span:
    m = number(words, "m")
    return yearly(words, day, way, lambda y: months(y, m), timedelta())


def _next_month(words: Words, day: date, _way: Direction) -> Span:
    return _month(words, months(day.year, day.month).end or day, Direction.FORWARD)


def _last_month(words: Words, day: date, _way: Direction) -> Span:
    return _month(words, day.replace(day=1) - DAY, Direction.BACKWARD)


def _month_pair(words: Words, day: date, way: Direction) -> Span:
    m, n = number(words, "m"), number(words, "n")
    count = (n - m) % 12 + 1
    return yearly(
        words, day, way, lambda y: months(y - (n < m and "y" in words), m, count), timedelta()
    )


def _third(span: Span, first: int, last: int) -> Span:
    """Thirds ``first`` to ``last`` of a month, counted 0, 1, 2."""
    start = span.start or date.min
    end = span.end if last == 2 else start.replace(day=_THIRDS[last + 1])
    return Span(start.replace(day=_THIRDS[first]), end, Precision.WEEK)


def _month_part(words: Words, day: date, way: Direction) -> Span:
    m, p = number(words, "m"), number(words, "p")
    q = number(words, "q", p)
    return yearly(words, day, way, lambda y: _third(months(y, m), p, q), timedelta(days=7))


def _halved(span: Span, half: int) -> Span:
    start = span.start or date.min
    middle = start.replace(day=16)
    return Span(*((start, middle) if half == 1 else (middle, span.end)), Precision.MONTH)


def _month_half(words: Words, day: date, way: Direction) -> Span:
    m, k = number(words, "m"), number(words, "k")
    return yearly(words, day, way, lambda y: _halved(months(y, m), k), timedelta(days=7))


def _unit_half(words: Words, day: date, _way: Direction) -> Span:
    return _halved(months(day.year, day.month + step(words)), number(words, "k"))


def _month_week(words: Words, day: date, way: Direction) -> Span:
    m, k = number(words, "m"), number(words, "k")

    def of_year(year: int) -> Span:
        end = months(year, m).end or day
        first = end - 7 * DAY if k == 0 else date(year, m, 7 * k - 6)
        return days(first, 7, Precision.WEEK)

    return yearly(words, day, way, of_year, timedelta(days=7))


def _month_weekend(words: Words, day: date, way: Direction) -> Span:
    week_ = _month_week(words, day, way)
    return days((week_.start or day) + (5 - (week_.start or day).weekday()) % 7 * DAY, 2)


def _season(words: Words, day: date, way: Direction) -> Span:
    s, move = number(words, "s"), step(words)

    def of_year(year: int) -> Span:
        return months(year, s, 3)

    if "y" in words:
        return of_year(number(words, "y"))
    if move < 0:
        return nearest(of_year, day - 92 * DAY, Direction.BACKWARD)
    if move > 0:
        return nearest(of_year, day + 92 * DAY, Direction.FORWARD)
    return nearest(of_year, day, way)


def _season_part(words: Words, day: date, way: Direction) -> Span:
    start = _season(words, day, way).start or day
    return months(start.year, start.month + number(words, "p"))


def _year(words: Words, _day: date, _way: Direction) -> Span:
    return months(number(words, "y"), 1, 12)


def _year_part(words: Words, day: date, _way: Direction) -> Span:
    year = number(words, "y", day.year + step(words))
    first, count = ((1, 3), (5, 4), (10, 3))[number(words, "p")]
    return months(year, first, count)


def _year_half(words: Words, day: date, _way: Direction) -> Span:
    return months(number(words, "y", day.year + step(words)), 6 * number(words, "k") - 5, 6)


def _year_quarter(words: Words, day: date, way: Direction) -> Span:
    first = 3 * number(words, "k") - 2
    if "y" not in words and "r" not in words:
        return nearest(lambda y: months(y, first, 3), day, way)
    return months(number(words, "y", day.year + step(words)), first, 3)


def whole(kind: str, day: date, move: int) -> Span:
    """The week, month, quarter or year ``move`` units from the one around a day."""
    if kind == "week":
        return week(day + 7 * move * DAY)
    if kind == "umonth":
        return months(day.year, day.month + move)
    if kind == "quarter":
        return months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * move, 3)
    return months(day.year + move, 1, 12)


def _unit(words: Words, day: date, way: Direction) -> Span:
    """A whole week, month, quarter or year; what is recalled of this one ends today.

    On a Sunday the week is felt to be over: "this week" is planned for the coming one, and "last
    week" recalls the one that ends.
    """
    kind, move = words["u"].kind, step(words)
    ended = kind == "week" and day.weekday() == 6
    if way is Direction.FORWARD and move == 0:
        span = whole(kind, day, int(ended))
        return span._replace(start=day) if kind == "uyear" else span
    if move == 0 or (ended and move < 0):
        span = whole(kind, day, 0)
        return span._replace(end=max(day, (span.start or day) + DAY))
    return whole(kind, day, move)


def _unit_part(words: Words, day: date, _way: Direction) -> Span:
    kind = words["u"].kind if "u" in words else "umonth"
    span, p = whole(kind, day, step(words)), number(words, "p")
    start = span.start or day
    if kind == "week":
        return days(start + (0, 1, 3)[p] * DAY, 4, Precision.WEEK)
    if kind == "quarter":
        return months(start.year, start.month + p)
    return _third(span, p, p)


def _later_in(words: Words, day: date, _way: Direction) -> Span:
    return whole(words["u"].kind, day, 0)._replace(start=day)


def _earlier_in(words: Words, day: date, _way: Direction) -> Span:
    span = whole(words["u"].kind, day, 0)
    return span._replace(end=max(day, (span.start or day) + DAY))


PERIODS: Mapping[str, Reading] = {
    "month": _month,
    "thismonth": _month,
    "nextmonth": _next_month,
    "lastmonth": _last_month,
    "monthpair": _month_pair,
    "monthpart": _month_part,
    "monthhalf": _month_half,
    "monthweek": _month_week,
    "monthweekend": _month_weekend,
    "season": _season,
    "seasonpart": _season_part,
    "year": _year,
    "yearpart": _year_part,
    "yearend": _year_part,
    "yearhalf": _year_half,
    "yearquarter": _year_quarter,
    "unit": _unit,
    "unitpart": _unit_part,
    "unithalf": _unit_half,
    "laterin": _later_in,
    "earlierin": _earlier_in,
}
