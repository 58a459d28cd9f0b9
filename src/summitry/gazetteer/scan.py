"""What does each name in a text stand for?"""

import re
from datetime import date, timedelta
from functools import cache

from summitry.gazetteer._fold import fold
from summitry.gazetteer._runs import Run, runs, shouted
from summitry.gazetteer._table import keys_of, lines, records, row
from summitry.gazetteer.people import by_day, holders
from summitry.gazetteer.values import Hit, Name, NameKind, Office, Person

__all__ = ["find", "first_name"]

_NEAR = 548
"""Days (18 months) around a term in which a bare surname means the holder."""
_GRACE = 60
"""Days after a term in which its holder may still act: sources differ on the last day."""
_ELECT = timedelta(days=80)
"""From election to office at most, in which whoever won already speaks for the state."""
_TOP = {
    Office.HEAD_OF_STATE,
    Office.HEAD_OF_GOVERNMENT,
    Office.LEADER,
    Office.FOREIGN_MINISTER,
    Office.DEFENCE_MINISTER,
    Office.HEIR,
    Office.DEPUTY,
    Office.SECURITY_ADVISER,
}
_HEADS = (Office.HEAD_OF_STATE, Office.HEAD_OF_GOVERNMENT)
_PLACES = {NameKind.CITY, NameKind.REGION, NameKind.CAPITAL}
_STATELY = {
    NameKind.STATE,
    NameKind.DEMONYM,
    NameKind.CAPITAL,
    NameKind.INSTITUTION,
    NameKind.ORGANISATION,
    NameKind.GROUP,
    NameKind.PERSON,
}
_RARE = 2
"""Bearers in the tables of a surname that is clear without its state in the text."""
_LAST_WORD = re.compile(r"([^\W_]+)\.?\s$")
_DATE_AFTER = re.compile(r"\s?,?\s\d")
_DATE_BEFORE = re.compile(
    r"(?:\d|\b(?:in|last|next|early|late|mid|since|until|till|during|this|from|by))[\s-]$", re.I
)
_ACRONYM = 6
"""Letters of the longest acronym that a city's name in capitals may be instead."""


def find(text: str, day: date | None) -> tuple[Hit, ...]:
    """All names in the text, in order, leftmost and longest first, none overlapping.

    Names must be capitalised as names are; a text in capitals matches too. A bare surname
    counts when somebody of that name held high office within 18 months of ``day``, or when
    the text also gives the full name; a surname that is an ordinary word or very frequent
    needs the full name, or a title directly before it.

    Args:
        text: Any text; offsets of the hits count its characters.
        day: The day of publication, which decides between people of the same name and
            whether Moscow was Soviet; without it a bare surname only counts beside its full
            name.
    """
    found = list(runs(text))
    plain = [_plain(text, f, day) for f in found]
    named = frozenset(n for f in found for n in f.entry.rows if row(n).person)
    spoken = frozenset(n.state for names in plain for n in names if n.kind in _STATELY)
    hits = []
    for run, names in zip(found, plain, strict=True):
        last, full = _surnames(text, run, named, spoken, day)
        first = full and {n.kind for n in names} <= _PLACES
        both = last + names if first else names + last
        if both:
            hits.append(_hit(text, run, both))
    return tuple(hits)


def _hit(text: str, found: Run, names: tuple[Name, ...]) -> Hit:
    start, end = found.start, found.end
    if text[end : end + 1] == "." and text[max(start, end - 2) : end - 1] == ".":
        end += 1
    return Hit(start, end, text[start:end], names)


def _plain(text: str, found: Run, day: date | None) -> tuple[Name, ...]:
    """All but the surnames: what has the full name."""
    if not found.entry.rows:
        return ()
    flags = found.entry.flags
    if "T" in flags and text[max(0, found.start - 4) : found.start].strip().lower() != "the":
        return ()
    rows = [row(n) for n in found.entry.rows]
    names = [Name(r.kind, r.name, r.state, r.wikidata, r.role) for r in rows if not r.person]
    persons = by_day([r.person for r in rows if r.person], day)
    if "W" in flags and "A" not in flags and not persons and _opens(text, found.start):
        kept = [n for n in names if n.kind not in _PLACES | {NameKind.GROUP}]
        if not kept:
            return ()
    if names and not persons and {n.kind for n in names} == {NameKind.CITY}:
        letters = text[found.start : found.end]
        if letters.isupper() and len(letters) <= _ACRONYM and not shouted(text, found):
            return ()
    if day is not None:
        names = [n for name in names for n in _of_the_day(name, day)]
    return tuple(names) + tuple(_name(p, NameKind.PERSON, day) for p in persons)


def _of_the_day(name: Name, day: date) -> tuple[Name, ...]:
    """The name, and before it what it stood for when another state ruled there."""
    era = _eras().get((name.name, name.state))
    if era is None or day >= era[0]:
        return (name,)
    return (Name(name.kind, name.name, era[1], None, name.role), name)


def _surnames(
    text: str,
    found: Run,
    named: frozenset[int],
    spoken: frozenset[str | None],
    day: date | None,
) -> tuple[tuple[Name, ...], bool]:
    """Those with that surname, and whether the text gives the full name of one."""
    refs, flags = found.entry.surnames, found.entry.flags
    if not refs or ("W" in flags and _dated(text, found)):
        return (), False
    here = [p for n in refs if n in named and (p := row(n).person)]
    if here:
        return tuple(_name(p, NameKind.SURNAME, day) for p in by_day(here, day)), True
    before = _before(text, found.start)
    titled = before in _titles()
    weak = bool(found.entry.rows) or "W" in flags or "F" in flags
    if day is None or (not titled and (weak or before in _first_names())):
        return (), False
    near = [p for n in refs if (p := row(n).person) and _in_office(p, day)]
    rare = len(refs) <= _RARE and not weak
    near = [p for p in near if rare or _at_home(p, spoken, day)]
    return tuple(_name(p, NameKind.SURNAME, day) for p in _by_weight(near, spoken, day)), False


def _in_office(person: Person, day: date) -> bool:
    return any(t.office in _TOP and t.distance(day) <= _NEAR for t in person.terms)


def _at_home(person: Person, spoken: frozenset[str | None], day: date) -> bool:
    """Whether the text speaks of the person's state, or no text needs to."""
    term = person.term(day)
    return term is not None and (term.state in spoken or term.state in _great())


def _by_weight(
    persons: list[Person], spoken: frozenset[str | None], day: date
) -> tuple[Person, ...]:
    """Those of states that the text names first, then those of great powers, then the rest."""

    def weight(person: Person) -> tuple[bool, bool]:
        state = term.state if (term := person.term(day)) else None
        return (state not in spoken, state not in _great())

    return tuple(sorted(by_day(persons, day), key=weight))


def _dated(text: str, found: Run) -> bool:
    """Whether a word such as May is the month: a figure beside it, or "in", "last" before."""
    if _DATE_AFTER.match(text, found.end):
        return True
    return _DATE_BEFORE.search(text[max(0, found.start - 8) : found.start]) is not None


def _before(text: str, start: int) -> str:
    """The folded capitalised word directly before, or empty."""
    match = _LAST_WORD.search(text[max(0, start - 30) : start])
    return fold(match.group(1)) if match and match.group(1)[0].isupper() else ""


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins at the offset."""
    before = text[max(0, start - 20) : start].rstrip(" \"'“‘(-")
    return not before or before[-1] in ".!?:\n"


def _name(person: Person, kind: NameKind, day: date | None) -> Name:
    term = person.term(day)
    if term is None:
        return Name(kind, person.name, None, person.wikidata)
    return Name(kind, person.name, term.state, person.wikidata, term.title, _is_over(person, day))


def _is_over(person: Person, day: date | None) -> bool:
    """Whether the last high office ended well before the day, and no other follows.

    The sources leave many a lesser office open that went with the high one.
    """
    if day is None or not person.terms:
        return False
    high = [t for t in person.terms if t.office in _TOP] or list(person.terms)
    last = max((t.end or date.max for t in high if t.start <= day), default=date.max)
    if (day - last).days <= _GRACE:
        return False
    if any(last <= t.start <= day + _ELECT for t in person.terms):
        return False
    posts = {(t.state, o) for t in high for o in (t.office, *_HEADS)}
    return not any(_namesakes(person, p) for post in posts for p in holders(*post, day))


def _namesakes(one: Person, other: Person) -> bool:
    """Whether two may be one, whom the sources spell in two ways."""
    return bool({*keys_of(one.name).split()} & {*keys_of(other.name).split()})


@cache
def _eras() -> dict[tuple[str, str | None], tuple[date, str]]:
    """By name and today's state: the first day of today's state, and the one before it."""
    return {
        (r["name"], r["state"]): (date.fromisoformat(r["until"]), r["former"])
        for r in records("eras.csv")
    }


@cache
def _great() -> frozenset[str]:
    return frozenset(lines("great.txt"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(lines("titles.txt"))


def first_name(word: str) -> bool:
    """Whether a word is a common first name somewhere.

    >>> first_name("Penny"), first_name("Ending")
    (True, False)
    """
    return word.casefold() in _first_names()


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lines("first_names.txt"))
