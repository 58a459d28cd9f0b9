"""The pages of a person, a state, a pair or a source, each with its part of the diary."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from summitry import desk, export
from summitry.errors import UnknownParty
from summitry.gazetteer import Office, holders, members, states, tracks
from summitry.model import Diary, Engagement, Party, View
from summitry.web._answers import Answers
from summitry.web._asked import Asked, Question, cursor
from summitry.web._book import Book
from summitry.web._paged import in_lanes
from summitry.web.pages import counted, settled

__all__ = ["Subject", "entities", "listed"]

_HTML = "text/html; charset=utf-8"
_TOP = (Office.HEAD_OF_STATE, Office.HEAD_OF_GOVERNMENT)
_PARTS = {
    "title": "",
    "person": (),
    "leaders": (),
    "met": (),
    "members": (),
    "concerned": (),
    "past": (),
    "figures": (),
    "track": None,
    "due": (),
    "facts": (),
    "records": (),
}
"""What a page may say about its subject; what it does not say is empty."""
Draw = Callable[..., bytes]
About = Callable[[Diary, Asked], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a page is about."""

    own: View
    """What of the diary is its own."""
    about: About
    """What is to be said of it, by the names of the template."""
    narrowed: Callable[[Iterable[Engagement]], Iterable[Engagement]] = iter
    """Picks once more what is its own."""


def entities(book: Book, draw: Draw, answers: Answers) -> APIRouter:
    """The pages."""
    web = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    show = partial(listed, book, draw, answers)

    @web.get("/person/{name:path}")
    def person(name: str, request: Request, question: Question) -> Response:
        about = Subject(View(who=(name,)), lambda full, _: _person(full, name))
        return show(request, question, about)

    @web.get("/state/{code}")
    def state(code: str, request: Request, question: Question) -> Response:
        def about(full: Diary, _: Asked) -> dict[str, object]:
            known = code in states() or any(code in t.all_parties for t in tracks().values())
            if not known and not any(code in e.states for e in full):
                raise UnknownParty(code)
            return _state(full, code)

        return show(request, question, Subject(View(states=(code,)), about))

    @web.get("/pair/{one}/{other}")
    def pair(one: str, other: str, request: Request, question: Question) -> Response:
        shelf = book.shelf()

        def about(_: Diary, ask: Asked) -> dict[str, object]:
            among = shelf.among((one, other), ask.as_of, ask.known_at)
            sides = (Party(None, one), Party(None, other))
            past = desk.history(among, sides, shelf.readings(among, among))
            return {
                "title": f"{export.state(one)} and {export.state(other)}",
                "past": past,
                "figures": list(export.past_words(past)),
            }

        return show(request, question, Subject(View(states=(one, other)), about))

    @web.get("/source/{name:path}")
    def source(name: str, request: Request, question: Question) -> Response:
        shelf = book.shelf()

        def about(full: Diary, _: Asked) -> dict[str, object]:
            records = [r for r in counted(shelf, question)[1] if r.source == name]
            if not records and not any(_carries(e, name) for e in full):
                raise UnknownParty(name)
            return {"title": export.plain(name).replace("_", " "), "records": records}

        def carried(found: Iterable[Engagement]) -> Iterable[Engagement]:
            return (e for e in found if _carries(e, name))

        return show(request, question, Subject(View(), about, carried))

    return web


def listed(
    book: Book, draw: Draw, answers: Answers, request: Request, question: Asked, of: Subject
) -> Response:
    """A page about somebody or something, with its part of the agenda."""
    shelf = book.shelf()
    ask, state = settled(shelf, question)
    ask = replace(ask, filters=of.own)

    def make() -> bytes:
        full = shelf.page(ask.as_of, ask.known_at)
        told = of.about(full, ask)
        part = desk.viewed(full, of.own)
        part = replace(part, engagements=tuple(of.narrowed(part.engagements)))
        lanes, end = in_lanes(part, ask.after, ask.limit)
        return draw(
            "entity.html",
            ask=ask,
            diary=part,
            lanes=lanes,
            more=cursor(end) if end else "",
            base=str(request.base_url),
            here=request.url.path,
            filtered=bool(of.own.narrows),
            **(_PARTS | told),
        )

    return answers.give(request, state, _HTML, make)


def _person(full: Diary, name: str) -> dict[str, object]:
    shown = [p.value for e in full for p in e.parties if _is(p.value, name)]
    if not shown:
        shown = [p for p in desk.asked([name], full) if p.name]
    return {"title": export.party(shown[0]) if shown else name, "person": shown[:1]}


def _state(full: Diary, code: str) -> dict[str, object]:
    day = full.as_of.astimezone(UTC).date()
    leaders = {
        (t.title, p.name): p
        for office in _TOP
        for p in holders(code, office, day)
        for t in p.terms
        if t.state == code and t.covers(day)
    }
    met = Counter(s for e in full if code in e.states for s in e.states if s != code)
    return {
        "title": export.state(code),
        "leaders": [(title, p) for (title, _), p in leaders.items()],
        "met": met.most_common(12),
        "members": sorted(members(code, day)),
        "concerned": [t for t in tracks().values() if code in t.all_parties],
    }


def _is(party: Party, name: str) -> bool:
    return bool(party.name) and name in (party.wikidata, party.name)


def _carries(e: Engagement, name: str) -> bool:
    """Whether an outlet, or a source of a class, speaks of an engagement."""
    outlets = {c.outlet for strand in e.lineage for c in strand.carriers}
    return name in outlets or any(c.source.source_class.value == name for c in e.status.by)
