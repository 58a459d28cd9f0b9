"""The command line: parses words, calls the front door, prints.

Exit codes: 0 done; 1 something could not be read or written (named on standard error, and all
the rest was done); 2 wrong usage. Results go to standard output and nothing else does.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import metadata, resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

import summitry
from summitry.cli._door import (
    AS_OF,
    CLOCKS,
    LEDGER,
    PATHS,
    SILENT,
    Door,
    Refused,
    complain,
    intake,
    kept,
    named,
    one,
    opened,
)
from summitry.cli._view import VIEW
from summitry.cli.backfill import backfill
from summitry.cli.care import backup, check, repair
from summitry.cli.desk import brief, changes, clashes, history, windows
from summitry.cli.doubts import doubts
from summitry.cli.export import export
from summitry.cli.judge import judge, withdraw
from summitry.cli.planner import serve_planner
from summitry.cli.records import import_records, sources
from summitry.cli.send import send
from summitry.cli.serve import pages, serve, shown
from summitry.cli.tracks import track, tracks
from summitry.cli.watch import watch
from summitry.model import View

if TYPE_CHECKING:  # Rooms load when a command enters them, so that --help is quick.
    from summitry.export import Json

__all__ = ["cli", "main"]

_FIELDS = ("status", "kind", "parties", "place", "when", "agenda")


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("summitry"), prog_name="summitry")
def cli() -> None:
    """A forward diary of diplomacy that writes itself from the news.

    PATH is a text, HTML or JSON file (plain or gzipped), a folder of them, or - for standard
    input. Try: summitry demo
    """


@cli.command()
@PATHS
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl")
@click.option("--explain", "depth", flag_value="explain", help="Each claim with its reason.")
@SILENT
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    depth: str | None,
    outlet: str,
    published: datetime | None,
) -> None:
    """Print what each report alone says."""
    from summitry import export  # noqa: PLC0415

    taken = intake(outlet, published)
    for reading in taken.readings(paths):
        if depth:
            click.echo(export.explain_text(reading))
        elif form == "text":
            click.echo(export.reading_text(reading))
        else:
            _print_json(export.reading_json(reading))
    ctx.exit(1 if taken.failed else 0)


@cli.command()
@PATHS
@LEDGER
@SILENT
@AS_OF
@click.pass_context
def read(
    ctx: click.Context,
    paths: tuple[str, ...],
    where: str,
    outlet: str,
    published: datetime | None,
    as_of: datetime | None,
) -> None:
    """Read reports into the ledger and print the diary.

    Readings are committed as they come: what was stored stays, whatever happens later, and a
    second run goes on where the first one stopped.
    """
    taken = intake(outlet, published)
    with opened(where) as ledger:
        stored = taken.store(ledger, paths)
        complain(f"{stored} new reading{'' if stored == 1 else 's'} in {named(where)}")
        _print_ahead(ledger, as_of or summitry.now())
    ctx.exit(1 if taken.failed else 0)


@cli.command()
@LEDGER
@VIEW
@click.option("--all", "part", flag_value="all", help="Also what is long over or only recalled.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
def diary(where: str, view: View, part: str | None, form: str) -> None:
    """Print the diary: what is ahead, and what ended in the last 30 days. JSON is always all.

    The filters narrow it; several of --who and --state all take part, of the others one fits.
    """
    from summitry import export  # noqa: PLC0415
    from summitry.desk import viewed  # noqa: PLC0415

    at = view.as_of or summitry.now()
    with kept(where) as ledger:
        if form == "json":
            _print_json(export.diary_json(viewed(summitry.diary(ledger, at, view.known_at), view)))
        elif form == "csv":
            made = summitry.diary if part else summitry.page
            found = viewed(made(ledger, at, view.known_at), view)
            click.echo(export.diary_csv(found).encode(), nl=False)
        elif part:
            _print_page(viewed(summitry.diary(ledger, at, view.known_at), view))
        elif view.narrows:
            _print_page(viewed(summitry.page(ledger, at, view.known_at), view))
        else:
            _print_ahead(ledger, at, view.known_at)


@cli.command()
@click.argument("engagement", metavar="ID")
@click.argument(
    "name", metavar="[FIELD]", required=False, type=click.Choice((*_FIELDS, "sources"))
)
@LEDGER
@CLOCKS
def why(
    engagement: str,
    name: str | None,
    where: str,
    as_of: datetime | None,
    known_at: datetime | None,
) -> None:
    """Print the claims behind an engagement, or behind one FIELD of it.

    ID is an engagement's id or the beginning of one; FIELD is status, kind, parties, place,
    when, agenda, or sources: who had it first and who has it from whom.
    """
    with kept(where) as ledger:
        full = summitry.diary(ledger, as_of or summitry.now(), known_at)
        _print_why(ledger, full, engagement, (name,) if name else _FIELDS)


@cli.command()
@click.option("--serve", "port", type=click.IntRange(1, 65535), is_flag=False, flag_value=8000)
def demo(port: int | None) -> None:
    """Show the diary of an example story as of three days, and the claims behind a field.

    With --serve, or --serve PORT, in a browser. That needs the extra: pip install 'summitry[web]'.
    """
    with resources.as_file(resources.files("summitry") / "examples" / "story") as folder:
        readings = list(intake().readings([str(folder)]))
    days = sorted({r.report.published for r in readings if r.report.published})
    if not days:
        raise click.ClickException("the example story is not installed")
    if port is not None:
        _serve_demo(readings, days[-1], port)
        return
    ledger = summitry.MemoryLedger()
    summitry.update(ledger, readings, summitry.now())
    for third in (1, 2, 3):
        full = summitry.diary(ledger, days[(len(days) * third - 1) // 3])
        _print_page(summitry.ahead(full))
        click.echo()
    told = max(full, key=lambda e: (e.independent_sources, e.id))
    click.echo(f"summitry why {told.id[:8]} status\n")
    _print_why(ledger, full, told.id, ("status",))


def _serve_demo(readings: Iterable[summitry.Reading], last: datetime, port: int) -> None:
    """The example story in a browser, from a ledger that goes with the process."""
    with TemporaryDirectory() as folder:
        where = str(Path(folder) / "story.db")
        with summitry.open_ledger(where) as ledger:
            summitry.update(ledger, readings, summitry.now())
        first = f"http://127.0.0.1:{port}/?as_of={last.date() + timedelta(days=1)}"
        shown(first, where, pages().Access(), "127.0.0.1", port, 50.0)


@cli.command("eval", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def evaluate(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Score extraction on labelled reports; with the word chance, the chances of plans.

    In a checkout only; further words go to tools/eval_gate.py or tools/eval_chance.py.
    """
    of_chance = words[:1] == ("chance",)
    name = "eval_chance.py" if of_chance else "eval_gate.py"
    tool = Path(__file__).parents[3] / "tools" / name
    if not tool.is_file():
        raise Refused(f"eval needs a checkout of the project: tools/{name} is not installed")
    rest = words[1:] if of_chance else words
    ctx.exit(subprocess.run([sys.executable, str(tool), *rest], check=False).returncode)


for _command in (
    *(brief, changes, clashes, history, windows),
    *(doubts, judge, withdraw, track, tracks, import_records, sources, export, send),
    *(serve, serve_planner, watch, backfill),
    *(backup, check, repair),
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # The parser multiplies small matrices: a second thread costs three times what it saves
    # (200 short reports on two cores: 20 s with two threads, 6 s with one).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What we build is frozen and holds no cycles: looking for them often costs a sixth of the
    # time of a large diary.
    gc.set_threshold(50_000, 20, 100)
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        # A terminal that lacks a shape shows a question mark instead of a traceback.
        with suppress(AttributeError):
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    cli(prog_name="summitry")


def _print_why(
    ledger: summitry.Ledger, full: summitry.Diary, prefix: str, fields: tuple[str, ...]
) -> None:
    """The answer about the one engagement that a prefix names."""
    found = one(full, prefix)
    if fields == ("sources",):
        from summitry.export import sources_text  # noqa: PLC0415

        click.echo(sources_text(found), nl=False)
        return
    reports = summitry.reports_of(ledger, full, found)
    click.echo(summitry.why_text(found, reports, fields), nl=False)


def _print_ahead(
    ledger: summitry.Ledger, as_of: datetime, known_at: datetime | None = None
) -> None:
    """The page, and where to look when nothing is on it."""
    page = summitry.page(ledger, as_of, known_at)
    _print_page(page)
    if page.engagements:
        return
    full = summitry.diary(ledger, as_of, known_at)
    spoken = [e.last for e in full if e.last]
    if spoken:
        last = max(spoken).date()
        complain(f"{len(full.engagements)} are over; see --all, or --as-of {last}")


def _print_page(page: summitry.Diary) -> None:
    from summitry.export import diary_table  # noqa: PLC0415

    click.echo(diary_table(page, shutil.get_terminal_size((100, 24)).columns), nl=False)


def _print_json(value: Json) -> None:
    # Bytes: JSON is UTF-8 whatever the terminal speaks.
    click.echo(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
