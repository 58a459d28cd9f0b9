"""What stands in the shipped tables? Loaded once, rows parsed when they are asked for."""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from summitry.gazetteer._fold import key, words
from summitry.gazetteer.values import NameKind, Office, Person, Term

__all__ = ["Entry", "Row", "entries", "entry", "key_of", "lines", "records", "row", "spellings"]

_DATA = files("summitry.gazetteer") / "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``names.csv.gz``: a name, and its person where it is one."""

    kind: NameKind
    name: str
    state: str | None
    role: str | None
    wikidata: str | None
    person: Person | None


class Entry(NamedTuple):
    """One line of ``index.csv.gz``: what a run of folded words can stand for."""

    longest: int
    """Most words of any key that begins with this word; 0 when none begins with it."""
    rows: tuple[int, ...]
    surnames: tuple[int, ...]
    flags: str
    """A: only in capitals. W: an ordinary word too. F: a frequent surname or a first name.
    L: words of it may be in lower case; l: so of a name that begins with it. T: only after
    "the". B: stands for nothing, and keeps what is in it from being found."""


def lines(name: str) -> tuple[str, ...]:
    """Lines of a plain or gzipped data file, without empty ones and comments."""
    data = (_DATA / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return tuple(line for line in text.split("\n") if line and line[0] != "#")


def records(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a CSV data file by column name."""
    return tuple(csv.DictReader(lines(name)))


@cache
def spellings() -> dict[str, str]:
    """The settled spelling of each word that is written in several ways."""
    return {v: r["word"] for r in records("spellings.csv") for v in r["variants"].split(";")}


@lru_cache(maxsize=8192)
def key_of(word: str) -> str:
    """The key of one word of a text."""
    return key(word, spellings())


def keys_of(name: str) -> str:
    """The key of a whole name.

    >>> keys_of("Recep Tayyip Erdoğan")
    'recep tayyip erdogan'
    """
    return " ".join(key_of(w.text) for w in words(name))


@cache
def entries() -> Mapping[str, str]:
    """The raw index: key to the rest of its line."""
    return dict(line.split("\t", 1) for line in lines("index.csv.gz"))


@lru_cache(maxsize=8192)
def entry(name: str) -> Entry | None:
    """What the folded words stand for, or None when no name is or begins with them."""
    found = entries().get(name)
    if found is None:
        return None
    longest, rows, surnames, flags = found.split("\t")
    return Entry(int(longest or 0), _numbers(rows), _numbers(surnames), flags)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n, 36) for n in text.split()) if text else ()


@cache
def _rows() -> tuple[str, ...]:
    return lines("names.csv.gz")


@lru_cache(maxsize=4096)
def row(number: int) -> Row:
    """One row of the table of names."""
    kind, name, state, role, wikidata, terms = _rows()[number].split("\t")
    known = wikidata or None
    person = None
    if kind == "person":
        person = Person(name, known, tuple(_term(t) for t in terms.split("|") if t))
    return Row(NameKind(kind), name, state or None, role or None, known, person)


def count() -> int:
    """Number of rows in the table of names."""
    return len(_rows())


def _term(text: str) -> Term:
    state, office, title, start, end = text.split("~")
    first = date.fromisoformat(start)
    return Term(state, Office(office), title, first, date.fromisoformat(end) if end else None)
