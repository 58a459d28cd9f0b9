"""The diary for programs: JSON under /api/v1, by the same filters as the pages."""

import json
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from summitry import desk, export, pipeline
from summitry.errors import UnknownEngagement
from summitry.export import Json
from summitry.gazetteer import tracks
from summitry.model import Diary
from summitry.web._answers import Answers
from summitry.web._asked import BadQuestion, Question, cursor
from summitry.web._book import Book
from summitry.web._paged import diary_key, page
from summitry.web.pages import counted, settled

__all__ = ["PREFIX", "api"]

PREFIX = "/api/v1"
_JSON = "application/json"
_PROBLEM: dict[str, Any] = {
    "content": {
        _JSON: {
            "schema": {
                "type": "object",
                "properties": {"error": {"type": "string"}},
                "required": ["error"],
            }
        }
    }
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "As docs/formats.md describes it",
        "content": {_JSON: {"schema": {"type": "object"}}},
    },
    304: {"description": "As the ETag says, it is the same as before"},
    401: {"description": "The token is asked for"},
    404: {"description": "Nothing of that name", **_PROBLEM},
    422: {"description": "A part of the address has no meaning", **_PROBLEM},
    429: {"description": "Too many questions; Retry-After says when"},
    503: {"description": "The ledger cannot be read", **_PROBLEM},
}
Id = Annotated[str, Path(max_length=64, description="An engagement's id, or its beginning")]


def api(book: Book, answers: Answers) -> APIRouter:
    """The interface, to read only."""
    web = APIRouter(prefix=PREFIX, responses=_RESPONSES)

    @web.get("/diary")
    def diary(request: Request, question: Question) -> Response:
        """The engagements of a page in the diary's order, and the address of the next page."""
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def make() -> bytes:
            part = desk.viewed(shelf.page(ask.as_of, ask.known_at), ask.filters)
            shown, end = page(part.engagements, diary_key, ask.after, ask.limit)
            due = part.deadlines if not ask.after else ()
            body = export.diary_json(Diary(ask.as_of, ask.known_at, tuple(shown), due))
            following = ask.view(
                f"{PREFIX}/diary", after=cursor(end), limit=str(ask.limit), as_of=ask.instant
            )
            return _dumped({**body, "next": following if end else None})

        return answers.give(request, state, _JSON, make)

    @web.get("/engagements/{engagement}")
    def one(engagement: Id, request: Request, question: Question) -> Response:
        """One engagement, past ones too."""
        shelf = book.shelf()
        ask, state = settled(shelf, question)
        return answers.give(
            request,
            state,
            _JSON,
            lambda: _dumped(
                export.engagement_json(shelf.one(engagement, ask.as_of, ask.known_at))
            ),
        )

    @web.get("/engagements/{engagement}/claims")
    def claims(engagement: Id, request: Request, question: Question) -> Response:
        """The claims behind an engagement, each with its sentence, source, outlet and time."""
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def make() -> bytes:
            e = shelf.one(engagement, ask.as_of, ask.known_at)
            reports = shelf.reports(Diary(ask.as_of, ask.known_at, ()), e)
            every = (e.kind, e.status, e.when, e.place, *e.parties, *e.agenda)
            said = {
                c.id: (c, against)
                for field in every
                if field
                for against, those in ((False, field.by), (True, field.against))
                for c in those
            }
            shown, end = page(said, lambda key: (key,), ask.after, ask.limit)
            listed: list[Json] = []
            for key in shown:
                claim, against = said[key]
                listed.append(
                    {
                        "slot": claim.slot.value,
                        "value": export.value_json(claim.value),
                        "against": against,
                        **export.told_json(claim, reports),
                    }
                )
            following = ask.link(
                f"{PREFIX}/engagements/{e.id}/claims",
                after=cursor(end),
                limit=str(ask.limit),
                as_of=ask.instant,
            )
            return _dumped({"claims": listed, "next": following if end else None})

        return answers.give(request, state, _JSON, make)

    _lists(web, book, answers)
    return web


def _lists(web: APIRouter, book: Book, answers: Answers) -> None:
    """What is asked of the whole diary, beside its engagements."""

    @web.get("/changes")
    def changes(request: Request, question: Question) -> Response:
        """What is new, firmer, moved, off or held since an instant, by default since a day."""
        shelf = book.shelf()
        ask, state = settled(shelf, question)
        since = ask.since or ask.as_of - timedelta(days=1)
        if since > ask.as_of:
            raise BadQuestion("since: lies after as_of")

        def make() -> bytes:
            before, after = shelf.both(since, ask.as_of, ask.known_at)
            found = desk.changed(before, after, ask.filters)
            readings = shelf.readings(after, [c.engagement for c in found])
            reports = {mention: reading.report for mention, reading in readings.items()}
            return _dumped(export.changes_json(since, after, found, reports))

        return answers.give(request, state, _JSON, make)

    @web.get("/sources")
    def sources(request: Request, question: Question) -> Response:
        """How often what each source floated or announced came true, and when that was counted."""
        shelf = book.shelf()
        at, found = counted(shelf, question)
        told = {"counted": at.isoformat(), "sources": export.sources_json(found)}
        return answers.give(request, (shelf.state(at), at), _JSON, lambda: _dumped(told))

    @web.get("/tracks")
    def all_tracks(request: Request, question: Question) -> Response:
        """Processes, instruments and yearly summits, with what is on the page of each."""
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def make() -> bytes:
            full = shelf.page(ask.as_of, ask.known_at)
            every = pipeline.bound(full.engagements, ask.as_of, ask.known_at)
            return _dumped(export.tracks_json(tracks().values(), every))

        return answers.give(request, state, _JSON, make)

    @web.get("/tracks/{name}")
    def track(name: str, request: Request, question: Question) -> Response:
        """One of them."""
        known = tracks().get(name)
        if known is None:
            raise UnknownEngagement(f"track {name}")
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def make() -> bytes:
            full = shelf.page(ask.as_of, ask.known_at)
            every = pipeline.bound(full.engagements, ask.as_of, ask.known_at)
            return _dumped(export.track_json(known, every))

        return answers.give(request, state, _JSON, make)


def _dumped(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
