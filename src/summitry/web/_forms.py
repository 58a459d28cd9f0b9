"""What an editor's forms and the addresses of the queue ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

import summitry
from summitry.export import plain
from summitry.model import Qualm, Verdict
from summitry.settling import settled
from summitry.web._asked import BadQuestion

__all__ = ["SORTS", "Decision", "Refused", "Where", "decision", "fields_of", "inside", "part"]

SORTS = tuple(q.value for q in Qualm)
_PAIRS = {"same": Verdict.SAME, "apart": Verdict.NOT_SAME}
_ALONE = {"approve": Verdict.APPROVE, "hide": Verdict.HIDE, "field": Verdict.FIELD}
_INSIDE = re.compile(r"/(?!/)[!-\[\]-~]*")
"""A path of this page: printable, no second slash at its head, no backslash, which some
browsers take for one."""


class Refused(Exception):  # noqa: N818
    """A form that cannot be followed: the status of the answer, and why in one line."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class Where:
    """Which part of the queue is looked at."""

    as_of: str = ""
    only: str = ""
    about: str = ""
    """Beginning of the id of the one engagement that is asked about; empty for all."""
    start: int = 0

    @property
    def at(self) -> datetime:
        """The instant as of which the diary is reviewed."""
        try:
            return summitry.instant(self.as_of) if self.as_of else summitry.now()
        except (ValueError, OverflowError) as error:
            raise BadQuestion(f"as_of: {plain(str(error))}") from error

    def link(self, **more: str | int) -> str:
        """The address of the queue, with some of it otherwise."""
        here = {"as_of": self.as_of, "only": self.only, "about": self.about, "start": self.start}
        asked = {**here, **more}
        kept = {name: value for name, value in asked.items() if value}
        return f"/review?{urlencode(kept)}" if kept else "/review"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor wants entered."""

    verdict: Verdict
    named: tuple[str, ...]
    """Ids of engagements or mentions."""
    fields: tuple[tuple[str, str], ...] = ()


def part(as_of: str = "", only: str = "", about: str = "", start: str = "0") -> Where:
    """The part of the queue that a URL asks for.

    Raises:
        BadQuestion: Some of it has no meaning.
    """
    if only and only not in SORTS:
        raise BadQuestion(f"only: one of {', '.join(SORTS)}")
    if not (start.isascii() and start.isdecimal() and len(start) < 8):
        raise BadQuestion("start: a number")
    asked = Where(as_of, only, about, int(start))
    _ = asked.at
    return asked


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, which the guard has let in as short.

    Raises:
        Refused: It is none.
    """
    try:
        body = (await request.body()).decode()
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=40))
    except ValueError as error:
        raise Refused(400, "this is no form") from error


def decision(fields: Mapping[str, str]) -> Decision:
    """What a form of an item wants.

    Raises:
        Refused: It names no verdict, nothing that it is about, or a value that is none.
    """
    wish = fields.get("verdict", "")
    pair = (fields.get("one", ""), fields.get("other", ""))
    if wish in _PAIRS and all(pair):
        return Decision(_PAIRS[wish], pair)
    subject = fields.get("about", "")
    if wish not in _ALONE or not subject:
        raise Refused(422, "the form says not what to decide, or about what")
    if wish != "field":
        return Decision(_ALONE[wish], (subject,))
    slot = fields.get("slot", "")
    try:
        value = settled(slot, fields.get("value", ""))
    except ValueError as error:
        raise Refused(422, plain(str(error))) from error
    return Decision(Verdict.FIELD, (subject,), ((slot.strip().lower(), value),))


def inside(path: str) -> str:
    """Where to go on after signing in: a path of this page, or the queue.

    >>> inside("/review?only=twins"), inside("//elsewhere.example"), inside("https://e.example")
    ('/review?only=twins', '/review', '/review')
    """
    return path if _INSIDE.fullmatch(path) else "/review"
