"""The pages of tracks, and of how reliable the sources were."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from summitry import export, pipeline
from summitry.errors import UnknownEngagement
from summitry.gazetteer import tracks
from summitry.model import Diary, View
from summitry.web._answers import Answers
from summitry.web._asked import Asked, Question
from summitry.web._book import Book
from summitry.web.entities import Subject, listed
from summitry.web.pages import counted, settled

__all__ = ["records"]

_HTML = "text/html; charset=utf-8"
Draw = Callable[..., bytes]


def records(book: Book, draw: Draw, answers: Answers) -> APIRouter:
    """The pages."""
    web = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @web.get("/tracks")
    def all_tracks(request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def make() -> bytes:
            page = shelf.page(ask.as_of, ask.known_at)
            full = pipeline.bound(page.engagements, ask.as_of, ask.known_at)
            rows = []
            for track in tracks().values():
                due = next(iter(export.deadlines_of(track, full)), None)
                rows.append((track, export.engagements_of(track, full), due))
            return draw("tracks.html", ask=ask, rows=rows, here="/tracks")

        return answers.give(request, state, _HTML, make)

    @web.get("/track/{name}")
    def track(name: str, request: Request, question: Question) -> Response:
        known = tracks().get(name)
        if known is None:
            raise UnknownEngagement(f"track {name}")

        def about(_: Diary, ask: Asked) -> dict[str, object]:
            empty = pipeline.bound((), ask.as_of, ask.known_at)
            return {
                "title": known.name,
                "track": known,
                "due": export.deadlines_of(known, empty),
                "facts": list(export.past(known, ask.as_of.date()))[::-1],
            }

        of = Subject(View(track=name), about)
        return listed(book, draw, answers, request, question, of)

    @web.get("/sources")
    def sources(request: Request, question: Question) -> Response:
        shelf = book.shelf()
        at, found = counted(shelf, question)
        ask, state = settled(shelf, question)

        def make() -> bytes:
            return draw("sources.html", ask=ask, records=found, at=at, here="/sources")

        return answers.give(request, (state, at), _HTML, make)

    return web
