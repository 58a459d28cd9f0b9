"""The diary in the formats of calendars, newsrooms and notebooks."""

from __future__ import annotations

import click

from summitry.cli._door import LEDGER
from summitry.cli._linked import ALL, BASE, atom, ftm, graphml, jsonld, statuses
from summitry.cli._out import OUTPUT, lines, write
from summitry.cli._tables import codebook, csv, json, jsonl, parquet, sqlite
from summitry.cli._view import VIEW, asked
from summitry.model import View

__all__ = ["export"]


@click.group(invoke_without_command=True)
@click.option("--list", "listing", is_flag=True, help="Print the formats, one a line.")
@click.pass_context
def export(ctx: click.Context, listing: bool) -> None:
    """Write the diary, or the part of it that the filters ask for, in another's format."""
    if listing:
        for name, command in sorted(export.commands.items()):
            about = " ".join((command.help or "").split("\n\n")[0].split())
            click.echo(f"{name:10} {about}")
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@export.command()
@LEDGER
@VIEW
@click.option(
    "--imprecise",
    type=click.Choice(["window", "first-day", "skip"]),
    default="window",
    show_default=True,
    help="What becomes of dates such as 'some day in February'.",
)
@click.option("--base-url", default="", help="Where the pages are: entries link to URL + id.")
@click.option("--source-url", default="", help="Where this calendar will be had again.")
@OUTPUT
def ics(
    where: str,
    view: View,
    imprecise: str,
    base_url: str,
    source_url: str,
    output: str | None,
) -> None:
    """Write a calendar (iCalendar) of all that has a date, and of deadlines."""
    from summitry.export import diary_ics  # noqa: PLC0415

    write(diary_ics(asked(where, view), imprecise, base_url, source_url), output)


@export.command()
@LEDGER
@VIEW
@ALL
@BASE
@click.option(
    "--items",
    type=click.Choice(["concepts", "knowledge"]),
    default="concepts",
    show_default=True,
    help="A message of concept items, or all in one knowledge item.",
)
@OUTPUT
def newsml(
    where: str,
    view: View,
    everything: bool,
    base_url: str,
    items: str,
    output: str | None,
) -> None:
    """Write NewsML-G2 2.35 event concepts: what was announced, and above."""
    from summitry.export import diary_knowledge, diary_newsml  # noqa: PLC0415

    made = {"concepts": diary_newsml, "knowledge": diary_knowledge}[items]
    write(made(asked(where, view), statuses(everything), base_url), output)


@export.command()
@LEDGER
@VIEW
@ALL
@BASE
@OUTPUT
def ninjs(
    where: str,
    view: View,
    everything: bool,
    base_url: str,
    output: str | None,
) -> None:
    """Write ninjs 3.1 events, one JSON object a line: what was announced, and above."""
    from summitry.export import diary_ninjs  # noqa: PLC0415

    full = asked(where, view)
    write(lines(diary_ninjs(full, statuses(everything), base_url)), output)


@export.command()
@LEDGER
@VIEW
@ALL
@OUTPUT
def diarytext(where: str, view: View, everything: bool, output: str | None) -> None:
    """Write a diary in plain text, as agencies lay out theirs: what was announced, and above."""
    from summitry.export import diary_text  # noqa: PLC0415

    write(diary_text(asked(where, view), statuses(everything)).encode(), output)


for _command in (atom, codebook, csv, ftm, graphml, json, jsonl, jsonld, parquet, sqlite):
    export.add_command(_command)
