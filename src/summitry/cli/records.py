"""What is past: tables of engagements into the ledger, and how reliable its sources were."""

from __future__ import annotations

import json
from datetime import datetime

import click

import summitry
from summitry.cli._door import CLOCKS, LEDGER, complain, intake, kept, named, opened

__all__ = ["import_records", "sources"]


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@LEDGER
@click.pass_context
def import_records(ctx: click.Context, paths: tuple[str, ...], where: str) -> None:
    """Put tables of past engagements into the ledger: CSV, or the HistoryAtState record.

    Each row is an engagement that was held. docs/formats.md names the columns. Rows that the
    ledger holds already change nothing.
    """
    taken = intake()
    with opened(where) as ledger:
        new = taken.import_records(ledger, paths)
    complain(f"{new} new record{'' if new == 1 else 's'} in {named(where)}")
    ctx.exit(1 if taken.failed else 0)


@click.command()
@LEDGER
@CLOCKS
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def sources(where: str, as_of: datetime | None, known_at: datetime | None, form: str) -> None:
    """Print how often what each source floated or announced came true, and how early it was.

    The letters are those of the Admiralty code: A completely, B usually, C fairly, D not
    usually reliable, E unreliable, F too few to judge. docs/chance.md has the thresholds.
    """
    from summitry import export  # noqa: PLC0415

    with kept(where) as ledger:
        full = summitry.diary(ledger, as_of or summitry.now(), known_at)
        records = summitry.track_records(ledger, full)
    if form == "json":
        shown = {
            "as_of": full.as_of.isoformat(),
            "known_at": known_at.isoformat() if known_at else None,
            "sources": export.sources_json(records),
        }
        line = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        click.echo(line.encode())
    else:
        click.echo(export.sources_table(records), nl=False)
