"""Who and what is named in a report: persons, offices, states, institutions, places.

Names come from the gazetteer; a title and a state make a person out of any other name
("Malta's Foreign Minister Joe Borg"); a surname or a bare office later in the text is the
person named before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summitry.extract._items import Item, items
from summitry.extract._values import Actor, Sort
from summitry.gazetteer import Hit, Name, NameKind, find
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
_PEOPLE = {NameKind.PERSON, NameKind.SURNAME}
_OWNERS = {
    NameKind.STATE,
    NameKind.DEMONYM,
    NameKind.CAPITAL,
    NameKind.ORGANISATION,
    NameKind.GROUP,
    NameKind.INSTITUTION,
}


@dataclass(frozen=True, slots=True)
class _Row:
    """The items of a text with what is needed to read them."""

    items: tuple[Item, ...]
    text: str
    words: Words
    home: str | None

    def at(self, k: int) -> Item | None:
        return self.items[k] if 0 <= k < len(self.items) else None


def home(outlet: str, place: str) -> str | None:
    """The state that an unmarked "foreign minister" belongs to: the dateline's or the outlet's."""
    for text in (outlet, place.title()):
        for hit in find(text, None):
            name = hit.names[0]
            if name.kind not in _PEOPLE and name.state and len(name.state) == 2:
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
    row = _Row(items(text, find(text, day), words), text, words, home)
    found = list(_walk(row))
    return tuple(_recalled(found, row))


def _walk(row: _Row) -> Iterator[Actor]:
    """Actors by the first pattern that fits, from left to right."""
    k = 0
    while k < len(row.items):
        for pattern in (_titled, _owned_name, _apposed, _bare):
            built, after = pattern(row, k)
            if built:
                yield from built
                k = after
                break
        else:
            k += 1


def _titled(row: _Row, k: int) -> tuple[list[Actor], int]:
    """[state] title(s) [name] [of state]: the commonest way to name an office-holder."""
    first = row.items[k]
    owners, j = _owners(row, k)
    former, j = _between(row, j)
    title = row.at(j)
    if title is None or title.kind != "title":
        return [], k
    if not owners and former and j > k and first.kind != "word":
        return [], k
    rank, end = title.rank, title.end
    j += 1
    while (nxt := row.at(j)) is not None and nxt.kind == "title" and not title.possessive:
        if rank == "official" and nxt.rank != "official":
            # "G7 leaders Prime Minister X of Y": the second title begins a name of its own.
            break
        end, rank = nxt.end, _weightier(rank, nxt.rank)
        j += 1
    if _is(row.at(j), "and") and (nxt := row.at(j + 1)) is not None and nxt.kind == "title":
        end, rank, j = nxt.end, _weightier(rank, nxt.rank), j + 2
    more, after = _of_states(row, j)
    if more:
        owners, j, end = more, after, row.items[after - 1].end
    role = row.text[title.start : end] if not more else row.text[title.start : title.end]
    person = _name_after(row, j) if not title.possessive else None
    start = first.start
    if len(owners) > 1:
        return [_office(row, start, end, owner, role, rank) for owner in owners], j
    owner = owners[0] if owners else None
    if person is not None and rank != "official":
        of, after = _of_states(row, person[1]) if not owners else ([], person[1])
        actor = _person(row, person[0], of[0] if of else owner, role, rank)
        if actor is not None:
            return [replace(actor, start=start, former=actor.former or former)], after
    if (
        owner is None
        and rank in {"official", "speaker", "envoy", "minister", "peer"}
        and person is None
    ):
        return _homeless(row, k, j, rank, role, end, start)
    made = _office(row, start, end, owner, role, rank)
    return [replace(made, former=former)], j


def _homeless(
    row: _Row, k: int, j: int, rank: str, role: str, end: int, start: int
) -> tuple[list[Actor], int]:
    """An office with neither name nor state: kept as a speaker or official of nobody."""
    del k
    sort = Sort.OFFICIALS if rank == "official" else Sort.OFFICE
    return [Actor(start, end, sort, None, role=role, rank=rank, text=row.text[start:end])], j


def _weightier(first: str, second: str) -> str:
    order = ("speaker", "head", "foreign", "minister", "envoy", "peer", "official")
    return min(first, second, key=order.index)


def _is(item: Item | None, *texts: str) -> bool:
    return item is not None and item.text.lower() in texts


def _owners(row: _Row, k: int) -> tuple[list[Name], int]:
    """The states or bodies in front of a title: "Turkish and Russian", "Mali's"."""
    found: list[Name] = []
    j = k
    while True:
        item = row.at(j)
        if item is None or item.hit is None:
            break
        name = _owner(item)
        if name is None:
            break
        found.append(name)
        j += 1
        nxt = row.at(j)
        link = _is(nxt, "and", ",", "-", "–")
        following = row.at(j + 1)
        listed = not _is(nxt, ",") or _goes_on_with_and(row, j + 1)
        if link and listed and following is not None and following.hit and _owner(following):
            j += 1
            continue
        if not (nxt is not None and nxt.hit and _owner(nxt)):
            break
    item = row.at(j)
    if found and not _leads_to_title(row, j):
        return [], k
    return found, j


def _goes_on_with_and(row: _Row, j: int) -> bool:
    """Whether a list of owners goes on to an "and": "A, B and C's", not "in Ankara, Turkey's"."""
    while (item := row.at(j)) is not None and (item.hit is not None or item.text == ","):
        j += 1
    return _is(row.at(j), "and")


def _leads_to_title(row: _Row, j: int) -> bool:
    _, after = _between(row, j)
    item = row.at(after)
    return item is not None and item.kind == "title"


def _owner(item: Item) -> Name | None:
    """The state or body that a known name can put in front of a title."""
    if item.hit is None:
        return None
    return next((n for n in item.hit.names if n.kind in _OWNERS and n.state), None)


def _between(row: _Row, j: int) -> tuple[bool, int]:
    """Skip the words that may stand before a title; whether one of them says "former"."""
    former = False
    steps = 0
    while (item := row.at(j)) is not None and item.kind == "word" and steps < 4:
        low = item.text.lower()
        if low in row.words["title.former"]:
            former = True
        elif low not in row.words["title.between"]:
            break
        j, steps = j + 1, steps + 1
    return former, j


def _of_states(row: _Row, j: int) -> tuple[list[Name], int]:
    """The states after a title: "of Mali and Niger", "of the European Commission"."""
    if not _is(row.at(j), "of", "for", "from"):
        return [], j
    at = j + 1
    found: list[Name] = []
    while True:
        if _is(row.at(at), "the"):
            at += 1
        item = row.at(at)
        name = _owner(item) if item is not None else None
        if item is None or name is None or name.kind is NameKind.DEMONYM:
            break
        found.append(name)
        at += 1
        after = row.at(at)
        if item.possessive:
            break
        step = 2 if _is(after, ",") and _is(row.at(at + 1), "and") else 1
        following = row.at(at + step)
        if _is(row.at(at + step), "the"):
            following = row.at(at + step + 1)
        if _is(after, ",", "and") and following is not None and _owner(following):
            at += step
            continue
        break
    return found, at if found else j


def _name_after(row: _Row, j: int) -> tuple[Item, int] | None:
    """The person after a title, perhaps after a comma or an honorific."""
    if _is(row.at(j), ","):
        return None if not _closes(row, j) else (row.items[j + 1], j + 3)
    item = row.at(j)
    while item is not None and item.text.lower().rstrip(".") in row.words["title.honorific"]:
        j += 1
        item = row.at(j)
    if item is None or "\n" in row.text[row.items[j - 1].end : item.start]:
        return None
    if item.kind == "name":
        nxt = row.at(j + 1)
        if nxt is not None and _surname_hit(nxt) and not item.possessive:
            joined = Item("name", item.start, nxt.end, row.text[item.start : nxt.end])
            return joined, j + 2
        return item, j + 1
    if item.hit is not None and any(n.kind in _PEOPLE for n in item.hit.names):
        nxt = row.at(j + 1)
        if nxt is not None and nxt.kind == "name" and _surname_hit(item) and not item.possessive:
            return Item("name", item.start, nxt.end, row.text[item.start : nxt.end]), j + 2
        return item, j + 1
    return None


def _surname_hit(item: Item) -> bool:
    return item.hit is not None and all(n.kind is NameKind.SURNAME for n in item.hit.names)


def _closes(row: _Row, j: int) -> bool:
    """Whether ", Name," follows: "Turkey's foreign minister, Hakan Fidan, said"."""
    item, after = row.at(j + 1), row.at(j + 2)
    if item is None or after is None or after.text not in {",", ".", ";", ")", "—", "–"}:
        return False
    person = item.hit is not None and item.hit.names[0].kind is NameKind.PERSON
    return person or (item.kind == "name" and " " in item.text)


def _person(row: _Row, item: Item, owner: Name | None, role: str, rank: str) -> Actor | None:
    """The person of an item, with the state in front of the title where there is one."""
    state = owner.state if owner else None
    known = _known(item.hit, state)
    if state is None and item.hit is not None:
        known = _likeliest(item.hit, role, row)
    if known is not None and state is None:
        state = known.state
    if state is None:
        state = row.home
    name = known.name if known else item.text
    return Actor(
        item.start,
        item.end,
        Sort.PERSON,
        state,
        name=name,
        role=role or (known.role if known else None),
        rank=rank,
        wikidata=known.wikidata if known else None,
        text=item.text,
    )


def _likeliest(hit: Hit, role: str, row: _Row) -> Name | None:
    """Of several namesakes the one who holds the office named, then the outlet's own."""
    people = [n for n in hit.names if n.kind in _PEOPLE]
    if len(people) < 2:
        return people[0] if people else None
    title = role.lower()
    same = [n for n in people if title and (n.role or "").lower().endswith(title)]
    own = [n for n in same or people if n.state == row.home]
    return (own or same or people)[0]


def _known(hit: Hit | None, state: str | None) -> Name | None:
    """The candidate of a known name that belongs to the state, or the best without one."""
    if hit is None:
        return None
    people = [n for n in hit.names if n.kind in _PEOPLE]
    if state is None:
        return people[0] if people else None
    return next((n for n in people if n.state == state), None)


def _office(row: _Row, start: int, end: int, owner: Name | None, role: str, rank: str) -> Actor:
    """An office or officials without a name."""
    sort = Sort.OFFICIALS if rank == "official" else Sort.OFFICE
    state = owner.state if owner else row.home
    if owner is None and rank == "head":
        state = None  # "the president": the one named before, settled later
    return Actor(start, end, sort, state, role=role, rank=rank, text=row.text[start:end])


def _owned_name(row: _Row, k: int) -> tuple[list[Actor], int]:
    """ "Egypt's Badr Abdelatty", "India's S Jaishankar": a state and a name it owns."""
    first, second = row.at(k), row.at(k + 1)
    if first is None or second is None or not first.possessive or first.hit is None:
        return [], k
    owner = _owner(first)
    if owner is None or owner.kind is NameKind.DEMONYM:
        return [], k
    if second.kind == "title" or (second.kind == "word" and second.text != "Mr"):
        return [], k
    person = _name_after(row, k + 1)
    if person is None:
        return [], k
    actor = _person(row, person[0], owner, "", "head" if person[0].hit else "")
    if actor is None or (person[0].hit is None and " " not in actor.text):
        return [], k
    return [replace(actor, start=first.start)], person[1]


def _apposed(row: _Row, k: int) -> tuple[list[Actor], int]:
    """ "Ivo Sanader, the Croatian prime minister": the title after the name."""
    item = row.items[k]
    person = item.hit is not None and item.hit.names[0].kind in _PEOPLE
    if not (person or (item.kind == "name" and " " in item.text)) or item.possessive:
        return [], k
    mark = row.at(k + 1)
    if not _is(mark, ",", "(", "of"):
        return [], k
    if _is(mark, "of"):
        return _of_state(row, k) if item.kind == "name" else ([], k)
    j = k + 2
    if _is(row.at(j), "the", "a", "an", "his", "her", "its", "their"):
        j += 1
    owners, j = _owners(row, j)
    former, j = _between(row, j)
    title = row.at(j)
    if title is None or title.kind != "title":
        return [], k
    rank, end, j = title.rank, title.end, j + 1
    while (nxt := row.at(j)) is not None and nxt.kind == "title":
        rank, end, j = _weightier(rank, nxt.rank), nxt.end, j + 1
    role = row.text[title.start : end]
    more, after = _of_states(row, j)
    if more:
        owners, j = more[:1], after
    if person and not owners and rank in {"head", "foreign", "minister"} and item.hit:
        owners = []
    actor = _person(row, item, owners[0] if owners else None, role, rank)
    if actor is None:
        return [], k
    return [replace(actor, former=former)], j


def _of_state(row: _Row, k: int) -> tuple[list[Actor], int]:
    """ "Maros Sefcovic of the European Commission"."""
    states, after = _of_states(row, k + 1)
    if len(states) != 1:
        return [], k
    actor = _person(row, row.items[k], states[0], "", "")
    return ([actor], after) if actor else ([], k)


def _bare(row: _Row, k: int) -> tuple[list[Actor], int]:
    """A known name on its own."""
    item = row.items[k]
    if item.hit is None:
        return [], k
    best = item.hit.names[0]
    if best.kind in _PEOPLE:
        best = _likeliest(item.hit, "", row) or best
        if _part_of_other_name(row, k):
            return [], k
        rank = _rank(best.role or "", row.words)
        actor = Actor(
            item.start,
            item.end,
            Sort.PERSON,
            best.state,
            name=best.name,
            role=best.role,
            rank=rank,
            wikidata=best.wikidata,
            text=item.text,
        )
        return [actor], k + 1
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


def _part_of_other_name(row: _Row, k: int) -> bool:
    """Whether a bare surname belongs to a longer, unknown name: "Tucker Putin"."""
    item = row.items[k]
    if item.hit is None or item.hit.names[0].kind is not NameKind.SURNAME:
        return False
    before, after = row.at(k - 1), row.at(k + 1)
    for other in (before, after):
        if other is None or other.kind != "name":
            continue
        gap = row.text[min(item.end, other.end) : max(item.start, other.start)]
        owned = other is before and other.possessive
        if (
            gap.strip() == ""
            and "\n" not in gap
            and not owned
            and not (other is after and item.possessive)
        ):
            return True
    return False


def _rank(role: str, words: Words) -> str:
    """Which list of titles the gazetteer's own role stands in."""
    low = role.lower()
    for rank in ("speaker", "foreign", "head", "minister", "envoy"):
        if any(low == t or f" {t} " in f" {low} " for t in words[f"title.{rank}"]):
            return rank
    return "head" if low else ""


def _recalled(found: Sequence[Actor], row: _Row) -> Iterator[Actor]:
    """Surnames and bare offices later in the text, as the persons named before them."""
    people: dict[str, Actor] = {}
    offices: dict[str, Actor] = {}
    merged = sorted([*found, *_loose_names(found, row)], key=lambda a: a.start)
    full = {
        a.name.split()[-1].lower(): a
        for a in reversed(found)
        if a.sort is Sort.PERSON and a.name and " " in a.name
    }
    for actor in merged:
        if actor.sort is Sort.PERSON:
            known = _same_person(actor, people) or (
                full.get((actor.name or "").lower()) if " " not in (actor.name or " ") else None
            )
            settled = _with(actor, known) if known else actor
            if settled.rank or settled.state:
                _remember(settled, people)
                if settled.role and settled.rank != "speaker":
                    offices[settled.role.lower().split()[-1]] = settled
                yield settled
        elif actor.sort is Sort.OFFICE and actor.rank != "official":
            yield _as_holder(actor, people, offices, row.home)
        else:
            yield actor


def _loose_names(found: Sequence[Actor], row: _Row) -> Iterator[Actor]:
    """Capitalised names that are no actor yet, as persons without a state."""
    covered = {i for a in found for i in range(a.start, a.end)}
    for item in row.items:
        if item.kind == "name" and item.start not in covered and item.end - 1 not in covered:
            yield Actor(item.start, item.end, Sort.PERSON, None, name=item.text, text=item.text)


def _same_person(actor: Actor, people: dict[str, Actor]) -> Actor | None:
    """The person named before whose full name or surname this is."""
    name = (actor.name or "").lower()
    if name in people:
        return people[name]
    last = name.split()[-1] if name else ""
    if " " not in name:
        return people.get(f"*{last}")
    earlier = people.get(f"*{last}")
    first = name.split()[0]
    return earlier if earlier and (earlier.name or "").lower().split()[0] == first else None


def _with(actor: Actor, known: Actor) -> Actor:
    """The actor as the person known from before, unless it says otherwise."""
    if actor.state and known.state and actor.state != known.state and actor.rank:
        return actor
    if len((known.name or "").split()) < len((actor.name or "").split()):
        known = replace(known, name=actor.name)
    return replace(
        actor,
        name=known.name,
        state=known.state or actor.state,
        role=known.role or actor.role,
        rank=known.rank or actor.rank,
        wikidata=known.wikidata or actor.wikidata,
        former=known.former,
    )


def _remember(actor: Actor, people: dict[str, Actor]) -> None:
    """Keep a person under every name it may come back by."""
    name = (actor.name or "").lower()
    if not name:
        return
    people[name] = actor
    for part in {name.split()[-1], name.split()[0], name.split("-")[0], *name.split()[1:]}:
        if len(part) > 2:
            people.setdefault(f"*{part}", actor)
    if actor.rank:
        people[f"*{name.split()[-1]}"] = actor


def _as_holder(
    actor: Actor, people: dict[str, Actor], offices: dict[str, Actor], home: str | None
) -> Actor:
    """ "The Turkish president" as the Turkish president named before; "the minister" alike.

    A bare "the president" is that of the outlet's own state where the report names him.
    """
    role = (actor.role or "").lower()
    if actor.state is None and home is not None:
        for person in people.values():
            named = (person.role or "").lower().split()
            if (
                person.state == home
                and person.rank == actor.rank
                and named[-1:] == role.split()[-1:]
            ):
                return replace(
                    actor,
                    name=person.name,
                    state=home,
                    wikidata=person.wikidata,
                    sort=Sort.PERSON,
                )
    for person in people.values():
        same = person.state == actor.state and person.rank == actor.rank and person.rank
        if actor.state and same and (person.role or "").lower().split()[-1:] == role.split()[-1:]:
            return replace(actor, name=person.name, wikidata=person.wikidata, sort=Sort.PERSON)
    if actor.state is None and role.split()[-1:] and not actor.former:
        earlier = offices.get(role.split()[-1])
        if earlier is not None:
            return replace(
                actor,
                name=earlier.name,
                state=earlier.state,
                wikidata=earlier.wikidata,
                sort=Sort.PERSON,
            )
    return actor
