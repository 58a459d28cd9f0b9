"""The actor that a name and a title make."""

from dataclasses import dataclass

from summitry.extract._items import Item
from summitry.extract._row import PEOPLE, Row
from summitry.extract._values import Actor, Sort
from summitry.gazetteer import Hit, Name
from summitry.lang import Words

__all__ = ["Title", "homeless", "known_person", "likeliest", "office", "person"]

_RANKS = ("speaker", "foreign", "head", "minister", "envoy")


@dataclass(frozen=True, slots=True)
class Title:
    """The words of an office at characters [start, end), with its state where one stands."""

    start: int
    end: int
    role: str
    """The office as printed, without the state."""
    rank: str
    """Which list of titles it stands in."""


def person(row: Row, item: Item, owner: Name | None, role: str, rank: str) -> Actor:
    """The person of an item.

    Args:
        row: The text.
        item: The person's name.
        owner: The state or body that the title belongs to, where one is named.
        role: The office as printed, or empty.
        rank: Which list of titles it stands in, or empty.
    """
    state = owner.state if owner else None
    known = None
    if item.hit is not None:
        known = likeliest(item.hit, role, row) if state is None else _of(item.hit, state)
    if state is None:
        state = (known.state if known else None) or row.home
    return Actor(
        item.start,
        item.end,
        Sort.PERSON,
        state,
        name=known.name if known else item.text,
        role=role or (known.role if known else None),
        rank=rank,
        wikidata=known.wikidata if known else None,
        past=known is not None and known.past,
        printed=bool(role),
        text=item.text,
    )


def known_person(row: Row, item: Item, best: Name) -> Actor:
    """A known person named without a title, with the office the gazetteer gives."""
    return Actor(
        item.start,
        item.end,
        Sort.PERSON,
        best.state,
        name=best.name,
        role=best.role,
        rank=_rank(best.role or "", row.words),
        wikidata=best.wikidata,
        past=best.past,
        text=item.text,
    )


def likeliest(hit: Hit, role: str, row: Row) -> Name | None:
    """Of several namesakes the one who holds the office named, then the outlet's own."""
    people = [n for n in hit.names if n.kind in PEOPLE]
    if len(people) < 2:
        return people[0] if people else None
    title = role.lower()
    same = [n for n in people if title and (n.role or "").lower().endswith(title)]
    own = [n for n in same or people if n.state == row.home]
    return (own or same or people)[0]


def _of(hit: Hit, state: str) -> Name | None:
    """The candidate of a known name that belongs to the state."""
    return next((n for n in hit.names if n.kind in PEOPLE and n.state == state), None)


def _rank(role: str, words: Words) -> str:
    """Which list of titles the gazetteer's own role stands in."""
    low = role.lower()
    for rank in _RANKS:
        if any(low == t or f" {t} " in f" {low} " for t in words[f"title.{rank}"]):
            return rank
    return "head" if low else ""


def office(row: Row, title: Title, owner: Name | None) -> Actor:
    """An office or officials without a name."""
    sort = Sort.OFFICIALS if title.rank == "official" else Sort.OFFICE
    state = owner.state if owner else row.home
    if owner is None and title.rank == "head":
        state = None  # "the president": the one named before, settled later
    return _unnamed(row, title, sort, state)


def homeless(row: Row, title: Title) -> Actor:
    """An office with neither name nor state: kept as a speaker or official of nobody."""
    sort = Sort.OFFICIALS if title.rank == "official" else Sort.OFFICE
    return _unnamed(row, title, sort, None)


def _unnamed(row: Row, title: Title, sort: Sort, state: str | None) -> Actor:
    """An actor of whom only the office is printed."""
    text = row.text[title.start : title.end]
    return Actor(title.start, title.end, sort, state, role=title.role, rank=title.rank, text=text)
