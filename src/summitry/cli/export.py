"""The diary in the formats of calendars, newsrooms and notebooks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

import summitry
from summitry.cli._door import CLOCKS, LEDGER, kept

__all__ = ["export"]

_OUTPUT = click.option("-o", "--output", type=click.Path(dir_okay=False), help="[standard output]")


@click.group()
def export() -> None:
    """Write the diary for calendars, newsroom systems and notebooks."""


@export.command()
@LEDGER
@CLOCKS
@click.option(
    "--imprecise",
    type=click.Choice(["window", "first-day", "skip"]),
    default="window",
    show_default=True,
    help="What becomes of dates such as 'some day in February'.",
)
@click.option("--base-url", default="", help="Where the pages are: entries link to URL + id.")
@_OUTPUT
def ics(
    where: str,
    as_of: datetime | None,
    known_at: datetime | None,
    imprecise: str,
    base_url: str,
    output: str | None,
) -> None:
    """Write a calendar (iCalendar) of all that has a date, and of deadlines."""
    from summitry.export import diary_ics  # noqa: PLC0415

    _write(diary_ics(_full(where, as_of, known_at), imprecise, base_url), output)


def _full(where: str, as_of: datetime | None, known_at: datetime | None) -> summitry.Diary:
    with kept(where) as ledger:
        return summitry.diary(ledger, as_of or summitry.now(), known_at)


def _write(data: bytes, output: str | None) -> None:
    if output:
        Path(output).write_bytes(data)
    else:
        click.echo(data, nl=False)
