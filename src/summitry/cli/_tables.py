"""The diary as flat tables: ``summitry export jsonl``, ``parquet``, ``sqlite``, ``codebook``."""

from __future__ import annotations

import click

from summitry.cli._door import LEDGER
from summitry.cli._out import OUTPUT, lines, to_file, write
from summitry.cli._view import VIEW, asked
from summitry.model import View

__all__ = ["codebook", "csv", "json", "jsonl", "parquet", "sqlite"]

_TABLE = click.option(
    "--table",
    type=click.Choice(["engagements", "parties", "claims", "reports", "sources"]),
    default="engagements",
    show_default=True,
)


@click.command()
@LEDGER
@VIEW
@OUTPUT
def csv(where: str, view: View, output: str | None) -> None:
    """Write a table for spreadsheets (CSV); no cell of it is a formula."""
    from summitry.export import diary_csv  # noqa: PLC0415

    write(diary_csv(asked(where, view)).encode(), output)


@click.command()
@LEDGER
@VIEW
@OUTPUT
def json(where: str, view: View, output: str | None) -> None:
    """Write the whole diary as one JSON object, as ``summitry diary --format json`` does."""
    from summitry.export import diary_json  # noqa: PLC0415

    write(lines([diary_json(asked(where, view))]), output)


@click.command()
@LEDGER
@VIEW
@_TABLE
@OUTPUT
def jsonl(where: str, view: View, table: str, output: str | None) -> None:
    """Write a flat table as JSON lines."""
    from summitry.export import diary_rows  # noqa: PLC0415

    write(lines(diary_rows(asked(where, view), table)), output)


@click.command()
@LEDGER
@VIEW
@_TABLE
@OUTPUT
def parquet(where: str, view: View, table: str, output: str | None) -> None:
    """Write a flat table as Parquet. Needs the extra: pip install 'summitry[tables]'."""
    from summitry.export import diary_parquet  # noqa: PLC0415

    to_file(diary_parquet(asked(where, view), table), output, "Parquet")


@click.command()
@LEDGER
@VIEW
@OUTPUT
def sqlite(where: str, view: View, output: str | None) -> None:
    """Write all flat tables as one SQLite file, which Datasette opens."""
    from summitry.export import diary_sqlite  # noqa: PLC0415

    to_file(diary_sqlite(asked(where, view)), output, "SQLite")


@click.command()
@click.option(
    "--datasette", "database", metavar="NAME", help="As Datasette's metadata for NAME.db instead."
)
@OUTPUT
def codebook(database: str | None, output: str | None) -> None:
    """Write what each column of the flat tables means (Markdown)."""
    from summitry.export import codebook_json, codebook_markdown  # noqa: PLC0415

    if database:
        write(lines([codebook_json(database)]), output)
    else:
        write(codebook_markdown().encode(), output)
