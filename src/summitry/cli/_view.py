"""The filters of a view as options, the same for every command that shows part of a diary."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

import summitry
from summitry.cli._door import CLOCKS, INSTANT, Refused, kept, options, plain
from summitry.model import CERTAINTIES, Kind, Status, View

if TYPE_CHECKING:
    from summitry.model import Diary

__all__ = ["VIEW", "asked"]

_LEAST = tuple(str(step.value) for step in CERTAINTIES)
_NAMES = (
    *("who", "state", "kind", "topic", "status", "certainty", "sources"),
    *("start", "end", "leaders", "track", "words", "as_of", "known_at"),
)

_OPTIONS = options(
    CLOCKS,
    click.option("--who", multiple=True, metavar="WHO", help="Person (name, Q-id) or state."),
    click.option("--state", multiple=True, metavar="STATE", help="Code, name or group (G20)."),
    click.option("--kind", multiple=True, type=click.Choice([k.value for k in Kind])),
    click.option(
        "--topic", multiple=True, metavar="WORDS", help="Of the agenda; or a Media Topic."
    ),
    click.option("--status", multiple=True, type=click.Choice([str(s.value) for s in Status])),
    click.option(
        "--certainty",
        type=click.Choice(_LEAST),
        help="At least so certain; what was put or called off stays.",
    ),
    click.option("--sources", type=click.IntRange(0), default=0, help="At least so many."),
    click.option("--from", "start", type=INSTANT, help="First day; imprecise dates overlap."),
    click.option("--to", "end", type=INSTANT, help="Day after the last one."),
    click.option("--leaders", is_flag=True, help="A leader of a state or government takes part."),
    click.option("--track", default="", metavar="ID", help="As `summitry tracks` lists them."),
    click.option("--words", default="", help="All stand in the entry or its evidence."),
)


def VIEW(command: Callable[..., Any]) -> Any:  # noqa: ANN401, N802 - it stands beside LEDGER
    """Options of a command that come to it as one ``view``."""

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> Any:  # noqa: ANN401 - click's own signature
        own = {name: given.pop(name) for name in _NAMES}
        return command(*args, view=_view(**own), **given)

    return _OPTIONS(run)


def _view(  # noqa: PLR0913 (one for each option)
    *,
    who: tuple[str, ...],
    state: tuple[str, ...],
    kind: tuple[str, ...],
    topic: tuple[str, ...],
    status: tuple[str, ...],
    certainty: str | None,
    sources: int,
    start: datetime | None,
    end: datetime | None,
    leaders: bool,
    track: str,
    words: str,
    as_of: datetime | None,
    known_at: datetime | None,
) -> View:
    try:
        return View(
            who=who,
            states=state,
            kinds=tuple(Kind(k) for k in kind),
            topics=topic,
            status=tuple(s for s in Status if str(s.value) in status),
            certainty=next((s for s in Status if str(s.value) == certainty), None),
            sources=sources,
            start=_day(start),
            end=_day(end),
            leaders=leaders,
            track=track,
            words=tuple(words.split()),
            as_of=as_of,
            known_at=known_at,
        )
    except ValueError as error:
        raise Refused(plain(str(error))) from error


def _day(instant: datetime | None) -> date | None:
    return instant.date() if instant else None


def asked(where: str, view: View) -> Diary:
    """The part of a ledger's diary that a view asks for."""
    from summitry.desk import viewed  # noqa: PLC0415

    with kept(where) as ledger:
        full = summitry.diary(ledger, view.as_of or summitry.now(), view.known_at)
    return viewed(full, view)
