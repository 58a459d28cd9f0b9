"""The diary for the web and for graphs: ``summitry export atom``, ``jsonld``, ``graphml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

import summitry
from summitry.cli._door import INSTANT, LEDGER, Refused, kept
from summitry.cli._out import OUTPUT, lines, write
from summitry.cli._view import VIEW, asked
from summitry.model import Status, View

if TYPE_CHECKING:
    from summitry.model import Change, Diary, Report

__all__ = ["ALL", "BASE", "SINCE", "atom", "ftm", "graphml", "jsonld", "statuses", "turned"]

ALL = click.option(
    "--all-certainties",
    "everything",
    is_flag=True,
    help="Floated, prepared and denied ones too; most newsroom systems take them for certain.",
)
BASE = click.option(
    "--base-url", default="urn:x-summitry:", show_default=True, help="What ids follow in URIs."
)
SINCE = click.option("--since", type=INSTANT, help="The earlier instant. [7 days before --as-of]")
_WEEK = timedelta(days=7)


@click.command()
@LEDGER
@VIEW
@SINCE
@click.option("--base-url", default="", help="Where the pages are: entries link to URL + id.")
@OUTPUT
def atom(
    where: str, view: View, since: datetime | None, base_url: str, output: str | None
) -> None:
    """Write an Atom feed of what changed since an instant, newest first."""
    from summitry.export import changes_atom  # noqa: PLC0415

    after, found, reports, _ = turned(where, view, since)
    write(changes_atom(after, found, reports, base_url), output)


@click.command()
@LEDGER
@VIEW
@ALL
@BASE
@OUTPUT
def jsonld(where: str, view: View, everything: bool, base_url: str, output: str | None) -> None:
    """Write schema.org events, from announced upward, and their claims, as JSON-LD."""
    from summitry.export import diary_jsonld  # noqa: PLC0415

    write(diary_jsonld(asked(where, view), statuses(everything), base_url), output)


@click.command()
@LEDGER
@VIEW
@OUTPUT
def graphml(where: str, view: View, output: str | None) -> None:
    """Write who meets whom as a graph (GraphML), an edge a pair of sides."""
    from summitry.export import diary_graphml  # noqa: PLC0415

    write(diary_graphml(asked(where, view)), output)


@click.command()
@LEDGER
@VIEW
@ALL
@OUTPUT
def ftm(where: str, view: View, everything: bool, output: str | None) -> None:
    """Write FollowTheMoney entities, announced and above, one a line.

    Needs the extra: pip install 'summitry[ftm]'.
    """
    from summitry.export import diary_ftm  # noqa: PLC0415

    write(lines(diary_ftm(asked(where, view), statuses(everything))), output)


def statuses(everything: bool) -> tuple[Status, ...]:
    """What a route may have that takes every event for certain, or everything."""
    from summitry.export import CERTAIN  # noqa: PLC0415

    return tuple(Status) if everything else CERTAIN


def turned(
    where: str, view: View, since: datetime | None
) -> tuple[Diary, tuple[Change, ...], Mapping[str, Report], datetime]:
    """The newer diary, what of a view turned since an instant, the reports, that instant.

    The reports are by mention.

    Raises:
        Refused: The instant lies after the view's.
    """
    from summitry import desk, pipeline  # noqa: PLC0415

    until = view.as_of or summitry.now()
    begun = since or until - _WEEK
    if until < begun:
        raise Refused("--since lies after --as-of")
    with kept(where) as ledger:
        before = summitry.diary(ledger, begun, view.known_at)
        after = summitry.diary(ledger, until, view.known_at)
        found = desk.changed(before, after, view)
        readings = pipeline.readings_of(ledger, after, [c.engagement for c in found])
    reports = {mention: reading.report for mention, reading in readings.items()}
    return after, found, reports, begun
