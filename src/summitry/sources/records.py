"""Tables of past engagements: one row, one engagement that took place.

Two shapes are read. JSON lines as made from the public-domain record of the Office of the
Historian of the U.S. Department of State (HistoryAtState, CC0): travels of presidents and
secretaries of state, and visits of foreign leaders. And CSV of a user's own, whose columns
docs/formats.md names. A row becomes a text of its fields, so that every claim has its words;
it counts as published at the midnight after the last day: from then on the world could know.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from summitry.model import Kind, Part, Record, Report, Sentence, Side, Source, SourceClass
from summitry.sources._decode import decoded
from summitry.sources._outcome import LONGEST_TEXT, Problem
from summitry.sources._stream import Stream, whole

__all__ = ["COLUMNS", "read_records"]

COLUMNS = (
    *("id", "date", "start", "end", "kind", "visitors", "hosts", "parties", "persons", "states"),
    *("place", "note", "source"),
)
"""Of the CSV. ``date`` and ``start`` are one; ``end`` is the last day; ``visitors``, ``hosts``,
``parties`` hold ``Name (State)`` or a state, several parted by semicolons; ``persons`` and
``states`` run side by side."""

_HISTORIAN = "Office of the Historian, U.S. Department of State"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NAMED = re.compile(r"(?P<person>.*?)\s*\((?P<state>[^()]*)\)\s*")
_KINDS = {kind.value: kind for kind in Kind}
_TITLES = re.compile(
    r"(?:(?:Vice |Deputy |Acting |Interim |Former )?(?:President|Prime Minister|Premier|"
    r"Chancellor|King|Queen|Emperor|Empress|Sultan|Emir|Amir|Shah|Pope|Crown Prince|Prince|"
    r"Princess|Chairman|General Secretary|Foreign Minister|Secretary General|Taoiseach|"
    r"Governor-General|Captain Regent))\b[\s-]*"
)
"""Offices before a name in the record of visits."""
_OLDEST = date(1500, 1, 1)


def read_records(stream: Stream, origin: str) -> Iterator[Record | Problem]:
    """Read a table row by row; a bad row is named and the next one is read.

    Raises:
        UnreadableReport: It is empty or larger than 16 MiB.
    """
    text = decoded(whole(stream, origin)).text
    rows = _json_rows(text) if text.lstrip().startswith("{") else _csv_rows(text)
    found = False
    for number, row in rows:
        found = True
        place = f"{origin}:{number}"
        try:
            yield _record(row, place) if isinstance(row, dict) else Problem(place, row)
        except ValueError as error:
            yield Problem(place, str(error))
    if not found:
        yield Problem(origin, "no rows")


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, object] | str]]:
    """Line numbers with the object of each line, or with what is wrong with it."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "no JSON"
            continue
        yield number, row if isinstance(row, dict) else "no JSON object"


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, object] | str]]:
    """Line numbers with the fields of each row by column, or with what is wrong with it."""
    csv.field_size_limit(LONGEST_TEXT)
    lines = csv.reader(io.StringIO(text, newline=""))
    head: list[str] = []
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield lines.line_num, f"no CSV: {error}"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not head:
            head = [cell.strip().lower() for cell in cells]
            if not {"date", "start"} & set(head):
                yield lines.line_num, f"no column date or start among {', '.join(head)[:80]}"
                return
        elif len(cells) > len(head):
            yield lines.line_num, f"{len(cells)} cells under {len(head)} columns"
        else:
            yield lines.line_num, dict(zip(head, cells, strict=False))


def _record(row: Mapping[str, object], place: str) -> Record:
    """The record of one row.

    Raises:
        ValueError: What it lacks, in a few words.
    """
    kind = row.get("kind")
    if kind == "travel":
        fields, source = _travel(row), _HISTORIAN
    elif kind == "visit_to_us":
        fields, source = _visit(row), _HISTORIAN
    else:
        fields = {name: text for name in COLUMNS if (text := _text(row, name))}
        source = fields.get("source", "")
    return _built(fields, source, place)


def _travel(row: Mapping[str, object]) -> dict[str, str]:
    """The fields of a journey of a president or secretary of state."""
    title = {"president": "President", "secretary": "Secretary of State"}
    country, locale = _text(row, "country"), _text(row, "locale")
    fields = {
        "id": _text(row, "id"),
        "start": _text(row, "start"),
        "end": _text(row, "end"),
        "kind": "visit",
        "visitors": f"{_text(row, 'person')} (United States)",
        "role": title.get(_text(row, "role"), ""),
        "hosts": _bare(country),
        "place": f"{locale}; {country}" if locale else country,
        "note": _text(row, "remarks"),
    }
    return {name: text for name, text in fields.items() if text}


def _visit(row: Mapping[str, object]) -> dict[str, str]:
    """The fields of a visit of a foreign leader to the United States."""
    lands = row.get("from")
    named = (
        [_text(land, "name") for land in lands if isinstance(land, dict)]
        if (isinstance(lands, list))
        else []
    )
    land = named[0] if named else ""
    fields = {
        "id": _text(row, "id"),
        "start": _text(row, "start"),
        "end": _text(row, "end"),
        "kind": "visit",
        "visitors": f"{_text(row, 'visitor')} ({_bare(land)})",
        "hosts": "United States",
        "place": "United States",
        "note": _text(row, "description"),
    }
    return {name: text for name, text in fields.items() if text}


def _built(fields: Mapping[str, str], source: str, place: str) -> Record:
    """The record of some checked fields.

    Raises:
        ValueError: A day cannot be read, the end lies before the start, the kind is unknown, or
            nobody took part.
    """
    text, cells = _written(fields)
    first = "date" if "date" in fields and "start" not in fields else "start"
    start = _day(fields.get(first, ""))
    last = _day(fields["end"]) if "end" in fields else start
    if last < start:
        raise ValueError(f"ends on {last}, before its start on {start}")
    end = last + timedelta(days=1)
    kind = _KINDS.get(fields.get("kind", "visit").strip().lower().replace(" ", "_"))
    if kind is None:
        raise ValueError(f"unknown kind {fields['kind'][:40]!r}; known: {', '.join(_KINDS)}")
    sides = tuple(_sides(fields, cells))
    if not sides:
        raise ValueError("nobody took part: name visitors, hosts, parties or states")
    town, _, land = fields.get("place", "").rpartition(
        ";" if ";" in fields.get("place", "") else ","
    )
    outlet = source or "table of past engagements"
    official = source == _HISTORIAN
    ident = fields.get("id", "")
    return Record(
        report=Report(
            outlet=outlet,
            published=datetime.combine(end, time(), UTC),
            text=text,
            url=f"record:{ident}" if ident else "",
            origin=place,
            ref=ident or None,
        ),
        start=start,
        end=end,
        dates=cells[first],
        kind=kind,
        kind_cell=cells.get("kind", cells[first]),
        sides=sides,
        place=(town or land).strip(),
        place_state=land.strip(),
        place_cell=cells.get("place"),
        source=Source(_HISTORIAN, SourceClass.OFFICIAL_NAMED, state="US")
        if official
        else Source(outlet, SourceClass.OUTLET),
    )


def _written(fields: Mapping[str, str]) -> tuple[str, dict[str, Sentence]]:
    """The row as a text, a line for each field, and the characters of each."""
    cells: dict[str, Sentence] = {}
    lines: list[str] = []
    at = 0
    for name, value in fields.items():
        line = f"{name}: {value}"
        cells[name] = Sentence(at, at + len(line), line)
        lines.append(line)
        at += len(line) + 1
    if at > LONGEST_TEXT:
        raise ValueError(f"{at:,} characters are too long for a row")
    return "\n".join(lines), cells


def _sides(fields: Mapping[str, str], cells: Mapping[str, Sentence]) -> Iterator[Side]:
    """Who took part, visitors first."""
    parts = {"visitors": Part.VISITOR, "hosts": Part.HOST, "parties": None}
    for column, part in parts.items():
        for item in _items(fields.get(column, "")):
            named = _NAMED.fullmatch(item)
            person, state = (named["person"], named["state"]) if named else ("", item)
            title = _TITLES.match(person) if column == "visitors" else None
            role = title.group().strip(" -") if title and title.end() < len(person) else None
            yield Side(
                person=person[title.end() :] if title and role else person,
                state=state.strip(),
                role=role or (fields.get("role") if part is Part.VISITOR else None),
                part=part,
                cell=cells[column],
            )
    persons, states = _items(fields.get("persons", "")), _items(fields.get("states", ""))
    for number in range(max(len(persons), len(states))):
        column = "persons" if number < len(persons) else "states"
        yield Side(
            person=persons[number] if number < len(persons) else "",
            state=states[number] if number < len(states) else "",
            cell=cells[column],
        )


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


def _bare(name: str) -> str:
    """A name without the brackets that would end the brackets around it."""
    return name.replace("(", ", ").replace(")", "").replace(" ,", ",")


def _text(row: Mapping[str, object], name: str) -> str:
    """A field on one line, without what no database holds."""
    value = row.get(name)
    return " ".join(_UNSTORABLE.sub("\ufffd", value).split()) if isinstance(value, str) else ""


def _day(text: str) -> date:
    """The day that a field names.

    Raises:
        ValueError: It is empty, not written as year-month-day, or before 1500.
    """
    if not text.strip():
        raise ValueError("no date")
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise ValueError(f"{text.strip()[:40]!r} is no date; write 2024-01-09") from None
    if not _OLDEST <= day < date(9998, 1, 1):
        raise ValueError(f"{day} is outside the calendar of a diary")
    return day
