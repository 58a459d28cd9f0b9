"""Editors' decisions at the command line: same, apart, field, approve, hide, undo, list."""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

import summitry
from summitry.cli._door import INSTANT, LEDGER, Refused, complain, kept, plain

if TYPE_CHECKING:
    from summitry.model import Judgement

__all__ = ["judge", "withdraw"]

AUTHOR = click.option(
    "--author",
    envvar="SUMMITRY_AUTHOR",
    help="Who decides; SUMMITRY_AUTHOR names another default. [login name]",
)


@click.group()
def judge() -> None:
    """Enter an editor's decision; it outranks the machine, and nothing is deleted.

    ID is the beginning of the id of an engagement or of one of its mentions.
    """


@judge.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID ID…")
@LEDGER
@AUTHOR
def same(ids: tuple[str, ...], where: str, author: str | None) -> None:
    """These are one engagement."""
    _decide(where, author, "SAME", _several(ids))


@judge.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID ID…")
@LEDGER
@AUTHOR
def apart(ids: tuple[str, ...], where: str, author: str | None) -> None:
    """These are not one engagement: each leaves the first."""
    _decide(where, author, "NOT_SAME", _several(ids))


@judge.command()
@click.argument("ident", metavar="ID")
@click.argument("settings", nargs=-1, required=True, metavar="FIELD=VALUE…")
@LEDGER
@AUTHOR
def field(ident: str, settings: tuple[str, ...], where: str, author: str | None) -> None:
    """Settle fields: status=postponed kind=visit when=2024-02-12 place="Ankara, TR".

    WHEN is a day, two days with a slash between them (the last one included), a month or a
    year. A value may also be JSON in the shape of the diary.
    """
    _decide(where, author, "FIELD", (ident,), [_setting(s) for s in settings])


@judge.command()
@click.argument("ident", metavar="ID")
@LEDGER
@AUTHOR
def approve(ident: str, where: str, author: str | None) -> None:
    """Stand by an engagement as it is now; shows a hidden one again."""
    _decide(where, author, "APPROVE", (ident,))


@judge.command()
@click.argument("ident", metavar="ID")
@LEDGER
@AUTHOR
def hide(ident: str, where: str, author: str | None) -> None:
    """Leave an engagement out of the diary."""
    _decide(where, author, "HIDE", (ident,))


@judge.command()
@click.argument("judgement", metavar="JUDGEMENT")
@LEDGER
@AUTHOR
def undo(judgement: str, where: str, author: str | None) -> None:
    """Take a judgement back, an undoing too; `summitry judge list` names them."""
    from summitry import judging  # noqa: PLC0415

    with kept(where) as ledger:
        made = judging.undo(ledger, judgement, judging.Signature(_author(author), summitry.now()))
    _say(made)


@judge.command("list")
@LEDGER
@click.option("--known-at", type=INSTANT, help="With what this ledger held by then. [all]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def list_(where: str, known_at: datetime | None, form: str) -> None:
    """Print all judgements, oldest first; those that were taken back are marked."""
    from summitry.export import judgements_json, judgements_text  # noqa: PLC0415
    from summitry.judging import judgements  # noqa: PLC0415
    from summitry.resolve import undone  # noqa: PLC0415

    with kept(where) as ledger:
        made = list(judgements(ledger, known_at))
    gone = undone(made)
    if form == "json":
        shape = json.dumps(judgements_json(made, gone), ensure_ascii=False)
        click.echo(shape.encode())
    else:
        click.echo(judgements_text(made, gone), nl=False)


@click.command()
@click.argument("report", metavar="REPORT")
@LEDGER
@click.option("--published", type=INSTANT, help="When the outlet said so. [now]")
@click.option("--reason", default="", help="What the outlet said.")
def withdraw(report: str, where: str, published: datetime | None, reason: str) -> None:
    """Enter that an outlet killed its report: it counts for nothing from then on.

    REPORT is the report's URL, the input's own id, or the beginning of the report's id.
    """
    from summitry import judging  # noqa: PLC0415

    with kept(where) as ledger:
        now = summitry.now()
        made = judging.withdraw(
            ledger, report, published=published or now, reason=reason, recorded=now
        )
    for one in made:
        click.echo(f"{one.report} withdrawn as of {one.published.isoformat()}")


def _decide(
    where: str,
    author: str | None,
    verdict: str,
    ids: Sequence[str],
    fields: Sequence[tuple[str, str]] = (),
) -> None:
    """Enter a decision and say what was entered."""
    from summitry import judging  # noqa: PLC0415
    from summitry.model import Verdict  # noqa: PLC0415

    with kept(where) as ledger:
        now = summitry.now()
        made = judging.judge(
            ledger,
            summitry.diary(ledger, now),
            Verdict[verdict],
            ids,
            judging.Signature(_author(author), now),
            fields,
        )
    for one in made:
        _say(one)


def _say(made: Judgement) -> None:
    what = f" {made.field}={made.value}" if made.field else ""
    words = f"{made.id} {made.verdict.value.replace('_', ' ')}{what}, by {made.author}"
    click.echo(plain(words))
    complain(f"to take it back: summitry judge undo {made.id[:8]}")


def _author(given: str | None) -> str:
    """Who decides."""
    if given and given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise Refused("who decides? give --author or set SUMMITRY_AUTHOR") from error


def _several(ids: tuple[str, ...]) -> tuple[str, ...]:
    if len(ids) < 2:
        raise Refused("two ids at least")
    return ids


def _setting(words: str) -> tuple[str, str]:
    """A field and its value as JSON in the shape of the contract.

    Raises:
        Refused: No such field, or no such value.
    """
    from summitry.settling import settled  # noqa: PLC0415

    slot, mark, value = words.partition("=")
    if not mark:
        raise Refused(plain(f"{words!r}: say status=…, kind=…, when=… or place=…"))
    try:
        return slot.strip().lower(), settled(slot, value)
    except ValueError as error:
        raise Refused(plain(str(error))) from error
