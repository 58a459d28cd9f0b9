"""What a URL asks: two instants, which part of the diary, and where its page begins."""

import re
from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query

import summitry
from summitry.export import plain
from summitry.model import Kind, Status
from summitry.web._filters import LEAST, Filters

__all__ = ["Asked", "BadQuestion", "Question", "addressed", "cursor", "instant", "shown"]

_KINDS = [k.value for k in Kind]
_STATUSES = [str(s.value) for s in Status]
_CHOICES = {
    "kind": _KINDS,
    "status": _STATUSES,
    "certainty": list(LEAST),
    "level": ["leaders"],
}
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_NOTATIONS = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d.%m.%Y")
_LIMIT = 500
"""The most entries of one answer."""


class BadQuestion(ValueError):  # noqa: N818
    """A part of the URL has no meaning; says which and what would have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was understood."""

    as_of: datetime
    named: bool
    """Whether the URL named the instant; otherwise it is now."""
    known_at: datetime | None = None
    filters: Filters = field(default_factory=Filters)
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
        return addressed(path, self.clocks | self.filters.given | more)

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


def instant(name: str, text: str) -> datetime:
    """The instant that a person typed: ISO 8601, ``12 Feb 2024``, ``yesterday``.

    Raises:
        BadQuestion: It is none.
    """
    words = plain(text).replace(",", " ")
    now = summitry.now().replace(microsecond=0)
    if words.casefold() in _DAYS:
        midnight = now.replace(hour=0, minute=0, second=0)
        return midnight + timedelta(days=_DAYS[words.casefold()])
    for notation in _NOTATIONS:
        try:
            words = datetime.strptime(words, notation).replace(tzinfo=UTC).isoformat()
            break
        except ValueError:
            continue
    # A plus sign that was not escaped arrives as a space.
    words = re.sub(r"(T\d\d:\d\d[\d:.]*) (\d\d:\d\d)$", r"\1+\2", words)
    try:
        return summitry.instant(words).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        wanted = "a date such as 2024-02-12, 12 Feb 2024 or yesterday"
        raise BadQuestion(f"{name}: {plain(str(error))}; {wanted}") from error


def question(  # noqa: PLR0913, PLR0917 (one for each parameter of the URL)
    as_of: Annotated[str, Query(max_length=40, description="The instant asked about")] = "",
    known_at: Annotated[str, Query(max_length=40, description="What we held by then")] = "",
    who: Annotated[str, Query(max_length=200, description=Filters.__doc__)] = "",
    state: Annotated[str, Query(max_length=200, description="Codes, names, groups")] = "",
    kind: Annotated[str, Query(max_length=40, description=", ".join(_KINDS))] = "",
    status: Annotated[str, Query(max_length=40, description=", ".join(_STATUSES))] = "",
    topic: Annotated[str, Query(max_length=100)] = "",
    certainty: Annotated[str, Query(max_length=40, description="At least: floated …")] = "",
    sources: Annotated[str, Query(max_length=4, description="At least so many")] = "",
    level: Annotated[str, Query(max_length=40, description="leaders")] = "",
    track: Annotated[str, Query(max_length=60, description="A track's id")] = "",
    q: Annotated[str, Query(max_length=200, description="Words, all of them")] = "",
    since: Annotated[str, Query(max_length=40, description="What is new since")] = "",
    after: Annotated[str, Query(max_length=400, description="The cursor of a page")] = "",
    limit: Annotated[str, Query(max_length=4, description=f"1 to {_LIMIT}")] = "",
) -> Asked:
    """The question of a URL.

    Raises:
        BadQuestion: A part of it has no meaning.
    """
    words = {"kind": kind, "status": status, "certainty": certainty, "level": level}
    for name, given in words.items():
        if given and given not in _CHOICES[name]:
            raise BadQuestion(f"{name}: one of {', '.join(_CHOICES[name])}")
    filters = Filters(
        who=plain(who),
        state=plain(state),
        topic=plain(topic),
        track=plain(track),
        q=plain(q),
        sources=_number("sources", sources, 0, 999),
        **words,
    )
    return Asked(
        as_of=instant("as_of", as_of) if as_of else summitry.now().replace(microsecond=0),
        named=bool(as_of),
        known_at=instant("known_at", known_at) if known_at else None,
        filters=filters,
        since=instant("since", since) if since else None,
        after=_cursor(after),
        limit=_number("limit", limit or "100", 1, _LIMIT),
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


def _number(name: str, text: str, least: int, most: int) -> int:
    """A number in a range; an empty text is the least.

    Raises:
        BadQuestion: It is none.
    """
    if not text:
        return least
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise BadQuestion(f"{name}: a number from {least} to {most}")
    return int(text)
