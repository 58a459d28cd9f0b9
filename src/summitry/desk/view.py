"""Which part of a diary is asked for?"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date

from summitry.desk._named import one
from summitry.desk._who import leads, same
from summitry.errors import UnknownParty
from summitry.gazetteer import fold, members, states
from summitry.model import CERTAINTIES, Diary, Engagement, Precision, Status, View, When

__all__ = ["viewed"]

_OFF = (Status.POSTPONED, Status.CANCELLED)
_DATED = frozenset({"states", "track", "start", "end"})
"""The filters that mean something to a deadline; any other leaves all deadlines out."""

_Test = Callable[[Engagement], bool]


def viewed(diary: Diary, view: View) -> Diary:
    """The part of a diary that a view asks for, in the diary's order.

    The clocks of the view are the door's: the diary is as of them already.

    Raises:
        UnknownParty: A word of ``who`` or ``states`` names nobody.
    """
    if not view.narrows:
        return diary
    asked = [_seats(word, diary) for word in view.states]
    tests = [*_parties(diary, view, asked), *_fields(view)]
    kept = tuple(e for e in diary if all(test(e) for test in tests))
    due = tuple(
        d
        for d in diary.deadlines
        if view.narrows <= _DATED
        and all(seats & set(d.parties) for seats in asked)
        and view.track in {"", d.track}
        and _meets(d.when, view)
    )
    return replace(diary, engagements=kept, deadlines=due)


def _parties(diary: Diary, view: View, asked: list[frozenset[str]]) -> Iterator[_Test]:
    """The filters of who takes part."""
    for word in view.who:
        yield _takes_part(word, diary)
    for seats in asked:
        yield _seated(seats)
    if view.leaders:
        day = _day(diary)
        yield lambda e: any(leads(p.value, day) for p in e.parties)


def _fields(view: View) -> Iterator[_Test]:
    """The filters of everything else."""
    if view.kinds:
        yield lambda e: e.kind.value in view.kinds
    if view.status:
        yield lambda e: e.status.value in view.status
    if view.certainty:
        enough = (*CERTAINTIES[CERTAINTIES.index(view.certainty) :], *_OFF)
        yield lambda e: e.status.value in enough
    if view.sources:
        yield lambda e: e.independent_sources >= view.sources
    if view.start or view.end:
        yield lambda e: e.when is not None and _meets(e.when.value, view)
    if view.track:
        yield lambda e: e.track == view.track
    if view.topics:
        yield lambda e: any(
            fold(asked) in fold(t.value.topic) or asked == t.value.medtop
            for t in e.agenda
            for asked in view.topics
        )
    if view.words:
        words = [fold(word) for word in view.words]
        yield lambda e: _holds(e, words)


def _takes_part(word: str, diary: Diary) -> _Test:
    """Whether somebody takes part: a person by name or Wikidata id, or a state.

    Raises:
        UnknownParty: The word names nobody.
    """
    if word[:1] in {"Q", "q"} and word[1:].isdigit():
        return lambda e: any(p.value.wikidata == word.upper() for p in e.parties)
    who = one(word, diary)
    if not who.name:
        return lambda e: who.state in e.states
    return lambda e: any(same(who, p.value) for p in e.parties)


def _seats(word: str, diary: Diary) -> frozenset[str]:
    """The codes of a state, of an organisation, or of a group and its members.

    Raises:
        UnknownParty: It is none.
    """
    known = {fold(code): code for e in diary for code in e.states}
    known |= {fold(code): code for code in states()}
    if group := members(word, _day(diary)):
        return group | {known.get(fold(word), word.upper())}
    party = one(word, diary)
    if party.name or not party.state:
        raise UnknownParty(word)
    return frozenset({party.state})


def _seated(seats: frozenset[str]) -> _Test:
    return lambda e: bool(seats & e.states)


def _day(diary: Diary) -> date:
    return diary.as_of.astimezone(UTC).date()


def _meets(when: When, view: View) -> bool:
    """Whether a day of the interval lies in the window of a view, which may be open."""
    if view.start is None and view.end is None:
        return True
    return when.overlaps(When(view.start, view.end, Precision.OPEN))


def _holds(e: Engagement, words: list[str]) -> bool:
    """Whether all words stand in an engagement or in the sentences behind it."""
    text = fold("\n".join(_texts(e)))
    return all(word in text for word in words)


def _texts(e: Engagement) -> Iterator[str]:
    for party in e.parties:
        land = states().get(party.value.state or "")
        yield from (party.value.name or "", party.value.state or "", land.name if land else "")
    if e.place:
        land = states().get(e.place.value.state or "")
        yield from (e.place.value.name, land.name if land else "")
    yield e.kind.value.value.replace("_", " ")
    yield from (t.value.topic for t in e.agenda)
    every = (e.status, e.kind, e.when, e.place, *e.parties, *e.agenda)
    said = (claim for field in every if field for claim in (*field.by, *field.against))
    yield from dict.fromkeys(claim.sentence.text for claim in said)
