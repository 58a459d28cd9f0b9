"""What is told to who runs it: logs, metrics; and that no secret is among it."""

import json
import logging
import socket
import tomllib
import urllib.request
from pathlib import Path

import pytest
from _tales import Teller
from click.testing import CliRunner

import summitry
from summitry.cli import cli
from summitry.metering import metered
from summitry.redaction import SECRETS, redacted
from summitry.web._logs import JsonLines, Plain

TOP = Path(__file__).parents[1]


def test_secrets_are_taken_out_by_place_and_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for n, name in enumerate(SECRETS):
        monkeypatch.setenv(name, f"s3cret-{n}-word")
        assert redacted(f"so s3cret-{n}-word it is") == "so *** it is"
    assert redacted("https://ed:hunter2@wire.example/f?n=1&api_key=abc#x") == (
        "https://ed:***@wire.example/f?n=1&api_key=***#x"
    )
    assert redacted("Authorization: Basic ZWQ6aHVudGVyMg==") == "Authorization: Basic ***"
    plain = "The key=s to talks: https://wire.example/a@b and 10:30"
    assert redacted("a visit at 10:30, see https://wire.example/a:b@c") is not None
    assert redacted("basic needs, bearer of news") == "basic needs, bearer of news"
    assert "wire.example/a@b" in redacted(plain)


@pytest.mark.parametrize(
    "words",
    [
        ("watch", "https://ed:hunter2@wire.invalid/f", "--once", "--ledger", "a.db"),
        ("extract", "https://ed:hunter2@wire.invalid/f"),
        ("diary", "--ledger", "postgresql://ed:hunter2@127.0.0.1:1/none"),
        ("diary", "--ledger", "mysql://ed:hunter2@127.0.0.1:1/none"),
        ("send", "json", "--to", "https://ed:hunter2@wire.invalid/h", "--ledger", "a.db"),
    ],
    ids=" ".join,
)
def test_no_command_tells_the_password_of_an_address(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    summitry.open_ledger("a.db").close()
    done = CliRunner().invoke(cli, list(words))
    assert done.exit_code in {1, 2}
    assert "hunter2" not in done.output


def test_logs_are_objects_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMITRY_TOKEN", "open sesame")
    error = ValueError("open sesame was wrong")
    fault = (ValueError, error, None)
    record = logging.LogRecord("w", logging.ERROR, "f", 1, "at %s", ("//a:bcd@h",), fault)
    told = json.loads(JsonLines().format(record))
    assert set(told) == {"at", "level", "logger", "words", "fault"}
    assert told["level"] == "error"
    assert "sesame" not in json.dumps(told)
    assert "sesame" not in Plain().format(record)


def test_prometheus_is_told_of_the_ledger_and_the_answers(tmp_path: Path) -> None:
    pytest.importorskip("prometheus_client")
    path = str(tmp_path / "a.db")
    with summitry.open_ledger(path) as ledger:
        summitry.update(ledger, [Teller()("2024-01-20")], summitry.instant("2024-02-02"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = metered(path, port)
    told("GET", 200, 0.01)
    told("<script>", 405, 0.01)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    assert "summitry_ledger_up 1.0" in lines
    assert "summitry_entries 1.0" in lines
    assert "summitry_index_behind 1.0" in lines
    assert 'summitry_answers_total{code="200",method="GET"} 1.0' in lines
    assert 'summitry_answers_total{code="405",method="other"} 1.0' in lines
    Path(path).write_bytes(b"no base at all" * 100)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    assert "summitry_ledger_up 0.0" in lines


def test_all_that_is_asked_for_is_locked() -> None:
    """A library that comes in new is locked with ``make lock``."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for file, wanted in (
        ("core.lock", project["dependencies"]),
        ("dev.lock", [*project["dependencies"], *extras["dev"]]),
    ):
        text = (TOP / "requirements" / file).read_text("utf-8")
        pinned = {line.split("==")[0] for line in text.splitlines() if line[:1].isalnum()}
        asked = {w.split("[")[0].split(">")[0].split("=")[0].split("<")[0] for w in wanted}
        assert {name.lower().replace("_", "-") for name in asked} <= pinned, "make lock"
        assert text.count("==") <= text.count("--hash=sha256:")
