"""Which mentions speak of one engagement?

Mentions are taken oldest first, and each joins the engagement that it fits best or opens one
of its own. So neither the order of arrival nor a report published later can change what the
diary made of the earlier ones. An engagement is compared by its parties, its people, its
place, its days and its sort; a veto in one outweighs likeness in all the others.

What this file does not do: weigh who is right. It asks what is spoken of.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from summitry.model import Kind
from summitry.resolve._face import Face, Span
from summitry.resolve._told import Told, by_age

__all__ = ["group"]

_NEAR = 45
"""Days within which a mention without a date is about the plan of the day."""
_NEAR_CALL = 14
"""The same for calls, which are arranged at shorter notice and more often."""
_PENDING = 180
"""The same for a plan that was put off, or whose day passed in silence: it stays the plan."""
_REVIVED = 400
"""Days after which a new date for what was put off is no longer the same engagement."""
_MOVED = 7
"""Days within which one guest's two dates in one country are a change of date, no second trip."""
_SLACK = 1
"""Days by which two exact dates may differ: time zones, arrival in the evening."""


@dataclass(slots=True)
class _Cluster:
    """Mentions held to be one engagement."""

    faces: list[Face] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    window: Span | None = None
    """From the first to the last day that its mentions touch."""

    def add(self, face: Face, told: Told) -> None:
        w = self.window or face.window
        self.window = Span(min(w.start, face.window.start), max(w.end, face.window.end))
        self.faces.append(face)
        self.told.append(told)

    @property
    def spans(self) -> list[Span]:
        return [s for f in self.faces for s in f.spans]


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
    joined, parted = _symmetric(same), _symmetric(apart)
    index: dict[tuple[str, ...], list[_Cluster]] = defaultdict(list)
    home: dict[str, _Cluster] = {}
    for one in sorted(told, key=by_age):
        face = Face.of(one)
        fits = _fits(face, index, home, parted.get(face.id, frozenset()))
        wanted = [home[i] for i in sorted(joined.get(face.id, ())) if i in home]
        cluster = wanted[0] if wanted else fits[0] if fits else _Cluster()
        # A report that knows the old and the new date joins what was told of either.
        bridged = [c for c in fits[1:] if not wanted and face.moved and _dated(face, c)]
        for other in [*wanted[1:], *bridged]:
            _merge(cluster, other, home)
        cluster.add(face, one)
        home[face.id] = cluster
        for key in _keys(face.states):
            if not any(c is cluster for c in index[key]):
                index[key].append(cluster)
    clusters = {id(c): c for c in home.values()}
    groups = (tuple(sorted(c.told, key=by_age)) for c in clusters.values())
    return tuple(sorted(groups, key=lambda g: by_age(g[0])))


def _symmetric(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For each id the ids that it is paired with."""
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        out[a].add(b)
        out[b].add(a)
    return {k: frozenset(v) for k, v in out.items()}


def _keys(states: frozenset[str]) -> Sequence[tuple[str, ...]]:
    """The blocks in which a set of parties is looked for: its pairs, or the one there is."""
    names = sorted(states)
    return list(combinations(names, 2)) or [(name,) for name in names]


def _fits(
    face: Face,
    index: dict[tuple[str, ...], list[_Cluster]],
    home: dict[str, _Cluster],
    parted: frozenset[str],
) -> list[_Cluster]:
    """The clusters that the mention may belong to, best first."""
    seen = {id(c): c for key in _keys(face.states) for c in index.get(key, ())}
    forbidden = {id(home[i]) for i in parted if i in home}
    scored = []
    for key, cluster in seen.items():
        if key in forbidden or not cluster.faces or not cluster.window:
            continue  # parted by an editor, or merged into another
        if face.window.gap(cluster.window) > _REVIVED:
            continue  # no rule below reaches so far: spare them all
        score = _likeness(face, cluster)
        if score > 0:
            scored.append((-score, cluster.faces[0].at, cluster.faces[0].id, cluster))
    return [c for *_, c in sorted(scored, key=lambda s: s[:3])]


def _merge(cluster: _Cluster, other: _Cluster, home: dict[str, _Cluster]) -> None:
    """Move all mentions of another cluster here."""
    if other is cluster:
        return
    for face, told in zip(other.faces, other.told, strict=True):
        cluster.add(face, told)
        home[face.id] = cluster
    other.faces, other.told = [], []


def _likeness(face: Face, cluster: _Cluster) -> float:
    """How well a mention fits; 0 when something forbids it."""
    near = [f for f in cluster.faces if _same_sort(face, f) and _same_parties(face, f)]
    if any(_told_apart(face, f) for f in cluster.faces):
        return 0.0
    if not near or not _same_people(face, cluster.faces) or not _same_place(face, cluster.faces):
        return 0.0
    days = _days(face, cluster)
    if days <= 0:
        return 0.0
    best = 0.0
    for other in near:
        score = 0.5 * (face.kind is other.kind) + 0.5 * (face.place == other.place is not None)
        score += 0.5 * (face.city == other.city is not None)
        score += len(face.states & other.states) / len(face.states | other.states)
        best = max(best, score)
    mixed = all(f.background for f in cluster.faces) != face.background
    return days + best - 0.5 * mixed


def _told_apart(a: Face, b: Face) -> bool:
    """Whether one report speaks of both as of two, and neither is the trip to the other."""
    return a.report == b.report and Kind.VISIT not in (a.kind, b.kind)


def _same_sort(a: Face, b: Face) -> bool:
    """Calls with calls; a trip with its meetings; a gathering with a gathering."""
    if a.sort == b.sort:
        return True
    alike = a.kind is b.kind or a.states == b.states
    return "call" not in (a.sort, b.sort) and alike and _touch(a, b)


def _same_parties(a: Face, b: Face) -> bool:
    """The same parties; or all of one among the other's, and day or place agree."""
    if a.states == b.states:
        return True
    common = a.states & b.states
    if a.kind is b.kind is Kind.SUMMIT and any(len(name) > 2 for name in common):
        return True  # the summit of an organisation; EU and UN, like states, meet all the time
    here = a.place == b.place is not None
    if not (a.states <= b.states or b.states <= a.states):
        gathering = a.sort == b.sort == "gathering"
        return gathering and len(common) >= 2 and _touch(a, b)
    if len(common) >= 2:
        return _touch(a, b) or (here and a.kind is b.kind and not (a.spans and b.spans))
    return _touch(a, b) and here


def _same_people(face: Face, others: list[Face]) -> bool:
    """For no state two different people, unless the delegation is known to hold both."""
    if "gathering" in (face.sort, others[0].sort):
        return True  # to which states send several people, and reports name one or another
    known: dict[str, set[str]] = defaultdict(set)
    for other in others:
        for state, words in other.people:
            known[state] |= words
    clash = [s for s, words in face.people if known.get(s) and not words & known[s]]
    if not clash:
        return True
    # A minister on the same trip, or one of several hosts: same day, same place.
    agreed = any(words & known.get(s, set()) for s, words in face.people)
    return agreed and any(
        face.place == o.place is not None and _touch(face, o) and face.plain and o.plain
        for o in others
        if all(s.exact for s in (*face.spans, *o.spans))
    )


def _same_place(face: Face, others: list[Face]) -> bool:
    """No other country than the one most of the mentions name."""
    places = [o.place for o in others if o.place]
    return face.place is None or not places or face.place in places


def _touch(a: Face, b: Face) -> bool:
    """Whether both are dated and some days agree."""
    return any(x.gap(y) <= _SLACK for x in a.spans for y in b.spans)


def _dated(face: Face, cluster: _Cluster) -> bool:
    """Whether an exact date of the mention is one of the cluster's."""
    mine = [s for s in face.spans if s.exact]
    return any(x.gap(y) < 0 for x in mine for y in cluster.spans if y.exact)


def _days(face: Face, cluster: _Cluster) -> float:
    """How well the days agree: 3 to the day, 2 roughly, 1 by nearness in time, 0 not."""
    theirs = cluster.spans
    if not face.spans:
        return _undated(face, cluster)
    if not theirs:
        return max((_undated_near(face, other) for other in cluster.faces), default=0.0)
    if all(f.background for f in cluster.faces) != face.background:
        # "They met in 2019" is no word about the visit of that August.
        theirs = [s for s in theirs if not s.rough]
    mine, exact = [s for s in face.spans if s.exact], [s for s in theirs if s.exact]
    if mine and exact:
        gap = min(x.gap(y) for x in mine for y in exact)
        if gap < _SLACK:
            return 3.0 if gap < 0 else 2.5
        if gap < _MOVED and _same_trip(face, cluster):
            return 1.5
    elif any(x.gap(y) < 0 for x in face.spans for y in theirs if not (mine and y.rough)):
        return 2.0
    return 1.0 if _revived(face, cluster) else 0.0


def _same_trip(face: Face, cluster: _Cluster) -> bool:
    """Whether guest and country are the same, and nothing is mere recollection."""
    return any(
        face.kind is other.kind is Kind.VISIT
        and face.place == other.place is not None
        and not face.background
        and not other.background
        for other in cluster.faces
    )


def _revived(face: Face, cluster: _Cluster) -> bool:
    """Whether it is a new date for what was put off and not held since."""
    if face.background or face.held or not any(f.moved for f in cluster.faces):
        return False
    if any(f.held or f.background for f in cluster.faces):
        return False
    later = min(s.start for s in face.spans) >= min(s.start for s in cluster.spans)
    last = max(f.at.date() for f in cluster.faces)
    return later and _distance(face.at.date(), last) <= _REVIVED and face.place is not None


def _undated(face: Face, cluster: _Cluster) -> float:
    """A mention without a date: the plan of the day, or what has just been held."""
    past = all(f.background for f in cluster.faces)
    if past != face.background:
        return 0.0
    if face.sort == "gathering" and all(f.kind is not face.kind for f in cluster.faces):
        return 0.0
    held = [f.at for f in cluster.faces if f.held and not f.background]
    if held and not face.held and max(held) < face.at:
        return 0.0  # after the meeting, a plan is a plan for the next
    day, spans = face.at.date(), cluster.spans
    silent = min(_distance(day, f.at.date()) for f in cluster.faces)
    if not held and not past and _pending(cluster, day):
        return 1.0 if silent <= _PENDING else 0.0
    near = min((_apart(day, s) for s in spans), default=silent)
    return 1.0 if near <= (_NEAR_CALL if face.sort == "call" else _NEAR) else 0.0


def _pending(cluster: _Cluster, day: date) -> bool:
    """Whether it was put off, or its day has passed without a word: it is still to come."""
    passed = bool(cluster.spans) and max(s.end for s in cluster.spans) <= day
    return passed or any(f.moved for f in cluster.faces)


def _undated_near(face: Face, other: Face) -> float:
    """A dated mention and an undated one: the day lies near what was said without a day."""
    if face.background != other.background:
        return 0.0
    near = min(_apart(other.at.date(), s) for s in face.spans)
    apart = _distance(face.at.date(), other.at.date())
    return 1.0 if near <= _NEAR or (apart <= _NEAR and not face.background) else 0.0


def _apart(day: date, span: Span) -> int:
    """Days from a day to the nearest day of a span; 0 inside."""
    return max((span.start - day).days, (day - span.end).days + 1, 0)


def _distance(a: date, b: date) -> int:
    return abs((a - b).days)
