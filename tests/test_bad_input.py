"""Bad input is named in one clear line, the rest is read, and the exit code says so."""

import gzip
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summitry.model import Report
from summitry.sources import Problem, reports
from summitry.sources.folder import files

GOOD = {
    "id": "good",
    "outlet": "Fjord Wire",
    "published": "2024-02-01T09:00:00+00:00",
    "text": "Norway's foreign minister will visit Sweden on 12 February, her spokesman said.",
}


def summitry(*words: str, cwd: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "summitry", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, timeout=120, **more)


def problems(path: Path) -> list[Problem]:
    return [o for o in reports(path) if isinstance(o, Problem)]


def made(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "binary.txt": (b"talks\x00\x01\x02" * 50, "binary"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
    "print.txt": (b"%PDF-1.7 talks", "PDF"),
    "office.docx": (b"PK\x03\x04" + bytes(99), "archive"),
    "book.db": (b"SQLite format 3\x00" + bytes(99), "database"),
    "feed.xml": (b"<?xml version='1.0'?><rss><channel/></rss>", "feed"),
    "bare.html": (
        b"<!doctype html><html><head><title>T</title></head><body></body></html>",
        "text",
    ),
    "broken.jsonl": (b'{"text": "Talks', "no JSON"),
    "list.jsonl": (b"[1]\n", "no JSON object"),
    "number.jsonl": (b"7\n", "no JSON object"),
    "deep.jsonl": (b'{"text": ' + b"[" * 100_000 + b"\n", "no JSON"),
    "digits.jsonl": (b'{"text": ' + b"9" * 5000 + b"}\n", "no JSON"),
    "untold.jsonl": (b'{"id": "a", "outlet": "B"}\n', "no text"),
    "nested.jsonl": (b'{"text": ["a"]}\n', "no text"),
    "long.txt": (b"talks " * 1_700_000, "too long"),
    "line.jsonl": (b'{"text": "' + b"talks " * 1_700_000 + b'"}\n', "too long"),
    "huge.jsonl": (b'{"text": "' + b"talks!! " * 2_200_000 + b'"}\n', "16 MiB"),
    "huge.txt": (b"talks!! " * 2_200_000, "16 MiB"),
    "cut.jsonl.gz": (gzip.compress(json.dumps(GOOD).encode() * 99)[:-9], "breaks off"),
    "fake.gz": (b"\x1f\x8b" + b"talks" * 9, "cannot be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_document_is_one_named_problem(tmp_path: Path, name: str) -> None:
    data, word = BAD[name]
    path = made(tmp_path, name, data)
    found = problems(path)
    assert len(found) == 1
    assert found[0].origin.startswith(str(path))
    assert word in found[0].reason
    assert "\n" not in str(found[0])


def test_a_bad_line_does_not_cost_its_neighbours(tmp_path: Path) -> None:
    good = json.dumps(GOOD).encode()
    long = b'{"text": "' + b"a" * (17 << 20) + b'"}'
    path = made(tmp_path, "a.jsonl", b"\n".join([good, b"{oops", long, b"", good]))
    outcomes = list(reports(path))
    assert [type(o).__name__ for o in outcomes] == ["Report", "Problem", "Problem", "Report"]
    assert [str(o).split(": ")[0] for o in outcomes[1:3]] == [f"{path}:2", f"{path}:3"]


def test_a_year_beyond_the_calendar_is_named_and_the_report_read(tmp_path: Path) -> None:
    row = json.dumps({**GOOD, "published": "20255-01-01"}).encode()
    problem, report = reports(made(tmp_path, "a.jsonl", row))
    assert isinstance(problem, Problem)
    assert "'20255-01-01' is no date" in problem.reason
    assert isinstance(report, Report)
    assert report.published is None


def test_a_bomb_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", 1) as bomb:
        bomb.write(json.dumps(GOOD).encode() + b"\n")
        for _ in range(40):
            bomb.write(b" " * (1 << 20) + b"\n")
    outcomes = list(reports(path))
    assert [type(o).__name__ for o in outcomes] == ["Report", "Problem"]
    assert "unpacks to far more" in str(outcomes[1])


def test_a_folder_that_may_not_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    made(tmp_path, "open.txt", b"Talks are planned.")
    scandir = os.scandir

    def guarded(path: Path) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert list(files(tmp_path)) == [
        Problem(str(tmp_path / "closed"), "Permission denied"),
        tmp_path / "open.txt",
    ]


def test_a_file_that_may_not_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, "a.txt", b"Talks are planned.")
    made(tmp_path, "b.txt", b"Talks are planned.")
    opened = Path.open

    def guarded(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", guarded)
    first, second = reports(tmp_path)
    assert first == Problem(str(tmp_path / "a.txt"), "Permission denied")
    assert not isinstance(second, Problem)


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [p.reason for p in problems(tmp_path)] == ["neither a file nor a folder"]


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path) == [Problem(str(tmp_path), "an empty folder")]


def test_the_rest_is_read_and_the_exit_code_is_1(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", b"")
    made(tmp_path, "b.jsonl", json.dumps(GOOD).encode() + b"\n{\n")
    done = summitry("extract", "a.txt", "b.jsonl", "missing.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert [json.loads(line)["report"]["ref"] for line in done.stdout.splitlines()] == ["good"]
    complaints = done.stderr.decode().splitlines()
    assert [line.split(": ")[0] for line in complaints] == ["a.txt", "b.jsonl:2", "missing.txt"]


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    done = summitry("extract", "no\x1b[2Jsuch\nfile", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("extract",),
        ("extract", "--colour", "a.txt"),
        ("nonsense",),
        ("diary", "--as-of", "soon"),
        ("diary", "--ledger", "none.db"),
        ("diary", "--ledger", "notes.txt"),
        ("read", "a.txt", "--ledger", "notes.txt"),
        ("read", "a.txt", "--ledger", "no/such/folder/a.db"),
        ("why", "abc", "--ledger", "none.db"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    made(tmp_path, "a.txt", b"Talks are planned.")
    notes = made(tmp_path, "notes.txt", b"Not a ledger at all, but somebody's notes. " * 40)
    before = notes.read_bytes()
    done = summitry(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()
    assert notes.read_bytes() == before
    assert not (tmp_path / "none.db").exists()


def test_a_question_makes_no_ledger(tmp_path: Path) -> None:
    assert summitry("diary", cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_output(tmp_path: Path) -> None:
    made(tmp_path, "a.jsonl", json.dumps(GOOD).encode())
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summitry", "extract", "a.jsonl"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["Error: cannot write: No space left on device"]


def test_a_full_disk_under_the_ledger_loses_nothing_stored(tmp_path: Path) -> None:
    made(tmp_path, "a.jsonl", json.dumps(GOOD).encode())
    assert summitry("read", "a.jsonl", cwd=tmp_path).returncode == 0
    size = sum(p.stat().st_size for p in tmp_path.glob("summitry.db*"))
    rows = [
        {**GOOD, "id": f"n{n}", "text": GOOD["text"] + f" {n} " + "x" * 4000} for n in range(30)
    ]
    made(tmp_path, "b.jsonl", "\n".join(map(json.dumps, rows)).encode())

    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 32768, size + 32768))

    done = summitry("read", "b.jsonl", cwd=tmp_path, preexec_fn=cramped)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1].startswith("Error: ")
    assert b"Traceback" not in done.stderr
    after = summitry("diary", "--format", "json", cwd=tmp_path)
    refs = {m["ref"] for e in json.loads(after.stdout)["engagements"] for m in e["mentions"]}
    assert "good" in refs


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    made(tmp_path, "a.jsonl", (json.dumps(GOOD).encode() + b"\n") * 200)
    run = subprocess.Popen(
        [sys.executable, "-m", "summitry", "extract", "a.jsonl"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stdout
    assert run.stderr
    run.stdout.readline()
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait(60) == 0
    run.stderr.close()
