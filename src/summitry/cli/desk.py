"""What a planning desk asks of the diary: changes, clashes, windows, history, brief."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import summitry
from summitry.cli._door import CLOCKS, LEDGER, Instant, Refused, kept, one

if TYPE_CHECKING:  # Rooms load when a command enters them, so that --help is quick.
    from summitry.export import Json

__all__ = ["brief", "changes", "clashes", "history", "windows"]

_FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")


@click.command()
@click.option("--since", type=Instant(), required=True, help="The earlier instant.")
@LEDGER
@CLOCKS
@_FORMAT
def changes(
    since: datetime, where: str, as_of: datetime | None, known_at: datetime | None, form: str
) -> None:
    """Print what is new, firmer, moved, off or held since an instant, and on whose word."""
    from summitry import desk, export, pipeline  # noqa: PLC0415

    until = as_of or summitry.now()
    if until < since:
        raise Refused("--since lies after --as-of")
    with kept(where) as ledger:
        before = summitry.diary(ledger, since, known_at)
        after = summitry.diary(ledger, until, known_at)
        found = desk.changes(before, after)
        readings = pipeline.readings_of(ledger, after, [c.engagement for c in found])
    reports = {mention: reading.report for mention, reading in readings.items()}
    if form == "json":
        _print_json(export.changes_json(since, after, found, reports))
    else:
        click.echo(export.changes_text(since, after, found, reports), nl=False)


@click.command()
@LEDGER
@CLOCKS
@_FORMAT
def clashes(where: str, as_of: datetime | None, known_at: datetime | None, form: str) -> None:
    """Print who is expected in two places at once."""
    from summitry import desk, export  # noqa: PLC0415

    with kept(where) as ledger:
        full = summitry.diary(ledger, as_of or summitry.now(), known_at)
    found = desk.clashes(full)
    if form == "json":
        _print_json(export.clashes_json(full, found))
    else:
        click.echo(export.clashes_text(full, found), nl=False)


@click.command()
@click.option(
    "--with", "names", multiple=True, required=True, metavar="WHO", help="A state or a person."
)
@click.option("--from", "start", type=Instant(), required=True, help="First day.")
@click.option("--to", "end", type=Instant(), required=True, help="Day after the last one.")
@LEDGER
@CLOCKS
@_FORMAT
def windows(  # noqa: PLR0913, PLR0917 (one for each option)
    names: tuple[str, ...],
    start: datetime,
    end: datetime,
    where: str,
    as_of: datetime | None,
    known_at: datetime | None,
    form: str,
) -> None:
    """Print the days on which nobody named is known to be elsewhere.

    WHO is the code or the name of a state, which stands for whoever leads it, or a person.
    Needs the extra: pip install 'summitry[desk]'.
    """
    from summitry import desk, export, gazetteer  # noqa: PLC0415

    first, last = start.date(), end.date()
    if last <= first:
        raise Refused("--to is the day after the last one, and has to lie after --from")
    with kept(where) as ledger:
        full = summitry.diary(ledger, as_of or summitry.now(), known_at)
    who = desk.asked(names, full)
    calendars = gazetteer.days_off([p.state for p in who if p.state], first, last)
    found = desk.windows(full, who, first, last, calendars)
    if form == "json":
        _print_json(export.windows_json(full, found))
    else:
        click.echo(export.windows_text(full, found), nl=False)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="WHO…")
@LEDGER
@CLOCKS
@_FORMAT
def history(
    names: tuple[str, ...],
    where: str,
    as_of: datetime | None,
    known_at: datetime | None,
    form: str,
) -> None:
    """Print how states or persons have dealt with one another so far.

    WHO is the code or the name of a state, or a person; all of them have to take part.
    """
    from summitry import desk, export, pipeline  # noqa: PLC0415

    with kept(where) as ledger:
        full = summitry.diary(ledger, as_of or summitry.now(), known_at)
        who = desk.asked(names, full)
        found = desk.history(full, who, pipeline.readings_of(ledger, full, full))
    if form == "json":
        _print_json(export.history_json(full, found))
    else:
        click.echo(export.history_text(full, found), nl=False)


@click.command()
@click.argument("engagement", metavar="ID")
@LEDGER
@CLOCKS
@click.option("--format", "form", type=click.Choice(["md", "html", "pdf", "json"]), default="md")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="[standard output]")
def brief(
    engagement: str,
    where: str,
    as_of: datetime | None,
    known_at: datetime | None,
    form: str,
    output: str | None,
) -> None:
    """Print one page to carry into the room: who says what, the agenda, history, clashes.

    ID is an engagement's id or the beginning of one. PDF needs the extra:
    pip install 'summitry[desk]'.
    """
    from summitry import desk, export, pipeline  # noqa: PLC0415

    with kept(where) as ledger:
        full = summitry.diary(ledger, as_of or summitry.now(), known_at)
        chosen = one(full, engagement)
        readings = pipeline.readings_of(ledger, full, full)
    found = desk.brief(full, chosen, readings)
    reports = {mention: reading.report for mention, reading in readings.items()}
    if form == "json":
        page = _json(export.brief_json(found, reports)) + b"\n"
    elif form == "pdf":
        page = export.brief_pdf(found, reports)
    else:
        draw = export.brief_html if form == "html" else export.brief_markdown
        page = draw(found, reports).encode()
    if output:
        Path(output).write_bytes(page)
    elif form == "pdf" and sys.stdout.isatty():
        raise Refused("a PDF is for a file: name one with -o FILE")
    else:
        click.echo(page, nl=False)


def _print_json(value: Json) -> None:
    click.echo(_json(value))


def _json(value: Json) -> bytes:
    # Bytes: JSON is UTF-8 whatever the terminal speaks.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
