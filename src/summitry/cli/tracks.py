"""Long-running processes, instruments and series at the command line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

import summitry
from summitry.cli._door import CLOCKS, LEDGER, Refused, kept, plain

__all__ = ["track", "tracks"]

FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@click.command()
@LEDGER
@CLOCKS
@FORMAT
def tracks(where: str, as_of: datetime | None, known_at: datetime | None, form: str) -> None:
    """List processes, instruments and yearly summits: rounds, what is ahead, what falls due."""
    from summitry import export, gazetteer  # noqa: PLC0415

    known = gazetteer.tracks().values()
    full = _diary(where, as_of, known_at)
    if form == "json":
        _print_json(export.tracks_json(known, full))
    else:
        click.echo(export.tracks_text(known, full), nl=False)


@click.command()
@click.argument("name", metavar="TRACK")
@LEDGER
@CLOCKS
@FORMAT
def track(
    name: str, where: str, as_of: datetime | None, known_at: datetime | None, form: str
) -> None:
    """Show one track: what falls due, what is on record, and its engagements in the diary.

    TRACK is an id as `summitry tracks` lists them, or the beginning of one.
    """
    from summitry import export, gazetteer  # noqa: PLC0415

    known = gazetteer.tracks()
    found = [known[name]] if name in known else [t for i, t in known.items() if i.startswith(name)]
    if len(found) != 1:
        ids = ", ".join(t.id for t in found[:5]) or "`summitry tracks` lists them"
        raise Refused(plain(f"{len(found)} tracks begin with {name!r}: {ids}"))
    full = _diary(where, as_of, known_at)
    if form == "json":
        _print_json(export.track_json(found[0], full))
    else:
        click.echo(export.track_text(found[0], full), nl=False)


def _diary(where: str, as_of: datetime | None, known_at: datetime | None) -> summitry.Diary:
    """The diary of the ledger, or of an empty one: what is on record needs none."""
    from summitry.pipeline import with_terms  # noqa: PLC0415

    instant = as_of or summitry.now()
    if "://" not in where and not Path(where).exists():
        return summitry.diary(summitry.MemoryLedger(), instant, known_at)
    with kept(where) as ledger:
        return with_terms(ledger, summitry.diary(ledger, instant, known_at))


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
