"""Who held which office when, and who is meant by a name?"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from summitry.gazetteer._table import entry, keys_of, lines, row
from summitry.gazetteer.values import Office, Person, Term

__all__ = ["by_day", "holders", "people"]

_EVER = 10**6


def holders(state: str, office: Office, day: date) -> tuple[Person, ...]:
    """Those in the office on the day, most likely first; empty when none is known.

    Sources overlap and disagree by days, so that several may be given: who took office last
    comes first. Where nobody is known for the day itself, nobody is guessed.
    """
    found: list[tuple[int, Person]] = []
    for person in _held(state, office):
        terms = [t for t in _terms(person, state, office) if t.covers(day)]
        if terms:
            found.append((max(t.start.toordinal() for t in terms), person))
    found.sort(key=lambda pair: -pair[0])
    return tuple(person for _, person in found)


def people(name: str, day: date | None) -> tuple[Person, ...]:
    """Those whom a full name, an alias or a surname can mean.

    Those in office at or nearest to the day come first; without a day, those of the highest
    office. A full name or alias goes before a surname. Empty when nobody is known.
    """
    keys = keys_of(name)
    found = entry(keys) or entry(_without_initials(keys))
    if found is None:
        return ()
    full = [p for n in found.rows if (p := row(n).person)]
    last = [p for n in found.surnames if (p := row(n).person) and p not in full]
    return by_day(full, day) + by_day(last, day)


def _without_initials(keys: str) -> str:
    """The keys without single letters between the first and the last."""
    first, *rest = keys.split() or [""]
    return " ".join([first, *(k for k in rest if len(k) > 1)])


def by_day(persons: list[Person], day: date | None) -> tuple[Person, ...]:
    """The persons in the order of their nearness to office on the day."""
    return tuple(sorted(persons, key=lambda p: _nearness(p, day)))


def _nearness(person: Person, day: date | None) -> tuple[int, int, int]:
    term = person.term(day)
    if term is None:
        return (_EVER, 0, 0)
    away = term.distance(day) if day else 0
    return (away, list(Office).index(term.office), -term.start.toordinal())


def _terms(person: Person, state: str, office: Office) -> list[Term]:
    return [t for t in person.terms if t.state == state and t.office is office]


@cache
def _roster() -> Mapping[tuple[str, str], str]:
    """Row numbers of persons by state and office, as printed in the table."""
    split = (line.split("\t") for line in lines("roster.csv.gz"))
    return {(state, office): numbers for state, office, numbers in split}


@cache
def _held(state: str, office: Office) -> tuple[Person, ...]:
    """All who ever held the office."""
    numbers = _roster().get((state, office.value), "")
    return tuple(p for n in numbers.split() if (p := row(int(n, 36)).person))
