"""When are a state's offices closed?

The door of the library ``holidays``, which is an extra. What it computes ahead for movable
feasts of the lunar calendar may be off by a day.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from summitry.errors import ExtraMissing
from summitry.gazetteer.values import DaysOff

__all__ = ["days_off"]

_ENGLISH = ("en_US", "en_GB", "en")


def days_off(lands: Iterable[str], start: date, end: date) -> Mapping[str, DaysOff]:
    """Public holidays and weekends by state, for the years of the days [start, end).

    Args:
        lands: ISO 3166-1 alpha-2 codes; organisations and states that the library does not
            know are left out of the answer.
        start: First day.
        end: Day after the last one.

    Raises:
        ExtraMissing: The library is not installed.
    """
    try:
        import holidays  # noqa: PLC0415 (an extra, and slow to load)
    except ImportError as error:
        raise ExtraMissing("a calendar of public holidays", "summitry[desk]") from error
    known = holidays.list_supported_countries(include_aliases=False)
    localized = holidays.list_localized_countries()
    years = range(start.year, end.year + 1)
    found = {}
    for state in dict.fromkeys(lands):
        if state in known:
            languages = localized.get(state, [])
            language = next((name for name in _ENGLISH if name in languages), None)
            calendar = holidays.country_holidays(state, years=years, language=language)
            inside = {day: name for day, name in calendar.items() if start <= day < end}
            found[state] = DaysOff(dict(sorted(inside.items())), frozenset(calendar.weekend))
    return found
