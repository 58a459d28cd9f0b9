"""Looking after a ledger: check, repair, backup."""

from __future__ import annotations

from pathlib import Path

import click

import summitry
from summitry.cli._door import LEDGER, Refused, complain, kept, kept_at, opened, plain
from summitry.errors import LedgerError

__all__ = ["backup", "check", "repair"]

_TARGET = click.Path(dir_okay=False, path_type=Path)


@click.command()
@LEDGER
@click.pass_context
def check(ctx: click.Context, where: str) -> None:
    """Say whether the ledger is whole: pages, entries, index, clock, feeds.

    Nothing is changed. The exit code is 1 where anything is wrong.
    """
    from summitry.care import checked  # noqa: PLC0415

    wrong = False
    kept_at(where)
    # A ledger that cannot be opened is no wrong usage here: it is the answer.
    with summitry.open_ledger(where) as ledger:
        for found in checked(ledger, summitry.now()):
            wrong = wrong or not found.sound
            mark = "" if found.sound else "WRONG: "
            click.echo(plain(f"{found.part}: {mark}{found.told}"))
    if wrong:
        complain("`summitry repair` makes the index anew, `summitry repair NEW` saves the rest")
    ctx.exit(1 if wrong else 0)


@click.command()
@click.argument("new", type=_TARGET, required=False, metavar="[NEW]")
@LEDGER
@click.pass_context
def repair(ctx: click.Context, new: Path | None, where: str) -> None:
    """Make the index anew or, with NEW, save what can be read into a new ledger of that name.

    The damaged file itself is never changed. What is lost is named, and the exit code then 1.
    """
    from summitry import care  # noqa: PLC0415

    if new is None:
        with kept(where) as ledger:
            click.echo(f"index made anew: {care.rebuilt(ledger):,} mentions")
        return
    damaged = Path(where)
    if not damaged.is_file():
        raise Refused(plain(f"{where}: no such file; a server has tools of its own"))
    if new.exists():
        raise Refused(plain(f"{new}: there is such a file already: name a new one"))
    try:
        with opened(str(new)) as ledger:
            done = care.rescued(damaged, ledger)
    except LedgerError:
        new.unlink(missing_ok=True)  # it was ours, and nothing is in it
        raise
    for line in done.lost:
        complain(line)
    click.echo(plain(f"{done.entries:,} entries and {done.feeds:,} feeds saved in {new}"))
    ctx.exit(1 if done.lost else 0)


@click.command()
@click.argument("new", type=_TARGET, metavar="NEW")
@LEDGER
def backup(new: Path, where: str) -> None:
    """Copy the ledger as it stands at this moment to a new file, while others use it.

    To restore, move the damaged files (with -wal and -shm) away and copy the backup back:
    summitry backup summitry.db --ledger BACKUP
    """
    with kept(where) as ledger:
        ledger.care.copy(new)
    with kept(str(new)) as made:
        click.echo(plain(f"{made.newest():,} entries in {new}, {new.stat().st_size:,} bytes"))
