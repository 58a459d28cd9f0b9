"""The pages and the interface: which URL answers what."""

from collections.abc import Callable
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

import summitry
from summitry import export
from summitry.errors import LedgerError, UnknownEngagement, UnknownEntry
from summitry.gazetteer import tracks
from summitry.model import Deadline, Kind, Status
from summitry.web._access import Access
from summitry.web._asked import Asked, BadQuestion, asked, matching
from summitry.web._desk import Desk
from summitry.web._forms import Refused
from summitry.web._guard import guard
from summitry.web._session import Sessions
from summitry.web._shown import fields
from summitry.web._tries import Tries
from summitry.web.login import login
from summitry.web.review import review
from summitry.web.words import history

__all__ = ["app"]

_API = "/api/v1"
_PROBLEM: dict[str, Any] = {
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {"error": {"type": "string"}},
                "required": ["error"],
            }
        }
    }
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    404: {"description": "Nothing of that name", **_PROBLEM},
    422: {"description": "A part of the address has no meaning", **_PROBLEM},
    503: {"description": "The ledger cannot be read", **_PROBLEM},
}


def question(
    as_of: str = "", state: str = "", kind: str = "", status: str = "", q: str = ""
) -> Asked:
    """What the URL asks; the parameters of every page of the diary."""
    return asked(as_of, state, kind, status, q)


Question = Annotated[Asked, Depends(question)]


def app(where: str, access: Access = Access()) -> FastAPI:  # noqa: B008 - it is frozen
    """The application over a ledger, which each request opens for itself.

    Args:
        where: The ledger's path or URL; it has to be there.
        access: Who may read and write; without it everybody on this machine reads.
    """
    # The interactive documents load scripts from elsewhere, so there are none.
    web = FastAPI(
        title="Summitry", docs_url=None, redoc_url=None, openapi_url=f"{_API}/openapi.json"
    )
    sessions, tries = Sessions(access), Tries()
    web.middleware("http")(guard(access, sessions, tries))
    draw = _drawing()

    def ledger() -> summitry.Ledger:
        if "://" not in where and not Path(where).exists():
            raise LedgerError("the ledger is gone")
        return summitry.open_ledger(where)

    desk = Desk(ledger, draw, access, sessions, tries)
    web.include_router(login(desk))
    web.include_router(review(desk))
    web.include_router(history(desk))

    @web.get("/", response_class=HTMLResponse, include_in_schema=False)
    def agenda(ask: Question) -> str:
        with ledger() as book:
            page = summitry.page(book, ask.as_of)
        shown = matching(page, ask)
        return draw(
            "agenda.html", ask=ask, full=page, diary=shown, lanes=list(export.lanes(shown))
        )

    @web.get("/e/{engagement}", response_class=HTMLResponse, include_in_schema=False)
    def one(engagement: str, ask: Question) -> str:
        with ledger() as book:
            found, full = _found(book, engagement, ask)
            reports = summitry.reports_of(book, full, found)
        return draw("engagement.html", ask=ask, e=found, fields=list(fields(found, reports)))

    @web.get(f"{_API}/diary", responses=_RESPONSES)
    def diary(ask: Question, request: Request) -> Response:
        with ledger() as book:
            body = export.diary_json(matching(summitry.page(book, ask.as_of), ask))
        answer = JSONResponse(body)
        tag = f'"{blake2b(bytes(answer.body), digest_size=12).hexdigest()}"'
        if tag in request.headers.get("if-none-match", ""):
            answer = Response(status_code=304)  # type: ignore[assignment]
        answer.headers.update({"ETag": tag, "Cache-Control": "private, no-cache"})
        return answer

    @web.get(f"{_API}/engagements/{{engagement}}", responses=_RESPONSES)
    def engagement(engagement: str, ask: Question) -> JSONResponse:
        with ledger() as book:
            return JSONResponse(export.engagement_json(_found(book, engagement, ask)[0]))

    @web.get("/healthz", responses={503: _RESPONSES[503]})
    def healthz() -> dict[str, str]:
        ledger().__exit__(None, None, None)
        return {"status": "ok"}

    @web.get("/style.css", include_in_schema=False)
    def style() -> Response:
        text = (resources.files("summitry.web") / "static" / "style.css").read_bytes()
        return Response(text, media_type="text/css")

    def failed(request: Request, error: Exception) -> Response:
        known = {UnknownEngagement: 404, UnknownEntry: 404, BadQuestion: 422}
        code = error.code if isinstance(error, Refused) else known.get(type(error), 503)
        words = (
            export.plain(str(error))
            if not isinstance(error, LedgerError)
            else "the ledger cannot be read"
        )
        if request.url.path.startswith((_API, "/healthz")):
            return JSONResponse({"error": words}, code)
        return HTMLResponse(draw("error.html", code=code, words=words), code)

    for sort in (UnknownEngagement, UnknownEntry, BadQuestion, Refused, LedgerError):
        web.add_exception_handler(sort, failed)
    return web


def _found(
    book: summitry.Ledger, prefix: str, ask: Asked
) -> tuple[summitry.Engagement, summitry.Diary]:
    """An engagement and its diary; the page first, since the whole diary takes longer."""
    page = summitry.page(book, ask.as_of)
    try:
        found = summitry.find(page, prefix)
        full = page
    except UnknownEngagement:
        full = summitry.diary(book, ask.as_of)
        found = summitry.find(full, prefix)
    if len(found) > 1:
        raise BadQuestion(f"{len(found)} engagements begin with {export.plain(prefix)}")
    return found[0], full


def _drawing() -> Callable[..., str]:
    env = Environment(
        loader=PackageLoader("summitry.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        day=export.day,
        place=export.place,
        plain=export.plain,
        said=export.said,
        sides=export.sides,
        state=export.state,
        stretch=export.stretch,
        words=export.value_words,
    )
    env.globals.update(
        kinds=[k.value for k in Kind],
        statuses=[str(s.value) for s in Status],
        shapes={s: shape for s, (shape, _) in export.SHAPES.items()},
        tracks=tracks(),
        is_due=lambda entry: isinstance(entry, Deadline),
    )

    def draw(name: str, **values: object) -> str:
        return env.get_template(name).render(**values)

    return draw
