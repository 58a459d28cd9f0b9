"""Word lists of a language, read from its pack."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from summitry.errors import UnknownLanguage

__all__ = ["Words", "words"]


@dataclass(frozen=True, eq=False)
class Words:
    """The word lists of one language, by name such as ``"cue.speech"``."""

    code: str
    lists: Mapping[str, frozenset[str]]
    rows: Mapping[str, tuple[str, ...]]
    """The same lists in the order in which the pack has them."""
    names: Mapping[str, str]
    """What the language calls states, their people, towns and persons, and what the gazetteer
    calls them; empty where it is the gazetteer's own language."""

    def __getitem__(self, name: str) -> frozenset[str]:
        """The list of that name.

        Raises:
            KeyError: The pack has no such list.
        """
        return self.lists[name]


@cache
def words(code: str) -> Words:
    """Load the pack for an ISO 639-1 code.

    Raises:
        UnknownLanguage: There is no folder of that name.
    """
    pack = files("summitry.lang") / code / "words.toml"
    if not pack.is_file():
        raise UnknownLanguage(code)
    rows = dict(_lists(tomllib.loads(pack.read_text("utf-8")), ""))
    return Words(code, {k: frozenset(v) for k, v in rows.items()}, rows, dict(_names(code)))


def _names(code: str) -> Iterator[tuple[str, str]]:
    """The names of a pack that has some, each with the gazetteer's."""
    table = files("summitry.lang") / code / "names.csv"
    if table.is_file():
        for row in csv.DictReader(table.read_text("utf-8").splitlines()):
            yield row["name"], row["gazetteer"]


def _lists(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every list of a nested table under its dotted name."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield prefix + key, tuple(str(word) for word in value)
