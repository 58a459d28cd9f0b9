"""The pages of the diary: which address shows what."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

import summitry
from summitry import desk, export
from summitry.model import Change, Diary, Report, TrackRecord
from summitry.pipeline import KEPT
from summitry.shelf import Shelf
from summitry.web._answers import Answers
from summitry.web._asked import Asked, BadQuestion, Question, cursor
from summitry.web._book import Book
from summitry.web._formats import FORMATS
from summitry.web._month import month
from summitry.web._paged import in_lanes, page
from summitry.web._shown import evidence
from summitry.web._timeline import timeline
from summitry.web._visit import visit

__all__ = ["counted", "lists", "settled", "views"]

_HTML = "text/html; charset=utf-8"
_ATOM = "application/atom+xml; charset=utf-8"
_HITS = 25
"""Engagements on one page of a search."""
_BARS = 80
"""Engagements on one picture: more than a wall screen shows."""
Draw = Callable[..., bytes]


def views(book: Book, draw: Draw, answers: Answers) -> APIRouter:
    """The agenda in its three forms."""
    web = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @web.get("/")
    def agenda(request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)
        here = visit(request)
        if not ask.since and not ask.named:
            ask = replace(ask, since=here.since)

        def make() -> bytes:
            full, shown = _part(shelf, ask)
            lanes, end = in_lanes(shown, ask.after, ask.limit)
            new = tuple(e for e in shown if _new(e.last, ask))
            return draw(
                "agenda.html",
                ask=ask,
                full=full,
                diary=shown,
                lanes=lanes,
                new=new,
                more=cursor(end) if end else "",
                base=str(request.base_url),
                here="/",
            )

        answer = answers.give(request, (state, ask.since), _HTML, make)
        if not ask.named:
            here.mark(answer)
        return answer

    @web.get("/month")
    def grid(
        request: Request,
        question: Question,
        first: Annotated[str, Query(max_length=10)] = "",
    ) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)
        start = _month(first) if first else ask.as_of.date().replace(day=1)

        def make() -> bytes:
            full, shown = _part(shelf, ask)
            return draw(
                "month.html",
                ask=ask,
                full=full,
                diary=shown,
                month=month(shown, start),
                base=str(request.base_url),
                here="/month",
            )

        return answers.give(request, state, _HTML, make)

    @web.get("/timeline")
    def bars(request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def make() -> bytes:
            full, shown = _part(shelf, ask)
            return draw(
                "timeline.html",
                ask=ask,
                full=full,
                diary=shown,
                picture=timeline(shown, _BARS),
                base=str(request.base_url),
                here="/timeline",
            )

        return answers.give(request, state, _HTML, make)

    return web


def lists(book: Book, draw: Draw, answers: Answers) -> APIRouter:
    """A part of the diary as a file, and what changed in it."""
    web = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @web.get("/diary.{ending}")
    def file(ending: str, request: Request, question: Question) -> Response:
        if ending not in FORMATS:
            raise BadQuestion(f"no format {ending!r}: one of {', '.join(FORMATS)}")
        shelf, form = book.shelf(), FORMATS[ending]
        ask, state = settled(shelf, question)

        def make() -> bytes:
            full = shelf.page(ask.as_of, ask.known_at)
            if form.kept > KEPT:
                longer = shelf.lately(ask.as_of, ask.known_at, form.kept)
                full = replace(longer, deadlines=full.deadlines)
            part = desk.viewed(full, ask.filters)
            own = ask.view(f"{request.base_url}diary.{ending}", as_of="", known_at="")
            return form.write(part, f"{request.base_url}e/", own)

        answer = answers.give(request, state, form.media, make)
        answer.headers["Content-Disposition"] = f'inline; filename="summitry.{ending}"'
        return answer

    @web.get("/search")
    def search(request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)
        words = [word.casefold() for word in ask.filters.words]

        def make() -> bytes:
            found = shelf.search(words, ask.as_of) if words else ()
            shown, end = page(
                list(enumerate(found)), lambda hit: (f"{hit[0]:06}",), ask.after, _HITS
            )
            readings = shelf.readings(Diary(ask.as_of, None, ()), [e for _, (e, _) in shown])
            reports = {mention: reading.report for mention, reading in readings.items()}
            return draw(
                "search.html",
                ask=ask,
                total=len(found),
                hits=[(e, [evidence(c, False, reports) for c in cs[:3]]) for _, (e, cs) in shown],
                more=cursor(end) if end else "",
                here="/search",
            )

        return answers.give(request, state, _HTML, make)

    @web.get("/changes")
    def changes(request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)
        since = _since(ask)

        def make() -> bytes:
            after, found = _changed(shelf, ask, since)
            shown = found[: ask.limit]
            return draw(
                "changes.html",
                ask=ask,
                since=since,
                changes=shown,
                left_out=len(found) - len(shown),
                reports=_reports(shelf, after, shown),
                here="/changes",
            )

        return answers.give(request, state, _HTML, make)

    @web.get("/changes.atom")
    def feed(request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)
        since = _since(ask)

        def make() -> bytes:
            after, found = _changed(shelf, ask, since)
            base = f"{request.base_url}e/"
            return export.changes_atom(after, found, _reports(shelf, after, found), base)

        return answers.give(request, state, _ATOM, make)

    return web


def _since(ask: Asked) -> datetime:
    """From when changes are asked for: a day, where nothing is said.

    Raises:
        BadQuestion: It lies after the day that is asked about.
    """
    since = ask.since or ask.as_of - timedelta(days=1)
    if since > ask.as_of:
        raise BadQuestion("since: lies after as_of")
    return since


def _changed(shelf: Shelf, ask: Asked, since: datetime) -> tuple[Diary, list[Change]]:
    """The newer diary, and what is other in it; not what is only recalled."""
    before, after = shelf.both(since, ask.as_of, ask.known_at)
    found = desk.changed(before, after, ask.filters)
    return after, [c for c in found if not c.engagement.background]


def _reports(shelf: Shelf, after: Diary, changes: Sequence[Change]) -> dict[str, Report]:
    """The reports of what changed, by mention."""
    readings = shelf.readings(after, [c.engagement for c in changes])
    return {mention: reading.report for mention, reading in readings.items()}


def settled(shelf: Shelf, ask: Asked) -> tuple[Asked, tuple[int, datetime]]:
    """The question with "now" said, and what its answer depends on besides.

    Now is the instant from which on the record is as it is: so that all who ask on one day get
    the same answer, and it can be kept.
    """
    state = shelf.state(ask.as_of)
    return (ask if ask.named else replace(ask, as_of=state[1])), state


def counted(shelf: Shelf, ask: Asked) -> tuple[datetime, tuple[TrackRecord, ...]]:
    """The track records that a question asks for, and the instant of which they are.

    What is asked as of now may be of up to an hour ago, where counting takes long.
    """
    if ask.named or ask.known_at is not None:
        return ask.as_of, shelf.records(ask.as_of, ask.known_at)
    return shelf.tally(ask.as_of)


def _part(shelf: Shelf, ask: Asked) -> tuple[Diary, Diary]:
    full = shelf.page(ask.as_of, ask.known_at)
    return full, desk.viewed(full, ask.filters)


def _new(at: datetime | None, ask: Asked) -> bool:
    return bool(ask.since and at and at > ask.since)


def _month(text: str) -> date:
    """The first day of a month of the address.

    Raises:
        BadQuestion: It is none.
    """
    try:
        return summitry.instant(f"{text[:7]}-01").astimezone(UTC).date()
    except (ValueError, OverflowError) as error:
        raise BadQuestion("first: a month such as 2024-02") from error
