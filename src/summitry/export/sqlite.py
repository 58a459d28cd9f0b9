"""The flat tables as one SQLite file that Datasette opens: keys, views, full text, codebook."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

from summitry.export._flat import TABLES, Cell, Column, Sort, rows
from summitry.model import Diary

__all__ = ["diary_sqlite"]

_TYPES = {
    Sort.TEXT: "TEXT",
    Sort.COUNT: "INTEGER",
    Sort.NUMBER: "REAL",
    Sort.FLAG: "INTEGER",
    Sort.DAY: "TEXT",
    Sort.INSTANT: "TEXT",
}
_OWN = 'FOREIGN KEY ("engagement") REFERENCES "engagements" ("id")'
_KEYS = {
    "engagements": ('PRIMARY KEY ("id")',),
    "sources": ('PRIMARY KEY ("source_id")',),
    "reports": ('PRIMARY KEY ("engagement", "report")', _OWN),
    "parties": (_OWN,),
    "claims": (
        _OWN,
        'FOREIGN KEY ("source_id") REFERENCES "sources" ("source_id")',
        'FOREIGN KEY ("engagement", "report") REFERENCES "reports" ("engagement", "report")',
    ),
}
"""Tables in the order in which they can be filled."""
_AFTER = """
CREATE INDEX parties_engagement ON parties (engagement);
CREATE INDEX parties_state ON parties (state);
CREATE INDEX claims_engagement ON claims (engagement);
CREATE INDEX claims_source ON claims (source_id);
CREATE VIEW ahead AS
  SELECT * FROM engagements
  WHERE occurrence = 'planned' AND NOT background
    AND ("end" IS NULL OR "end" > (SELECT substr(as_of, 1, 10) FROM about));
CREATE VIEW evidence AS
  SELECT c.engagement, e.status, e.kind, e.states, e.start, c.slot, c.stands, c.value,
    c.source, c.source_class, c.modality, c.polarity, c.quote, c.outlet, c.published
  FROM claims c JOIN engagements e ON e.id = c.engagement;
CREATE VIRTUAL TABLE claims_fts USING fts5 (quote, value, source, content="claims");
INSERT INTO claims_fts (claims_fts) VALUES ('rebuild');
"""


def diary_sqlite(diary: Diary) -> bytes:
    """The file: all flat tables, ``about`` with the clocks, ``codebook``, two views.

    Days and instants are ISO 8601 texts, instants in UTC, so that they sort as they are; flags
    are 0 and 1. ``ahead`` is what is planned and not over, ``evidence`` every claim beside what
    it is about. ``claims_fts`` is full text (FTS5) over ``claims``.
    """
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("CREATE TABLE about (as_of TEXT NOT NULL, known_at TEXT)")
        base.execute(
            "INSERT INTO about VALUES (?, ?)", (_cell(diary.as_of), _cell(diary.known_at))
        )
        base.execute('CREATE TABLE codebook ("table" TEXT, "column" TEXT, sort TEXT, about TEXT)')
        for table, keys in _KEYS.items():
            _fill(base, diary, table, keys)
        base.executescript(_AFTER)
        base.commit()
        return base.serialize()


def _fill(base: sqlite3.Connection, diary: Diary, table: str, keys: tuple[str, ...]) -> None:
    columns = TABLES[table]
    base.execute(f'CREATE TABLE "{table}" ({", ".join((*map(_column, columns), *keys))})')
    about = [(table, c.name, c.sort.value, c.about) for c in columns]
    base.executemany("INSERT INTO codebook VALUES (?, ?, ?, ?)", about)
    marks = ", ".join("?" * len(columns))
    cells = ([_cell(cell) for cell in row] for row in rows(diary, table))
    base.executemany(f'INSERT INTO "{table}" VALUES ({marks})', cells)


def _column(column: Column) -> str:
    return f'"{column.name}" {_TYPES[column.sort]}'


def _cell(cell: Cell) -> str | int | float | None:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell
