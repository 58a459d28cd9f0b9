"""The mentions held to be one engagement, with what is asked of them kept at hand.

A story of a thousand reports is compared with every new mention: so the few different ways in
which its mentions look, and the days they name, are kept beside the mentions themselves.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from summitry.resolve._face import Face, Look, Span

__all__ = ["Cluster"]


@dataclass(slots=True)
class Cluster:
    """Mentions held to be one engagement; it only grows."""

    id: str
    """The mention that opened it."""
    faces: list[Face] = field(default_factory=list)
    looks: dict[Look, Face] = field(default_factory=dict)
    """One mention for each different look."""
    reports: dict[str, list[Face]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[str, list[Face]] = field(default_factory=lambda: defaultdict(list))
    """Entries of lists by their publishers."""
    spans: dict[Span, None] = field(default_factory=dict)
    """Every interval that a mention names, once."""
    windows: dict[Span, None] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """For each state the folded words of the names of its people."""
    places: set[str] = field(default_factory=set)
    days: set[tuple[date, bool]] = field(default_factory=set)
    """Days of publication, with whether the mention was a recollection."""
    first: datetime | None = None
    last: datetime | None = None
    held: datetime | None = None
    """Latest publication that says that it took place, and is no recollection."""
    held_days: set[date] = field(default_factory=set)
    """The days of such publications."""
    off: datetime | None = None
    """Latest publication that says that it was put off or called off."""
    moved: bool = False
    past: bool = True
    """Whether all of its mentions are recollections."""

    def add(self, face: Face) -> None:
        """Take a mention in."""
        self.faces.append(face)
        self.looks.setdefault(face.look, face)
        self.reports[face.report].append(face)
        if face.lister:
            self.entries[face.lister].append(face)
        self.spans.update(dict.fromkeys(face.spans))
        self.windows[face.window] = None
        for state, words in face.people:
            self.people[state] |= words
        if face.place:
            self.places.add(face.place)
        self.days.add((face.at.date(), face.background))
        self.first = min(self.first or face.at, face.at)
        self.last = max(self.last or face.at, face.at)
        if face.held and not face.background:
            self.held = max(self.held or face.at, face.at)
            self.held_days.add(face.at.date())
        if face.off and not face.background:
            self.off = max(self.off or face.at, face.at)
        self.moved = self.moved or face.moved
        self.past = self.past and face.background

    def within(self, face: Face, days: int) -> bool:
        """Whether some mention lies at most so many days from another."""
        return any(face.window.gap(window) <= days for window in self.windows)
