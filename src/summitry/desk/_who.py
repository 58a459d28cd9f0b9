"""Is this the person or the state that is meant?"""

from collections.abc import Iterable
from datetime import date

from summitry.gazetteer import Office, fold, holders, people, states
from summitry.model import Engagement, Kind, Part, Party, Source

__all__ = ["involved", "key", "leader", "leads", "same", "speaks_for"]

_TOP = (Office.HEAD_OF_GOVERNMENT, Office.HEAD_OF_STATE, Office.LEADER)
_HIGH = frozenset({Kind.VISIT, Kind.SUMMIT, Kind.BILATERAL, Kind.MULTILATERAL})
"""Kinds to which a state that is named without a person may send whoever leads it."""


def key(party: Party) -> tuple[str, str]:
    """State and last word of the name: what two spellings of one person share.

    >>> key(Party("Recep Tayyip Erdoğan", "TR")) == key(Party("Erdogan", "TR"))
    True
    """
    words = fold(party.name or "").split()
    return (party.state or "", words[-1] if words else "")


def same(a: Party, b: Party) -> bool:
    """Whether two names are one person's."""
    if not a.name or not b.name:
        return False
    if a.wikidata and b.wikidata:
        return a.wikidata == b.wikidata
    if key(a) != key(b):
        return False
    ours, theirs = set(fold(a.name).split()), set(fold(b.name).split())
    return ours <= theirs or theirs <= ours


def speaks_for(source: Source, parties: Iterable[Party]) -> str:
    """The side of a source: as attributed, else that of the party of its name; or empty."""
    if source.state:
        return source.state
    last = key(Party(source.name, None))[1]
    return next((p.state or "" for p in parties if p.name and key(p)[1] == last), "")


def leader(state: str, day: date) -> Party | None:
    """Whoever usually travels for a state on a day; None where the tables name nobody.

    Of head of state and head of government it is the one whose title the state's table gives.
    """
    known = states().get(state)
    title = known.executive if known else ""
    for office in _TOP:
        for person in holders(state, office, day):
            titles = [t.title for t in person.terms if t.state == state and t.covers(day)]
            if title and any(title in fold(t) for t in titles):
                return Party(person.name, state, title, person.wikidata)
    return None


def leads(party: Party, day: date) -> bool:
    """Whether a party is head of its state, government or organisation on a day."""
    if not party.name or not party.state:
        return False
    found = [p for p in people(party.name, day) if p.wikidata == party.wikidata]
    return any(
        t.office in _TOP and t.state == party.state and t.covers(day)
        for person in found[:1]
        for t in person.terms
    )


def involved(who: Party, engagement: Engagement, day: date) -> bool:
    """Whether an engagement takes the time of a person, or of a state's leader.

    A state is represented by whoever leads it on the day, or by nobody named in a meeting of
    the sort that leaders hold; a minister's trip leaves its leader free, and so does a call. A
    visit takes the host's time only where the host is named.
    """
    if engagement.kind.value is Kind.CALL:
        return False
    parties = [p.value for p in engagement.parties]
    if who.name:
        return any(same(who, p) for p in parties)
    ours = [p for p in parties if p.state == who.state]
    if any(p.name for p in ours):
        return any(leads(p, day) for p in ours)
    hosting = all(p.part is Part.HOST for p in ours) and engagement.kind.value is Kind.VISIT
    return bool(ours) and engagement.kind.value in _HIGH and not hosting
