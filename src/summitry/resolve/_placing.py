"""Where does one mention belong, given all that are older?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from summitry.model import Kind
from summitry.resolve._cluster import Cluster
from summitry.resolve._face import Face, is_body
from summitry.resolve._likeness import ALIKE, REACH, alike, bridges, likeness, succeeds

__all__ = [
    "Clusters",
    "Pairs",
    "Placement",
    "Slot",
    "keys_between",
    "keys_of",
    "placed",
    "slots",
    "text_of",
]

Key = tuple[str, ...]
Slot = tuple[Key, int]
"""A drawer of the index: parties, and the number of a stretch of days."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one mention was put, given all mentions older than it."""

    face: Face
    into: str
    """The mention that opened the engagement which it joined; itself when it opened one."""
    joins: tuple[str, ...] = ()
    """Further engagements that it showed to be the same, by the mentions that opened them."""
    follows: str = ""
    """The engagement that was put off or called off and that it takes up in another form, by
    the mention that opened that; empty when it opens none, or one without a past."""
    stands: str = ""
    """The engagement in which it stands after all mentions known."""

    @property
    def order(self) -> tuple[bool, datetime, str]:
        """Sort key: oldest first, without a date last."""
        return self.face.order


@dataclass(frozen=True, slots=True)
class Pairs:
    """Mentions that editors joined and parted, each with its partners."""

    same: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, same: Iterable[tuple[str, str]], apart: Iterable[tuple[str, str]]) -> "Pairs":
        """From pairs of mention ids."""
        return cls(_symmetric(same), _symmetric(apart))


def placed(face: Face, clusters: "Clusters", judged: Pairs) -> Placement:
    """Which engagement the mention belongs to, as far as older ones tell."""
    parted = {c.id for c in clusters.homes(judged.apart.get(face.id, ()))}
    wanted = clusters.homes(judged.same.get(face.id, ()))
    near = [c for c in clusters.near(face) if c.id not in parted]
    fits = _fits(face, near)
    if wanted:
        return Placement(face, wanted[0].id, tuple(c.id for c in wanted[1:]))
    if not fits:
        past = [c for c in near if succeeds(face, c)]
        before = max(past, key=lambda c: (c.last, c.id), default=None)
        return Placement(face, face.id, follows=before.id if before else "")
    return Placement(face, fits[0][1].id, tuple(_joined(face, fits, judged)))


def _fits(face: Face, candidates: Iterable[Cluster]) -> list[tuple[float, Cluster]]:
    """The engagements that the mention may belong to with their likeness, best first."""
    scored = [(likeness(face, c), c) for c in candidates]
    fits = [(score, c) for score, c in scored if score > 0]
    return sorted(fits, key=lambda s: (-s[0], s[1].faces[0].order))


def _joined(face: Face, fits: Iterable[tuple[float, Cluster]], judged: Pairs) -> Iterator[str]:
    """The engagements that the mention shows to be the one that it fits best.

    Not those of which an editor or a report says that they are two.
    """
    (best, first), *others = fits
    for score, other in others:
        same = min(best, score) >= ALIKE and alike(first, other)
        if (bridges(face, other) or same) and not _parted(first, other, judged):
            yield other.id


def _parted(one: Cluster, other: Cluster, judged: Pairs) -> bool:
    """Whether an editor parted a mention of one from a mention of the other."""
    there = {f.id for f in other.faces}
    return any(not there.isdisjoint(judged.apart.get(f.id, ())) for f in one.faces)


class Clusters:
    """The engagements so far, found by their parties and days."""

    def __init__(self) -> None:
        self._open: dict[str, Cluster] = {}
        self._into: dict[str, str] = {}
        """Engagements that were joined to another, by their ids."""
        self._follows: dict[str, str] = {}
        self._home: dict[str, str] = {}
        self._index: dict[tuple[Key, int], dict[str, None]] = defaultdict(dict)

    def put(self, placement: Placement) -> None:
        """Follow a decision."""
        face = placement.face
        cluster = self._open.setdefault(self._root(placement.into), Cluster(placement.into))
        for other in placement.joins:
            self._join(cluster, self._root(other))
        cluster.add(face)
        if placement.follows:
            self._follows[placement.into] = placement.follows
        self._home[face.id] = cluster.id
        for slot in slots(face, 0):
            self._index[slot][cluster.id] = None

    def predecessor(self, cluster: Cluster) -> Cluster | None:
        """The engagement that another takes up; None where it takes up none."""
        before = self._follows.get(cluster.id)
        root = self._root(before) if before else cluster.id
        return self._open[root] if root in self._open and root != cluster.id else None

    def near(self, face: Face) -> list[Cluster]:
        """The engagements with parties in common that a rule could compare."""
        found = {i: None for slot in slots(face, REACH) for i in self._index.get(slot, ())}
        roots = dict.fromkeys(map(self._root, found))
        return [self._open[root] for root in roots]

    def homes(self, mentions: Iterable[str]) -> list[Cluster]:
        """The engagements of the mentions that are known so far, each once."""
        roots = dict.fromkeys(
            self._root(self._home[m]) for m in sorted(mentions) if m in self._home
        )
        return [self._open[root] for root in roots]

    def home(self, mention: str) -> str:
        """The engagement in which a mention stands."""
        return self._root(self._home[mention])

    def members(self, roots: Iterable[str]) -> Iterator[Face]:
        """The mentions of the engagements of these ids that are known so far."""
        for root in {self._root(r) for r in roots}:
            if root in self._open:
                yield from self._open[root].faces

    def __iter__(self) -> Iterator[Cluster]:
        return iter(self._open.values())

    def _root(self, cluster: str) -> str:
        while cluster in self._into:
            cluster = self._into[cluster]
        return cluster

    def _join(self, cluster: Cluster, other: str) -> None:
        """Move all mentions of another engagement here."""
        if other == cluster.id or other not in self._open:
            return
        for face in self._open.pop(other).faces:
            cluster.add(face)
        self._into[other] = cluster.id


def keys_of(face: Face) -> tuple[str, ...]:
    """The parties under which a mention is looked for, each as one text."""
    return tuple(map(text_of, _of_face(face)))


def keys_between(states: Iterable[str]) -> tuple[str, ...]:
    """The keys that a mention has in which all of some parties take part.

    >>> keys_between(["TR", "RU"])
    ('RU & TR',)
    """
    return tuple(map(text_of, _keys(frozenset(states))))


def text_of(key: Key) -> str:
    return " & ".join(key)


def slots(face: Face, margin: int) -> Iterator[Slot]:
    """The drawers of the index that a mention touches: its parties by stretches of days.

    Args:
        face: The mention.
        margin: Days by which its window is widened on both sides.
    """
    first = max(1, face.window.start.toordinal() - margin) // REACH
    last = (face.window.end.toordinal() + margin) // REACH
    for key in _of_face(face):
        for number in range(first, last + 1):
            yield key, number


def _of_face(face: Face) -> list[Key]:
    """The blocks of a mention; a body's summit is looked for by the body too, whoever comes."""
    keys = _keys(face.states)
    if face.kind is Kind.SUMMIT:
        keys += [(s,) for s in sorted(face.states) if is_body(s) and (s,) not in keys]
    return keys


def _keys(states: frozenset[str]) -> list[Key]:
    """The blocks in which a set of parties is looked for: its pairs, or the one there is."""
    names = sorted(states)
    return list(combinations(names, 2)) or [(name,) for name in names]


def _symmetric(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For each id the ids that it is paired with."""
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        out[a].add(b)
        out[b].add(a)
    return {k: frozenset(v) for k, v in out.items()}
