"""Who may ask, in which manner, and what a browser may do with the answer."""

from base64 import b64decode
from binascii import Error
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from math import ceil
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

from summitry.web._access import Access, Writers
from summitry.web._limit import Limit
from summitry.web._session import Sessions, host
from summitry.web._tries import Tries

__all__ = ["address", "guard", "knows"]


Next = Callable[[Request], Awaitable[Response]]

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_WRITING = ("/login", "/logout", "/review")
"""Where something can be posted, when anybody may write."""
_OPEN = frozenset({"/login", "/style.css", "/review.css"})
"""What is shown before anybody is known, so that one can sign in."""
_LONGEST = 65_536
"""Bytes of a form."""


def guard(
    access: Access, sessions: Sessions, tries: Tries, limit: Limit, shown_to: Callable[[str], None]
) -> Callable[[Request, Next], Awaitable[Response]]:
    """A middleware that refuses what is neither a reader's question nor an editor's form.

    Args:
        access: What has been settled.
        sessions: Knows editors.
        tries: Counts wrong tokens.
        limit: How often one address may ask.
        shown_to: Told of each editor who asks, before the answer.
    """

    async def check(request: Request, onward: Next) -> Response:
        wait = limit.wait(address(request))
        if wait:
            later = {"Retry-After": str(ceil(wait))}
            answer: Response = PlainTextResponse("too many questions at once\n", 429, later)
        else:
            if editor := sessions.editor(request):
                shown_to(editor.author)
            answer = _refusal(request, access, sessions, tries) or await _answered(request, onward)
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


def _refusal(
    request: Request, access: Access, sessions: Sessions, tries: Tries
) -> Response | None:
    if not access.answers(host(request)):
        return PlainTextResponse("not served under this name\n", 421)
    if request.method not in {"GET", "HEAD"}:
        refused = _unwritten(request, access)
        if refused:
            return refused
    path = request.url.path
    if access.header:
        known = sessions.upstream(request) or path in _OPEN
        return None if known else PlainTextResponse("sign in upstream\n", 403)
    if access.token and not sessions.editor(request) and not _opens(access, path):
        return _asked_for_token(request, access.token, tries)
    return None


def _opens(access: Access, path: str) -> bool:
    return access.writers is Writers.TOKEN and path in _OPEN


def _unwritten(request: Request, access: Access) -> Response | None:
    """Why what is no question is refused; None where it is a form of this page."""
    here = request.url.path.startswith(_WRITING)
    if request.method != "POST" or not here or access.writers is Writers.NOBODY:
        return PlainTextResponse("to read only\n", 405, {"Allow": "GET, HEAD"})
    origin = request.headers.get("origin", "null")
    # Browsers send "null" where no referrer is sent; then the other header tells.
    foreign = origin != "null" and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return PlainTextResponse("sent from another page\n", 403)
    sort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sort != "application/x-www-form-urlencoded":
        return PlainTextResponse("a form, please\n", 415)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LONGEST:
        return PlainTextResponse("too long, or of unknown length\n", 413)
    return None


def _asked_for_token(request: Request, token: str, tries: Tries) -> Response | None:
    header = request.headers.get("authorization", "")
    wait = tries.wait(address(request))
    if header and wait:
        return PlainTextResponse("too many tries\n", 429, {"Retry-After": str(wait)})
    if _carries(header, token):
        return None
    if header:
        tries.failed(address(request))
    ask = {"WWW-Authenticate": 'Basic realm="Summitry", charset="UTF-8"'}
    return PlainTextResponse("the token, please\n", 401, ask)


def _carries(header: str, token: str) -> bool:
    """Whether a header carries the token, as a bearer's or as a password."""
    sort, _, given = header.partition(" ")
    word = given.strip().encode("latin-1")  # as the bytes came
    if sort.lower() not in {"basic", "bearer"}:
        return False
    if sort.lower() == "basic":
        try:
            word = b64decode(word, validate=True).partition(b":")[2]
        except Error:
            return False
    return knows(word, token)


def knows(given: bytes, token: str) -> bool:
    """Whether a token is the right one, in constant time; an empty one never is."""
    return bool(token) and compare_digest(given, token.encode())


def address(request: Request) -> str:
    """Whose tries are counted."""
    return request.client.host if request.client else ""
