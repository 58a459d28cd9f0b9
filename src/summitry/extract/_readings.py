"""Which interval do the words of one date expression mean on the day of publication?

Each reading takes the labelled words of a shape (``lang/<code>/when.toml``), the day of
publication and the direction in which the speaker looks, and gives the interval. It raises
ValueError or OverflowError when the calendar has no such day.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from summitry.extract._calendar import (
    DAY,
    Direction,
    Span,
    days,
    feast,
    months,
    nearest,
    sized,
    week,
)
from summitry.extract._tokens import Token
from summitry.model import Precision

__all__ = ["READINGS", "Words"]

Words = Mapping[str, Token]
Reading = Callable[[Words, date, Direction], Span]

_GRACE = timedelta(days=14)
"""A day without a year that lies so little back is not yet next year's."""
_AHEAD = ("next", "coming")
_BEHIND = ("last", "past")
_THIRDS = (1, 11, 21)
_UNITS = {"hour": "day", "day": "day", "fortnight": "week", "week": "week", "umonth": "month"}
_UNITS |= {"months": "month", "uyear": "year"}
_UNITS |= {kind + "s": unit for kind, unit in _UNITS.items()} | {"years": "year"}


def _number(words: Words, label: str, default: int = 1) -> int:
    return int(words[label].value) if label in words else default


def _step(words: Words) -> int:
    """-1, 0 or 1 for last, this and next; 0 when nothing is said."""
    kind = words["r"].kind if "r" in words else ""
    return (kind in _AHEAD) - (kind in _BEHIND)


def _yearly(
    words: Words, day: date, way: Direction, of_year: Callable[[int], Span], grace: timedelta
) -> Span:
    """The span of the year that is named, or else of the year that is near."""
    if "y" in words:
        return of_year(_number(words, "y"))
    if "r" in words:
        return of_year(day.year + _step(words))
    return nearest(of_year, day, way, grace)


def _date(words: Words, _day: date, _way: Direction) -> Span:
    text = str(words["y"].value)
    if "-" in text:
        return days(date(*map(int, text.split("-"))))
    first, second, year = map(int, text.replace("/", ".").split("."))
    return days(date(year, first, second) if second > 12 else date(year, second, first))


def _monthday(words: Words, day: date, way: Direction) -> Span:
    m, d = _number(words, "m"), _number(words, "d")
    return _yearly(words, day, way, lambda y: days(date(y, m, d)), _GRACE)


def _monthdays(words: Words, day: date, way: Direction) -> Span:
    m, d, e = (_number(words, label) for label in "mde")
    return _yearly(
        words, day, way, lambda y: Span(date(y, m, d), date(y, m, e) + DAY, Precision.DAY), _GRACE
    )


def _monthspan(words: Words, day: date, way: Direction) -> Span:
    m, d, n, e = (_number(words, label) for label in "mdne")

    def of_year(year: int) -> Span:
        start = year - ((n, e) < (m, d) and "y" in words)
        end = start + ((n, e) < (m, d))
        return Span(date(start, m, d), date(end, n, e) + DAY, Precision.DAY)

    return _yearly(words, day, way, of_year, _GRACE)


def _nth(words: Words, day: date, way: Direction) -> Span:
    d, e = _number(words, "d"), _number(words, "e", _number(words, "d"))
    month = day.year * 12 + day.month - 1
    if "r" in words or "u" in words:
        steps: tuple[int, ...] = (_step(words),)
    else:
        steps = (0, 1, 2) if way is Direction.FORWARD else (0, -1, -2)
    for step in steps:
        year, place = divmod(month + step, 12)
        try:
            span = Span(date(year, place + 1, d), date(year, place + 1, e) + DAY, Precision.DAY)
        except ValueError:
            continue
        start, end = span.start or day, span.end or day
        if len(steps) == 1 or (end > day if way is Direction.FORWARD else start <= day):
            return span
    raise ValueError("no such day of the month")


def _ahead(day: date, weekday: int) -> date:
    return day + (weekday - day.weekday()) % 7 * DAY


def _back(day: date, weekday: int) -> date:
    return day - (day.weekday() - weekday) % 7 * DAY


def _weekday(words: Words, day: date, way: Direction) -> Span:
    towards = _ahead if way is Direction.FORWARD else _back
    return days(towards(day, _number(words, "w")))


def _weekdays(words: Words, day: date, way: Direction) -> Span:
    w, v = _number(words, "w"), _number(words, "v")
    if way is Direction.FORWARD:
        first = _ahead(day, w)
        last = _ahead(first + DAY, v)
    else:
        last = _back(day, v)
        first = _back(last - DAY, w)
    return Span(first, last + DAY, Precision.DAY)


def _next_weekday(words: Words, day: date, _way: Direction) -> Span:
    return _weekday(words, day + DAY, Direction.FORWARD)


def _next_weekdays(words: Words, day: date, _way: Direction) -> Span:
    return _weekdays(words, day + DAY, Direction.FORWARD)


def _last_weekday(words: Words, day: date, _way: Direction) -> Span:
    return _weekday(words, day - DAY, Direction.BACKWARD)


def _last_weekdays(words: Words, day: date, _way: Direction) -> Span:
    return _weekdays(words, day - DAY, Direction.BACKWARD)


def _weekday_week(words: Words, day: date, _way: Direction) -> Span:
    return days(_ahead(day, _number(words, "w")) + 7 * DAY)


def _weekday_of(words: Words, day: date, _way: Direction) -> Span:
    monday = day + (7 * _step(words) - day.weekday()) * DAY
    first = _number(words, "w")
    last = _number(words, "v", first)
    return days(monday + first * DAY, (last - first) % 7 + 1)


def _relative_day(words: Words, day: date, _way: Direction) -> Span:
    first = _number(words, "o", 0)
    return days(day + first * DAY, _number(words, "p", first) - first + 1)


def _day_after(words: Words, day: date, way: Direction) -> Span:
    return days(_relative_day(words, day, way)[1] or day)


def _day_before(words: Words, day: date, _way: Direction) -> Span:
    return days(day + (_number(words, "o") - 1) * DAY)


def _last_night(_words: Words, day: date, _way: Direction) -> Span:
    return days(day - DAY)


def _holiday(words: Words, day: date, way: Direction) -> Span:
    rule = str(words["h"].value)
    if "y" in words:
        years = [_number(words, "y")]
    else:
        years = [day.year - 1, day.year, day.year + 1]
    spans = sorted(s for year in years for s in feast(rule, year))
    if way is Direction.FORWARD or "y" in words:
        ahead = [s for s in spans if "y" in words or (s.end or day) > day]
        return ahead[0] if ahead else spans[-1]
    return [s for s in spans if (s.start or day) <= day][-1]


def _holiday_after(words: Words, day: date, way: Direction) -> Span:
    span = _holiday(words, day, way)
    return days(span.end or day, 1, span.precision)


def _holiday_before(words: Words, day: date, way: Direction) -> Span:
    span = _holiday(words, day, way)
    return days((span.start or day) - DAY, 1, span.precision)


def _month(words: Words, day: date, way: Direction) -> Span:
    m = _number(words, "m")
    return _yearly(words, day, way, lambda y: months(y, m), timedelta())


def _next_month(words: Words, day: date, _way: Direction) -> Span:
    return _month(words, months(day.year, day.month).end or day, Direction.FORWARD)


def _last_month(words: Words, day: date, _way: Direction) -> Span:
    return _month(words, day.replace(day=1) - DAY, Direction.BACKWARD)


def _month_pair(words: Words, day: date, way: Direction) -> Span:
    m, n = _number(words, "m"), _number(words, "n")
    count = (n - m) % 12 + 1
    return _yearly(
        words, day, way, lambda y: months(y - (n < m and "y" in words), m, count), timedelta()
    )


def _third(span: Span, first: int, last: int) -> Span:
    """Thirds ``first`` to ``last`` of a month, counted 0, 1, 2."""
    start = span.start or date.min
    end = span.end if last == 2 else start.replace(day=_THIRDS[last + 1])
    return Span(start.replace(day=_THIRDS[first]), end, Precision.WEEK)


def _month_part(words: Words, day: date, way: Direction) -> Span:
    m, p = _number(words, "m"), _number(words, "p")
    q = _number(words, "q", p)
    return _yearly(words, day, way, lambda y: _third(months(y, m), p, q), timedelta(days=7))


def _halved(span: Span, half: int) -> Span:
    start = span.start or date.min
    middle = start.replace(day=16)
    return Span(*((start, middle) if half == 1 else (middle, span.end)), Precision.MONTH)


def _month_half(words: Words, day: date, way: Direction) -> Span:
    m, k = _number(words, "m"), _number(words, "k")
    return _yearly(words, day, way, lambda y: _halved(months(y, m), k), timedelta(days=7))


def _unit_half(words: Words, day: date, _way: Direction) -> Span:
    return _halved(months(day.year, day.month + _step(words)), _number(words, "k"))


def _month_week(words: Words, day: date, way: Direction) -> Span:
    m, k = _number(words, "m"), _number(words, "k")

    def of_year(year: int) -> Span:
        end = months(year, m).end or day
        first = end - 7 * DAY if k == 0 else date(year, m, 7 * k - 6)
        return days(first, 7, Precision.WEEK)

    return _yearly(words, day, way, of_year, timedelta(days=7))


def _month_weekend(words: Words, day: date, way: Direction) -> Span:
    week_ = _month_week(words, day, way)
    return days(_ahead(week_.start or day, 5), 2)


def _week_of_day(words: Words, day: date, way: Direction) -> Span:
    return week(_monthday(words, day, way).start or day)


def _season(words: Words, day: date, way: Direction) -> Span:
    s, step = _number(words, "s"), _step(words)

    def of_year(year: int) -> Span:
        return months(year, s, 3)

    if "y" in words:
        return of_year(_number(words, "y"))
    if step < 0:
        return nearest(of_year, day - 92 * DAY, Direction.BACKWARD)
    if step > 0:
        return nearest(of_year, day + 92 * DAY, Direction.FORWARD)
    return nearest(of_year, day, way)


def _season_part(words: Words, day: date, way: Direction) -> Span:
    start = _season(words, day, way).start or day
    return months(start.year, start.month + _number(words, "p"))


def _year(words: Words, _day: date, _way: Direction) -> Span:
    return months(_number(words, "y"), 1, 12)


def _year_part(words: Words, day: date, _way: Direction) -> Span:
    year = _number(words, "y", day.year + _step(words))
    first, count = ((1, 3), (5, 4), (10, 3))[_number(words, "p")]
    return months(year, first, count)


def _year_half(words: Words, day: date, _way: Direction) -> Span:
    return months(_number(words, "y", day.year + _step(words)), 6 * _number(words, "k") - 5, 6)


def _year_quarter(words: Words, day: date, way: Direction) -> Span:
    first = 3 * _number(words, "k") - 2
    if "y" not in words and "r" not in words:
        return nearest(lambda y: months(y, first, 3), day, way)
    return months(_number(words, "y", day.year + _step(words)), first, 3)


def _whole(kind: str, day: date, step: int) -> Span:
    if kind == "week":
        return week(day + 7 * step * DAY)
    if kind == "umonth":
        return months(day.year, day.month + step)
    if kind == "quarter":
        return months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    return months(day.year + step, 1, 12)


def _unit(words: Words, day: date, _way: Direction) -> Span:
    return _whole(words["u"].kind, day, _step(words))


def _unit_part(words: Words, day: date, _way: Direction) -> Span:
    kind = words["u"].kind if "u" in words else "umonth"
    span, p = _whole(kind, day, _step(words)), _number(words, "p")
    start = span.start or day
    if kind == "week":
        return days(start + (0, 1, 3)[p] * DAY, 4, Precision.WEEK)
    if kind == "quarter":
        return months(start.year, start.month + p)
    return _third(span, p, p)


def _later_in(words: Words, day: date, _way: Direction) -> Span:
    return _whole(words["u"].kind, day, 0)._replace(start=day)


def _earlier_in(words: Words, day: date, _way: Direction) -> Span:
    span = _whole(words["u"].kind, day, 0)
    return span._replace(end=max(day, (span.start or day) + DAY))


def _weekend(words: Words, day: date, way: Direction) -> Span:
    saturday, step = week(day)[0] or day, _step(words)
    kind = words["r"].kind if "r" in words else ""
    saturday += 5 * DAY
    if kind == "next":
        saturday += 7 * DAY
    elif step < 0 or (way is Direction.BACKWARD and saturday > day):
        saturday -= 7 * DAY
    return days(saturday, 2)


_VAGUE = {"days": 7, "weeks": 30, "months": 91}


def _vague_next(words: Words, day: date, _way: Direction) -> Span:
    count = _VAGUE[words["u"].kind]
    return days(day, count, sized(count))


def _vague_last(words: Words, day: date, _way: Direction) -> Span:
    count = _VAGUE[words["u"].kind]
    return days(day - count * DAY, count + 1, sized(count))


def _length(words: Words) -> int:
    """Days in a number of units."""
    kind, count = words["u"].kind, _number(words, "c")
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
    unit, count = _UNITS[words["u"].kind], sign * _number(words, "c")
    if unit == "month":
        return months(day.year, day.month + count)
    if unit == "year":
        return months(day.year + count, day.month) if sign < 0 else _whole("uyear", day, count)
    there = day + sign * _length(words) * DAY
    return days(there) if unit == "day" else week(there)


def _in_count(words: Words, day: date, _way: Direction) -> Span:
    return _shifted(words, day + _number(words, "o", 0) * DAY, 1)


def _ago(words: Words, day: date, _way: Direction) -> Span:
    return _shifted(words, day, -1)


READINGS: Mapping[str, Reading] = {
    "date": _date,
    "monthday": _monthday,
    "monthdays": _monthdays,
    "monthspan": _monthspan,
    "nth": _nth,
    "nths": _nth,
    "weekday": _weekday,
    "thisweekday": _weekday,
    "nextweekday": _next_weekday,
    "lastweekday": _last_weekday,
    "weekdays": _weekdays,
    "nextweekdays": _next_weekdays,
    "lastweekdays": _last_weekdays,
    "weekdayweek": _weekday_week,
    "weekdayof": _weekday_of,
    "weekdaysof": _weekday_of,
    "relday": _relative_day,
    "reldays": _relative_day,
    "thispart": _relative_day,
    "dayafter": _day_after,
    "daybefore": _day_before,
    "lastnight": _last_night,
    "holiday": _holiday,
    "holidayafter": _holiday_after,
    "holidaybefore": _holiday_before,
    "month": _month,
    "thismonth": _month,
    "nextmonth": _next_month,
    "lastmonth": _last_month,
    "monthpair": _month_pair,
    "monthpart": _month_part,
    "monthhalf": _month_half,
    "monthweek": _month_week,
    "monthweekend": _month_weekend,
    "weekofday": _week_of_day,
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
    "weekend": _weekend,
    "vaguenext": _vague_next,
    "vaguelast": _vague_last,
    "nextcount": _next_count,
    "lastcount": _last_count,
    "incount": _in_count,
    "ago": _ago,
}
"""By the names that the shapes of ``when.toml`` use."""
