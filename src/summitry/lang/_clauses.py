"""What is known of a sentence while its phrases are hung on each other?

One clause is open inside another; each has its verb, or waits for it, and the nouns that the
next phrase can hang on. A working value of ``lang/``, as nodes are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from summitry.lang._chunks import Chunk
from summitry.lang._nodes import Node
from summitry.lang.words import Words

__all__ = ["Clause", "Clauses"]

_EVENTS = ("visit", "meeting", "summit", "conference", "negotiation", "call")
_PEOPLE = ("head", "foreign", "minister", "envoy", "official", "speaker", "peer")
_WHO = ("anonymous", "analyst", "media", "institution", "document", "publisher")


@dataclass(slots=True, eq=False)
class Clause:
    """A clause while it is read."""

    dep: str
    over: int
    parent: "Clause | None" = None
    verb: int = -1
    subjects: list[int] = field(default_factory=list)
    waiting: list[tuple[int, str]] = field(default_factory=list)
    relative: int = -1
    chain: list[int] = field(default_factory=list)
    """The nouns that the next phrase can hang on, the nearest last."""
    apart: bool = False
    """Whether a comma stands between the last noun and what comes."""
    aside: list[int] = field(default_factory=list)
    """The nouns before an apposition, which its second comma brings back."""


class Clauses:
    """One sentence on its way to a tree."""

    def __init__(self, nodes: list[Node], found: Sequence[Chunk], pack: Words) -> None:
        self.nodes, self.found, self.pack = nodes, found, pack
        self.events = frozenset(w for n in _EVENTS for w in pack[f"event.noun.{n}"])
        self.titles = frozenset(w for n in _PEOPLE for w in pack[f"title.{n}"])
        self.people = self.titles | frozenset(w for n in _WHO for w in pack[f"source.{n}"])
        self.main = Clause("ROOT", -1)
        self.now = self.main
        self.joining = -1
        self.stopped = False

    def put(self, i: int, over: int, dep: str) -> None:
        self.nodes[i].head, self.nodes[i].dep = over, dep

    def on_verb(self, i: int, dep: str) -> None:
        """Hang a word on the verb of the clause, or keep it until the verb comes."""
        if self.now.verb >= 0:
            self.put(i, self.now.verb, dep)
        else:
            self.now.waiting.append((i, dep))

    def is_event(self, i: int) -> bool:
        return self.nodes[i].lemma in self.events or self.nodes[i].low in self.events

    def is_date(self, i: int) -> bool:
        node = self.nodes[i]
        return node.low in self.pack["parse.dates"] or node.text[0].isdigit()

    def is_person(self, i: int) -> bool:
        node = self.nodes[i]
        return node.pos == "PROPN" or node.lemma in self.people or node.low in self.people
