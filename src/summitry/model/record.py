"""A row of somebody's table of past engagements, with the characters that each field stands on."""

from dataclasses import dataclass
from datetime import date

from summitry.model.claim import Source
from summitry.model.report import Report, Sentence
from summitry.model.vocab import Kind, Part

__all__ = ["Record", "Side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Who took part, as printed; what the names mean is not settled yet."""

    person: str = ""
    """Empty where only a state is named."""
    state: str = ""
    """Name or code of a state or organisation; empty where the row does not say."""
    role: str | None = None
    part: Part | None = None
    cell: Sentence
    """The field of the row that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One engagement that took place on the days [start, end), as one row tells it."""

    report: Report
    """The row itself: its text is the row written out field by field."""
    start: date
    end: date
    dates: Sentence
    kind: Kind
    kind_cell: Sentence
    sides: tuple[Side, ...]
    """At least one."""
    place: str = ""
    """Town, or whatever the row calls the place; empty where it does not say."""
    place_state: str = ""
    """The state in which it is, as printed."""
    place_cell: Sentence | None = None
    source: Source
    """Whose table it is."""
