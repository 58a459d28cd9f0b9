"""Feeds into the ledger, for as long as one likes."""

from __future__ import annotations

import re
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

import summitry
from summitry.cli._allow import ALLOW
from summitry.cli._door import LEDGER, METRICS, Refused, complain, kept, opened, progress
from summitry.errors import ExtraMissing
from summitry.metering import metered

if TYPE_CHECKING:
    from summitry.fetch import Limits
    from summitry.internet import Network
    from summitry.model import Subscription
    from summitry.watch import Watch

__all__ = ["watch"]

_WEB = re.compile(r"https?://", re.IGNORECASE)
_SPAN = re.compile(r"(\d+(?:\.\d+)?)([smhd]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


class _Span(click.ParamType[timedelta]):
    """A length of time such as 90s, 15m, 2h or 1d; a number alone is seconds."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        found = _SPAN.fullmatch(str(value))
        seconds = float(found[1]) * _UNITS[found[2]] if found else -1.0
        if not 0 <= seconds <= 7 * 86_400:
            self.fail(f"{value!r} is no time up to 7d, such as 90s, 15m or 2h", param, ctx)
        return timedelta(seconds=seconds)


@click.command()
@click.argument("feeds", nargs=-1, metavar="[OPML | URL]…")
@LEDGER
@click.option("--every", type=_Span(), default="15m", show_default=True, help="Round to round.")
@click.option("--once", "rounds", flag_value="once", help="One round, then leave.")
@click.option("--pages", "text", flag_value="pages", help="Read each new item by its page.")
@click.option(
    "--delay", type=_Span(), default="1s", show_default=True, help="Between requests to a host."
)
@click.option(
    "--timeout", type=_Span(), default="60s", show_default=True, help="For one document."
)
@ALLOW
@click.option("--status", "rounds", flag_value="status", help="Show what came of each; ask none.")
@METRICS
@click.pass_context
def watch(
    ctx: click.Context,
    /,
    feeds: tuple[str, ...],
    where: str,
    rounds: str | None,
    text: str | None,
    every: timedelta,
    **limits: Any,  # noqa: ANN401
) -> None:
    """Read what is new in feeds, round after round, until stopped.

    Lists in OPML are known by their content. On a terminal a table tells how each round went;
    elsewhere only feeds that brought something or failed are told, a JSON object a line on
    standard error. Needs the extra: pip install 'summitry[watch]'.
    """
    metrics = limits.pop("metrics")
    lists = _Lists(feeds)
    if rounds == "status":
        _show_status(where, lists())
        return
    if not feeds:
        raise Refused("which feeds? name a list in OPML, or addresses")
    try:
        from summitry import fetch  # noqa: PLC0415
        from summitry.watch import Watch, as_given, from_page  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissing("watching feeds", "summitry[watch]") from error
    if not lists():
        ctx.exit(1)
    fetcher = fetch.Fetcher(_limits(**limits))
    filled = from_page(fetcher) if text else as_given
    taken = summitry.Intake(_complain, progress)
    with opened(where) as ledger:
        if metrics:
            metered(where, metrics)
        made = Watch(ledger, fetcher, taken, every, summitry.now, filled)
        with _stopped_by_signals(made):
            for one in made.rounds(lists):
                failed = _told(one)
                if rounds == "once":
                    ctx.exit(1 if failed or taken.failed or lists.told else 0)


class _Lists:
    """The feeds that words of the command line name, whenever they are asked for."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._good: dict[str, list[str]] = {}
        self.told: set[str] = set()
        """What could not be read, a line each."""

    def __call__(self) -> list[str]:
        """Addresses; those of a list that cannot be read any more are as they were."""
        urls: list[str] = []
        for word in self._words:
            urls += [word] if _WEB.match(word) else self._list(word)
        return urls

    def _list(self, path: str) -> list[str]:
        from summitry import sources  # noqa: PLC0415

        found = []
        for one in sources.feeds(path):
            if isinstance(one, str):
                found.append(one)
            elif str(one) not in self.told:
                self.told.add(str(one))
                _complain(str(one))
        self._good[path] = found or self._good.get(path, [])
        return self._good[path]


def _complain(line: str) -> None:
    """A line for the eye, or one of a log that programs read."""
    from summitry.export import problem_line  # noqa: PLC0415

    complain(line if sys.stdout.isatty() else problem_line(line, summitry.now()))


def _limits(delay: timedelta, timeout: timedelta, allow: tuple[Network, ...]) -> Limits:
    from summitry.fetch import Limits  # noqa: PLC0415

    total, usual = timeout.total_seconds(), Limits()
    return Limits(
        connect=min(usual.connect, total),
        read=min(usual.read, total),
        total=total,
        delay=delay.total_seconds(),
        allowed=allow,
    )


def _told(feeds: Iterable[Subscription]) -> int:
    """Tell of a round while it goes on; returns how many feeds failed."""
    from summitry.export import feed_line, feeds_table  # noqa: PLC0415
    from summitry.model import FeedOutcome  # noqa: PLC0415

    shown = []
    for feed in feeds:
        shown.append(feed)
        if not sys.stdout.isatty():
            if feed.outcome in (FeedOutcome.NEW, FeedOutcome.FAILED):
                complain(feed_line(feed, summitry.now()))
        else:
            progress(f"{len(shown)} feeds asked")
    if sys.stdout.isatty():
        progress("")
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo(feeds_table(shown, summitry.now(), width), nl=False)
    return sum(feed.outcome is FeedOutcome.FAILED for feed in shown)


def _show_status(where: str, wanted: list[str]) -> None:
    """What is remembered of all feeds, or of those that are named."""
    from summitry.export import feeds_table  # noqa: PLC0415

    with kept(where) as ledger:
        known = [f for f in ledger.feeds.all() if not wanted or f.url in wanted]
    width = shutil.get_terminal_size((100, 24)).columns
    click.echo(feeds_table(known, summitry.now(), width), nl=False)


@contextmanager
def _stopped_by_signals(made: Watch) -> Iterator[None]:
    """Stop in order at the first signal; the second one ends everything as usual."""
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {one: signal.getsignal(one) for one in signals}

    def restore() -> None:
        for one, handler in before.items():
            signal.signal(one, handler)

    def stop(*_: object) -> None:
        restore()
        # In a thread: what is interrupted here may hold a lock that stopping needs.
        Thread(target=made.stop, daemon=True).start()

    for one in signals:
        signal.signal(one, stop)
    try:
        yield
    finally:
        restore()
        made.stop()
