"""What the routes of editors share: the ledger, who is known, and how they answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from summitry.web._access import Access, Writers
from summitry.web._book import Book
from summitry.web._forms import Refused, fields_of
from summitry.web._session import Editor, Sessions
from summitry.web._tries import Tries

__all__ = ["Desk", "Fields"]

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
Fields = Annotated[dict[str, str], Depends(fields_of)]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes stand on."""

    book: Book
    draw: Callable[..., bytes]
    access: Access
    sessions: Sessions
    tries: Tries

    @property
    def by_token(self) -> bool:
        """Whether editors sign in here."""
        return self.access.writers is Writers.TOKEN

    def known(self, request: Request) -> Editor:
        """The editor who asks.

        Raises:
            Refused: It is a reader.
        """
        found = self.sessions.editor(request)
        if found is None:
            raise Refused(401, "sign in first, under /login")
        return found

    def own(self, request: Request, fields: Fields) -> dict[str, str]:
        """The fields of a form that this page drew for this editor.

        Raises:
            Refused: Somebody else's form, or nobody's.
        """
        if not self.sessions.is_word(self.known(request), fields.get("word", "")):
            raise Refused(403, "the form is too old: load the page again, and repeat")
        return fields

    def page(self, template: str, code: int = 200, /, **values: object) -> Response:
        """A drawn page that nobody keeps."""
        text = self.draw(template, ask=None, here="", **values)
        return HTMLResponse(text, code, headers=_HEADERS)

    def onward(self, path: str) -> Response:
        """On to another page of this one, by a question."""
        return RedirectResponse(path, 303, headers=_HEADERS)
