"""Which days do words for days mean: dates, weekdays, feasts, "tomorrow"?"""

from collections.abc import Mapping
from datetime import date

from summitry.extract._calendar import DAY, Direction, Span, days, week
from summitry.extract._feasts import feast
from summitry.extract._words import GRACE, Reading, Words, number, step, yearly
from summitry.model import Precision

__all__ = ["DAYS"]


def _date(words: Words, _day: date, _way: Direction) -> Span:
    text = str(words["y"].value)
    if "-" in text:
        return days(date(*map(int, text.split("-"))))
    first, second, year = map(int, text.replace("/", ".").split("."))
    return days(date(year, first, second) if second > 12 else date(year, second, first))


def _monthday(words: Words, day: date, way: Direction) -> Span:
    m, d = number(words, "m"), number(words, "d")
    return yearly(words, day, way, lambda y: days(date(y, m, d)), GRACE)


def _monthdays(words: Words, day: date, way: Direction) -> Span:
    m, d, e = (number(words, label) for label in "mde")
    return yearly(
        words, day, way, lambda y: Span(date(y, m, d), date(y, m, e) + DAY, Precision.DAY), GRACE
    )


def _monthspan(words: Words, day: date, way: Direction) -> Span:
    m, d, n, e = (number(words, label) for label in "mdne")

    def of_year(year: int) -> Span:
        start = year - ((n, e) < (m, d) and "y" in words)
        end = start + ((n, e) < (m, d))
        return Span(date(start, m, d), date(end, n, e) + DAY, Precision.DAY)

    return yearly(words, day, way, of_year, GRACE)


def _nth(words: Words, day: date, way: Direction) -> Span:
    d, e = number(words, "d"), number(words, "e", number(words, "d"))
    month = day.year * 12 + day.month - 1
    if "r" in words or "u" in words:
        steps: tuple[int, ...] = (step(words),)
    else:
        steps = (0, 1, 2) if way is Direction.FORWARD else (0, -1, -2)
    for move in steps:
        year, place = divmod(month + move, 12)
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
    return days(towards(day, number(words, "w")))


def _weekdays(words: Words, day: date, way: Direction) -> Span:
    w, v = number(words, "w"), number(words, "v")
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
    return days(_ahead(day, number(words, "w")) + 7 * DAY)


def _weekday_of(words: Words, day: date, _way: Direction) -> Span:
    monday = day + (7 * step(words) - day.weekday()) * DAY
    first = number(words, "w")
    last = number(words, "v", first)
    return days(monday + first * DAY, (last - first) % 7 + 1)


def _relative_day(words: Words, day: date, _way: Direction) -> Span:
    first = number(words, "o", 0)
    return days(day + first * DAY, number(words, "p", first) - first + 1)


def _day_after(words: Words, day: date, way: Direction) -> Span:
    return days(_relative_day(words, day, way)[1] or day)


def _day_before(words: Words, day: date, _way: Direction) -> Span:
    return days(day + (number(words, "o") - 1) * DAY)


def _last_night(_words: Words, day: date, _way: Direction) -> Span:
    return days(day - DAY)


def _holiday(words: Words, day: date, way: Direction) -> Span:
    rule = str(words["h"].value)
    years = [number(words, "y")] if "y" in words else [day.year - 1, day.year, day.year + 1]
    spans = sorted(s for year in years for s in feast(rule, year))
    if not spans:
        raise ValueError(f"no {rule} in or near {day.year}")
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


def _weekend(words: Words, day: date, way: Direction) -> Span:
    saturday, move = week(day)[0] or day, step(words)
    kind = words["r"].kind if "r" in words else ""
    saturday += 5 * DAY
    if kind == "next":
        saturday += 7 * DAY
    elif move < 0 or (way is Direction.BACKWARD and saturday > day):
        saturday -= 7 * DAY
    return days(saturday, 2)


def _week_of_day(words: Words, day: date, way: Direction) -> Span:
    return week(_monthday(words, day, way).start or day)


DAYS: Mapping[str, Reading] = {
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
    "weekofday": _week_of_day,
    "weekend": _weekend,
}
