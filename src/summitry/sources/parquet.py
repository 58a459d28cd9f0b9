"""Parquet: a table with a report a row, in columns named as the fields of JSON lines are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from summitry.errors import UnreadableReport
from summitry.sources._fields import FIELDS, of_fields
from summitry.sources._outcome import Outcome, Problem
from summitry.sources._stream import Stream

__all__ = ["read_parquet", "read_row_groups"]

_ROWS = 200
"""Rows in hand at a time."""
_LARGEST = 1 << 30
"""Bytes that a row group may unpack to, which is held in memory: writers make them of at most
128 MiB by default, or of a million rows."""


def read_parquet(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read all rows.

    Raises:
        UnreadableReport: It is no such table, or the library for it is not installed.
    """
    yield from read_row_groups(stream, origin, 0, -1)


def read_row_groups(stream: Stream, origin: str, start: int, end: int) -> Iterator[Outcome]:
    """Read the row groups whose first byte lies in [start, end); a negative end has none.

    Yields:
        Reports and problems, each named by the number of its row in the whole table.

    Raises:
        UnreadableReport: As ``read_parquet`` does.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ModuleNotFoundError as error:
        reason = "Parquet needs an extra; pip install 'summitry[tables]'"
        raise UnreadableReport(origin, reason) from error
    try:
        if not stream.seekable():
            raise UnreadableReport(origin, "Parquet inside another file; unpack it first")
        table = pq.ParquetFile(stream)
        columns = [name for name in FIELDS if name in table.schema_arrow.names]
        if not {"text", "summary", "title"} & set(columns):
            raise UnreadableReport(origin, "a table without a column text, summary or title")
        row = 0
        for number in range(table.num_row_groups):
            group = table.metadata.row_group(number)
            first = _first_byte(group)
            if first >= start and (end < 0 or first < end):
                if _unpacked(group, columns) > _LARGEST:
                    yield Problem(f"{origin}:{row + 1}", "a row group of more than 1 GiB")
                    row += group.num_rows
                    continue
                found = table.iter_batches(_ROWS, row_groups=[number], columns=columns)
                yield from _rows(found, origin, row)
            row += group.num_rows
    except (pa.ArrowException, ValueError, OverflowError) as error:
        reason = str(error).split("\n", 1)[0][:120]
        raise UnreadableReport(origin, f"a damaged table: {reason}") from error


def _rows(batches: Any, origin: str, before: int) -> Iterator[Outcome]:  # noqa: ANN401
    """The outcomes of each row, whose numbers go on from those of the groups before."""
    number = before
    for batch in batches:
        for fields in batch.to_pylist():
            number += 1
            told = {name: _spoken(value) for name, value in fields.items()}
            yield from of_fields(told, f"{origin}:{number}")


def _spoken(value: object) -> object:
    """A time as text, in UTC where it has no zone; anything else as it is."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _first_byte(group: Any) -> int:  # noqa: ANN401 - the library has no types
    """Where the first column of a row group begins."""
    column = group.column(0)
    starts = (column.dictionary_page_offset, column.data_page_offset)
    return min(int(at) for at in starts if at is not None)


def _unpacked(group: Any, columns: list[str]) -> int:  # noqa: ANN401
    """Bytes that the columns of a row group say they unpack to."""
    every = (group.column(number) for number in range(group.num_columns))
    return sum(c.total_uncompressed_size for c in every if c.path_in_schema in columns)
