"""Surnames and bare offices later in a text, as the persons named before them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from summitry.extract._classes import noun
from summitry.extract._row import Row
from summitry.extract._values import Actor, Sort
from summitry.lang import Words

__all__ = ["recalled"]

# Letters under which a part of a name is no name to come back by.
_SHORTEST = 3
_Office = tuple[str, bool]


def recalled(found: Sequence[Actor], row: Row) -> Iterator[Actor]:
    """All actors of a text in order, each as whoever it goes back to.

    Args:
        found: What the patterns of naming have found, in order.
        row: The text, whose other capitalised words may be surnames.
    """
    merged = sorted([*found, *_loose_names(found, row)], key=lambda a: a.start)
    full = {
        a.name.split()[-1].lower(): a
        for a in reversed(found)
        if a.sort is Sort.PERSON and a.name and " " in a.name
    }
    yield from _in_office([*_settled(merged, full, row)])


def _in_office(found: Sequence[Actor]) -> Iterator[Actor]:
    """The actors, every person in or out of office alike wherever the text names it.

    Whom it gives an office anywhere is in office; whom it calls former is not, not even in the
    headline above.
    """
    people = [a for a in found if a.sort is Sort.PERSON]
    holding = {_who(a) for a in people if a.printed and not a.former}
    former = {_who(a) for a in people if a.former} - holding
    for actor in found:
        if actor.sort is Sort.PERSON:
            over = actor.past and _who(actor) not in holding
            yield replace(actor, former=actor.former or _who(actor) in former, past=over)
        else:
            yield actor


def _who(actor: Actor) -> tuple[str | None, str | None]:
    return actor.name, actor.state


def _settled(merged: Sequence[Actor], full: Mapping[str, Actor], row: Row) -> Iterator[Actor]:
    """All actors in order, each as the one named before whom it goes back to."""
    people: dict[str, Actor] = {}
    offices: dict[_Office, Actor] = {}
    for actor in merged:
        if actor.sort is Sort.PERSON:
            known = _same_person(actor, people) or (
                full.get((actor.name or "").lower()) if " " not in (actor.name or " ") else None
            )
            settled = _with(actor, known) if known else actor
            if settled.rank or settled.state:
                _remember(settled, people)
                if settled.role and settled.rank != "speaker":
                    offices[_office(settled, row.words)] = settled
                yield settled
        elif actor.sort is Sort.OFFICE and actor.rank != "official":
            yield _as_holder(actor, people, offices, row)
        else:
            yield actor


def _loose_names(found: Sequence[Actor], row: Row) -> Iterator[Actor]:
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
        former=actor.former or known.former,
        past=known.past,
        printed=actor.printed,
    )


def _remember(actor: Actor, people: dict[str, Actor]) -> None:
    """Keep a person under every name it may come back by."""
    name = (actor.name or "").lower()
    if not name:
        return
    people[name] = actor
    for part in {name.split()[-1], name.split()[0], name.split("-")[0], *name.split()[1:]}:
        if len(part) >= _SHORTEST:
            people.setdefault(f"*{part}", actor)
    if actor.rank:
        people[f"*{name.split()[-1]}"] = actor


def _as_holder(
    actor: Actor, people: dict[str, Actor], offices: dict[_Office, Actor], row: Row
) -> Actor:
    """ "The Turkish president" as the Turkish president named before; "the minister" alike.

    A bare "the president" is that of the outlet's own state where the report names him.
    """
    last = _noun(actor, row.words)
    state = actor.state if actor.state is not None else row.home
    holder = next(
        (
            p
            for p in people.values()
            if state and p.state == state and p.rank == actor.rank and _noun(p, row.words) == last
        ),
        None,
    )
    if holder is None and actor.state is None and last and not actor.former:
        holder = offices.get(_office(actor, row.words))
    if holder is None:
        return actor
    return replace(
        actor,
        name=holder.name,
        state=holder.state,
        wikidata=holder.wikidata,
        sort=Sort.PERSON,
        printed=not actor.former,
    )


def _office(actor: Actor, words: Words) -> _Office:
    """What a bare office comes back by: the foreign minister is "the minister", no premier is."""
    return _noun(actor, words), actor.rank == "head"


def _noun(actor: Actor, words: Words) -> str:
    """The noun of the office: "minister" of "prime minister"."""
    return noun((actor.role or "").lower().split(), words)
