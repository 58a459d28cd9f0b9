"""A sentence as Universal Dependencies have it, while it is put right and translated.

A working value of ``lang/``: nodes change until they become tokens, and none leaves the room.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Node", "children", "renumbered"]


@dataclass(slots=True, eq=False)
class Node:
    """One word on its way from the model's labels to ours."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: Mapping[str, str] = field(default_factory=dict)

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def form(self) -> str:
        """The form of a verb: Fin, Inf, Part, or empty."""
        return self.morph.get("VerbForm", "")


def children(nodes: Sequence[Node], i: int, *deps: str) -> list[Node]:
    """The nodes that hang on node i by one of the relations (by any, if none is given)."""
    return [n for n in nodes if n.head == i and n.i != i and (not deps or n.dep in deps)]


def renumbered(nodes: Sequence[Node], dropped: Callable[[Node], bool]) -> list[Node]:
    """The nodes without some, each counted anew; what hung on those hangs on their heads."""
    by = {n.i: n for n in nodes}
    for node in nodes:
        seen = {node.i}
        while dropped(by[node.head]) and by[node.head].head not in seen:
            seen.add(node.head)
            node.head = by[node.head].head
    kept = [n for n in nodes if not dropped(n)]
    place = {n.i: k for k, n in enumerate(kept)}
    for node in kept:
        node.head = place.get(node.head, place[node.i])
    for k, node in enumerate(kept):
        node.i = k
    return kept
