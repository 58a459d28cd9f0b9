"""Flat tables: the same cells in each format, every claim once, every column explained."""

import csv
import io
import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from _diary import AS_OF, DAY, SMALL, made, told

from summitry.export import (
    codebook_json,
    codebook_markdown,
    diary_csv,
    diary_parquet,
    diary_rows,
    diary_sqlite,
)
from summitry.export._coding import coded
from summitry.export._flat import TABLES
from summitry.model import Attested, Diary, Kind, Party, Place, Status

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


@pytest.mark.parametrize("table", TABLES)
def test_a_database_of_another_make_reads_the_parquet(tmp_path: Path, table: str) -> None:
    """DuckDB has a reader of its own, which shares nothing with the library that writes."""
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    path.write_bytes(diary_parquet(SMALL, table))
    with duckdb.connect() as base:
        read = base.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in read.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in read.fetchall()]
    assert json.loads(json.dumps(found, default=as_line)) == list(diary_rows(SMALL, table))


def as_line(cell: Any) -> str:
    """A date or an instant as the JSON lines have it."""
    return cell.astimezone(UTC).isoformat() if isinstance(cell, datetime) else cell.isoformat()


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


def test_the_codebook_is_the_one_in_the_documents() -> None:
    assert (TOP / "docs" / "codebook.md").read_text("utf-8") == codebook_markdown()
    named = codebook_json("diary")["databases"]["diary"]["tables"]  # type: ignore[index,call-overload]
    for table, columns in TABLES.items():
        names = [c.name for c in columns]
        assert list(named[table]["columns"]) == names  # type: ignore[index,call-overload,arg-type]
        assert set(named[table]["facets"]) <= set(names)  # type: ignore[index,call-overload,arg-type]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_no_cell_of_the_csv_is_a_formula(sign: str) -> None:
    e = made("a", Status.FLOATED)
    e = replace(e, parties=(Attested(Party(f"{sign}1+2", None), e.parties[0].by),))
    (row,) = csv.DictReader(io.StringIO(diary_csv(Diary(AS_OF, None, (e,)))))
    assert row["parties"] == f"'{sign}1+2"


def opened(diary: Diary) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    base.deserialize(diary_sqlite(diary))
    return base


@pytest.mark.parametrize("table", TABLES)
def test_sqlite_holds_what_the_lines_hold(table: str) -> None:
    with closing(opened(SMALL)) as base:
        found = [dict(row) for row in base.execute(f'SELECT * FROM "{table}" ORDER BY rowid')]
    assert found
    assert found == list(diary_rows(SMALL, table))


def test_sqlite_is_sound_and_has_facets_views_and_full_text() -> None:
    with closing(opened(SMALL)) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        facets = "SELECT status, count(*) FROM engagements GROUP BY status"
        counted = Counter(str(e.status.value.value) for e in SMALL)
        assert dict(base.execute(facets).fetchall()) == counted
        ahead = {row["id"] for row in base.execute("SELECT id FROM ahead")}
        assert ahead == {e.id for e in SMALL if coded(e).occurrence == "planned"}
        claims = base.execute("SELECT count(*) FROM claims").fetchone()[0]
        assert base.execute("SELECT count(*) FROM evidence").fetchone()[0] == claims
        hits = "SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'confirmed'"
        assert base.execute(hits).fetchone()[0] == claims
        bare = "SELECT count(*) FROM engagements WHERE id NOT IN (SELECT engagement FROM claims)"
        assert base.execute(bare).fetchone()[0] == 0
    assert diary_sqlite(SMALL) == diary_sqlite(SMALL)


def coding(status: Status, kind: Kind, place: str | None, **more: Any) -> tuple[str | None, ...]:
    e = made("a", status)
    place_of = replace(e.place, value=Place("Town", place)) if place and e.place else None
    e = replace(e, kind=replace(e.kind, value=kind), place=place_of, **more)
    c = coded(e)
    return c.occurrence, c.plover_event, c.plover_mode, c.plover_auxiliary, c.cameo


def test_plans_are_coded_apart_from_what_was_held() -> None:
    planned, held, call = Status.ANNOUNCED, Status.HELD, Kind.CALL
    assert coding(planned, call, None) == ("planned", "AGREE", "phone", "future", "036")
    assert coding(held, call, None) == ("held", "CONSULT", "phone", None, "041")
    assert coding(held, Kind.VISIT, "NO") == ("held", "CONSULT", "visit", None, "042")
    assert coding(held, Kind.SUMMIT, "CH") == ("held", "CONSULT", "third-party", None, "044")
    assert coding(held, Kind.SUMMIT, None) == ("held", "CONSULT", None, None, "040")
    assert coding(held, call, None, background=True)[3] == "historical"
    assert coding(Status.FLOATED, call, None)[3] == "hypothetical"
    assert coding(Status.DENIED, call, None) == ("denied", None, "phone", "negation", None)
    for status in (Status.POSTPONED, Status.CANCELLED):
        assert coding(status, call, None) == ("off", None, "phone", None, None)


def test_tables_hold_nothing_without_its_claims() -> None:
    claims = {row["engagement"] for row in diary_rows(SMALL, "claims")}
    sources = {row["source_id"] for row in diary_rows(SMALL, "sources")}
    for table in ("engagements", "parties", "reports"):
        key = "id" if table == "engagements" else "engagement"
        assert {row[key] for row in diary_rows(SMALL, table)} <= claims
    assert {row["source_id"] for row in diary_rows(SMALL, "claims")} == sources
