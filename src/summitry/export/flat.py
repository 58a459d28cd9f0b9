"""The flat tables as JSON lines: for `jq`, DuckDB and pandas alike."""

from collections.abc import Iterator
from datetime import date

from summitry.export._flat import TABLES, Cell, rows
from summitry.export._json import Json
from summitry.model import Diary

__all__ = ["diary_rows"]


def diary_rows(diary: Diary, table: str = "engagements") -> Iterator[dict[str, Json]]:
    """One object a row, days and instants in ISO 8601, unknown null.

    Args:
        diary: In whose order the rows come.
        table: ``engagements`` or ``claims``.
    """
    names = [column.name for column in TABLES[table]]
    for row in rows(diary, table):
        yield dict(zip(names, map(_plain, row), strict=True))


def _plain(cell: Cell) -> Json:
    return cell.isoformat() if isinstance(cell, date) else cell
