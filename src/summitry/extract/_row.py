"""The items of a text in a row, and what may stand around a title in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from summitry.extract._items import Item
from summitry.gazetteer import Name, NameKind, first_name
from summitry.lang import Words

__all__ = [
    "PEOPLE",
    "Row",
    "full_name",
    "headlined",
    "name_after",
    "of_states",
    "owner",
    "owners",
    "skipped",
]

PEOPLE = frozenset({NameKind.PERSON, NameKind.SURNAME})
_OWNERS = {
    NameKind.STATE,
    NameKind.DEMONYM,
    NameKind.CAPITAL,
    NameKind.ORGANISATION,
    NameKind.GROUP,
    NameKind.INSTITUTION,
}
_MOST_OWNERS = 40
"""States in one row before or after a title, at most: a row without end is no title's."""
# Words that may stand between a state and a title: "newly elected transitional prime minister".
_MOST_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class Row:
    """The items of a text with what is needed to read them."""

    items: tuple[Item, ...]
    text: str
    words: Words
    home: str | None
    """The state of an office that stands without one."""
    strangers: Mapping[str, int] = field(default_factory=dict)
    """Surnames that somebody unknown bears in the text, with the index where he is named."""

    def at(self, k: int) -> Item | None:
        """Item k; None before the first and after the last."""
        return self.items[k] if 0 <= k < len(self.items) else None

    def says(self, k: int, name: str) -> bool:
        """Whether item k is a word of the list."""
        item = self.at(k)
        return item is not None and item.text.lower() in self.words[name]

    def marks(self, k: int, marks: str) -> bool:
        """Whether item k is one of these marks."""
        item = self.at(k)
        return item is not None and item.text in marks

    def titled(self, k: int) -> Item | None:
        """Item k if it is a title."""
        item = self.at(k)
        return item if item is not None and item.kind == "title" else None

    def owns(self, k: int) -> Name | None:
        """The state or body that item k can put in front of a title."""
        item = self.at(k)
        return owner(item) if item is not None else None


def owner(item: Item) -> Name | None:
    """The state or body that a known name can put in front of a title."""
    if item.hit is None:
        return None
    return next((n for n in item.hit.names if n.kind in _OWNERS and n.state), None)


def owners(row: Row, k: int) -> tuple[list[Name], int]:
    """The states or bodies in front of a title ("Turkish and Russian", "Mali's").

    Returns:
        Them, and the index after them; none where no title follows.
    """
    found: list[Name] = []
    j = k
    while len(found) < _MOST_OWNERS and (name := row.owns(j)) is not None:
        found.append(name)
        j += 1
        comma = row.marks(j, ",")
        link = comma or _tied(row, j) or row.says(j, "title.and")
        if link and (not comma or _goes_on_with_and(row, j + 1)) and row.owns(j + 1):
            j += 1
    if found and row.titled(skipped(row, j)[1]) is None:
        return [], k
    return found, j


def _tied(row: Row, j: int) -> bool:
    """Whether item j is a hyphen without a space: "EU-Ukraine", not "VIENNA - U.N."."""
    if not row.marks(j, "-–"):
        return False
    return not row.text[row.items[j - 1].end : row.items[j].end + 1].count(" ")


def _goes_on_with_and(row: Row, j: int) -> bool:
    """Whether a list of owners goes on to an "and": "A, B and C's", not "in Ankara, Turkey's"."""
    last = j + 2 * _MOST_OWNERS
    while (item := row.at(j)) is not None and (item.hit is not None or item.text == ","):
        j += 1
        if j > last:
            return False
    return row.says(j, "title.and")


def skipped(row: Row, j: int) -> tuple[bool, int]:
    """Skip the words that may stand before a title.

    Returns:
        Whether one of them says "former", and the index after them.
    """
    former = False
    first = j
    while (item := row.at(j)) is not None and item.kind == "word" and j - first < _MOST_BETWEEN:
        low = item.text.lower()
        if low in row.words["title.former"]:
            former = not (low in row.words["title.then"] and _opens(row, j))
        elif low not in row.words["title.between"]:
            break
        j += 1
    return former, j


def _opens(row: Row, j: int) -> bool:
    """Whether a clause begins at item j: "and then President Macron said" tells what came next."""
    return j == 0 or row.items[j - 1].kind == "mark" or row.says(j - 1, "title.and")


def of_states(row: Row, j: int) -> tuple[list[Name], int]:
    """The states after a title: "of Mali and Niger", "of the European Commission".

    Returns:
        Them, and the index after them; none and ``j`` itself where none follows.
    """
    if not row.says(j, "title.of"):
        return [], j
    at = j + 1
    found: list[Name] = []
    last = False
    while len(found) < _MOST_OWNERS:
        if row.says(at, "title.the"):
            at += 1
        item, name = row.at(at), row.owns(at)
        if item is None or name is None or name.kind is NameKind.DEMONYM:
            break
        found.append(name)
        at += 1
        if item.possessive:
            break
        step = 2 if row.marks(at, ",") and row.says(at + 1, "title.and") else 1
        following = at + step + (1 if row.says(at + step, "title.the") else 0)
        comma = row.marks(at, ",")
        if not (comma or row.says(at, "title.and")) or not row.owns(following):
            break
        if last and comma and step == 1:
            break  # "of Nigeria, Lebanon and Ghana, the White House said"
        last = not comma or step > 1
        at += step
    return found, at if found else j


def name_after(row: Row, j: int) -> tuple[Item, int] | None:
    """The person after a title, perhaps after a comma or an honorific, with the index after."""
    if row.marks(j, ","):
        return (row.items[j + 1], j + 3) if _closes(row, j) else None
    item = row.at(j)
    while item is not None and item.text.lower().rstrip(".") in row.words["title.honorific"]:
        j += 1
        item = row.at(j)
    if item is None or "\n" in row.text[row.items[j - 1].end : item.start]:
        return None
    known = item.hit is not None and any(n.kind in PEOPLE for n in item.hit.names)
    if item.kind != "name" and not known:
        return None
    if headlined(row.text, item.start) and not (known or first_name(item.text.split()[0])):
        return None
    following = row.at(j + 1)
    if following is not None and not item.possessive:
        first_known = item.kind == "name" and _surname(following)
        last_known = item.kind != "name" and following.kind == "name" and _surname(item)
        last_known = last_known and not headlined(row.text, item.start)
        if first_known or (last_known and not _verb(following, row.words)):
            text = row.text[item.start : following.end]
            item, j = Item("name", item.start, following.end, text), j + 1
    return None if item.kind == "name" and _garbled(item.text) else (item, j + 1)


# Words of a line of which so large a share begins with a capital that a capital says nothing.
_CAPITALS = 0.7
_LONG = re.compile(r"\b[^\W\d_]{4,}")
_ENOUGH = 4
"""Words of four letters or more below which a line says nothing of how it is set."""


def headlined(text: str, at: int) -> bool:
    """Whether the line around a character is set like a headline, Each Word With A Capital.

    Every verb looks like a name there: "French President Ending Visit".
    """
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]
    words = _LONG.findall(line)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _ENOUGH and capitals >= _CAPITALS * len(words)


def _verb(item: Item, words: Words) -> bool:
    """Whether a capitalised word after a surname is a headline's verb: "Trump Welcomes …"."""
    first = item.text.split()[0].lower()
    stem = {first, first.removesuffix("s"), first.removesuffix("es")}
    return any(stem & words[name] for name in ("cue.speech", "event.verb.host", "event.verb.meet"))


# Words of the longest names, titles aside; and words run together by a page's mark-up.
_NAME_WORDS = 4
_GLUED = re.compile(r"\b(?!Mc|Mac|De|Di|La|Le|Fitz|Van|Al|El|O)\w*[a-z][A-Z]")


def _garbled(name: str) -> bool:
    """Whether a run of capitalised words can be nobody's name."""
    parts = name.split()
    alone = len(parts[-1]) == 1
    return alone or len(parts) > _NAME_WORDS or _GLUED.search(name) is not None


def _surname(item: Item) -> bool:
    """Whether it is known as nothing but a surname."""
    return item.hit is not None and all(n.kind is NameKind.SURNAME for n in item.hit.names)


def _closes(row: Row, j: int) -> bool:
    """Whether ", Name," follows: "Turkey's foreign minister, Hakan Fidan, said"."""
    item = row.at(j + 1)
    return item is not None and row.marks(j + 2, ",.;)—–") and full_name(item)


def full_name(item: Item) -> bool:
    """Whether it names a person in full: one that is known, or two capitalised words."""
    person = item.hit is not None and item.hit.names[0].kind in PEOPLE
    return person or (item.kind == "name" and " " in item.text)
