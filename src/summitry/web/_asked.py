"""What a URL asks: an instant, and which part of the diary."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

import summitry
from summitry.export import place, plain, sides, value_words
from summitry.model import Engagement, Kind, Status

__all__ = ["Asked", "BadQuestion", "asked", "matching"]


class BadQuestion(ValueError):  # noqa: N818
    """A part of the URL has no meaning; says which and what would have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was understood; empty words ask nothing."""

    as_of: datetime
    state: str = ""
    kind: str = ""
    status: str = ""
    q: str = ""

    def link(self, path: str) -> str:
        """The address of a page at the same instant."""
        return f"{path}?{urlencode({'as_of': self.instant})}"

    @property
    def instant(self) -> str:
        """The instant as the URL has it: a date alone where it is 00:00 UTC."""
        return self.as_of.isoformat().removesuffix("T00:00:00+00:00")

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.state or self.kind or self.status or self.q)


def asked(as_of: str, state: str, kind: str, status: str, q: str) -> Asked:
    """The question of a URL.

    Raises:
        BadQuestion: The instant, kind or status is none.
    """
    try:
        at = summitry.instant(as_of) if as_of else summitry.now().replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise BadQuestion(f"as_of: {plain(str(error))}") from error
    for name, given, known in (
        ("kind", kind, [k.value for k in Kind]),
        ("status", status, [str(s.value) for s in Status]),
    ):
        if given and given not in known:
            raise BadQuestion(f"{name}: one of {', '.join(known)}")
    return Asked(at, plain(state), kind, status, plain(q))


def matching(diary: summitry.Diary, question: Asked) -> summitry.Diary:
    """The part of a diary that a question asks for; a filter of engagements drops deadlines."""
    kept = tuple(e for e in diary if _fits(e, question))
    due = tuple(
        d
        for d in diary.deadlines
        if not (question.kind or question.status or question.q)
        and (not question.state or question.state in d.parties)
    )
    return replace(diary, engagements=kept, deadlines=due)


def _fits(e: Engagement, question: Asked) -> bool:
    return (
        (not question.state or question.state in e.states)
        and question.kind in {"", e.kind.value.value}
        and question.status in {"", e.status.value.value}
        and all(word in _text(e) for word in question.q.casefold().split())
    )


def _text(e: Engagement) -> str:
    """The words of an engagement that a search looks at."""
    where = place(e.place.value) if e.place else ""
    topics = (t.value.topic for t in e.agenda)
    parts = (sides(p.value for p in e.parties), where, value_words(e.kind.value), *topics)
    return " ".join(parts).casefold()
