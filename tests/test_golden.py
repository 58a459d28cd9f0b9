"""Each format as bytes that were looked at: one small diary, one file a format.

``python tests/test_golden.py`` (or ``make golden``) rewrites them; review what changed.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest
from _diary import BEFORE, REPORTS, SMALL

from summitry import export
from summitry.desk import changes
from summitry.model import Status

MAIL = ("desk@diary.example", ["one@b.example", "two@b.example"])
FOLDER = Path(__file__).parent / "golden"


def lines(values: Iterable[object]) -> bytes:
    return "".join(f"{json.dumps(v, ensure_ascii=False)}\n" for v in values).encode()


def dump(data: bytes) -> bytes:
    """A SQLite file in words; the shadows of full text are the library's own business."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        shape = "SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name"
        made = [row for row in base.execute(shape) if "_fts_" not in row[1]]
        told = [sql for _, _, sql in made]
        for sort, name, _ in made:
            if sort == "table" and not name.endswith("_fts"):
                told += [f"{name} {row}" for row in base.execute(f'SELECT * FROM "{name}"')]
    return "\n".join(told).encode() + b"\n"


FORMATS: dict[str, Callable[[], bytes]] = {
    "../data/golden.ics": lambda: export.diary_ics(
        SMALL, base_url="https://diary.example/e/", source="https://diary.example/diary.ics"
    ),
    "../data/golden.newsml.xml": lambda: export.diary_newsml(SMALL, tuple(Status)),
    "../data/golden.ninjs.jsonl": lambda: lines(export.diary_ninjs(SMALL, tuple(Status))),
    "knowledge.newsml.xml": lambda: export.diary_knowledge(SMALL),
    "diary.json": lambda: lines([export.diary_json(SMALL)]),
    "diary.csv": lambda: export.diary_csv(SMALL).encode(),
    "engagements.jsonl": lambda: lines(export.diary_rows(SMALL)),
    "claims.jsonl": lambda: lines(export.diary_rows(SMALL, "claims")),
    "diary.sql": lambda: dump(export.diary_sqlite(SMALL)),
    "changes.atom": lambda: export.changes_atom(SMALL, changes(BEFORE, SMALL), REPORTS),
    "diary.jsonld": lambda: export.diary_jsonld(SMALL),
    "diary.graphml": lambda: export.diary_graphml(SMALL),
    "diary.ftm.jsonl": lambda: lines(export.diary_ftm(SMALL)),
    "changes.eml": lambda: export.changes_mail(
        "Two lines\nof text.\n", SMALL, changes(BEFORE, SMALL), REPORTS, *MAIL
    ).as_bytes(),
    "changes.jsonl": lambda: lines(
        event for _, event in export.changes_events(SMALL, changes(BEFORE, SMALL), REPORTS)
    ),
    "newshub.jsonl": lambda: lines(export.diary_newshub(SMALL)),
    "planner.jsonl": lambda: lines(export.planner_items(SMALL)),
    "datasette.json": lambda: lines([export.codebook_json("diary")]),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_as_it_was_looked_at(name: str) -> None:
    if name == "diary.ftm.jsonl":
        pytest.importorskip("followthemoney", reason="the extra ftm is not installed")
    assert FORMATS[name]() == (FOLDER / name).read_bytes()


def test_no_golden_file_is_left_over() -> None:
    here = {name for name in FORMATS if not name.startswith("..")}
    assert {path.name for path in FOLDER.iterdir()} == here


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, made in FORMATS.items():
        (FOLDER / name).write_bytes(made())
        sys.stdout.write(f"{name}\n")
