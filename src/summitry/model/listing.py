"""An entry of somebody's forward diary, with the characters that each field stands on."""

from dataclasses import dataclass
from datetime import date

from summitry.model.claim import Source, Topic
from summitry.model.record import Side
from summitry.model.report import Report, Sentence
from summitry.model.vocab import Kind, Modality, Polarity, Status
from summitry.model.when import When

__all__ = ["ENTRY", "Listing", "Word"]

ENTRY = "event:"
"""How the address of an entry's report begins; the entry's own id follows, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one source says of how far the plan has come."""

    status: Status
    source: Source
    modality: Modality = Modality.CERTAIN
    polarity: Polarity = Polarity.POSITIVE
    said_on: date | None = None
    """The day on which it was said, where that is not the day of the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One entry of a calendar, a planning feed or a diary: who meets is not settled yet."""

    report: Report
    """The entry itself: its text is the entry written out field by field. Its address is made
    of the entry's own id, so that a changed entry is a new version and never a second one."""
    title: str
    """What the entry is called, without marks of its status."""
    title_cell: Sentence
    about: str = ""
    """Whatever else it says in words: description, subjects."""
    publisher: str
    """Whose calendar it is."""
    kind: Kind | None = None
    """None where only the words of the title say so."""
    sides: tuple[Side, ...] = ()
    """Empty where only title and description say who takes part."""
    when: When | None = None
    when_cell: Sentence
    """The field that gives the date; the title where none does."""
    place: str = ""
    """Town or venue; empty where the entry does not say."""
    place_state: str = ""
    """The state in which it is, as printed."""
    place_cell: Sentence
    """The field that gives the place; the title where none does."""
    topics: tuple[Topic, ...] = ()
    status: Status
    """How far the entry itself says the plan has come."""
    status_cell: Sentence
    """The field that says so; the title where none does."""
    words: tuple[Word, ...] = ()
    """Whose word that is; empty where it is the publisher's own."""
