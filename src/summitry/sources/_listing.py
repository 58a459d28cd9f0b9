"""What an entry of a calendar, a planning feed or a diary comes to.

In goes a draft, the fields as a format gave them; out comes a listing whose text is the entry
written out field by field, so that every claim has its words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from summitry.model import ENTRY, Listing, Precision, Report, Sentence, Side, Status, When
from summitry.sources._outcome import LONGEST_TEXT, Outcome, Problem, storable
from summitry.sources._own import Own, own

__all__ = ["Entry", "listed"]

_MARKS: tuple[tuple[str, Status], ...] = (
    ("[FLOATED]", Status.FLOATED),
    ("[TBC]", Status.IN_PREPARATION),
    ("TBC:", Status.IN_PREPARATION),
    ("[one side]", Status.ANNOUNCED),
    ("[POSTPONED]", Status.POSTPONED),
    ("POSTPONED:", Status.POSTPONED),
    ("CANCELLED:", Status.CANCELLED),
    ("CANCELED:", Status.CANCELLED),
    ("[CANCELLED]", Status.CANCELLED),
    ("DENIED:", Status.DENIED),
)
"""What calendars write before a title, since they have no field for it; ours among them."""
_VAGUE = re.compile(r" \((?:some day|from|before) [^()]{3,60}\)$")
"""An imprecise date that our titles end with."""
_LONGEST_TITLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The fields of a listing as the document gave them, before they are checked."""

    origin: str
    uid: str
    """The entry's own id; empty where it has none, so that day and title stand for it."""
    publisher: str
    published: datetime | None = None
    title: str
    about: str = ""
    start: date | None = None
    """First day."""
    end: date | None = None
    """Day after the last; None is one day."""
    precision: Precision = Precision.DAY
    time: str = ""
    printed: str = ""
    """The date as the document writes it."""
    place: str = ""
    place_state: str = ""
    status: Status | None = None
    """None where the document has no word on it: then it announces what it lists."""
    said: str = ""
    """The status as the document writes it."""
    own: str = ""
    """Our own line of JSON, if the document carries it."""


def listed(entry: Entry) -> Iterator[Outcome]:
    """Make the listing of a draft.

    Yields:
        A problem where the entry has no title, is too long, or ends before it starts; else the
        listing.
    """
    title = " ".join(storable(entry.title).split())[:_LONGEST_TITLE]
    if not title:
        yield Problem(entry.origin, "an entry without a title")
        return
    bare, mark = _unmarked(title)
    try:
        when = _when(entry)
    except (ValueError, OverflowError) as error:
        yield Problem(entry.origin, f"its dates are none ({str(error)[:80]}); read without them")
        when = None
    fields = {
        "title": title,
        "when": entry.printed or (when.label if when else ""),
        "place": entry.place,
        "status": entry.said,
        "published by": entry.publisher,
        "about": entry.about,
    }
    text, cells = _written(fields)
    if len(text) > LONGEST_TEXT:
        yield Problem(entry.origin, f"{len(text):,} characters are too long for an entry")
        return
    publisher = " ".join(storable(entry.publisher).split())
    listing = Listing(
        report=Report(
            outlet=publisher,
            published=entry.published,
            text=text,
            title=title,
            url=f"{ENTRY}{storable(entry.uid) or f'{entry.start}:{bare}'}",
            origin=storable(entry.origin),
            ref=storable(entry.uid) or None,
        ),
        title=bare,
        title_cell=cells["title"],
        about=storable(entry.about),
        publisher=publisher,
        when=when,
        when_cell=cells.get("when", cells["title"]),
        place=" ".join(storable(entry.place).split()),
        place_state=entry.place_state,
        place_cell=cells.get("place", cells["title"]),
        status=_status(entry.status, mark),
        status_cell=cells.get("status", cells["title"]),
    )
    yield next((_known(listing, told) for told in own(entry.own)), listing)


def _known(listing: Listing, told: Own) -> Listing:
    """The listing with all that our own line says of it."""
    cell = listing.title_cell
    return replace(
        listing,
        kind=told.kind,
        status=told.status,
        when=told.when and replace(told.when, text=listing.when.text if listing.when else ""),
        place=told.place,
        place_state=told.place_state,
        sides=tuple(
            Side(person=name, state=state, role=role, part=part, cell=cell)
            for name, state, role, part in told.sides
        ),
        topics=told.topics,
        words=told.words,
    )


def _unmarked(title: str) -> tuple[str, Status | None]:
    """A title without the mark of its status, and that status."""
    for mark, status in _MARKS:
        if title.startswith(mark):
            return _VAGUE.sub("", title.removeprefix(mark).strip()) or title, status
    return _VAGUE.sub("", title), None


def _status(said: Status | None, mark: Status | None) -> Status:
    """Cancelled if the document says so; else the title's mark, which is finer than any code."""
    if said is Status.CANCELLED:
        return said
    return mark or said or Status.ANNOUNCED


def _when(entry: Entry) -> When | None:
    """The interval of an entry.

    Raises:
        ValueError: It ends before it starts, or lies outside the calendar of a diary.
    """
    if entry.start is None:
        return None
    end = entry.end or entry.start + timedelta(days=1)
    if not date(1500, 1, 1) <= entry.start < date(9998, 1, 1) or end > date(9999, 1, 1):
        raise ValueError(f"{entry.start} is outside the calendar")
    # Some programs end an entry of one day on that day.
    end = max(end, entry.start + timedelta(days=1)) if end == entry.start else end
    return When(entry.start, end, entry.precision, entry.printed, entry.time)


def _written(fields: Mapping[str, str]) -> tuple[str, dict[str, Sentence]]:
    """The entry as a text, a line for each field, and the characters of each."""
    cells: dict[str, Sentence] = {}
    lines: list[str] = []
    at = 0
    for name, value in fields.items():
        shown = " ".join(storable(value).split())
        if shown:
            line = shown if name == "title" else f"{name}: {shown}"
            cells[name] = Sentence(at, at + len(line), line)
            lines.append(line)
            at += len(line) + 1
    return "\n".join(lines), cells
