"""On which days of a year does a feast fall?"""

from datetime import date
from math import radians, sin

from summitry.extract._calendar import DAY, Span, days, sized
from summitry.model import Precision

__all__ = ["feast"]


def feast(rule: str, year: int) -> tuple[Span, ...]:
    """The days of a holiday that begin in a year, by the rules of ``when.toml``.

    Feasts that hang on a sighting of the moon are given with a day of doubt on either side.

    Raises:
        ValueError: The rule is unknown.
    """
    name, sign, shift = rule.partition("+") if "+" in rule else rule.rpartition("-")
    if name == "easter":
        return (days(_easter(year) + int(sign + shift) * DAY),)
    if rule == "easter":
        return (days(_easter(year)),)
    if rule == "orthodox":
        return (days(_orthodox_easter(year)),)
    if rule == "thanksgiving":
        first = date(year, 11, 1)
        return (days(first + ((3 - first.weekday()) % 7 + 21) * DAY),)
    if rule in _ISLAMIC:
        return tuple(s for m, d, n in _ISLAMIC[rule] for s in _islamic(year, m, d, n))
    if rule in _LUNAR:
        return (_new_moon(date(year, *_LUNAR[rule][:2]), _LUNAR[rule][2]),)
    month, _, day = rule.partition("-")
    return (days(date(year, int(month), int(day))),)


# Month, day and number of days in the Islamic year.
_ISLAMIC = {
    "ramadan": ((9, 1, 30),),
    "fitr": ((10, 1, 3),),
    "adha": ((12, 10, 4),),
    "eid": ((10, 1, 3), (12, 10, 4)),
    "ashura": ((1, 10, 1),),
}
# First month and day on which the feast's new moon can fall, and hours ahead of UTC.
_LUNAR = {"lunar": (1, 21, 8.0), "diwali": (10, 15, 5.5)}


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar, by Meeus' Julian algorithm."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + (year // 100 - year // 400 - 2) * DAY


def _islamic(year: int, month: int, day: int, count: int) -> list[Span]:
    """The dates of an Islamic month and day in a year, by the tabular (civil) calendar."""
    found = []
    first = (year - 622) * 33 // 32
    for hijri in range(first - 1, first + 3):
        ordinal = day + (59 * (month - 1) + 1) // 2 + (hijri - 1) * 354 + (3 + 11 * hijri) // 30
        start = date.fromordinal(ordinal + 227_014)
        if start.year == year:
            found.append(days(start - DAY, count + 1, sized(max(count, 5))))
    return found


def _new_moon(earliest: date, zone: float) -> Span:
    """The day of the first new moon from a day on (Meeus, Astronomical Algorithms, chapter 49).

    The four largest terms suffice for the day; one day of doubt before it.
    """
    count = int((earliest.toordinal() - date(2000, 1, 6).toordinal()) / 29.530588861) - 1
    while True:
        sun = radians(2.5534 + 29.10535670 * count)
        moon = radians(201.5643 + 385.81693528 * count)
        node = radians(160.7108 + 390.67050284 * count)
        julian = 2451550.09766 + 29.530588861 * count - 0.4072 * sin(moon) + 0.17241 * sin(sun)
        julian += 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
        found = date.fromordinal(int(julian - 1721424.5 + zone / 24))
        if found >= earliest:
            return days(found - DAY, 2, Precision.WEEK)
        count += 1
