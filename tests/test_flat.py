"""Flat tables: the same cells in each format, every claim once, every column explained."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _diary import AS_OF, DAY, SMALL, made, told

from summitry.export import diary_csv, diary_parquet, diary_rows
from summitry.export._flat import TABLES
from summitry.model import Attested, Diary, Party, Status

TOP = Path(__file__).parents[1]


def read_back(data: bytes) -> Any:
    from pyarrow import parquet  # noqa: PLC0415

    return parquet.read_table(io.BytesIO(data))


@pytest.mark.parametrize("table", TABLES)
def test_parquet_holds_what_the_lines_hold(table: str) -> None:
    pytest.importorskip("pyarrow")
    read = read_back(diary_parquet(SMALL, table))
    lines = list(diary_rows(SMALL, table))
    assert lines
    found = json.dumps(read.to_pylist(), default=lambda v: v.isoformat())
    assert json.loads(found) == json.loads(json.dumps(lines))
    for column in TABLES[table]:
        assert read.schema.field(column.name).metadata[b"description"].decode() == column.about


def test_an_empty_diary_keeps_its_columns() -> None:
    pytest.importorskip("pyarrow")
    read = read_back(diary_parquet(Diary(AS_OF, None, ())))
    assert read.column_names == [c.name for c in TABLES["engagements"]]
    assert read.num_rows == 0


def test_each_claim_of_each_engagement_is_a_row() -> None:
    e = told("e", (1, Status.FLOATED, DAY), (2, Status.ANNOUNCED, DAY))
    found = list(diary_rows(Diary(AS_OF, None, (e,)), "claims"))
    claims = {c.id for c in (*e.kind.by, *e.status.by, *e.parties[0].by, *e.agenda[0].by)}
    assert claims <= {row["claim"] for row in found}
    assert len({(row["claim"], row["stands"]) for row in found}) == len(found)
    published = {str(row["published"])[:10] for row in found if row["slot"] == "status"}
    assert published == {"2024-02-02", "2024-02-03"}


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_in_the_document(table: str) -> None:
    text = (TOP / "docs" / "formats.md").read_text("utf-8")
    for column in TABLES[table]:
        row = rf"^\| `{column.name}` \| {column.sort.value} \| {re.escape(column.about)} \|$"
        assert re.search(row, text, re.MULTILINE), column.name


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_no_cell_of_the_csv_is_a_formula(sign: str) -> None:
    e = made("a", Status.FLOATED)
    e = replace(e, parties=(Attested(Party(f"{sign}1+2", None), e.parties[0].by),))
    (row,) = csv.DictReader(io.StringIO(diary_csv(Diary(AS_OF, None, (e,)))))
    assert row["parties"] == f"'{sign}1+2"
