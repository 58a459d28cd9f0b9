"""What an editor should look at, at the command line."""

from __future__ import annotations

import json
from datetime import datetime

import click

import summitry
from summitry.cli._door import AS_OF, LEDGER, kept

__all__ = ["doubts"]


@click.command()
@LEDGER
@AS_OF
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def doubts(where: str, as_of: datetime | None, form: str) -> None:
    """Print what an editor should look at: doubtful merges, contradictions, editors who differ."""
    from summitry import export, pipeline  # noqa: PLC0415

    with kept(where) as ledger:
        page = summitry.page(ledger, as_of or summitry.now())
        found = pipeline.doubts(ledger, page)
    if form == "json":
        click.echo(json.dumps(export.doubts_json(page, found), ensure_ascii=False).encode())
    else:
        click.echo(export.doubts_text(page, found), nl=False)
