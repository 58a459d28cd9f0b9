"""Who and what is named in a report: persons, offices, states, institutions, places.

Names come from the gazetteer; a title and a state make a person out of any other name
("Malta's Foreign Minister Joe Borg"); a surname or a bare office later in the text is the
person named before.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from summitry.extract._items import Item, items
from summitry.extract._naming import find
from summitry.extract._persons import Title, homeless, known_person, likeliest, office, person
from summitry.extract._recall import recalled
from summitry.extract._row import (
    PEOPLE,
    Row,
    full_name,
    headlined,
    name_after,
    of_states,
    owners,
    skipped,
)
from summitry.extract._values import Actor, Sort
from summitry.gazetteer import Name, NameKind, states
from summitry.lang import Words

__all__ = ["actors", "home"]

_SORTS = {
    NameKind.STATE: Sort.STATE,
    NameKind.DEMONYM: Sort.DEMONYM,
    NameKind.CAPITAL: Sort.CAPITAL,
    NameKind.CITY: Sort.CITY,
    NameKind.REGION: Sort.CITY,
    NameKind.INSTITUTION: Sort.INSTITUTION,
    NameKind.ORGANISATION: Sort.ORGANISATION,
    NameKind.GROUP: Sort.GROUP,
}
# Lists of titles, the weightiest first: "Vice President and Foreign Minister" is a head.
_WEIGHT = ("kin", "speaker", "head", "foreign", "minister", "envoy", "peer", "official")
# Those that without a state are of nobody known; a bare head is somebody named before.
_OF_NOBODY = {"official", "speaker", "envoy", "minister", "peer", "kin"}
# Ranks of those whom a leader sends.
_GIVEN = {"foreign", "minister", "envoy"}
# Those who are somebody's, and speak for nobody.
_KIN = "kin"


def home(outlet: str, place: str, words: Words) -> str | None:
    """The state that an unmarked "foreign minister" belongs to: the dateline's or the outlet's."""
    for text in (outlet, place.title()):
        for hit in find(text, None, words):
            name = hit.names[0]
            if name.kind not in PEOPLE and name.state in states():
                return name.state
    return None


def actors(text: str, day: date | None, words: Words, home: str | None) -> tuple[Actor, ...]:
    """Everybody and every place that the text names, in order, none overlapping.

    Args:
        text: The report's text; offsets count its characters.
        day: The day it was published: offices are held at a date.
        words: The pack of its language.
        home: State of an office that stands without one, or None.
    """
    row = Row(items(text, find(text, day, words), words), text, words, home)
    row = replace(row, strangers=_strangers(row))
    return tuple(recalled(tuple(_walk(row)), row))


def _walk(row: Row) -> Iterator[Actor]:
    """Actors by the first pattern that fits, from left to right."""
    leading = row.words["title.between"] | row.words["title.former"]
    k = 0
    while k < len(row.items):
        if _idle(row.items[k], leading):
            k += 1
            continue
        for pattern in (_titled, _of_person, _owned_name, _apposed, _bare):
            built, after = pattern(row, k)
            if after > k:
                yield from built
                k = after
                break
        else:
            k += 1


def _idle(item: Item, leading: frozenset[str]) -> bool:
    """Whether no actor begins with an item, as with nearly every word of a text."""
    if item.kind != "word":
        return item.kind == "mark"
    return item.text.lower() not in leading


def _titled(row: Row, k: int) -> tuple[list[Actor], int]:
    """[state] title(s) [name] [of state]: the commonest way to name an office-holder."""
    first = row.items[k]
    if row.says(k, "title.former") and row.owns(k + 1):
        built, after = _titled(row, k + 1)  # "former British prime minister"
        return [replace(actor, former=True) for actor in built], after if built else k
    of, j = owners(row, k)
    former, j = skipped(row, j)
    title = row.titled(j)
    if title is None or (not of and former and j > k and first.kind != "word"):
        return [], k
    rank, end, j = _run(row, title, j)
    more, after = of_states(row, j)
    role = title.text if more or end == title.end else row.text[title.start : end]
    if more:
        of, j, end = more, after, row.items[after - 1].end
    start = min(first.start, title.start)
    named = Title(start, end, role, rank)
    if rank == _KIN and not of and row.says(j, "title.of"):
        relatives, after = _titled(row, j + 1)
        relatives, after = (relatives, after) if relatives else _bare(row, j + 1)
        if relatives and relatives[0].sort is Sort.PERSON:
            kin = office(row, named, None)
            return [replace(kin, end=relatives[0].end, state=relatives[0].state)], after
    if len(of) > 1:
        return [office(row, named, owner) for owner in of], j
    if rank == "official" and row.says(k - 1, "title.comparing"):
        return [], j  # "the first EU official to visit Belarus"
    holder = name_after(row, j) if not title.possessive else None
    if holder is not None and rank != "official" and not _elsewhere(holder[0], of):
        item, after = holder
        if not of:
            of, after = of_states(row, after)
        actor = person(row, item, of[0] if of else None, role, rank)
        theirs, later = _theirs(row, actor, item, after)
        if theirs is not None:
            return [replace(theirs, start=start)], later
        return [replace(actor, start=start, former=actor.former or former)], after
    if not of and holder is None and rank in _OF_NOBODY:
        return [homeless(row, named)], j
    made = office(row, named, of[0] if of else None)
    return [replace(made, former=former)], j


def _elsewhere(item: Item, of: list[Name]) -> bool:
    """Whether a known full name is of another state than the title before it.

    Summaries run on without a stop: "the visit of the Israeli prime minister Rishi Sunak will".
    """
    known = item.hit.names if item.hit is not None else ()
    full = bool(known) and all(n.kind is NameKind.PERSON for n in known) and " " in item.text
    theirs = {n.state for n in known}
    return full and bool(of) and theirs.isdisjoint(n.state for n in of)


def _of_person(row: Row, k: int) -> tuple[list[Actor], int]:
    """ "Putin's foreign minister": somebody of his state, not he."""
    item = row.items[k]
    if item.hit is None or item.hit.names[0].kind not in PEOPLE:
        return [], k
    best = likeliest(item.hit, "", row) or item.hit.names[0]
    theirs, after = _theirs(row, known_person(row, item, best), item, k + 1)
    return ([theirs], after) if theirs is not None else ([], k)


def _theirs(row: Row, whose: Actor, item: Item, j: int) -> tuple[Actor | None, int]:
    """Who is named by the office that somebody gave him: "the president's national adviser".

    Not a spokesman: the words that he carries are the other's. A headline drops the mark:
    "Biden secretary of state", but only a head has a minister.
    """
    former, at = skipped(row, j)
    title = row.titled(at)
    if title is None or not whose.state:
        return None, j
    if title.rank not in {*_GIVEN, _KIN} and title.text.lower() not in row.words["title.staff"]:
        return None, j
    beside = row.text[item.end : title.start] == " "
    sent = whose.rank == "head" and title.rank in _GIVEN and title.text.islower() and beside
    if not item.possessive and not sent:
        return None, j
    rank, end, at = _run(row, title, at)
    holder = name_after(row, at) if not title.possessive else None
    if holder is not None:
        named, at = holder
        actor = person(row, named, None, row.text[title.start : end], rank)
    else:
        actor = office(row, Title(title.start, end, row.text[title.start : end], rank), None)
    state = actor.state if actor.wikidata else whose.state
    return replace(actor, start=item.start, state=state, former=former or actor.former), at


def _run(row: Row, title: Item, j: int) -> tuple[str, int, int]:
    """Titles in a row, as "Deputy Prime Minister and Foreign Minister".

    Returns:
        The weightiest rank, the character after the last one, and the index after it.
    """
    rank, end = title.rank, title.end
    j += 1
    while (following := row.titled(j)) is not None and not title.possessive:
        if rank == "official" and following.rank != "official":
            # "G7 leaders Prime Minister X of Y": the second title begins a name of its own.
            break
        rank, end = _weightier(rank, following.rank), following.end
        j += 1
    if row.says(j, "title.and") and (following := row.titled(j + 1)) is not None:
        return _weightier(rank, following.rank), following.end, j + 2
    return rank, end, j


def _weightier(first: str, second: str) -> str:
    """The rank that counts of two that one person holds."""
    return min(first, second, key=_WEIGHT.index)


def _owned_name(row: Row, k: int) -> tuple[list[Actor], int]:
    """ "Egypt's Badr Abdelatty", "India's S Jaishankar": a state and a name it owns."""
    first, second, owner = row.items[k], row.at(k + 1), row.owns(k)
    if second is None or not first.possessive or owner is None or owner.kind is NameKind.DEMONYM:
        return [], k
    if second.kind == "title" or (second.kind == "word" and not row.says(k + 1, "title.mister")):
        return [], k
    named = name_after(row, k + 1)
    if named is None:
        return [], k
    item, after = named
    actor = person(row, item, owner, "", "head" if item.hit else "")
    if item.hit is None and " " not in actor.text:
        return [], k
    return [replace(actor, start=first.start)], after


def _apposed(row: Row, k: int) -> tuple[list[Actor], int]:
    """ "Ivo Sanader, the Croatian prime minister": the title after the name."""
    item = row.items[k]
    if not full_name(item) or item.possessive:
        return [], k
    if row.says(k + 1, "title.belongs"):
        plain = item.kind == "name" and not headlined(row.text, item.start)
        return _of_state(row, k) if plain else ([], k)
    if not row.marks(k + 1, ",("):
        return [], k
    j = k + 2
    if row.says(j, "title.article"):
        j += 1
    of, j = owners(row, j)
    former, j = skipped(row, j)
    title = row.titled(j)
    if title is None:
        return [], k
    rank, end, j = title.rank, title.end, j + 1
    while (following := row.titled(j)) is not None:
        rank, end, j = _weightier(rank, following.rank), following.end, j + 1
    role = title.text if end == title.end else row.text[title.start : end]
    more, after = of_states(row, j)
    if more:
        of, j = more[:1], after
    # "The former chief executive of Exxon" may be anything now.
    elsewhere = not of and row.says(j, "title.of")
    actor = person(row, item, of[0] if of else None, role, rank)
    return [replace(actor, former=former and not elsewhere)], j


def _of_state(row: Row, k: int) -> tuple[list[Actor], int]:
    """ "Maros Sefcovic of the European Commission"."""
    states, after = of_states(row, k + 1)
    if len(states) != 1:
        return [], k
    return [person(row, row.items[k], states[0], "", "")], after


def _bare(row: Row, k: int) -> tuple[list[Actor], int]:
    """A known name on its own."""
    item = row.items[k]
    if item.hit is None:
        return [], k
    best = item.hit.names[0]
    if best.kind is NameKind.ORGANISATION and (
        row.says(k + 1, "title.attribute") or _national(row, k)
    ):
        return [], k  # "NATO member Poland", "the Russian Security Council"
    if best.kind in PEOPLE:
        if _part_of_other_name(row, k):
            return [], k
        person = known_person(row, item, likeliest(item.hit, "", row) or best)
        if person.rank != "head" and row.strangers.get(item.text, k) < k:
            return [], k  # "Rep. Devin Nunes … Nunes": not the minister of that name
        return [person], k + 1
    actor = Actor(
        item.start,
        item.end,
        _SORTS[best.kind],
        best.state,
        name=best.name,
        role=best.role,
        text=item.text,
    )
    return [actor], k + 1


def _national(row: Row, k: int) -> bool:
    """Whether a body of a name that many states have is a state's own, by the word before it."""
    if row.items[k].text.lower() not in row.words["title.many"] or k == 0:
        return False
    owner = row.owns(k - 1)
    home = owner is not None and owner.kind is not NameKind.ORGANISATION
    return home or row.says(k - 1, "title.national")


def _strangers(row: Row) -> dict[str, int]:
    """Surnames of known people that in this text are somebody else's, by where he is named.

    Not where the text gives the full name of the one who is known.
    """
    found: dict[str, int] = {}
    full: set[str] = set()
    for k, item in enumerate(row.items):
        if item.hit is not None and item.hit.names[0].kind is NameKind.PERSON:
            full.add(item.text.split()[-1])
        elif item.hit is not None and _part_of_other_name(row, k):
            found.setdefault(item.text, k)
    return {name: k for name, k in found.items() if name not in full}


def _part_of_other_name(row: Row, k: int) -> bool:
    """Whether a bare surname belongs to a longer, unknown name: "Tucker Putin"."""
    item = row.items[k]
    if item.hit is None or item.hit.names[0].kind is not NameKind.SURNAME:
        return False
    for first, second in ((row.at(k - 1), item), (item, row.at(k + 1))):
        if first is None or second is None:
            continue
        unknown = (second if first is item else first).kind == "name"
        gap = row.text[first.end : second.start]
        if unknown and not first.possessive and gap.strip() == "" and "\n" not in gap:
            return True
    return False
