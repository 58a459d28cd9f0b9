"""The application: who may ask, which pages there are, and what an error looks like."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from hashlib import blake2b
from importlib import resources
from threading import Event, Thread

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse

import summitry
from summitry import export
from summitry.errors import (
    ExtraMissing,
    LedgerError,
    SummitryError,
    UnknownEngagement,
    UnknownEntry,
    UnknownParty,
)
from summitry.web._access import Access, Writers
from summitry.web._answers import Answers
from summitry.web._asked import BadQuestion
from summitry.web._book import SLACK, Book
from summitry.web._desk import Desk
from summitry.web._draw import drawing
from summitry.web._forms import Refused
from summitry.web._guard import guard
from summitry.web._limit import Limit
from summitry.web._measured import Told, measured
from summitry.web._session import Sessions
from summitry.web._tries import Tries
from summitry.web.api import PREFIX, api
from summitry.web.engagements import engagements
from summitry.web.entities import entities
from summitry.web.login import login
from summitry.web.pages import lists, views
from summitry.web.records import records
from summitry.web.review import review
from summitry.web.words import history

__all__ = ["app"]

_CODES = {
    UnknownEngagement: 404,
    UnknownParty: 404,
    UnknownEntry: 404,
    BadQuestion: 422,
    ExtraMissing: 501,
    LedgerError: 503,
}


_PAUSE = 0.03
"""Seconds between two steps of the warming up, in which readers go first."""


def app(
    where: str,
    access: Access = Access(),  # noqa: B008 - it is frozen
    rate: float = 50.0,
    told: Told | None = None,
    slack: timedelta = SLACK,
) -> FastAPI:
    """The application over a ledger.

    Args:
        where: The ledger's path or URL; it has to be there.
        access: Who may read and write; without it everybody on this machine reads.
        rate: Questions a second that one address may ask in the long run; 0 sets no limit.
        told: Gets the method, the code and the seconds of each answer.
        slack: How old an answer may be; an editor's own word is never missing from it.
    """
    book = Book(where, slack)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stop = Event()
        thread = Thread(target=_warmed, args=(book, stop), daemon=True)
        thread.start()
        yield
        stop.set()
        thread.join(timeout=10)
        book.close()

    # The interactive documents load scripts from elsewhere, so there are none.
    web = FastAPI(
        title="Summitry",
        description="A forward diary of diplomacy, to read: the same filters on every view.",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
        lifespan=lifespan,
    )
    sessions, tries = Sessions(access), Tries()
    limit = Limit(rate, max(1, int(4 * rate)))
    web.middleware("http")(guard(access, sessions, tries, limit, book.shown_to))
    if told is not None:
        web.middleware("http")(measured(told))
    css = (resources.files("summitry.web") / "static" / "style.css").read_bytes()
    tag = blake2b(css, digest_size=12).hexdigest()
    draw, answers = drawing(f"/style.css?v={tag}", _desk_of(access)), Answers(book.turns)
    for pages in (views, lists, engagements, entities, records):
        web.include_router(pages(book, draw, answers))
    web.include_router(api(book, answers))
    desk = Desk(book, draw, access, sessions, tries)
    for pages_of in (login, review, history):
        web.include_router(pages_of(desk))

    @web.get("/healthz")
    def healthz() -> dict[str, str]:
        book.shelf()
        return {"status": "ok"}

    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, max-age=31536000, immutable"}

    @web.get("/style.css", include_in_schema=False)
    def style() -> Response:
        return Response(css, media_type="text/css", headers=headers)

    def failed(request: Request, error: Exception) -> Response:
        code = next((c for sort, c in _CODES.items() if isinstance(error, sort)), 422)
        code = error.code if isinstance(error, Refused) else code
        words = (
            export.plain(str(error))
            if not isinstance(error, LedgerError)
            else "the ledger cannot be read"
        )
        if isinstance(error, RequestValidationError):
            words = "; ".join(
                f"{export.plain(str(e['loc'][-1]))}: {export.plain(e['msg'])}"
                for e in error.errors()
            )
        if request.url.path.startswith((f"{PREFIX}/", "/healthz")):
            return JSONResponse({"error": words}, code)
        return HTMLResponse(draw("error.html", code=code, words=words), code)

    for sort in (*_CODES, Refused, RequestValidationError):
        web.add_exception_handler(sort, failed)
    return web


def _desk_of(access: Access) -> str:
    """Where the review desk is, if anybody may write."""
    return "" if access.writers is Writers.NOBODY else "/review"


def _warmed(book: Book, stop: Event) -> None:
    """Make today's answers before somebody asks; who asks meanwhile is answered first."""
    with suppress(SummitryError):  # whoever asks is told what is wrong
        book.shelf().warm(summitry.now(), lambda: not stop.wait(_PAUSE))
