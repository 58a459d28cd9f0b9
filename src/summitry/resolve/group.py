"""Which mentions speak of one engagement?

Mentions are taken oldest first, and each joins the engagement that it fits best or opens one
of its own. So neither the order of arrival nor a report published later can change what the
diary made of the earlier ones; and what was decided can be written down, mention by mention,
and need not be decided again (``settle``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import combinations

from summitry.resolve._cluster import Cluster
from summitry.resolve._face import Face
from summitry.resolve._likeness import REACH, bridges, likeness
from summitry.resolve._told import UNKNOWN, Told, by_age

__all__ = ["Pairs", "Placement", "Reach", "group", "keys_of", "replayed", "settle"]

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one mention was put, given all mentions older than it."""

    face: Face
    into: str
    """The mention that opened the engagement which it joined; itself when it opened one."""
    joins: tuple[str, ...] = ()
    """Further engagements that it showed to be the same, by the mentions that opened them."""
    stands: str = ""
    """The engagement in which it stands after all mentions known."""

    @property
    def order(self) -> tuple[bool, datetime, str]:
        """Sort key: oldest first, without a date last."""
        return self.face.order


@dataclass(frozen=True, slots=True)
class Reach:
    """Engagements between given parties that touch the days [start, end], both inclusive."""

    key: str
    start: date
    end: date
    since: datetime
    """Only mentions that count from then on, or later."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Mentions that editors joined and parted, each with its partners."""

    same: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, same: Iterable[tuple[str, str]], apart: Iterable[tuple[str, str]]) -> "Pairs":
        """From pairs of mention ids."""
        return cls(_symmetric(same), _symmetric(apart))


def group(
    told: Iterable[Told],
    same: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> tuple[tuple[Told, ...], ...]:
    """The mentions of each engagement, oldest first.

    Args:
        told: Mentions in any order.
        same: Pairs of mention ids that an editor joined.
        apart: Pairs of mention ids that an editor parted.

    Returns:
        Disjoint groups that hold all mentions; the earliest mention of each comes first.
    """
    by_id = {one.mention.id: one for one in told}
    clusters = _Clusters()
    judged = Pairs.of(same, apart)
    for face in sorted(map(Face.of, by_id.values()), key=lambda f: f.order):
        clusters.put(_placed(face, clusters, judged))
    return _told(clusters, by_id)


def replayed(
    placements: Iterable[Placement], told: Iterable[Told]
) -> tuple[tuple[Told, ...], ...]:
    """The groups that written decisions make, without deciding anything anew.

    Args:
        placements: Of all mentions of the engagements asked for.
        told: The mentions themselves.
    """
    clusters = _Clusters()
    for placement in sorted(placements, key=lambda p: p.order):
        clusters.put(placement)
    return _told(clusters, {one.mention.id: one for one in told})


def settle(
    came: Iterable[Told],
    gone: Iterable[Placement],
    judged: Pairs,
    stored: Callable[[Iterable[Reach], Iterable[str]], Iterable[Placement]],
) -> tuple[Placement, ...]:
    """Decide about new mentions, and again about the few that they, or lost ones, concern.

    The outcome is that of ``group`` over all mentions, at the cost of the neighbourhood.

    Args:
        came: Mentions that are new, or of which an editor judged anew.
        gone: What had been decided about mentions that no longer count.
        judged: All that editors joined and parted.
        stored: Gives the decisions about the mentions within reach or named, together with
            those about all other mentions of the same engagements.

    Returns:
        The decisions that are new or changed.
    """
    fresh = {face.id: face for face in map(Face.of, came)}
    lost = {placement.face.id: placement for placement in gone}
    wanted = _Wanted()
    for face in (*fresh.values(), *(p.face for p in lost.values())):
        wanted.add(face)
    while True:
        partners = {m for i in (*fresh, *wanted.faces) for m in judged.same.get(i, ())}
        partners |= {m for i in (*fresh, *wanted.faces) for m in judged.apart.get(i, ())}
        known = {p.face.id: p for p in stored(wanted.reaches, sorted(partners))}
        before = wanted.changes
        changed = _redecided(fresh, lost, known, judged, wanted)
        if wanted.changes == before:
            return tuple(changed)


def _redecided(
    fresh: Mapping[str, Face],
    lost: Mapping[str, Placement],
    known: Mapping[str, Placement],
    judged: Pairs,
    wanted: "_Wanted",
) -> list[Placement]:
    """The changed decisions; ``wanted`` grows by what should have been at hand for them."""
    clusters, touched, placed = _Clusters(), _Touched(), []
    faces = {i: p.face for i, p in {**known, **lost}.items()} | dict(fresh)
    for face in sorted(faces.values(), key=lambda f: f.order):
        old = known.get(face.id) or lost.get(face.id)
        if old and face.id in known and not touched.meets(face, judged):
            clusters.put(old)
            placed.append(old)
            continue
        new = None
        if face.id in known or face.id in fresh:
            wanted.add(face)
            new = _placed(face, clusters, judged)
        if new is None or old is None or _decision(new) != _decision(old):
            roots = {root for p in (old, new) if p for root in (p.into, *p.joins)}
            for other in (face, *clusters.members(roots)):
                touched.add(other)
                wanted.add_after(other, face)
        if new:
            clusters.put(new)
            placed.append(new)
    out = [replace(p, stands=clusters.home(p.face.id)) for p in placed]
    return [p for p in out if p != known.get(p.face.id)]


def _decision(placement: Placement) -> tuple[Face, str, tuple[str, ...]]:
    """What was decided, whatever came of the engagement since."""
    return (placement.face, placement.into, placement.joins)


def _placed(face: Face, clusters: "_Clusters", judged: Pairs) -> Placement:
    """Which engagement the mention belongs to, as far as older ones tell."""
    parted = {c.id for c in clusters.homes(judged.apart.get(face.id, ()))}
    wanted = clusters.homes(judged.same.get(face.id, ()))
    fits = _fits(face, [c for c in clusters.near(face) if c.id not in parted])
    if wanted:
        return Placement(face, wanted[0].id, tuple(c.id for c in wanted[1:]))
    if not fits:
        return Placement(face, face.id)
    return Placement(face, fits[0].id, tuple(c.id for c in fits[1:] if bridges(face, c)))


def _fits(face: Face, candidates: Iterable[Cluster]) -> list[Cluster]:
    """The engagements that the mention may belong to, best first."""
    scored = [(likeness(face, c), c) for c in candidates]
    fits = [(-score, c.faces[0].order, c) for score, c in scored if score > 0]
    return [c for *_, c in sorted(fits, key=lambda s: s[:2])]


class _Clusters:
    """The engagements so far, found by their parties and days."""

    def __init__(self) -> None:
        self._open: dict[str, Cluster] = {}
        self._into: dict[str, str] = {}
        """Engagements that were joined to another, by their ids."""
        self._home: dict[str, str] = {}
        self._index: dict[tuple[Key, int], dict[str, None]] = defaultdict(dict)

    def put(self, placement: Placement) -> None:
        """Follow a decision."""
        face = placement.face
        cluster = self._open.setdefault(self._root(placement.into), Cluster(placement.into))
        for other in placement.joins:
            self._join(cluster, self._root(other))
        cluster.add(face)
        self._home[face.id] = cluster.id
        for slot in _slots(face, 0):
            self._index[slot][cluster.id] = None

    def near(self, face: Face) -> list[Cluster]:
        """The engagements with parties in common that a rule could compare."""
        found = {i: None for slot in _slots(face, REACH) for i in self._index.get(slot, ())}
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


class _Touched:
    """Parties and days of which something has changed."""

    def __init__(self) -> None:
        self._slots: set[tuple[Key, int]] = set()
        self._mentions: set[str] = set()

    def add(self, face: Face) -> None:
        self._slots.update(_slots(face, 0))
        self._mentions.add(face.id)

    def meets(self, face: Face, judged: Pairs) -> bool:
        """Whether a mention could now be decided otherwise."""
        partners = judged.same.get(face.id, frozenset()) | judged.apart.get(face.id, frozenset())
        return bool(partners & self._mentions) or any(
            slot in self._slots for slot in _slots(face, REACH)
        )


class _Wanted:
    """The neighbourhood that has to be at hand for the decisions to be the right ones."""

    def __init__(self) -> None:
        self._slots: dict[tuple[Key, int], datetime] = {}
        self.faces: dict[str, None] = {}
        self.changes = 0
        """How often it has grown."""

    def add(self, face: Face) -> None:
        """All with which a mention is compared."""
        self.faces[face.id] = None
        self._reach(face, UNKNOWN)

    def add_after(self, face: Face, changed: Face) -> None:
        """What is compared with a mention whose engagement changed, after the change."""
        self._reach(face, changed.at)

    @property
    def reaches(self) -> list[Reach]:
        return [
            Reach(
                _text(key), date.fromordinal(max(1, n * REACH)), _day((n + 1) * REACH - 1), since
            )
            for (key, n), since in self._slots.items()
        ]

    def _reach(self, face: Face, since: datetime) -> None:
        for slot in _slots(face, REACH):
            if slot not in self._slots or since < self._slots[slot]:
                self._slots[slot] = since
                self.changes += 1


def keys_of(face: Face) -> tuple[str, ...]:
    """The parties under which a mention is looked for, each as one text."""
    return tuple(map(_text, _keys(face.states)))


def _text(key: Key) -> str:
    return " & ".join(key)


def _slots(face: Face, margin: int) -> Iterator[tuple[Key, int]]:
    """The drawers of the index that a mention touches: its parties by stretches of days.

    Args:
        face: The mention.
        margin: Days by which its window is widened on both sides.
    """
    first = max(1, face.window.start.toordinal() - margin) // REACH
    last = (face.window.end.toordinal() + margin) // REACH
    for key in _keys(face.states):
        for number in range(first, last + 1):
            yield key, number


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


def _told(clusters: Iterable[Cluster], by_id: Mapping[str, Told]) -> tuple[tuple[Told, ...], ...]:
    """The groups, each and all oldest first."""
    groups = (tuple(sorted((by_id[f.id] for f in c.faces), key=by_age)) for c in clusters)
    return tuple(sorted(groups, key=lambda g: by_age(g[0])))


def _day(ordinal: int) -> date:
    return date.fromordinal(min(ordinal, date.max.toordinal()))
