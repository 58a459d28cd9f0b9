"""What editors have said, newest first, each word to be taken back or restored."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from summitry.web._desk import Desk
from summitry.web._forms import Where, part
from summitry.web._queue import taken_back, words
from summitry.web._session import Editor

__all__ = ["history"]

_WORDS = 100
"""Judgements on a page."""


def history(desk: Desk) -> APIRouter:
    """The route of the page, for editors."""
    routes = APIRouter(include_in_schema=False)
    Known = Annotated[Editor, Depends(desk.known)]  # noqa: N806 - a type

    @routes.get("/review/words")
    def said_so_far(editor: Known, start: str = "0") -> Response:
        first = part(start=start).start
        said = desk.book.shelf().standing()
        told = words(said, taken_back(said))
        return desk.page(
            "review_words.html",
            part=Where(),
            words=told[first : first + _WORDS],
            start=first,
            size=_WORDS,
            total=len(told),
            word=desk.sessions.word(editor),
        )

    return routes
