"""What could have been decided otherwise, so that an editor should look?

The rules decide each case once and do not hesitate in public; here they are asked how near
they were to deciding otherwise. A join is doubtful where it rests on little, or where another
engagement fitted nearly as well; two engagements are possible twins where one thing alone
keeps them apart. What editors have decided, and what one report tells apart, is no doubt.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summitry.model import Claim, Doubt, Engagement, Qualm, Slot
from summitry.resolve._cluster import Cluster
from summitry.resolve._face import Face
from summitry.resolve._likeness import likeness
from summitry.resolve._placing import Clusters, Pairs, Placement, slots
from summitry.resolve._told import Told

__all__ = ["doubts"]

_LITTLE = 3.5
"""Likeness below which a join rests on little. Among 278 labelled development reports 177
mentions joined an older one of a live engagement, 45 of them wrongly by the labels (which link
few reports); 17 joins lie below, 10 of them wrong. A threshold for attention, not for rules."""
_CLOSE = 0.5
"""How much less well another engagement may fit: 3 such joins there, all of them wrong."""
_LIKELY = 0.45
"""Weight from which two engagements are shown as possible twins: 3 pairs there, of which 2 are
among the 5 engagements that the rules split."""
_APART = 14
"""Days up to which two dates may be one that was misread or moved."""
_SILENT = 45
"""Days up to which what has no date may be about what has one."""
_WORDS = {
    Slot.WHEN: "two sources name different days",
    Slot.STATUS: "one source says yes and another no",
}


def doubts(
    engagements: Sequence[Engagement], told: Mapping[str, Told], judged: Pairs
) -> tuple[Doubt, ...]:
    """What is doubtful, most pressing first; then all else that nobody has approved of.

    Args:
        engagements: Those of one diary, or of a page of it.
        told: Their mentions, by id; one that is missing is not looked at.
        judged: What editors joined and parted.
    """
    shown = [e for e in engagements if not e.background]
    faces = {m: Face.of(told[m]) for e in shown for _, _, m in e.mentions if m in told}
    found = [
        *_contradictions(shown),
        *_joins(shown, faces, judged),
        *_twins(shown, faces, judged),
    ]
    place = {e.id: number for number, e in enumerate(engagements)}
    found.sort(key=lambda d: (-d.weight, place[d.engagement], d.other))
    asked = {d.engagement for d in found} | {d.other for d in found}
    rest = [e for e in shown if e.id not in asked and not _seen(e)]
    why = ("nobody has approved of it as it is now",)
    return (*found, *(Doubt(Qualm.UNSEEN, e.id, reasons=why) for e in rest))


def _contradictions(engagements: Iterable[Engagement]) -> Iterator[Doubt]:
    for e in engagements:
        open_ = [c for c in e.contradictions if not _settled(e, c.slot) and not _seen(e)]
        reasons = tuple(_WORDS.get(c.slot, "two sources disagree") for c in open_)
        if reasons:
            yield Doubt(Qualm.CONTRADICTION, e.id, reasons=reasons, weight=0.9)


def _settled(e: Engagement, slot: Slot) -> bool:
    """Whether the field stands by an editor's word."""
    field = {Slot.WHEN: e.when, Slot.STATUS: e.status}.get(slot)
    by: tuple[Claim, ...] = field.by if field else ()
    return any(c.source.role == "editor" for c in by)


def _seen(e: Engagement) -> bool:
    """Whether an editor approved of all that reports say."""
    return e.approved is not None and (e.last is None or e.last <= e.approved.on)


def _joins(
    engagements: Iterable[Engagement], faces: Mapping[str, Face], judged: Pairs
) -> Iterator[Doubt]:
    """Each mention against the engagements as they were when it came."""
    home = {m: e for e in engagements for _, _, m in e.mentions}
    clusters = Clusters()
    for face in sorted(faces.values(), key=lambda f: f.order):
        e = home[face.id]
        near = {c.id: c for c in clusters.near(face)}
        if e.id in near and not _seen(e) and not _named(face, near[e.id], judged.same):
            doubt = _join(face, e.id, near, judged)
            if doubt:
                yield doubt
        clusters.put(Placement(face, e.id))


def _join(face: Face, own: str, near: Mapping[str, Cluster], judged: Pairs) -> Doubt | None:
    score = likeness(face, near[own])
    if not score:
        return None  # another mention brought it here, and that one was asked
    others = [
        likeness(face, c)
        for i, c in near.items()
        if i != own and not _named(face, c, judged.apart)
    ]
    if others and max(others) > max(0.0, score - _CLOSE):
        why = "another engagement fits this report nearly as well"
        return Doubt(Qualm.JOIN, own, face.id, (why,), 0.85)
    if score >= _LITTLE:
        return None
    return Doubt(Qualm.JOIN, own, face.id, tuple(_thin(face, near[own])), 1 - score / 5)


def _thin(face: Face, cluster: Cluster) -> Iterator[str]:
    """What is missing for a plain join."""
    if not face.spans:
        yield "the report names no day"
    elif not cluster.spans:
        yield "the older reports name no day"
    elif not any(x.gap(y) < 0 for x in face.spans for y in cluster.spans):
        yield "the report names another day"
    if all(face.states != f.states for f in cluster.looks.values()):
        yield "the report names other parties"
    if face.place is None or not cluster.places:
        yield "a place is not named"
    if all(face.kind is not f.kind for f in cluster.looks.values()):
        yield "the report calls it otherwise"


def _twins(
    engagements: Iterable[Engagement], faces: Mapping[str, Face], judged: Pairs
) -> Iterator[Doubt]:
    shelf: dict[object, list[Cluster]] = defaultdict(list)
    before = {e.id: e.follows for e in engagements}
    seen = {e.id for e in engagements if _seen(e)}
    compared: set[tuple[str, str]] = set()
    for e in engagements:
        cluster = Cluster(e.id)
        for _, _, mention in e.mentions:
            if mention in faces:
                cluster.add(faces[mention])
        for slot in {s for f in cluster.looks.values() for s in slots(f, _SILENT)}:
            for other in shelf[slot]:
                pair = (other.id, e.id)
                linked = before[e.id] == other.id or before[other.id] == e.id
                if pair in compared or linked or seen.issuperset(pair):
                    continue
                compared.add(pair)
                if not any(_named(f, other, judged.apart) for f in cluster.faces):
                    yield from _twin(other, cluster)
            shelf[slot].append(cluster)


def _named(face: Face, cluster: Cluster, judged: Mapping[str, frozenset[str]]) -> bool:
    """Whether an editor spoke of a mention and of one of an engagement's together."""
    partners = judged.get(face.id, frozenset())
    return bool(partners) and any(f.id in partners for f in cluster.faces)


def _twin(a: Cluster, b: Cluster) -> Iterator[Doubt]:
    """The doubt whether two engagements are one; nothing where they plainly are two."""
    days, day_words = _days(a, b)
    if not days or a.reports.keys() & b.reports.keys() or (a.held and b.held):
        return
    looks = [(x, y) for x in a.looks.values() for y in b.looks.values()]
    alike = max((_alike(x, y) for x, y in looks), default=(0.0, ()))
    place, place_words = _place(a, b)
    weight = days * place * alike[0]
    if weight >= _LIKELY:
        first, *rest = alike[1]
        words = tuple(filter(None, (first, day_words, *rest, place_words)))
        yield Doubt(Qualm.TWINS, a.id, b.id, words, weight)


def _alike(x: Face, y: Face) -> tuple[float, tuple[str, ...]]:
    """How alike two mentions are in parties, people and kind, in [0, 1], and that in words."""
    if (x.sort == "call") != (y.sort == "call") or x.background or y.background:
        return 0.0, ()
    if x.states == y.states:
        weight, words = 1.0, ["the same parties"]
    elif len(x.states & y.states) >= 2:
        weight, words = 0.7, ["most parties are the same"]
    else:
        return 0.0, ()
    if x.kind is not y.kind:
        weight, words = 0.8 * weight, [*words, "another kind"]
    ours, theirs = dict(x.people), dict(y.people)
    common = ours.keys() & theirs.keys()
    if not common:
        return 0.85 * weight, tuple(words)
    if all(ours[s] & theirs[s] for s in common):
        return weight, (*words, "the same people")
    return 0.5 * weight, (*words, "different people are named")


def _days(a: Cluster, b: Cluster) -> tuple[float, str]:
    """How well the days agree, in [0, 1], and that in words."""
    if a.spans and b.spans:
        gap = min(x.gap(y) for x in a.spans for y in b.spans)
        if gap < 0:
            return 1.0, "the days agree"
        # Two spans that touch name neighbouring days.
        return max(0.0, 1 - (gap + 1) / (2 * _APART)) if gap < _APART else 0.0, (
            f"{gap + 1} day{'s' if gap else ''} apart"
        )
    gap = min(x.gap(y) for x in a.windows for y in b.windows)
    return (0.6, "one of them has no date") if gap <= _SILENT else (0.0, "")


def _place(a: Cluster, b: Cluster) -> tuple[float, str]:
    if not a.places or not b.places:
        return 0.9, ""
    return (1.0, "") if a.places & b.places else (0.5, "different countries are named")
