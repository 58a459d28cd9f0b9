"""Where in a text do names stand, and what can each of them mean?"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from summitry.gazetteer._fold import Word, fold, words
from summitry.gazetteer._table import Entry, entry, key_of, lines, row
from summitry.gazetteer.people import by_day
from summitry.gazetteer.values import Hit, Name, NameKind, Office, Person

__all__ = ["find"]

_NEAR = 548
"""Days (18 months) around a term in which a bare surname means the holder."""
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
_PLACES = {NameKind.CITY, NameKind.REGION, NameKind.CAPITAL}
_GAP = re.compile(
    r"(?:[^\S\n]|\n(?!\s*\n))*(?:[-‐‑–'’‘ʼ`´./&]|,(?=\s?(?:Jr|D\.?C)))?\s?(?:\n(?!\s*\n))?"
)


class _Found(NamedTuple):
    first: int
    """Number of its first word."""
    last: int
    """Number of the word after its last."""
    entry: Entry


def find(text: str, day: date | None) -> tuple[Hit, ...]:
    """All names in the text, in order, leftmost and longest first, none overlapping.

    Names must be capitalised as names are; a text in capitals matches too. A bare surname
    counts when somebody of that name held high office within 18 months of ``day``, or when
    the text also gives the full name; a surname that is an ordinary word or very frequent
    needs the full name, or a title directly before it.

    Args:
        text: Any text; offsets of the hits count its characters.
        day: The day of publication, which decides between people of the same name; without
            it a bare surname only counts beside its full name.
    """
    sequence = words(text)
    found = list(_runs(text, sequence))
    named = {n for f in found for n in f.entry.rows if row(n).person}
    hits = (_hit(text, sequence, f, named, day) for f in found)
    return tuple(h for h in hits if h is not None)


def _runs(text: str, sequence: tuple[Word, ...]) -> Iterator[_Found]:
    """Leftmost-longest runs of words that are a name, their case and gaps being right."""
    i, total = 0, len(sequence)
    while i < total:
        run = _run(text, sequence, i) if _may_begin(sequence[i].text) else None
        if run is None:
            i += 1
            continue
        i = run.last
        if run.entry.rows or run.entry.surnames:
            yield run


def _may_begin(word: str) -> bool:
    first = word[0]
    return not first.islower() or word in _starters()


def _run(text: str, sequence: tuple[Word, ...], i: int) -> _Found | None:
    head = entry(key_of(sequence[i].text))
    if head is None:
        return None
    keys = [key_of(sequence[i].text)]
    for j in range(i + 1, min(i + head.longest, len(sequence))):
        if not _joined(text, sequence[j - 1], sequence[j]):
            break
        keys.append(key_of(sequence[j].text))
    for size in range(len(keys), 0, -1):
        got = entry(" ".join(keys[:size])) if size > 1 else head
        if got is None or not (got.rows or got.surnames or "B" in got.flags):
            continue
        if _cased(text, sequence, i, i + size, got.flags):
            return _Found(i, i + size, got)
    return None


def _joined(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    if gap in {" ", "-", "'", "’"}:
        return True
    if "." in gap and len(left.text) > 3:
        return False
    return len(gap) <= 6 and _GAP.fullmatch(gap) is not None


def _cased(text: str, sequence: tuple[Word, ...], i: int, j: int, flags: str) -> bool:
    """Whether the words are written as the name is."""
    run = sequence[i:j]
    letters = text[run[0].start : run[-1].end]
    if "A" in flags:
        return letters.upper() == letters and not ("W" in flags and _shouted(text, run))
    if "L" in flags:
        return True
    small = _particles()
    for number, word in enumerate(run):
        if word.text[0].islower() and word.text not in small:
            if number == 0 or text[word.start - 1] not in "-‐‑'’":
                return False
    last = run[-1].text
    return not last[0].islower() or (len(run) > 1 and text[run[-1].start - 1] in "-‐‑'’")


def _shouted(text: str, run: tuple[Word, ...]) -> bool:
    """Whether an abbreviation that is also a word ("US") stands in a line of capitals."""
    start, end = run[0].start, run[-1].end
    if "." in text[start:end]:
        return False
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)]
    before = text[begin:start].strip()
    if not before or before.endswith(("THE", ":", "-")):
        return False
    rest = (before + line[end - begin :]).replace("U.S.", "")
    return rest.upper() == rest and sum(c.isalpha() for c in rest) > 3


def _hit(
    text: str, sequence: tuple[Word, ...], found: _Found, named: set[int], day: date | None
) -> Hit | None:
    names = _plain_names(text, sequence, found, day)
    last = _surnames(text, sequence, found, named, day)
    if last and found.entry.rows and {n.kind for n in names} <= _PLACES and last[1]:
        names = last[0] + names
    elif last:
        names += last[0]
    if not names:
        return None
    start, end = sequence[found.first].start, sequence[found.last - 1].end
    if text[end : end + 1] == "." and "." in text[start:end] and len(text[start:end]) <= 7:
        end += 1
    return Hit(start, end, text[start:end], names)


def _plain_names(
    text: str, sequence: tuple[Word, ...], found: _Found, day: date | None
) -> tuple[Name, ...]:
    rows = [row(n) for n in found.entry.rows]
    names = [Name(r.kind, r.name, r.state, r.wikidata, r.role) for r in rows if not r.person]
    persons = by_day([r.person for r in rows if r.person], day)
    if "W" in found.entry.flags and "A" not in found.entry.flags and not persons:
        start = sequence[found.first].start
        if _opens(text, start) and {n.kind for n in names} <= _PLACES | {NameKind.GROUP}:
            return ()
    return tuple(names) + tuple(_name(p, NameKind.PERSON, day) for p in persons)


def _surnames(
    text: str, sequence: tuple[Word, ...], found: _Found, named: set[int], day: date | None
) -> tuple[tuple[Name, ...], bool] | None:
    """Names of the persons with that surname, and whether the text gives their full name."""
    refs = found.entry.surnames
    if not refs:
        return None
    here = [p for n in refs if n in named and (p := row(n).person)]
    if here:
        return tuple(_name(p, NameKind.SURNAME, day) for p in by_day(here, day)), True
    before = _before(text, sequence, found.first)
    titled = before in _titles()
    if day is None or (found.entry.rows and not titled):
        return None
    weak = "W" in found.entry.flags or "F" in found.entry.flags
    if (weak and not titled) or (before in _first_names() and not titled):
        return None
    near = [p for n in refs if (p := row(n).person) and _in_office(p, day)]
    if not near:
        return None
    return tuple(_name(p, NameKind.SURNAME, day) for p in by_day(near, day)), False


def _in_office(person: Person, day: date) -> bool:
    return any(t.office in _TOP and t.distance(day) <= _NEAR for t in person.terms)


def _before(text: str, sequence: tuple[Word, ...], first: int) -> str:
    """The folded word directly before, or empty when something stands between."""
    if first == 0:
        return ""
    word = sequence[first - 1]
    gap = text[word.end : sequence[first].start]
    return fold(word.text) if gap.strip(".") == " " and word.text[0].isupper() else ""


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins at the offset."""
    before = text[:start].rstrip(" \"'“‘(-")
    return not before or before[-1] in ".!?:\n"


def _name(person: Person, kind: NameKind, day: date | None) -> Name:
    term = person.term(day)
    if term is None:
        return Name(kind, person.name, None, person.wikidata)
    return Name(kind, person.name, term.state, person.wikidata, term.title)


@cache
def _particles() -> frozenset[str]:
    return frozenset(lines("particles.txt"))


@cache
def _starters() -> frozenset[str]:
    """Lower-case words with which a name may begin: particles, "the", and a few others."""
    return _particles() | frozenset(lines("starters.txt"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(lines("titles.txt"))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lines("first_names.txt"))
