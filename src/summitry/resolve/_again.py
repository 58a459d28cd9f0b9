"""What must be decided again when mentions come and go?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from summitry.resolve._face import Face
from summitry.resolve._likeness import REACH
from summitry.resolve._placing import Clusters, Pairs, Placement, Slot, placed, slots, text_of
from summitry.resolve._told import UNKNOWN

__all__ = ["Reach", "Wanted", "redecided"]


@dataclass(frozen=True, slots=True)
class Reach:
    """Engagements between given parties that touch the days [start, end], both inclusive."""

    key: str
    start: date
    end: date
    since: datetime
    """Only mentions that count from then on, or later."""


def redecided(
    fresh: Mapping[str, Face],
    lost: Mapping[str, Placement],
    known: Mapping[str, Placement],
    judged: Pairs,
    wanted: "Wanted",
) -> list[Placement]:
    """The changed decisions; ``wanted`` grows by what should have been at hand for them."""
    clusters, touched, out = Clusters(), _Touched(), []
    # What was published anew leaves its place among the others, and comes to another.
    moved = {i for i in fresh if i in lost and fresh[i].order != lost[i].face.order}
    leaving = {i: p.face for i, p in lost.items() if i not in fresh or i in moved}
    coming = {i: p.face for i, p in known.items()} | dict(fresh)
    for face in sorted((*leaving.values(), *coming.values()), key=lambda f: f.order):
        leaves = leaving.get(face.id) is face
        old = known.get(face.id) or (lost.get(face.id) if leaves or face.id not in moved else None)
        if old and face.id in known and not touched.meets(face, judged):
            clusters.put(old)
            out.append(old)
            continue
        new = None
        if not leaves:
            wanted.add(face)
            new = placed(face, clusters, judged)
        if new is None or old is None or _decision(new) != _decision(old):
            roots = {root for p in (old, new) if p for root in (p.into, *p.joins)}
            for other in (face, *clusters.members(roots)):
                touched.add(other)
                wanted.add_after(other, face)
        if new:
            clusters.put(new)
            out.append(new)
    stood = [replace(p, stands=clusters.home(p.face.id)) for p in out]
    return [p for p in stood if p != known.get(p.face.id)]


def _decision(placement: Placement) -> Placement:
    """What was decided, whatever came of the engagement since."""
    return replace(placement, stands="")


class _Touched:
    """Parties and days of which something has changed."""

    def __init__(self) -> None:
        self._slots: set[Slot] = set()
        self._mentions: set[str] = set()

    def add(self, face: Face) -> None:
        self._slots.update(slots(face, 0))
        self._mentions.add(face.id)

    def meets(self, face: Face, judged: Pairs) -> bool:
        """Whether a mention could now be decided otherwise."""
        partners = judged.same.get(face.id, frozenset()) | judged.apart.get(face.id, frozenset())
        return bool(partners & self._mentions) or any(
            slot in self._slots for slot in slots(face, REACH)
        )


class Wanted:
    """The neighbourhood that has to be at hand for the decisions to be the right ones."""

    def __init__(self) -> None:
        self._slots: dict[Slot, datetime] = {}
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
                text_of(key), date.fromordinal(max(1, n * REACH)), _day((n + 1) * REACH - 1), since
            )
            for (key, n), since in self._slots.items()
        ]

    def _reach(self, face: Face, since: datetime) -> None:
        for slot in slots(face, REACH):
            if slot not in self._slots or since < self._slots[slot]:
                self._slots[slot] = since
                self.changes += 1


def _day(ordinal: int) -> date:
    return date.fromordinal(min(ordinal, date.max.toordinal()))
