"""Who had it first, and who has it from whom."""

from dataclasses import dataclass
from datetime import datetime

from summitry.model.vocab import Tie

__all__ = ["Carrier", "Strand"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One report of a strand."""

    report: str
    """Id of the report."""
    outlet: str
    published: datetime | None
    tie: Tie | None = None
    """How it hangs on an earlier report; None for the one that had it first."""
    of: str | None = None
    """Id of that report."""
    credited: str = ""
    """The carrier that a CREDIT names, in its settled spelling."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One independent source: the report that had it first and all that hang on it."""

    carriers: tuple[Carrier, ...]
    """Oldest first; never empty."""
