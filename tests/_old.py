"""Ledgers as earlier releases left them, made by the steps of the migrations themselves."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from summitry.ledger import migrations
from summitry.ledger._stamp import stamp
from summitry.ledger.codec import encoded
from summitry.model import Entry, Judgement, Reading, Withdrawal

STEPS = ("0001", "0002", "0003", "0004")


def old_ledger(path: Path, step: str, entries: Iterable[tuple[Entry, datetime]]) -> None:
    """Write a ledger whose tables stand at a step."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    config = Config()
    config.set_main_option("script_location", str(migrations.__path__[0]).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)
    engine.dispose()
    raw = sqlite3.connect(path)
    raw.executemany(
        "INSERT INTO summitry_entry (id, type, report, version, extractor, published, recorded, "
        "payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(entry, recorded) for entry, recorded in entries],
    )
    raw.commit()
    raw.close()


def _row(entry: Entry, recorded: datetime) -> tuple[str | None, ...]:
    """The columns of an entry, written out once more: the file of an old release is fixed."""
    now = stamp(recorded)
    middle: tuple[str | None, ...]
    match entry:
        case Reading():
            r = entry.report
            published = stamp(r.published) if r.published else None
            middle = ("reading", r.id, r.version, entry.extractor, published)
        case Judgement():
            middle = ("judgement", None, None, None, None)
        case Withdrawal():
            middle = ("withdrawal", entry.report, None, None, stamp(entry.published))
    return (entry.id, *middle, now, encoded(entry))
