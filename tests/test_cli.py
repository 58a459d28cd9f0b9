"""The command line as a user meets it: results on stdout, words on stderr, honest exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import summitry
from summitry.cli import cli

STORY = (
    ("a1", "2024-02-01T09:00:00+00:00", "Norway's foreign minister may visit Sweden in March,"
     " a diplomatic source in Stockholm said on Thursday."),
    ("a2", "2024-02-20T09:00:00+00:00", "Norwegian Foreign Minister Espen Barth Eide will visit"
     " Sweden on 12 March, Norway's foreign ministry said on Tuesday."),
    ("a3", "2024-03-01T09:00:00+00:00", "Grain prices fell in Chicago on Friday."),
)  # fmt: skip


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SUMMITRY_LEDGER", raising=False)
    rows = (
        {"id": ref, "outlet": f"Wire {ref}", "published": published, "text": text}
        for ref, published, text in STORY
    )
    Path("news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return CliRunner()


def run(runner: CliRunner, *words: str, code: int = 0, stdin: str | None = None) -> Result:
    result = runner.invoke(cli, words, input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def test_extract_prints_one_line_a_report(runner: CliRunner) -> None:
    said = [json.loads(line) for line in run(runner, "extract", "news.jsonl").stdout.splitlines()]
    assert [x["report"]["ref"] for x in said] == ["a1", "a2", "a3"]
    assert said[2]["mentions"] == []
    for line, (_, _, text) in zip(said, STORY, strict=True):
        for mention in line["mentions"]:
            for claim in mention["claims"]:
                assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_extract_reads_standard_input(runner: CliRunner) -> None:
    result = run(runner, "extract", "-", stdin=STORY[0][2])
    assert json.loads(result.stdout)["report"]["published"] is None
    again = run(
        runner, "extract", "-", "--published", "2024-02-01", "--outlet", "X", stdin=STORY[0][2]
    )
    report = json.loads(again.stdout)["report"]
    assert (report["published"], report["outlet"]) == ("2024-02-01T00:00:00+00:00", "X")


def test_extract_explains_itself(runner: CliRunner) -> None:
    out = run(runner, "extract", "news.jsonl", "--explain").stdout
    assert "no engagement" in out
    assert "status:" in out


def test_read_stores_once_and_prints_the_diary(runner: CliRunner) -> None:
    first = run(runner, "read", "news.jsonl", "--as-of", "2024-03-01")
    assert "2 new readings in summitry.db" in first.stderr
    assert first.stdout.startswith("Diary as of Fri 1 Mar 2024")
    assert "Sweden" in first.stdout
    second = run(runner, "read", "news.jsonl", "--as-of", "2024-03-01")
    assert "0 new readings" in second.stderr
    assert second.stdout == first.stdout


def test_the_same_mention_has_the_same_id_in_extract_and_diary(runner: CliRunner) -> None:
    said = [json.loads(line) for line in run(runner, "extract", "news.jsonl").stdout.splitlines()]
    spoken = {(x["report"]["ref"], m["id"]) for x in said for m in x["mentions"]}
    run(runner, "read", "news.jsonl")
    out = json.loads(run(runner, "diary", "--format", "json").stdout)
    kept = {(m["ref"], m["mention"]) for e in out["engagements"] for m in e["mentions"]}
    assert kept == spoken


def test_the_diary_knows_only_what_was_published(runner: CliRunner) -> None:
    run(runner, "read", "news.jsonl")

    def refs(*words: str) -> set[str]:
        out = json.loads(run(runner, "diary", "--format", "json", *words).stdout)
        return {m["ref"] for e in out["engagements"] for m in e["mentions"]}

    assert refs("--as-of", "2024-01-31") == set()
    assert refs("--as-of", "2024-02-01T09:00:00+00:00") == {"a1"}
    assert refs() == {"a1", "a2"}
    assert refs("--known-at", "2024-03-01") == set(), "this ledger was filled today"


def test_the_page_shows_what_is_ahead_and_all_shows_the_rest(runner: CliRunner) -> None:
    run(runner, "read", "news.jsonl")
    later = run(runner, "diary", "--as-of", "2030-01-01")
    assert "0 engagements" in later.stdout
    assert "--all" in later.stderr
    assert "Sweden" in run(runner, "diary", "--as-of", "2030-01-01", "--all").stdout
    assert "Sweden" in run(runner, "diary", "--as-of", "2024-03-20").stdout, "ended 8 days ago"
    table = run(runner, "diary", "--as-of", "2024-03-01", "--format", "csv").stdout_bytes
    assert table.startswith(b"id,status,kind,")
    assert table.count(b"\r\n") >= 2


def test_why_accepts_the_beginning_of_an_id(runner: CliRunner) -> None:
    run(runner, "read", "news.jsonl")
    out = json.loads(run(runner, "diary", "--format", "json").stdout)
    known = out["engagements"][0]["id"]
    answer = run(runner, "why", known[:8], "status").stdout
    assert answer.startswith(known)
    assert "status:" in answer
    assert "“" in answer
    assert "Wire a" in answer
    whole = run(runner, "why", known).stdout
    assert all(f"\n{name}: " in whole for name in ("status", "kind", "parties", "when"))


def test_why_of_an_id_that_nobody_has(runner: CliRunner) -> None:
    run(runner, "read", "news.jsonl")
    result = run(runner, "why", "zz", code=2)
    assert "no engagement 'zz'" in result.stderr


def test_the_environment_names_another_ledger(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMITRY_LEDGER", "other.db")
    run(runner, "read", "news.jsonl")
    assert Path("other.db").exists()
    assert not Path("summitry.db").exists()


def test_one_report_that_breaks_the_extractor_does_not_stop_a_run(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    import summitry.pipeline as pipeline  # noqa: PLC0415

    extract = pipeline.extract

    def brittle(report: summitry.Report) -> summitry.Reading:
        if report.ref == "a1":
            raise RecursionError("too deep")
        return extract(report)

    monkeypatch.setattr(pipeline, "extract", brittle)
    result = run(runner, "extract", "news.jsonl", code=1)
    assert [json.loads(x)["report"]["ref"] for x in result.stdout.splitlines()] == ["a2", "a3"]
    assert "news.jsonl:1: a fault of Summitry" in result.stderr


def test_a_corrected_report_replaces_its_first_version(runner: CliRunner) -> None:
    row = {"id": "c", "outlet": "W", "url": "https://w.example/1", "published": "2024-02-01"}
    text = STORY[0][2]
    Path("v1.jsonl").write_text(json.dumps({**row, "text": text}), "utf-8")
    changed = json.dumps({**row, "published": "2024-02-02", "text": "Nothing is planned."})
    Path("v2.jsonl").write_text(changed, "utf-8")
    run(runner, "read", "v1.jsonl")
    run(runner, "read", "v2.jsonl")

    def count(*words: str) -> int:
        out = run(runner, "diary", "--format", "json", *words).stdout
        return len(json.loads(out)["engagements"])

    assert count("--as-of", "2024-02-01") == 1
    assert count("--as-of", "2024-02-03") == 0


def test_a_correction_in_the_same_input_counts(runner: CliRunner) -> None:
    row = {"outlet": "W", "url": "https://w.example/1"}
    first = {**row, "published": "2024-02-01", "text": STORY[0][2]}
    second = {**row, "published": "2024-02-02", "text": "Nothing is planned."}
    Path("v.jsonl").write_text("\n".join(map(json.dumps, (first, second))), "utf-8")
    assert "2 new readings" in run(runner, "read", "v.jsonl").stderr
    out = run(runner, "diary", "--format", "json").stdout
    assert json.loads(out)["engagements"] == []


def test_demo_tells_the_story_on_three_days(runner: CliRunner) -> None:
    out = run(runner, "demo").stdout
    assert out.count("Diary as of") == 3
    assert "summitry why" in out
    assert list(Path.cwd().glob("*.db")) == []


def test_every_command_has_help(runner: CliRunner) -> None:
    for name, command in cli.commands.items():
        assert command.help, name
    assert "read" in run(runner, "--help").stdout


def test_help_loads_no_room() -> None:
    heavy = "['spacy', 'sqlalchemy', 'rich', 'summitry.extract', 'trafilatura']"
    code = f"import sys, summitry.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_terminal_without_our_shapes_gets_a_page_all_the_same(
    runner: CliRunner, tmp_path: Path
) -> None:
    run(runner, "read", "news.jsonl")
    done = subprocess.run(
        [sys.executable, "-m", "summitry", "diary", "--all"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Sweden" in done.stdout


def test_the_front_door_opens() -> None:
    for name in summitry.__all__:
        assert getattr(summitry, name) is not None
    with pytest.raises(AttributeError):
        _ = summitry.nonsense  # type: ignore[attr-defined]
