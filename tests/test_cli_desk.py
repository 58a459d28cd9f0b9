"""The desk's commands as a user meets them."""

import json
import sys
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summitry.cli import cli

VISIT = "3843de09"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("desk") / "story.db")
    with resources.as_file(resources.files("summitry") / "examples" / "story") as folder:
        done = CliRunner().invoke(cli, ["read", str(folder), "--ledger", where])
    assert done.exit_code == 0, done.output
    return where


def run(ledger: str, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, [*words, "--ledger", ledger])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def test_changes_name_field_values_and_words(ledger: str) -> None:
    words = ("changes", "--since", "2024-02-05", "--as-of", "2024-02-10")
    told = json.loads(run(ledger, *words, "--format", "json").stdout)
    off = next(c for c in told["changes"] if c["turn"] == "postponed")
    assert off["engagement"]["id"].startswith(VISIT)
    assert (off["slot"], off["old"], off["new"]) == ("status", "announced", "postponed")
    (claim,) = off["claims"]
    assert claim["source"]["state"] == "RU"
    assert claim["outlet"] == "Volga News Agency"
    assert "put off" in claim["quote"]
    text = run(ledger, *words).stdout
    assert "status: announced → postponed" in text
    assert "Volga News Agency, Fri 9 Feb 2024" in text


def test_nothing_is_new_when_nothing_was_published(ledger: str) -> None:
    words = ("changes", "--since", "2024-02-05T12:00", "--as-of", "2024-02-05T13:00")
    assert json.loads(run(ledger, *words, "--format", "json").stdout)["changes"] == []


def test_since_has_to_lie_before(ledger: str) -> None:
    words = ("changes", "--since", "2024-02-05", "--as-of", "2024-02-01")
    assert "--since lies after" in run(ledger, *words, code=2).stderr


def test_clashes_are_asked_as_of_a_day(ledger: str) -> None:
    told = json.loads(run(ledger, "clashes", "--as-of", "2024-02-05", "--format", "json").stdout)
    assert (told["as_of"], told["clashes"]) == ("2024-02-05T00:00:00+00:00", [])
    text = run(ledger, "clashes", "--as-of", "2024-02-05").stdout
    assert text == "Clashes as of Mon 5 Feb 2024 · 0\n"


def test_windows_leave_out_the_day_of_the_visit(ledger: str) -> None:
    pytest.importorskip("holidays", reason="the extra summitry[desk] is not installed")
    words = (
        *("windows", "--with", "RU", "--with", "Erdogan", "--as-of", "2024-02-05"),
        *("--from", "2024-02-08", "--to", "2024-02-20"),
    )
    told = json.loads(run(ledger, *words, "--format", "json").stdout)
    assert [(w["start"], w["end"]) for w in told["windows"]] == [
        ("2024-02-08", "2024-02-12"),
        ("2024-02-13", "2024-02-20"),
    ]
    assert "taken by" in run(ledger, *words).stdout


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--with", "Nobody Atall", "--from", "2024-02-08", "--to", "2024-02-20"), "named"),
        (("--with", "RU", "--from", "2024-02-08", "--to", "2024-02-08"), "day after the last"),
    ],
)
def test_windows_refuse_what_they_cannot_answer(
    ledger: str, words: tuple[str, ...], complaint: str
) -> None:
    assert complaint in run(ledger, "windows", *words, code=2).stderr


def test_history_counts_what_is_known(ledger: str) -> None:
    told = json.loads(
        run(ledger, "history", "RU", "Turkey", "--as-of", "2024-02-20", "--format", "json").stdout
    )
    assert [p["state"] for p in told["who"]] == ["RU", "TR"]
    assert told["came_true"]["n"] == 1
    assert told["came_true"]["yes"] == 0
    assert "History of Russia and Turkey" in run(ledger, "history", "RU", "TR").stdout


@pytest.mark.parametrize("form", ["md", "html", "pdf", "json"])
def test_a_brief_is_written_to_a_file_or_out(ledger: str, form: str, tmp_path: Path) -> None:
    if form == "pdf":
        pytest.importorskip("reportlab", reason="the extra summitry[desk] is not installed")
    words = ("brief", VISIT, "--as-of", "2024-02-10", "--format", form)
    shown = run(ledger, *words).stdout_bytes
    file = tmp_path / "brief"
    assert not run(ledger, *words, "-o", str(file)).stdout
    assert file.read_bytes() == shown
    assert (b"Putin" in shown) is (form != "pdf")


def test_a_brief_of_nothing_is_refused(ledger: str) -> None:
    assert "no engagement" in run(ledger, "brief", "ffffffff", code=2).stderr


@pytest.mark.parametrize("missing", ["holidays", "font_source_sans_pro"])
def test_a_missing_extra_is_named_in_one_line(
    ledger: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    words = {
        "holidays": ("windows", "--with", "RU", "--from", "2024-02-08", "--to", "2024-02-20"),
        "font_source_sans_pro": ("brief", VISIT, "--format", "pdf"),
    }[missing]
    complaint = run(ledger, *words, code=2).stderr
    assert "pip install 'summitry[desk]'" in complaint
