"""A row of the book as who takes care of it sees it."""

from dataclasses import dataclass
from datetime import datetime

from summitry.model import Entry

__all__ = ["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the book: its entry, or what is wrong with it."""

    seq: int
    entry: Entry | None
    recorded: datetime | None
    wrong: str = ""
    """Empty where the row is as it was written."""
