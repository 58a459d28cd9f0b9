"""Which part of a diary is asked for? The filters of every view, and what passes them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC

from summitry import desk
from summitry.errors import UnknownParty
from summitry.export import place, sides, value_words
from summitry.gazetteer import fold, members, states
from summitry.model import Diary, Engagement, Kind, Status

__all__ = ["LEAST", "Filters", "matching"]

_OFF = (Status.POSTPONED, Status.CANCELLED)
"""What was put or called off stays whatever is asked for, so that who had it hears of it."""
_LADDER = (
    Status.FLOATED,
    Status.IN_PREPARATION,
    Status.ANNOUNCED,
    Status.CONFIRMED,
    Status.HELD,
)
LEAST = {str(s.value): frozenset((*_LADDER[n:], *_OFF)) for n, s in enumerate(_LADDER[:4])}
"""What is at least so certain; a denied plan is nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a diary is asked for; what is empty asks nothing, and all have to be met."""

    who: str = ""
    """A person, or a state or organisation; several with commas, all of which take part."""
    state: str = ""
    """States, organisations or groups (G20: any of its members), by code or name, likewise."""
    kind: str = ""
    status: str = ""
    topic: str = ""
    certainty: str = ""
    """The least status."""
    sources: int = 0
    """The fewest independent sources."""
    level: str = ""
    """``leaders``: somebody who leads a state or its government takes part."""
    track: str = ""
    q: str = ""
    """Words, all of which stand in the entry or in a sentence behind it."""

    @property
    def given(self) -> dict[str, str]:
        """The filters that ask something, as the URL has them."""
        every = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in every.items() if value}


def matching(diary: Diary, filters: Filters) -> Diary:
    """The part of a diary that passes; deadlines pass by state and track alone.

    Raises:
        UnknownParty: A word of ``who`` or ``state`` names nobody.
    """
    if not filters.given:
        return diary
    tests = list(_tests(diary, filters))
    kept = tuple(e for e in diary if all(test(e) for test in tests))
    asked = [_seats(word, diary) for word in _listed(filters.state)]
    due = tuple(
        d
        for d in diary.deadlines
        if filters.given.keys() <= {"state", "track"}
        and all(seats & set(d.parties) for seats in asked)
        and filters.track in {"", d.track}
    )
    return replace(diary, engagements=kept, deadlines=due)


def _tests(diary: Diary, f: Filters) -> Iterator[Callable[[Engagement], bool]]:
    for word in _listed(f.who):
        yield _takes_part(word, diary)
    for word in _listed(f.state):
        yield _seated(_seats(word, diary))
    if f.kind:
        yield lambda e: e.kind.value is Kind(f.kind)
    if f.status:
        yield lambda e: str(e.status.value.value) == f.status
    if f.certainty:
        yield lambda e: e.status.value in LEAST[f.certainty]
    if f.sources:
        yield lambda e: e.independent_sources >= f.sources
    if f.track:
        yield lambda e: e.track == f.track
    if f.topic:
        yield lambda e: any(_about(f.topic, t.value.topic, t.value.medtop) for t in e.agenda)
    if f.level:
        day = diary.as_of.astimezone(UTC).date()
        yield lambda e: any(desk.leads(p.value, day) for p in e.parties)
    if f.q:
        words = f.q.casefold().split()
        yield lambda e: _holds(e, words)


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _takes_part(word: str, diary: Diary) -> Callable[[Engagement], bool]:
    """Whether somebody takes part: a person by name or Wikidata id, or a state.

    Raises:
        UnknownParty: The word names nobody.
    """
    if word[:1] in "Qq" and word[1:].isdigit():
        return lambda e: any(p.value.wikidata == word.upper() for p in e.parties)
    who = desk.asked([word], diary)[0]
    if not who.name:
        return lambda e: who.state in e.states
    return lambda e: any(desk.same(who, p.value) for p in e.parties)


def _seats(word: str, diary: Diary) -> frozenset[str]:
    """The codes of a state, of an organisation, or of a group and its members.

    Raises:
        UnknownParty: It is none.
    """
    day = diary.as_of.astimezone(UTC).date()
    known = {fold(code): code for e in diary for code in e.states}
    known |= {fold(code): code for code in states()}
    if group := members(word, day):
        return group | {known.get(fold(word), word.upper())}
    if fold(word) in known:
        return frozenset({known[fold(word)]})
    party = desk.asked([word], diary)[0]
    if party.name or not party.state:
        raise UnknownParty(word)
    return frozenset({party.state})


def _seated(seats: frozenset[str]) -> Callable[[Engagement], bool]:
    return lambda e: bool(seats & e.states)


def _about(asked: str, topic: str, medtop: str | None) -> bool:
    return fold(asked) in fold(topic) or asked == medtop


def _holds(e: Engagement, words: Iterable[str]) -> bool:
    """Whether all words stand in what is shown of an engagement, or in its evidence."""
    text = "\n".join(_texts(e)).casefold()
    return all(word in text for word in words)


def _texts(e: Engagement) -> Iterator[str]:
    yield sides(p.value for p in e.parties)
    yield place(e.place.value) if e.place else ""
    yield value_words(e.kind.value)
    yield from (t.value.topic for t in e.agenda)
    every = (e.status, e.kind, e.when, e.place, *e.parties, *e.agenda)
    said = (claim for field in every if field for claim in (*field.by, *field.against))
    yield from dict.fromkeys(claim.sentence.text for claim in said)
