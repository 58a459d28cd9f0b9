"""A day that a long-running process or instrument sets by itself."""

from dataclasses import dataclass

from summitry.model.claim import Place
from summitry.model.report import digest
from summitry.model.vocab import Basis, Due
from summitry.model.when import When

__all__ = ["Deadline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The expiry of a term, its review, or the next round of a track."""

    track: str
    """Id of the track."""
    what: Due
    title: str
    """What it is called: "Madrid summit", "Second term of 120 days"."""
    when: When
    """Of an expiry the last day of the term."""
    place: Place | None = None
    parties: tuple[str, ...] = ()
    """Whom the track concerns: states, organisations and non-state parties."""
    basis: Basis
    source: str
    """Where the fact stands, or the sentence of the report that says so."""
    report: str | None = None
    """Id of that report."""

    @property
    def id(self) -> str:
        """Sixteen hex digits of track, title and first day."""
        return digest(self.track, self.what.value, self.title, self.when.label)
