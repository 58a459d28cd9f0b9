"""Who meets whom, as GraphML for Gephi, networkx and igraph."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from summitry.export._coding import coded
from summitry.export._words import state
from summitry.export._xml import add, document, fit, root
from summitry.model import Diary, Engagement, Party, digest

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["diary_graphml"]

_Cell = str | int | float | None
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = {"label": "string", "sort": "string", "state": "string", "wikidata": "string"}
_EDGE = {
    "engagement": "string",
    "kind": "string",
    "status": "string",
    "occurrence": "string",
    "start": "string",
    "end": "string",
    "sources": "int",
    "chance": "double",
    "background": "boolean",
    "claims": "string",
}


def diary_graphml(diary: Diary) -> bytes:
    """An undirected multigraph: a node a party, an edge a pair of an engagement's sides.

    Parties of one state are one delegation and have no edge. Every edge says how far its
    engagement has come (``occurrence`` keeps plans apart from what was held; ``end`` is
    exclusive) and names the claims for its two parties and its status, parted by spaces.
    """
    outermost = root(_NAMESPACE, "graphml")
    for sort, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys.items():
            known = {"id": f"{sort}-{name}", "for": sort, "attr.name": name, "attr.type": kind}
            add(outermost, "key", **known)
    graph = add(outermost, "graph", id="diary", edgedefault="undirected")
    for ident, party in {_id(p.value): p.value for e in diary for p in e.parties}.items():
        node = add(graph, "node", id=ident)
        label = party.name or state(party.state) or "unnamed"
        cells = (label, "person" if party.name else "state", party.state, party.wikidata)
        _data(node, "node", zip(_NODE, cells, strict=True))
    for e in diary:
        for key, source, target, facts in _edges(e):
            edge = add(graph, "edge", id=key, source=source, target=target)
            _data(edge, "edge", zip(_EDGE, facts, strict=True))
    return document(outermost)


def _edges(e: Engagement) -> Iterator[tuple[str, str, str, tuple[_Cell, ...]]]:
    when = e.when.value if e.when else None
    by_id = {_id(p.value): p for p in e.parties}
    for (ours, a), (theirs, b) in combinations(sorted(by_id.items()), 2):
        if a.value.state and a.value.state == b.value.state:
            continue
        claims = dict.fromkeys(c.id for field in (a, b, e.status) for c in field.by)
        cells = (
            *(e.id, e.kind.value.value, str(e.status.value.value), coded(e).occurrence),
            when.start.isoformat() if when and when.start else None,
            when.end.isoformat() if when and when.end else None,
            *(e.independent_sources, e.chance.p if e.chance else None),
            *("true" if e.background else "false", " ".join(claims)),
        )
        yield digest(e.id, ours, theirs), ours, theirs, cells


def _id(party: Party) -> str:
    """One node a person by Wikidata id, else by name and state; else the state."""
    if party.wikidata:
        return party.wikidata
    if party.name:
        return fit(f"{party.state or ''}:{party.name}")
    return fit(party.state or "unnamed")


def _data(
    parent: "_Element", sort: str, cells: "Iterator[tuple[str, str | int | float | None]]"
) -> None:
    for name, cell in cells:
        if cell is not None:
            add(parent, "data", str(cell), key=f"{sort}-{name}")
