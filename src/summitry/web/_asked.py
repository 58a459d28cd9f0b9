"""What a URL asks: two instants, which part of the diary, and where its page begins."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query

import summitry
from summitry.model import Kind, Status, View
from summitry.web._filters import LEAST, given, view
from summitry.web._typed import BadQuestion, instant, number

__all__ = ["Asked", "BadQuestion", "Question", "addressed", "cursor", "instant", "shown"]

_KINDS = ", ".join(kind.value for kind in Kind)
_STATUSES = ", ".join(str(status.value) for status in Status)
_LEAST = ", ".join(LEAST)
_LIMIT = 500
"""The most entries of one answer."""
Words = tuple[str, ...]
"""A filter, as often as it stands in the URL."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was understood."""

    as_of: datetime
    named: bool
    """Whether the URL named the instant; otherwise it is now."""
    known_at: datetime | None = None
    filters: View = field(default_factory=View)
    """Which part of the diary; its clocks are those above."""
    since: datetime | None = None
    """What came after it is marked as new."""
    after: tuple[str, ...] = ()
    """The key of the last entry of the page before; empty for the first page."""
    limit: int = 100

    @property
    def instant(self) -> str:
        """The instant as the URL has it: a date alone where it is 00:00 UTC."""
        return shown(self.as_of)

    @property
    def clocks(self) -> dict[str, str]:
        """The two instants as a URL has them; now is not named."""
        as_of = {"as_of": self.instant} if self.named else {}
        known = {"known_at": shown(self.known_at)} if self.known_at else {}
        return as_of | known

    def link(self, path: str, **more: str) -> str:
        """The address of another page at the same instants."""
        return addressed(path, self.clocks | more)

    def view(self, path: str, **more: str) -> str:
        """The address of this part of the diary in another form; an empty word asks nothing."""
        return addressed(path, self.clocks | self.given | more)

    @property
    def given(self) -> dict[str, str]:
        """The filters that ask something, as a URL has them."""
        return given(self.filters)

    @property
    def said(self) -> str:
        """The filters that ask something, as a person reads them."""
        bare = ("who", "state", "kind", "topic", "status", "track", "words")
        said = self.given | ({"leaders": ""} if self.filters.leaders else {})
        words = (v if name in bare else f"{name} {v}".strip() for name, v in said.items())
        return " · ".join(words).replace("_", " ").replace(",", ", ")

    @property
    def since_word(self) -> dict[str, str]:
        """The instant since which things are new, as a URL has it."""
        return {"since": shown(self.since)} if self.since else {}


def addressed(path: str, query: dict[str, str]) -> str:
    """A path with its query; what is empty is left out."""
    kept = urlencode({name: value for name, value in query.items() if value}, quote_via=quote)
    return f"{path}?{kept}" if kept else path


def shown(instant: datetime) -> str:
    """An instant as a URL has it."""
    return instant.isoformat().removesuffix("T00:00:00+00:00")


def question(  # noqa: PLR0913, PLR0917 (one for each parameter of the URL)
    as_of: Annotated[str, Query(max_length=40, description="The instant asked about")] = "",
    known_at: Annotated[str, Query(max_length=40, description="What we held by then")] = "",
    who: Annotated[Words, Query(description="Persons, states; all take part")] = (),
    state: Annotated[Words, Query(description="Codes, names, groups; all take part")] = (),
    kind: Annotated[Words, Query(description=f"Any of {_KINDS}")] = (),
    status: Annotated[Words, Query(description=f"Any of {_STATUSES}")] = (),
    topic: Annotated[Words, Query(description="Words of the agenda, Media Topics; any")] = (),
    certainty: Annotated[Words, Query(description=f"At least {_LEAST}")] = (),
    sources: Annotated[Words, Query(description="At least so many")] = (),
    start: Annotated[Words, Query(description="First day", alias="from")] = (),
    end: Annotated[Words, Query(description="Day after the last one", alias="to")] = (),
    leaders: Annotated[Words, Query(description="yes: a leader takes part")] = (),
    track: Annotated[Words, Query(description="A track's id")] = (),
    words: Annotated[Words, Query(description="All stand in the entry or its evidence")] = (),
    since: Annotated[str, Query(max_length=40, description="What is new since")] = "",
    after: Annotated[str, Query(max_length=400, description="The cursor of a page")] = "",
    limit: Annotated[str, Query(max_length=4, description=f"1 to {_LIMIT}")] = "",
) -> Asked:
    """The question of a URL.

    Raises:
        BadQuestion: A part of it has no meaning.
    """
    said = {
        **{"who": who, "state": state, "kind": kind, "topic": topic, "status": status},
        **{"certainty": certainty, "sources": sources, "from": start, "to": end},
        **{"leaders": leaders, "track": track, "words": words},
    }
    return Asked(
        as_of=instant("as_of", as_of) if as_of else summitry.now().replace(microsecond=0),
        named=bool(as_of),
        known_at=instant("known_at", known_at) if known_at else None,
        filters=view(said),
        since=instant("since", since) if since else None,
        after=_cursor(after),
        limit=number("limit", limit or "100", 1, _LIMIT),
    )


Question = Annotated[Asked, Depends(question)]


def cursor(key: tuple[str, ...]) -> str:
    """A key as the URL has it."""
    return urlsafe_b64encode("\x1f".join(key).encode()).decode().rstrip("=")


def _cursor(text: str) -> tuple[str, ...]:
    """The key of a cursor.

    Raises:
        BadQuestion: It was not given out here.
    """
    if not text:
        return ()
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        raw = b64decode(padded, altchars=b"-_", validate=True)
        return tuple(raw.decode().split("\x1f"))
    except (Error, UnicodeError) as error:
        raise BadQuestion("after: the cursor of an earlier answer") from error
