"""A question to a diary: the one set of filters that pages, exports and commands share."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from summitry.model.vocab import Kind, Status

__all__ = ["CERTAINTIES", "View"]

CERTAINTIES = (
    Status.FLOATED,
    Status.IN_PREPARATION,
    Status.ANNOUNCED,
    Status.CONFIRMED,
    Status.HELD,
)
"""The steps that a view may ask for as the least, upward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which part of a diary is asked for; what is empty asks nothing, and all have to be met."""

    who: tuple[str, ...] = ()
    """Persons by name or Wikidata id, or states; all of them take part."""
    states: tuple[str, ...] = ()
    """States, organisations or groups (G20: any of its members), by code or name; all of them."""
    kinds: tuple[Kind, ...] = ()
    """Any of them."""
    topics: tuple[str, ...] = ()
    """Words or Media Topic codes of the agenda, any of them."""
    status: tuple[Status, ...] = ()
    """Any of them."""
    certainty: Status | None = None
    """The least step of the ladder, one of ``CERTAINTIES``. What was put or called off stays
    whatever is asked, so that who had it hears of it; a denied plan is nothing of the kind."""
    sources: int = 0
    """The fewest independent sources."""
    start: date | None = None
    """First day of a window [start, end). An imprecise date is in it if one of its days is."""
    end: date | None = None
    """Day after the last one. What has no date is in no window."""
    leaders: bool = False
    """Somebody who leads a state, its government or an organisation takes part."""
    track: str = ""
    words: tuple[str, ...] = ()
    """All of them stand in the entry or in a sentence behind it."""
    as_of: datetime | None = None
    """The public record as it stood then; None is now."""
    known_at: datetime | None = None
    """With what the ledger held by then; None is all."""

    def __post_init__(self) -> None:
        """Refuse a window without a day, and what is no step.

        Raises:
            ValueError: The end is not after the start, what was put off, called off or denied is
                asked for as a certainty, or fewer than no sources are.
        """
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"no day from {self.start} to {self.end}: the end is exclusive")
        if self.certainty is not None and self.certainty not in CERTAINTIES:
            steps = ", ".join(str(step.value) for step in CERTAINTIES)
            raise ValueError(f"certainty {self.certainty.value}: one of {steps}")
        if self.sources < 0:
            raise ValueError(f"sources {self.sources}: 0 or more")

    @property
    def narrows(self) -> frozenset[str]:
        """The names of the filters that ask something; the two clocks are none."""
        names = {f.name for f in fields(self)} - {"as_of", "known_at"}
        return frozenset(name for name in names if getattr(self, name))
