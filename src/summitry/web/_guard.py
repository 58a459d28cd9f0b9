"""Who may ask, in which manner, and what a browser may do with the answer."""

from base64 import b64decode
from binascii import Error
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from math import ceil

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

from summitry.web._limit import Limit

__all__ = ["guard"]

Next = Callable[[Request], Awaitable[Response]]

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_HERE = frozenset({"127.0.0.1", "::1", "localhost", "testserver"})
"""Names of this machine. A page elsewhere that resolves its own name to 127.0.0.1 (DNS
rebinding) sends that name, and is refused."""


def guard(token: str, limit: Limit) -> Callable[[Request, Next], Awaitable[Response]]:
    """A middleware that refuses what is not a reader's question.

    Args:
        token: What a visitor has to know; empty asks nothing, but answers this machine only.
        limit: How often one address may ask.
    """

    async def check(request: Request, onward: Next) -> Response:
        wait = limit.wait(request.client.host if request.client else "")
        if wait:
            later = {"Retry-After": str(ceil(wait))}
            answer: Response = PlainTextResponse("too many questions at once\n", 429, later)
        else:
            answer = _refusal(request, token) or await _answered(request, onward)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return check


async def _answered(request: Request, onward: Next) -> Response:
    """The answer; to who asks for its head alone, without the body."""
    if request.method != "HEAD":
        return await onward(request)
    request.scope["method"] = "GET"
    whole = await onward(request)
    headers = {k: v for k, v in whole.headers.items() if k != "content-length"}
    return Response(status_code=whole.status_code, headers=headers)


def _refusal(request: Request, token: str) -> Response | None:
    if request.method not in {"GET", "HEAD"}:
        return PlainTextResponse("to read only\n", 405, {"Allow": "GET, HEAD"})
    if token and not _knows(request.headers.get("authorization", ""), token):
        ask = {"WWW-Authenticate": 'Basic realm="Summitry", charset="UTF-8"'}
        return PlainTextResponse("the token, please\n", 401, ask)
    if not token and (request.url.hostname or "") not in _HERE:
        return PlainTextResponse("served on this machine only\n", 421)
    return None


def _knows(header: str, token: str) -> bool:
    """Whether a header carries the token, as a bearer's or as a password; in constant time."""
    sort, _, given = header.partition(" ")
    word = given.strip().encode("latin-1")  # as the bytes came
    if sort.lower() not in {"basic", "bearer"}:
        return False
    if sort.lower() == "basic":
        try:
            word = b64decode(word, validate=True).partition(b":")[2]
        except Error:
            return False
    return compare_digest(word, token.encode())
