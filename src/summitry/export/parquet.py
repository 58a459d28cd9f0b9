"""The flat tables as Apache Parquet, every column with its meaning in the file itself."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from summitry.errors import ExtraMissing
from summitry.export._flat import TABLES, Cell, Sort, rows
from summitry.model import Diary

__all__ = ["diary_parquet"]


def diary_parquet(diary: Diary, table: str = "engagements") -> bytes:
    """One Parquet file; instants are UTC to the microsecond.

    Args:
        diary: In whose order the rows come; ``as_of`` stands in the file's metadata.
        table: ``engagements`` or ``claims``.

    Raises:
        ExtraMissing: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing("Parquet", "summitry[tables]") from error
    columns = TABLES[table]
    types: dict[Sort, Any] = {
        Sort.TEXT: pa.string(),
        Sort.COUNT: pa.int32(),
        Sort.NUMBER: pa.float64(),
        Sort.FLAG: pa.bool_(),
        Sort.DAY: pa.date32(),
        Sort.INSTANT: pa.timestamp("us", "UTC"),
    }
    schema = pa.schema(
        [pa.field(c.name, types[c.sort], metadata={"description": c.about}) for c in columns],
        metadata={"as_of": diary.as_of.isoformat(), "table": table},
    )
    cells = [[_utc(cell) for cell in row] for row in rows(diary, table)]
    arrays = [
        pa.array([row[i] for row in cells], type=field.type) for i, field in enumerate(schema)
    ]
    out = BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _utc(cell: Cell) -> Cell:
    return cell.astimezone(UTC) if isinstance(cell, datetime) else cell
