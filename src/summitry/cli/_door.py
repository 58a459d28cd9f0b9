"""What all commands share: their options, the ledger, words to the user, and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import summitry
from summitry.errors import (
    ExtraMissing,
    LedgerError,
    ModelMissing,
    SummitryError,
    UnknownEngagement,
    UnknownEntry,
    UnknownParty,
)
from summitry.redaction import redacted

if TYPE_CHECKING:
    from summitry.ledger import StoredLedger

__all__ = [
    "AS_OF",
    "CLOCKS",
    "INSTANT",
    "LEDGER",
    "METRICS",
    "PATHS",
    "SILENT",
    "Door",
    "Instant",
    "Refused",
    "complain",
    "intake",
    "kept",
    "kept_at",
    "named",
    "one",
    "opened",
    "plain",
]


class Refused(click.ClickException):
    """Wrong usage, told in one line."""

    exit_code = 2


class Door(click.Group):
    """Turns what can go wrong outside into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough
            silence()
            ctx.exit(0)
        except KeyboardInterrupt:
            complain("stopped")
            ctx.exit(130)
        except (
            ExtraMissing,
            ModelMissing,
            UnknownEngagement,
            UnknownEntry,
            UnknownParty,
        ) as error:
            raise Refused(plain(str(error))) from error
        except SummitryError as error:
            raise click.ClickException(plain(str(error))) from error
        except OSError as error:
            silence()
            raise click.ClickException(f"cannot write: {error.strerror or error}") from error
        return result


class Instant(click.ParamType[datetime]):
    """A date or time; a date alone is 00:00 UTC."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The instant that a word of the command line names."""
        if isinstance(value, datetime):
            return value
        try:
            return summitry.instant(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def options(*options: Callable[..., Any]) -> Callable[..., Any]:
    """Several options as one decorator."""

    def decorate(command: Any) -> Any:  # noqa: ANN401
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
LEDGER = click.option(
    "--ledger",
    "where",
    envvar="SUMMITRY_LEDGER",
    default="summitry.db",
    metavar="FILE",
    show_default=True,
    help="SQLite file or database URL; SUMMITRY_LEDGER names another default.",
)
METRICS = click.option(
    "--metrics",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Tell Prometheus of it on this port of 127.0.0.1, under /metrics.",
)
SILENT = options(
    click.option("--outlet", default="", help="Outlet of reports that name none."),
    click.option("--published", type=Instant(), help="Time of reports that give none."),
)
INSTANT = Instant()
AS_OF = click.option("--as-of", type=Instant(), help="As the public record stood then. [now]")
CLOCKS = options(
    AS_OF,
    click.option("--known-at", type=Instant(), help="With what this ledger held by then. [all]"),
)


def opened(where: str) -> StoredLedger:
    """The ledger at a place, made there when there is none."""
    try:
        return summitry.open_ledger(where)
    except LedgerError as error:
        raise Refused(plain(str(error))) from error


def named(where: str) -> str:
    """A ledger's place as it may be shown."""
    from summitry.ledger import unsaid  # noqa: PLC0415

    return unsaid(where)


def kept(where: str) -> StoredLedger:
    """The ledger at a place, which has to be there: a question makes no files."""
    kept_at(where)
    return opened(where)


def kept_at(where: str) -> None:
    """Pass a place at which there is something."""
    if "://" not in where and not Path(where).exists():
        raise Refused(plain(f"{where}: no such ledger; `summitry read PATH` makes one"))


def one(full: summitry.Diary, prefix: str) -> summitry.Engagement:
    """The one engagement that a prefix names."""
    found = summitry.find(full, prefix)
    if len(found) > 1:
        ids = ", ".join(e.id for e in found[:5])
        raise Refused(plain(f"{len(found)} engagements begin with {prefix!r}: {ids}"))
    return found[0]


def intake(outlet: str = "", published: datetime | None = None) -> summitry.Intake:
    return summitry.Intake(complain, progress, outlet, published)


def progress(line: str) -> None:
    """Show how far we are, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{line}", err=True, nl=False)


def complain(line: str) -> None:
    click.echo(plain(line), err=True)


def plain(text: str) -> str:
    from summitry.export import plain  # noqa: PLC0415

    return plain(redacted(text))


def silence() -> None:
    """Give up standard output, so that the interpreter does not fail at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
