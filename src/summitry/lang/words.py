"""Word lists of a language, read from its pack."""

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
    return Words(code, dict(_lists(tomllib.loads(pack.read_text("utf-8")), "")))


def _lists(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every list of a nested table under its dotted name."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield prefix + key, frozenset(str(word) for word in value)
