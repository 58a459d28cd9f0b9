"""The pages of one engagement: all that is known, the words behind it, and the brief."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from summitry import desk, export, pipeline
from summitry.errors import UnknownEngagement
from summitry.model import Brief, Diary, Report
from summitry.shelf import Shelf
from summitry.web._answers import Answers
from summitry.web._asked import Asked, BadQuestion, Question, cursor
from summitry.web._book import Book
from summitry.web._formats import FORMATS
from summitry.web._ladder import ladder
from summitry.web._paged import page
from summitry.web._shown import evidence, fields
from summitry.web.pages import settled

__all__ = ["engagements"]

_HTML = "text/html; charset=utf-8"
_SHOWN = 4
"""Sentences of a field on the engagement's own page; the rest has a page of its own."""
_MANY = 60
"""Engagements of the same sides up to which their words are gone through for the page."""
_MEDIA = {
    **{ending: form.media for ending, form in FORMATS.items()},
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}
"""By the ending of an engagement's address: its formats, and the brief in two of its own."""
Draw = Callable[..., bytes]


def engagements(book: Book, draw: Draw, answers: Answers) -> APIRouter:
    """The pages."""
    web = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @web.get("/e/{engagement}/brief")
    def brief(engagement: str, question: Question) -> Response:
        shelf = book.shelf()
        ask, _ = settled(shelf, question)
        sheet, reports = _brief(shelf, engagement, ask)
        text = export.brief_html(sheet, reports)
        # The sheet carries its style in itself: the policy lets in that style and no other.
        styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        digests = (b64encode(sha256(style.encode()).digest()).decode() for style in styles)
        allowed = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
        policy = (
            f"default-src 'none'; style-src {allowed}; form-action 'none'; base-uri 'none'; "
            "frame-ancestors 'none'"
        )
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return HTMLResponse(text, headers=headers)

    @web.get("/e/{engagement}/why/{field}")
    def why(engagement: str, field: str, request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def make() -> bytes:
            e = shelf.one(engagement, ask.as_of, ask.known_at)
            found = next((f for f in fields(e) if field in (f.key, f.name.lower())), None)
            if found is None:
                raise UnknownEngagement(f"{engagement}/why/{field}")
            numbered = [(f"{n:06}", c, against) for n, (c, against) in enumerate(found.claims)]
            shown, end = page(numbered, lambda item: (item[0],), ask.after, min(ask.limit, 25))
            reports = shelf.reports(_at(ask), e)
            return draw(
                "why.html",
                ask=ask,
                e=e,
                field=found,
                evidence=[evidence(c, against, reports) for _, c, against in shown],
                more=cursor(end) if end else "",
                here=f"/e/{e.id}/why/{field}",
            )

        return answers.give(request, state, _HTML, make)

    @web.get("/e/{engagement}.{ending}")
    def file(engagement: str, ending: str, request: Request, question: Question) -> Response:
        shelf = book.shelf()
        ask, state = settled(shelf, question)

        def drawn() -> bytes:
            if ending in FORMATS:
                part, base = _alone(shelf, engagement, ask), _base(request)
                return FORMATS[ending].write(part, base, f"{base}{engagement}.{ending}")
            sheet = _brief(shelf, engagement, ask)
            return export.brief_pdf(*sheet) if ending == "pdf" else _markdown(*sheet)

        if ending not in _MEDIA:
            raise BadQuestion(f"no format {ending!r}: one of {', '.join(_MEDIA)}")
        answer = answers.give(request, state, _MEDIA[ending], drawn)
        answer.headers["Content-Disposition"] = f'inline; filename="summitry.{ending}"'
        return answer

    @web.get("/e/{engagement}")
    def one(
        engagement: str,
        request: Request,
        question: Question,
        step: Annotated[str, Query(max_length=6)] = "",
    ) -> Response:
        shelf = book.shelf()
        if step:
            days = _days(shelf.moments(engagement))
            if not (step.isascii() and step.isdigit() and 1 <= int(step) <= max(len(days), 1)):
                raise BadQuestion(f"step: a number from 1 to {len(days)}")
            chosen = days[int(step) - 1 : int(step)] or [question.as_of]
            there = replace(question, as_of=chosen[0], named=True)
            return RedirectResponse(there.link(request.url.path), 303)
        ask, state = settled(shelf, question)

        def make() -> bytes:
            days = _days(shelf.moments(engagement))
            if days and days[0] > ask.as_of:
                return draw("notyet.html", ask=ask, days=days, here=request.url.path)
            return _engagement_page(shelf, engagement, ask, draw, days, _base(request))

        return answers.give(request, state, _HTML, make)

    return web


def _engagement_page(
    shelf: Shelf, engagement: str, ask: Asked, draw: Draw, days: list[datetime], base: str
) -> bytes:
    """The page of one engagement, with the words behind each of its fields."""
    e = shelf.one(engagement, ask.as_of, ask.known_at)
    readings = shelf.readings(_at(ask), [e])
    reports = {mention: reading.report for mention, reading in readings.items()}
    steps = pipeline.ladder(e, {r.report.id: r for r in readings.values()}.values())
    full = shelf.page(ask.as_of, ask.known_at)
    codes = sorted(e.states)
    among = shelf.among(codes, ask.as_of, ask.known_at) if len(codes) > 1 else full
    mine = shelf.readings(among, among) if len(among.engagements) <= _MANY else {}
    past = desk.history(among, desk.sides(e), mine)
    shown = [
        (f, [evidence(c, against, reports) for c, against in f.claims[:_SHOWN]]) for f in fields(e)
    ]
    return draw(
        "engagement.html",
        ask=ask,
        e=e,
        fields=shown,
        steps=steps,
        ladder=ladder(e, steps, readings, ask.as_of),
        reports=reports,
        agenda=desk.agenda(e),
        past=past,
        figures=list(export.past_words(past)),
        clashes=shelf.clashes(e, ask.as_of, ask.known_at),
        days=days,
        step=sum(day <= ask.as_of for day in days),
        base=base,
        here=f"/e/{e.id}",
    )


def _brief(shelf: Shelf, engagement: str, ask: Asked) -> tuple[Brief, dict[str, Report]]:
    """The sheet of an engagement, from the page and from all that its sides had before."""
    e = shelf.one(engagement, ask.as_of, ask.known_at)
    full = shelf.page(ask.as_of, ask.known_at)
    codes = sorted(e.states)
    among = shelf.among(codes, ask.as_of, ask.known_at) if len(codes) > 1 else full
    both = {x.id: x for x in (*full, *among, e)}
    every = pipeline.bound(both.values(), ask.as_of, ask.known_at)
    readings = shelf.readings(every, [*among, e])
    sheet = desk.brief(every, e, readings)
    return sheet, {mention: reading.report for mention, reading in readings.items()}


def _markdown(sheet: Brief, reports: Mapping[str, Report]) -> bytes:
    return export.brief_markdown(sheet, reports).encode()


def _alone(shelf: Shelf, engagement: str, ask: Asked) -> Diary:
    return Diary(ask.as_of, ask.known_at, (shelf.one(engagement, ask.as_of, ask.known_at),))


def _at(ask: Asked) -> Diary:
    """An empty diary of the instants asked about, where only these matter."""
    return Diary(ask.as_of, ask.known_at, ())


def _base(request: Request) -> str:
    return f"{request.base_url}e/"


def _days(moments: Iterable[datetime]) -> list[datetime]:
    """The last moment of each day on which there was one."""
    last: dict[date, datetime] = {}
    for at in moments:
        last[at.astimezone(UTC).date()] = at
    return list(last.values())
