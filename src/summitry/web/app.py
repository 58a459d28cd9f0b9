"""The application: who may ask, which pages there are, and what an error looks like."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import blake2b
from importlib import resources

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse

from summitry import export
from summitry.errors import ExtraMissing, LedgerError, UnknownEngagement, UnknownParty
from summitry.web._answers import Answers
from summitry.web._asked import BadQuestion
from summitry.web._book import Book
from summitry.web._draw import drawing
from summitry.web._guard import guard
from summitry.web._limit import Limit
from summitry.web.api import PREFIX, api
from summitry.web.entities import entities
from summitry.web.pages import views

__all__ = ["app"]

_CODES = {
    UnknownEngagement: 404,
    UnknownParty: 404,
    BadQuestion: 422,
    ExtraMissing: 501,
    LedgerError: 503,
}


def app(where: str, token: str = "", rate: float = 50.0) -> FastAPI:
    """The application over a ledger.

    Args:
        where: The ledger's path or URL; it has to be there.
        token: What a visitor has to know; empty asks nothing and answers this machine only.
        rate: Questions a second that one address may ask in the long run; 0 sets no limit.
    """
    book = Book(where)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
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
    web.middleware("http")(guard(token, Limit(rate, max(1, int(4 * rate)))))
    draw, answers = drawing(), Answers()
    for pages in (views(book, draw, answers), entities(book, draw, answers), api(book, answers)):
        web.include_router(pages)

    @web.get("/healthz")
    def healthz() -> dict[str, str]:
        book.shelf()
        return {"status": "ok"}

    css = (resources.files("summitry.web") / "static" / "style.css").read_bytes()
    headers = {
        "ETag": f'"{blake2b(css, digest_size=12).hexdigest()}"',
        "Cache-Control": "private, max-age=3600",
    }

    @web.get("/style.css", include_in_schema=False)
    def style() -> Response:
        return Response(css, media_type="text/css", headers=headers)

    def failed(request: Request, error: Exception) -> Response:
        code = next((c for sort, c in _CODES.items() if isinstance(error, sort)), 422)
        words = export.plain(str(error)) if code != 503 else "the ledger cannot be read"
        if isinstance(error, RequestValidationError):
            words = "; ".join(
                f"{export.plain(str(e['loc'][-1]))}: {export.plain(e['msg'])}"
                for e in error.errors()
            )
        if request.url.path.startswith((f"{PREFIX}/", "/healthz")):
            return JSONResponse({"error": words}, code)
        return HTMLResponse(draw("error.html", code=code, words=words), code)

    for sort in (*_CODES, RequestValidationError):
        web.add_exception_handler(sort, failed)
    return web
