"""Who is signed in: signed cookies, and words that only the own forms can know.

Nothing is kept on the server, so that a restart signs nobody out; another token does.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from summitry.export import plain
from summitry.web._access import HERE, Access, Writers

__all__ = ["Editor", "Sessions", "author", "host"]

_LASTS = 12 * 3600
"""Seconds for which an editor stays signed in: a working day."""
_LONGEST = 60
"""Characters of an author's name."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who may write."""

    author: str
    session: str
    """What forms are tied to, so that one session's form is no use in another."""


class Sessions:
    """Knows editors by what their browsers send."""

    def __init__(self, access: Access) -> None:
        self._access = access
        # Slow on purpose: whoever sees a cookie should not find the token by guessing.
        key = (
            hashlib.scrypt(access.editors.encode(), salt=b"summitry.web", n=2**14, r=8, p=1)
            if access.editors
            else secrets.token_bytes(32)
        )
        self._cookies = _signer(key, "cookie")
        self._forms = _signer(key, "form")

    def editor(self, request: Request) -> Editor | None:
        """The editor who asks; None is a reader."""
        match self._access.writers:
            case Writers.TOKEN:
                return self._signed_in(request)
            case Writers.UPSTREAM:
                name = self.upstream(request)
                return Editor(name, name) if name else None
            case Writers.NOBODY:
                return None

    def upstream(self, request: Request) -> str:
        """The visitor as the upstream names them; empty where it does not, or is no upstream."""
        peer = request.client.host if request.client else ""
        if not self._access.header or peer not in self._access.proxies:
            return ""
        return author(request.headers.get(self._access.header, ""))

    def sign_in(self, request: Request, answer: Response, name: str) -> None:
        """Give the browser what it shows from now on."""
        value = str(self._cookies.dumps([name, secrets.token_hex(8)]))
        secure = _elsewhere(request)
        answer.set_cookie(
            _cookie(request),
            value,
            max_age=_LASTS,
            httponly=True,
            samesite="strict",
            secure=secure,
        )

    def sign_out(self, request: Request, answer: Response) -> None:
        """Take it back."""
        secure = _elsewhere(request)
        answer.delete_cookie(_cookie(request), httponly=True, samesite="strict", secure=secure)

    def word(self, editor: Editor) -> str:
        """What the editor's own forms carry."""
        return str(self._forms.dumps(editor.session))

    def is_word(self, editor: Editor, given: str) -> bool:
        """Whether a form is the editor's own, drawn in this session."""
        return bool(_loaded(self._forms, given) == editor.session)

    def _signed_in(self, request: Request) -> Editor | None:
        match _loaded(self._cookies, request.cookies.get(_cookie(request), "")):
            case [str(name), str(session)]:
                return Editor(name, session)
        return None


def author(given: str) -> str:
    """A name as judgements carry it."""
    return plain(given)[:_LONGEST].strip()


def host(request: Request) -> str:
    """The name under which the page is asked for, without its port; empty where it is none.

    As the header has it: a library that helps itself with another name would let in who sends
    a header that is no name.
    """
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _signer(key: bytes, salt: str) -> URLSafeTimedSerializer:
    digest = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
    return URLSafeTimedSerializer(key, salt=salt, signer_kwargs=digest)


def _loaded(signer: URLSafeTimedSerializer, given: str) -> Any:  # noqa: ANN401 - what was signed
    try:
        return signer.loads(given, max_age=_LASTS)
    except BadSignature:
        return None


def _elsewhere(request: Request) -> bool:
    """Whether the page is asked for over a network, where only TLS keeps a cookie."""
    return host(request) not in HERE


def _cookie(request: Request) -> str:
    # A browser takes a name with this prefix from the host itself only, never a neighbour.
    return "__Host-summitry" if _elsewhere(request) else "summitry"
