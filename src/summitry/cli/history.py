"""What is past: tables of engagements into the ledger, and how reliable its sources were."""

from __future__ import annotations

import click

from summitry.cli._door import LEDGER, complain, intake, opened

__all__ = ["import_records"]


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
    complain(f"{new} new record{'' if new == 1 else 's'} in {where}")
    ctx.exit(1 if taken.failed else 0)
