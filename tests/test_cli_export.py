"""The commands of ``summitry export``: bytes of the format, to standard output or a file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from summitry.cli import cli

PAST = 'date,visitors,hosts,place\n2024-03-04,Anna Berg (Sweden),Norway,"Oslo, Norway"\n'


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("export")
    table = folder / "past.csv"
    table.write_text(PAST, "utf-8")
    where = str(folder / "s.db")
    assert CliRunner().invoke(cli, ["import", str(table), "--ledger", where]).exit_code == 0
    return where


def run(*words: str) -> bytes:
    found = CliRunner().invoke(cli, ["export", *words])
    assert found.exit_code == 0, found.output
    return found.stdout_bytes


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("ics", b"BEGIN:VCALENDAR"),
        ("newsml", b"<?xml"),
        ("ninjs", b'{"standard"'),
        ("json", b'{"as_of"'),
        ("jsonl", b'{"id"'),
        ("parquet", b"PAR1"),
        ("csv", b"id,status"),
        ("sqlite", b"SQLite format 3"),
        ("atom", b"<?xml"),
        ("jsonld", b'{"@context": "https://schema.org"'),
        ("graphml", b"<?xml"),
        ("ftm", b'{"id"'),
    ],
)
def test_each_format_comes_out_and_into_a_file(
    form: str, begins: bytes, ledger: str, tmp_path: Path
) -> None:
    for name, library in (("parquet", "pyarrow"), ("ftm", "followthemoney")):
        if form == name:
            pytest.importorskip(library, reason=f"the extra for {name} is not installed")
    words = (form, "--ledger", ledger, "--as-of", "2024-04-01")
    out = run(*words)
    assert out.startswith(begins)
    file = tmp_path / "out"
    assert run(*words, "-o", str(file)) == b""
    assert file.read_bytes() == out


def test_json_is_that_of_the_diary_command(ledger: str) -> None:
    words = ("--ledger", ledger, "--as-of", "2024-04-01")
    shown = CliRunner().invoke(cli, ["diary", *words, "--format", "json"])
    assert json.loads(run("json", *words)) == json.loads(shown.stdout)


def test_concepts_come_each_in_an_item_or_all_in_one(ledger: str) -> None:
    words = ("newsml", "--ledger", ledger, "--as-of", "2024-04-01")
    assert b"<conceptItem " in run(*words)
    one = run(*words, "--items", "knowledge")
    assert b"<knowledgeItem " in one
    assert b"<conceptItem " not in one


def test_as_of_a_day_before_there_is_nothing(ledger: str) -> None:
    words = ("--ledger", ledger, "--as-of", "2024-01-01")
    assert run("jsonl", *words) == run("ninjs", *words) == b""
    assert b"X-SUMMITRY-STATUS" not in run("ics", *words)


def test_claims_are_a_table_too(ledger: str) -> None:
    out = run("jsonl", "--ledger", ledger, "--as-of", "2024-04-01", "--table", "claims")
    rows = [json.loads(line) for line in out.splitlines()]
    assert {"status", "party", "place", "when"} <= {row["slot"] for row in rows}
    assert len({row["engagement"] for row in rows}) == 1


def test_a_ledger_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    gone = str(tmp_path / "no.db")
    found = CliRunner().invoke(cli, ["export", "ics", "--ledger", gone])
    assert found.exit_code == 2
    assert not Path(gone).exists()


def test_the_codebook_needs_no_ledger() -> None:
    assert run("codebook").startswith(b"# Codebook")
    assert set(json.loads(run("codebook", "--datasette", "d"))["databases"]) == {"d"}
