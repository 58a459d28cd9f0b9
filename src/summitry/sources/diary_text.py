"""A diary as agencies publish it in plain text: each line is a listing.

Days are headings ("MONDAY, FEBRUARY 12"), lines are ``** CITY - what - 0930 GMT``, with
``(to Oct. 8)`` for what lasts and ``(final day)`` for what ends. Such a diary names no year
anew: it stands in the first line, or in the headers, and turns where December is followed by
January. It has no word on how sure anything is, so that it announces what it lists.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from summitry.errors import UnreadableReport
from summitry.model import Precision
from summitry.sources._decode import decoded
from summitry.sources._instant import instant
from summitry.sources._iptc import after
from summitry.sources._listing import Entry, listed
from summitry.sources._outcome import Outcome, Problem
from summitry.sources._stream import Stream, whole

__all__ = ["read_diary_text"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_HEADER = re.compile(r"(outlet|published|title|url|language|id)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_DAY = re.compile(
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:{_MONTH}\s+(?P<day>\d{{1,2}})"
    rf"|(?P<day2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2')})(?:,?\s+(?P<year>\d{{4}}))?:?",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?:some day in\s+)?(?:{_MONTH}\s+)?(?P<year>\d{{4}}),?\s+day not set:?", re.IGNORECASE
)
_LINE = re.compile(
    r"(?:(?P<new>\*\*)\s*)?(?P<city>[A-Z][^\n]{1,70}?)(?:\s[-–—]{1,2}|[-–—]{1,2}\s)\s*(?P<text>.+)$"
)
_CLOCK = re.compile(r"\s+[-–—]+\s+(?:at\s+)?(?P<hour>\d\d):?(?P<minute>\d\d)\s*GMT[/.\w\s]{0,20}$")
_TO = re.compile(rf"\s*\((?:to|until|through)\s+{_MONTH}\s+(?P<day>\d{{1,2}})\)\.?", re.IGNORECASE)
_FINAL = re.compile(r"\s*\((?:final|last) day\)\.?", re.IGNORECASE)
_NOWHERE = "PLACE NOT SET"
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


@dataclass(slots=True)
class _Page:
    """Where in the diary we are."""

    year: int
    month: int = 0
    first: date | None = None
    precision: Precision = Precision.DAY


def read_diary_text(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read one diary line by line.

    Yields:
        A listing for each line under a day; a problem for a line that says no place.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, or nothing says of which year it is.
    """
    text = decoded(whole(stream, origin)).text.replace("\r\n", "\n")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    headers = {m[1].lower(): m[2] for line in lines[:8] if (m := _HEADER.fullmatch(line))}
    published = _published(headers, origin)
    if isinstance(published, Problem):
        yield published
        published = None
    head = " ".join(lines[:12])
    year = published.year if published else next((int(y) for y in _YEAR.findall(head)), 0)
    if not year:
        raise UnreadableReport(origin, "a diary without a year; give --published")
    page, found = _Page(year), False
    publisher = headers.get("outlet") or headers.get("title") or ""
    for number, line in enumerate(lines, 1):
        place = f"{origin}:{number}"
        if _heading(line, page) or page.first is None or not line:
            continue
        if entry := _LINE.match(line):
            found = True
            yield from listed(_entry(entry, page, publisher, published, place))
        elif not line.startswith(("--", "==", "(", "Note")):
            yield Problem(place, "a line without a place")
    if not found:
        yield Problem(origin, "a diary without lines under a day")


def _published(headers: dict[str, str], origin: str) -> datetime | Problem | None:
    """When the diary was published, if its headers say so."""
    if not headers.get("published"):
        return None
    try:
        return instant(headers["published"])
    except ValueError as error:
        return Problem(origin, f"published {error}; read without it")


def _heading(line: str, page: _Page) -> bool:
    """Turn the page where a line is the heading of a day, or of a month without days."""
    if vague := _VAGUE.fullmatch(line):
        month = _month(vague["month"]) if vague["month"] else 1
        page.first = date(int(vague["year"]), month, 1)
        page.precision = Precision.MONTH if vague["month"] else Precision.YEAR
        return True
    found = _DAY.fullmatch(line)
    if not found:
        return False
    month = _month(found["month"] or found["month2"])
    if found["year"]:
        page.year = int(found["year"])
    elif month < page.month - 6:
        page.year += 1
    page.month = month
    page.precision = Precision.DAY
    page.first = _day(page.year, month, int(found["day"] or found["day2"]))
    return True


def _entry(
    line: re.Match[str], page: _Page, publisher: str, published: datetime | None, origin: str
) -> Entry:
    """The fields of one line."""
    text, city = line["text"], line["city"].strip(" -,")
    clock = _CLOCK.search(text)
    text = _CLOCK.sub("", text)
    until, final = _TO.search(text), _FINAL.search(text)
    first = page.first
    end = after(first, page.precision) if first and page.precision is not Precision.DAY else None
    if until and first:
        last = _day(first.year, _month(until["month"]), int(until["day"]))
        if last and last < first:
            last = _day(first.year + 1, last.month, last.day)
        end = last + timedelta(days=1) if last else None
    title = _FINAL.sub("", _TO.sub("", text)).strip()
    return Entry(
        origin=origin,
        uid="",
        publisher=publisher,
        published=published,
        title=title,
        about=f"{city}{', final day' if final else ''}",
        start=first,
        end=end,
        precision=page.precision,
        time=f"{clock['hour']}:{clock['minute']} GMT" if clock else "",
        printed=f"{first or ''}{until.group() if until else ''}",
        place="" if city == _NOWHERE else city.title() if city.isupper() else city,
    )


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
