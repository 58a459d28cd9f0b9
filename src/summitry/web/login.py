"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from summitry.web._desk import Desk, Fields
from summitry.web._forms import inside
from summitry.web._guard import address, knows
from summitry.web._session import author

__all__ = ["login"]


def login(desk: Desk) -> APIRouter:
    """The routes by which an editor comes and goes."""
    routes = APIRouter(include_in_schema=False)
    free = not desk.access.token

    @routes.get("/login")
    def door(request: Request, next: str = "") -> Response:  # noqa: A002 - as URLs say
        if not desk.by_token:
            return desk.page("review_off.html", 404)
        if desk.sessions.editor(request):
            return desk.onward(inside(next))
        return desk.page("login.html", next=inside(next), author="", wrong="", free=free)

    @routes.post("/login")
    def sign_in(request: Request, fields: Fields) -> Response:
        name, onward = author(fields.get("name", "")), inside(fields.get("next", ""))
        wait = desk.tries.wait(address(request))
        right = knows(fields.get("token", "").strip().encode(), desk.access.editors)
        if name and right and not wait:
            answer = desk.onward(onward)
            desk.sessions.sign_in(request, answer, name)
            return answer
        if wait:
            wrong, code = f"Too many tries: wait {wait} seconds.", 429
        elif right:
            wrong, code = "Who are you? Judgements carry your name.", 422
        else:
            desk.tries.failed(address(request))
            wrong, code = "This is not the token.", 401
        answer = desk.page("login.html", code, next=onward, author=name, wrong=wrong, free=free)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer

    @routes.post("/logout")
    def sign_out(request: Request, _: Annotated[object, Depends(desk.own)]) -> Response:
        answer = desk.onward("/")
        desk.sessions.sign_out(request, answer)
        return answer

    return routes
