"""Opening a place: made when empty, upgraded when old, left alone when it is not ours."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from summitry.errors import LedgerError
from summitry.ledger import migrations, open_ledger, sql
from summitry.model import Reading, Report

T0 = datetime(2024, 1, 9, 10, tzinfo=UTC)
ENTRY = Reading(report=Report(outlet="a", url="u", published=T0, text="x"), extractor="x")


def test_the_head_is_the_newest_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.__path__[0]))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == sql.HEAD
    assert {s.revision for s in scripts.walk_revisions()} == sql._KNOWN


def test_an_opened_file_is_versioned_and_in_wal_mode(tmp_path: Path) -> None:
    path = tmp_path / "100% new.db"
    open_ledger(str(path)).close()
    with open_ledger(str(path)) as ledger:
        ledger.append(ENTRY, T0)
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT version_num FROM summitry_version").fetchall() == [(sql.HEAD,)]
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"SMTY"
    raw.close()


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with open_ledger(str(path)) as ledger:
        assert ledger.append(ENTRY, T0)


def test_the_second_opening_needs_no_migration(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place
    open_ledger(path).close()
    monkeypatch.setattr(migrations, "upgrade", lambda _: pytest.fail("migrated again"))
    open_ledger(path).close()


def foreign(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE birds (name TEXT)")
    raw.commit()
    raw.close()


def newer(path: Path) -> None:
    open_ledger(str(path)).close()
    with open_ledger(str(path)) as ledger:
        ledger.append(ENTRY, T0)
    raw = sqlite3.connect(path)
    raw.execute("UPDATE summitry_version SET version_num = '0999'")
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (foreign, "another program"),
        (newer, "newer Summitry .schema 0999"),
        (lambda p: p.write_text("A letter, not a base.\n" * 200), "not an SQLite file"),
        (lambda p: p.mkdir(), "a folder"),
    ],
)
def test_what_is_not_ours_is_named_and_left_as_it_was(
    tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    path = tmp_path / "a.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerError, match=says) as caught:
        open_ledger(str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="folder does not exist"):
        open_ledger(str(tmp_path / "none" / "a.db"))


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense://x", "://"])
def test_a_url_without_a_driver(url: str) -> None:
    with pytest.raises(LedgerError, match="ledger"):
        open_ledger(url)
