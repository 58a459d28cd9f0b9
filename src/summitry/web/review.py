"""The review desk: what is doubtful, and an editor's word on it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from importlib import resources
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

import summitry
from summitry.errors import LedgerError, UnknownEngagement, UnknownEntry
from summitry.judging import Signature, about, judge, judgements, undo
from summitry.model import Doubt, Engagement, Judgement, Qualm
from summitry.settling import SETTLED
from summitry.shelf import Shelf
from summitry.web._desk import Desk
from summitry.web._forms import SORTS, Decision, Refused, Where, decision, part
from summitry.web._queue import Word, items, state_of, taken_back, words
from summitry.web._session import Editor

__all__ = ["review"]

_PAGE = 12
"""Items on a page."""
_UNSTORED = "nothing was stored: go back, and repeat"
Asked = Annotated[Where, Depends(part)]


def review(desk: Desk) -> APIRouter:
    """The routes of the review desk."""
    routes = APIRouter(include_in_schema=False)
    Known = Annotated[Editor, Depends(desk.known)]  # noqa: N806 - a type
    Own = Annotated[dict[str, str], Depends(desk.own)]  # noqa: N806

    @routes.get("/review")
    def queue(
        ask: Asked, request: Request, done: str = "", theirs: str = "", moved: str = ""
    ) -> Response:
        editor = desk.sessions.editor(request)
        if editor is None and desk.by_token:
            return desk.onward(f"/login?{urlencode({'next': ask.link()})}")
        if editor is None:
            return desk.page("review_off.html", 404)
        with desk.book.turns.taken():
            return _queue(desk, ask, editor, (done, theirs, moved))

    @routes.post("/review/judge")
    def enter(fields: Own, editor: Known) -> Response:
        ask, wish = _part(fields), decision(fields)
        by = Signature(editor.author, summitry.now())
        with desk.book.turns.taken():
            made, before, told = _entered(desk, ask.at, wish, by)
        expected = {*fields.get("seen", "").split("."), *(j.id for j in made)}
        theirs = [j for j in told if j.id not in expected and j.author != editor.author]
        moved = fields.get("state", "") not in ("", state_of({e.id: e for e in before}.values()))
        place = fields.get("at", "")
        there = f"#i{place}" if place.isascii() and place.isdecimal() else ""
        return desk.onward(_back(ask, made, theirs, "1" if moved else "") + there)

    @routes.post("/review/undo")
    def take_back(fields: Own, editor: Known) -> Response:
        ident, ask = fields.get("judgement", ""), _part(fields)
        book = desk.book.ledger()
        if ident not in {j.id for j in judgements(book)}:
            raise UnknownEntry("judgement", ident, ())
        try:
            made = undo(book, ident, Signature(editor.author, summitry.now()))
        except LedgerError as error:
            raise Refused(503, _UNSTORED) from error
        desk.book.written(editor.author)
        return desk.onward(_back(ask, [made], [], ""))

    _assets(routes)
    return routes


def _entered(
    desk: Desk, at: datetime, wish: Decision, by: Signature
) -> tuple[tuple[Judgement, ...], list[Engagement], tuple[Judgement, ...]]:
    """What was entered, the engagements as they were before, and all that was said of them.

    Raises:
        Refused: It could not be stored.
    """
    shelf, book = desk.book.shelf(), desk.book.ledger()
    page = _named_alone(shelf, at, wish.named)
    before = [e for i in wish.named for e in _found(page, i)]
    try:
        made = judge(book, page, wish.verdict, wish.named, by, wish.fields)
    except LedgerError as error:
        raise Refused(503, _UNSTORED) from error
    desk.book.written(by.author)
    # Read after writing: of two who write at once, one at least sees both.
    mentions = {m for e in before for _, _, m in e.mentions} | set(made[0].mentions)
    return made, before, about(shelf.standing(), mentions)


def _queue(desk: Desk, ask: Where, editor: Editor, told: tuple[str, str, str]) -> Response:
    """The page of the queue.

    Args:
        desk: What the routes stand on.
        ask: The part of the queue.
        editor: Who asks.
        told: What the address says of the last word: what was entered, what others had, and
            whether reports had come meanwhile.
    """
    shelf, at = desk.book.shelf(), ask.at
    page = _with(shelf, at, [ask.about] if ask.about else [])
    every = _about(ask, page, shelf.doubts(at))
    kept = [d for d in every if ask.only in ("", d.qualm.value)]
    shown = kept[ask.start : ask.start + _PAGE]
    wanted = {i for d in shown for i in (d.engagement, d.other)}
    readings = shelf.readings(page, [e for e in page if e.id in wanted])
    said = shelf.standing()
    back = taken_back(said)
    return desk.page(
        "review.html",
        part=ask,
        items=list(items(shown, page, readings, said, back)),
        counts={s: sum(d.qualm.value == s for d in every) for s in SORTS},
        total=len(kept),
        size=_PAGE,
        editor=editor,
        word=desk.sessions.word(editor),
        done=_named(said, told[0], back),
        theirs=_named(said, told[1], back),
        moved=told[2],
        settled=SETTLED,
        by_token=desk.by_token,
    )


def _assets(routes: APIRouter) -> None:
    """How it looks, and its keys."""

    @routes.get("/review.css")
    def style() -> Response:
        return Response(_static("review.css"), media_type="text/css")

    @routes.get("/review.js")
    def script() -> Response:
        return Response(_static("review.js"), media_type="text/javascript")


def _part(fields: dict[str, str]) -> Where:
    there = fields.get("as_of", ""), fields.get("only", ""), fields.get("of", "")
    return part(*there, fields.get("start") or "0")


def _with(shelf: Shelf, at: datetime, named: Iterable[str]) -> summitry.Diary:
    """The page, and what is named and not on it; what is in no diary is left to who asks."""
    page, more = shelf.page(at), list[Engagement]()
    for ident in named:
        if not _found(page, ident):
            with suppress(UnknownEngagement):
                more.append(shelf.one(ident, at))
    return replace(page, engagements=(*page.engagements, *more))


def _named_alone(shelf: Shelf, at: datetime, named: Iterable[str]) -> summitry.Diary:
    """What is named, and nothing else; what is in no diary is left to who asks."""
    found: dict[str, Engagement] = {}
    for ident in named:
        with suppress(UnknownEngagement):
            one = shelf.one(ident, at)
            found[one.id] = one
    return summitry.Diary(at, None, tuple(found.values()))


def _about(ask: Where, page: summitry.Diary, every: Sequence[Doubt]) -> Sequence[Doubt]:
    """The doubts about one engagement, where one is asked about; without any, it as it stands.

    Raises:
        UnknownEngagement: It is not in the diary.
    """
    if not ask.about:
        return every
    ids = {e.id for e in summitry.find(page, ask.about)}
    own = [d for d in every if not ids.isdisjoint((d.engagement, d.other))]
    return own or [Doubt(Qualm.UNSEEN, ident) for ident in sorted(ids)]


def _found(page: summitry.Diary, ident: str) -> tuple[Engagement, ...]:
    try:
        return summitry.find(page, ident)
    except UnknownEngagement:
        return ()


def _named(said: Sequence[Judgement], idents: str, back: Mapping[str, str]) -> tuple[Word, ...]:
    """The judgements whose ids an address names, as lines; an undoing as what it undid."""
    wanted = set(idents.split("."))
    wanted |= {m for j in said if j.id in wanted for m in j.mentions}
    return words((j for j in said if j.id in wanted), back)


def _back(ask: Where, made: Iterable[Judgement], theirs: Iterable[Judgement], moved: str) -> str:
    """The address of the queue that says what was entered."""
    return ask.link(done=_ids(made), theirs=_ids(theirs), moved=moved)


def _ids(said: Iterable[Judgement]) -> str:
    return ".".join([j.id for j in said][-20:])


def _static(name: str) -> bytes:
    return (resources.files("summitry.web") / "static" / name).read_bytes()
