"""The diary's record of one engagement, every field resting on claims."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from summitry.model.chance import Chance
from summitry.model.claim import Claim, Party, Place, Topic
from summitry.model.deadline import Deadline
from summitry.model.lineage import Strand
from summitry.model.vocab import Kind, Modality, Slot, Status
from summitry.model.when import When

__all__ = ["Approval", "Attested", "Contradiction", "Diary", "Engagement", "Official"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attested(Generic[T]):
    """A value with the claims that attest it and those that speak against it."""

    value: T
    by: tuple[Claim, ...]
    against: tuple[Claim, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a value that nobody claims.

        Raises:
            ValueError: ``by`` is empty.
        """
        if not self.by:
            raise ValueError("a field without claims cannot be built")


@dataclass(frozen=True, slots=True)
class Official:
    """What one side has said officially, last word first; no word is a word too."""

    state: str
    word: Status | None
    on: date | None = None
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two values of one slot that cannot both be so, with a claim for each."""

    slot: Slot
    ours: Claim
    theirs: Claim


@dataclass(frozen=True, slots=True)
class Approval:
    """An editor has seen it and stands by it as it was then."""

    author: str
    on: datetime
    judgement: str
    """Id of the judgement, by which it can be undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """One visit, meeting, call or round of talks, as far as it is known."""

    id: str
    kind: Attested[Kind]
    parties: tuple[Attested[Party], ...]
    place: Attested[Place] | None = None
    when: Attested[When] | None = None
    agenda: tuple[Attested[Topic], ...] = ()
    status: Attested[Status]
    modality: Modality
    background: bool = False
    official: tuple[Official, ...] = ()
    independent_sources: int
    """How many sources that do not copy one another speak of it: the strands of ``lineage``."""
    lineage: tuple[Strand, ...] = ()
    """Who had it first and who has it from whom; every report stands in one strand."""
    mentions: tuple[tuple[str | None, str, str], ...]
    """(the input's own id, report id, mention id) of each mention, oldest first."""
    first: datetime | None
    """When the earliest report on it was published."""
    last: datetime | None
    """When the latest report on it was published."""
    contradictions: tuple[Contradiction, ...] = ()
    unresolved: bool = False
    """Whether its date has passed without a word on whether it took place."""
    approved: Approval | None = None
    """The newest approval that stands; what was published after it nobody approved."""
    chance: Chance | None = None
    """That it takes place within its window; None where nothing is open any more."""
    follows: str | None = None
    parent: str | None = None
    track: str | None = None
    """Id of the long-running process, instrument or series that it belongs to."""

    @property
    def states(self) -> frozenset[str]:
        """The states, organisations and non-state parties that take part."""
        return frozenset(p.value.state for p in self.parties if p.value.state)


@dataclass(frozen=True, slots=True)
class Diary:
    """All engagements as they stood at one instant."""

    as_of: datetime
    known_at: datetime | None
    engagements: tuple[Engagement, ...]
    deadlines: tuple[Deadline, ...] = ()
    """What tracks set by themselves and is still ahead, by first day."""

    def __iter__(self) -> Iterator[Engagement]:
        """Engagements in the diary's order: dated by day, then undated."""
        return iter(self.engagements)

    def involving(self, *states: str) -> "Diary":
        """The same diary with only what every given party takes part in."""
        wanted = set(states)
        kept = tuple(e for e in self.engagements if wanted <= e.states)
        due = tuple(d for d in self.deadlines if wanted <= set(d.parties))
        return Diary(self.as_of, self.known_at, kept, due)
