"""Who takes part, where only the words of an entry say so?"""

import re
from collections.abc import Iterator
from datetime import date

from summitry.gazetteer import NameKind, find
from summitry.model import Part, Party, Place, Sentence, Side

__all__ = ["located", "named", "spelled", "spoken_for"]

_PEOPLE = {NameKind.PERSON, NameKind.SURNAME}
_STATES = {
    *(NameKind.STATE, NameKind.DEMONYM, NameKind.INSTITUTION),
    *(NameKind.ORGANISATION, NameKind.GROUP),
}
_SPELLED = re.compile(
    r"(?:Visit|Bilateral|Summit|Multilateral|Ministerial|Call|Negotiation round): "
)
_NAMED = re.compile(r"(?P<person>.+?) \((?P<state>[^()]+)\)(?P<mediating>, mediating)?")
_COMMA = re.compile(r", (?!mediating\b)")


def named(text: str, day: date | None) -> tuple[Party, ...]:
    """The persons and states that a text names, in their order, each state once.

    Towns are places and no parties. A state that a named person stands for is not named twice.

    Args:
        text: Title and description of an entry.
        day: When the entry was published, which decides between people of one name.
    """
    people: dict[str | None, Party] = {}
    states: dict[str, Party] = {}
    for hit in find(text, day):
        best = hit.best
        if best.kind in _PEOPLE and best.state:
            people.setdefault(best.state, Party(best.name, best.state, best.role, best.wikidata))
        elif best.kind in _STATES and best.state:
            states.setdefault(best.state, Party(None, best.state))
    order = dict.fromkeys([*people, *states])
    return tuple(people.get(code) or states[str(code)] for code in order)


def spelled(title: str, cell: Sentence) -> tuple[Side, ...]:
    """The sides of a title such as ours, "Visit: Anna Berg (Sweden) → Norway"; else none."""
    head = _SPELLED.match(title)
    return tuple(_spelled(title[head.end() :], cell)) if head else ()


def _spelled(sides: str, cell: Sentence) -> Iterator[Side]:
    for group in sides.split(" · "):
        guests, arrow, hosts = group.partition(" → ")
        parts = ((guests, Part.VISITOR), (hosts, Part.HOST)) if arrow else ((group, None),)
        for names, part in parts:
            for name in _COMMA.split(names):
                known = _NAMED.fullmatch(name.strip())
                mediating = bool(known and known["mediating"])
                yield Side(
                    person=known["person"] if known else "",
                    state=known["state"] if known else name.strip(),
                    part=Part.MEDIATOR if mediating else part,
                    cell=cell,
                )


def spoken_for(publisher: str) -> str:
    """The state or organisation whose office publishes a calendar; empty where it is none.

    A name with no state in it, or with several, is nobody's office.
    """
    states = {
        hit.best.state
        for hit in find(publisher, None)
        if hit.best.kind in _STATES | {NameKind.CAPITAL} and hit.best.state
    }
    return str(states.pop()) if len(states) == 1 and _OFFICE.search(publisher) else ""


_OFFICE = re.compile(
    r"\b(?:office|ministry|minister|president|presidency|chancellery|chancellor|government|cabinet"
    r"|palace|crown|king|queen|department|secretary|secretariat|commission|council|parliament"
    r"|kremlin|white house|official|foreign affairs|mfa|embassy)\b",
    re.IGNORECASE,
)
"""Words for those who plan their own engagements; a newspaper's calendar has none of them."""


def located(text: str) -> Place:
    """The place that a field names: its town, else its state, else the words themselves.

    >>> located("Oslo City Hall, Norway")
    Place(name='Oslo', state='NO')
    """
    places = [hit.best for hit in find(text, None) if hit.best.kind in _PLACES]
    towns = [name for name in places if name.kind is not NameKind.STATE]
    best = next(iter(towns or places), None)
    return Place(best.name, best.state) if best else Place(text, None)


_PLACES = {NameKind.CITY, NameKind.CAPITAL, NameKind.REGION, NameKind.STATE}
