"""Which mentions speak of one engagement?

Mentions are taken oldest first, and each joins the engagement that it fits best or opens one
of its own. So neither the order of arrival nor a report published later can change what the
diary made of the earlier ones; and what was decided can be written down, mention by mention,
and need not be decided again (``settle``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from summitry.resolve._again import Reach, Wanted, redecided
from summitry.resolve._face import Face
from summitry.resolve._placing import Clusters, Pairs, Placement, keys_between, keys_of, placed
from summitry.resolve._told import Told, by_age

__all__ = [
    "Group",
    "Pairs",
    "Placement",
    "Reach",
    "group",
    "keys_between",
    "keys_of",
    "replayed",
    "settle",
]


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one engagement."""

    told: tuple[Told, ...]
    """Oldest first; never empty."""
    follows: str | None = None
    """Id of the engagement that was put off or called off and that this one takes up."""


def group(
    told: Iterable[Told],
    same: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> tuple[Group, ...]:
    """The mentions of each engagement, oldest first.

    Args:
        told: Mentions in any order.
        same: Pairs of mention ids that an editor joined.
        apart: Pairs of mention ids that an editor parted.

    Returns:
        Disjoint groups that hold all mentions.
    """
    by_id = {one.mention.id: one for one in told}
    clusters = Clusters()
    judged = Pairs.of(same, apart)
    for face in sorted(map(Face.of, by_id.values()), key=lambda f: f.order):
        clusters.put(placed(face, clusters, judged))
    return _groups(clusters, by_id)


def replayed(placements: Iterable[Placement], told: Iterable[Told]) -> tuple[Group, ...]:
    """The groups that written decisions make, without deciding anything anew.

    Args:
        placements: Of all mentions of the engagements asked for, and of those that they take up.
        told: The mentions of the former.
    """
    clusters = Clusters()
    for placement in sorted(placements, key=lambda p: p.order):
        clusters.put(placement)
    return _groups(clusters, {one.mention.id: one for one in told})


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
    wanted = Wanted()
    for face in (*fresh.values(), *(p.face for p in lost.values())):
        wanted.add(face)
    while True:
        partners = {m for i in (*fresh, *wanted.faces) for m in judged.same.get(i, ())}
        partners |= {m for i in (*fresh, *wanted.faces) for m in judged.apart.get(i, ())}
        known = {p.face.id: p for p in stored(wanted.reaches, sorted(partners))}
        before = wanted.changes
        changed = redecided(fresh, lost, known, judged, wanted)
        if wanted.changes == before:
            return tuple(changed)


def _groups(clusters: Clusters, by_id: Mapping[str, Told]) -> tuple[Group, ...]:
    """The groups, each and all oldest first; those of which nothing is told are left out."""
    found = []
    for cluster in clusters:
        told = [by_id[face.id] for face in cluster.faces if face.id in by_id]
        before = clusters.predecessor(cluster)
        first = min(before.faces, key=lambda f: f.order).id if before else None
        if told:
            found.append(Group(tuple(sorted(told, key=by_age)), first))
    return tuple(sorted(found, key=lambda g: by_age(g.told[0])))
