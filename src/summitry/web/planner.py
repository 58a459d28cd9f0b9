"""An endpoint that looks like a forward planner's, so that Superdesk ingests without new code.

An application of its own, on a port of its own, only where it is asked for: the page stays one
that can only be read. Whoever asks gives the user's name and password and gets a token.
"""

import time
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, new
from secrets import token_bytes
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

import summitry
from summitry import export
from summitry.export import Json

__all__ = ["planner"]

_TOKEN, _REFRESH = 3600, 86400
"""Seconds that a token and its renewal are good for."""
_MOST = 2000
"""Items of one answer."""
_FORM = 4096
"""Bytes of a form."""


def planner(where: str, user: str, password: str, base_url: str = "") -> FastAPI:
    """The application over a ledger, announced and above alone.

    Args:
        where: The ledger's path or URL.
        user: Who may ask.
        password: What they have to know; not empty.
        base_url: Where the pages are.

    Raises:
        ValueError: The password is empty.
    """
    if not password:
        raise ValueError("a forward planner without a password")
    web = FastAPI(title="Summitry", docs_url=None, redoc_url=None, openapi_url=None)
    key = token_bytes(32)

    def items() -> list[dict[str, Json]]:
        with summitry.open_ledger(where) as ledger:
            full = summitry.diary(ledger, summitry.now())
        return list(export.planner_items(full, base_url))

    def tokens() -> Response:
        now = int(time.time())
        given = {
            "token": _token(key, "token", now + _TOKEN),
            "refreshToken": _token(key, "refresh", now + _REFRESH),
            "productId": 1,
        }
        return JSONResponse(given)

    def knows(request: Request) -> bool:
        sort, _, word = request.headers.get("authorization", "").partition(" ")
        return sort.lower() == "bearer" and _good(key, "token", word.strip())

    @web.post("/api/v2/auth")
    async def auth(request: Request) -> Response:
        form = await _form(request)
        name = compare_digest(form.get("username", "").encode(), user.encode())
        word = compare_digest(form.get("password", "").encode(), password.encode())
        return tokens() if name and word else _refused()

    @web.post("/api/v2/auth/renew")
    async def renew(request: Request) -> Response:
        form = await _form(request)
        good = _good(key, "refresh", form.get("refreshToken", ""))
        return tokens() if good else _refused()

    @web.get("/api/v2/events/date")
    def on_day(request: Request, date: str, limit: int = _MOST, offset: int = 0) -> Response:
        if not knows(request):
            return _refused()
        day = _instant(date, "0000")
        if not day:
            return JSONResponse({"error": "date: YYYYMMDD"}, 422)
        found = [i for i in items() if str(i["startDate"]).startswith(day[:10])]
        return _page(found, limit, offset)

    @web.get("/api/v2/events/latest")
    def latest(
        request: Request, date: str, time: str = "0000", limit: int = _MOST, offset: int = 0
    ) -> Response:
        if not knows(request):
            return _refused()
        since = _instant(date, time)
        if not since:
            return JSONResponse({"error": "date: YYYYMMDD, time: HHMM"}, 422)
        found = [i for i in items() if str(i["lastEditDateUtc"]) >= since]
        return _page(found, limit, offset)

    return web


def _page(found: list[dict[str, Json]], limit: int, offset: int) -> Response:
    first = max(offset, 0)
    return JSONResponse(found[first : first + max(0, min(limit, _MOST))])


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; those of one that is too long are none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _FORM:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    return {name: values[0] for name, values in fields.items()}


def _instant(day: str, clock: str) -> str:
    """``YYYYMMDD`` and ``HHMM`` in ISO 8601; empty where they are none."""
    try:
        return datetime.strptime(f"{day}{clock}", "%Y%m%d%H%M").isoformat()  # noqa: DTZ007
    except ValueError:
        return ""


def _token(key: bytes, sort: str, until: int) -> str:
    mark = new(key, f"{sort}.{until}".encode(), sha256).hexdigest()
    return f"{until}.{mark}"


def _good(key: bytes, sort: str, token: str) -> bool:
    """Whether a token is ours, of this sort, and not over."""
    until = token.partition(".")[0]
    if not (until.isascii() and until.isdecimal() and len(until) < 12):
        return False
    fits = compare_digest(token.encode(), _token(key, sort, int(until)).encode())
    return fits and int(until) > time.time()


def _refused() -> Response:
    return JSONResponse({"error": "not allowed"}, 401, {"WWW-Authenticate": "Bearer"})
