"""The one party that a word at the door means."""

from datetime import UTC

from summitry.errors import UnknownParty
from summitry.gazetteer import NameKind, find, fold, people, states
from summitry.model import Diary, Party

__all__ = ["one"]

_SEATS = frozenset({NameKind.STATE, NameKind.INSTITUTION, NameKind.ORGANISATION, NameKind.GROUP})


def one(word: str, diary: Diary) -> Party:
    """One party.

    Raises:
        UnknownParty: The word names nobody.
    """
    codes = {code for e in diary for code in e.states} | set(states())
    by_fold = {fold(code): code for code in sorted(codes)}
    if fold(word) in by_fold:
        return Party(None, by_fold[fold(word)])
    for known in states().values():
        if fold(word) in {fold(name) for name in (known.name, *known.aliases)}:
            return Party(None, known.code)
    wanted = fold(word).split()
    seen = [p.value for e in diary for p in e.parties if p.value.name]
    for party in seen:
        words = fold(party.name or "").split()
        if wanted and (wanted == words or wanted == words[-1:]):
            return Party(party.name, party.state, party.role, party.wikidata)
    day = diary.as_of.astimezone(UTC).date()
    for person in people(word, day):
        term = person.term(day)
        state, title = (term.state, term.title) if term else (None, None)
        return Party(person.name, state, title, person.wikidata)
    for hit in find(word, day):
        if hit.best.kind in _SEATS and hit.best.state:
            return Party(None, hit.best.state)
    raise UnknownParty(word)
