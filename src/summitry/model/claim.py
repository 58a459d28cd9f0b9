"""Who said what about an engagement, where, how surely, and in which words."""

from dataclasses import dataclass, field
from datetime import date

from summitry.model.report import Report, Sentence, digest
from summitry.model.vocab import (
    Grade,
    Kind,
    Modality,
    Part,
    Polarity,
    Slot,
    SourceClass,
    Status,
)
from summitry.model.when import When

__all__ = ["Claim", "Mention", "Party", "Place", "Reading", "Source", "Topic", "Value"]


@dataclass(frozen=True, slots=True)
class Source:
    """Whose word a claim is, in the report's own words (Pareti's *source*)."""

    name: str
    """As printed: 'diplomatic circles in Ankara', 'Dmitry Peskov'; the outlet when nobody is."""
    source_class: SourceClass
    role: str | None = None
    """Office or description beside the name, as printed."""
    state: str | None = None
    """ISO 3166-1 code or organisation spoken for."""
    via: tuple[str, ...] = ()
    """Carriers between the outlet and the source, outermost first."""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an engagement."""

    name: str | None
    """The person, in the gazetteer's or else the report's spelling; None when only a state."""
    state: str | None
    """ISO 3166-1 alpha-2 code, or the short name of an organisation or non-state party."""
    role: str | None = None
    wikidata: str | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where it takes place."""

    name: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Topic:
    """One item of the agenda, in the report's words."""

    topic: str
    grade: Grade
    medtop: str | None = None
    """IPTC Media Topic code where one fits."""


Value = Kind | Party | Place | When | Topic | Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One source's statement that one slot of one mention has one value."""

    mention: str
    """Id shared by all claims about one engagement in one report."""
    slot: Slot
    value: Value
    source: Source
    modality: Modality = Modality.CERTAIN
    polarity: Polarity = Polarity.POSITIVE
    sentence: Sentence
    """The exact words; the offsets index the report's text."""
    said_on: date | None = None
    """Day the source spoke, when the report says so."""
    why: str = ""
    """The rule that decided, for ``extract --explain``."""

    _id: str = field(default="", init=False, repr=False, compare=False)
    """The id, once somebody has asked for it: it is asked for often."""

    @property
    def id(self) -> str:
        """Sixteen hex digits of everything that makes the claim this claim."""
        if not self._id:
            object.__setattr__(self, "_id", self._digest())
        return self._id

    def _digest(self) -> str:
        return digest(
            self.mention,
            self.slot.value,
            repr(self.value),
            repr(self.source),
            self.modality.value,
            self.polarity.value,
            str(self.sentence.start),
            str(self.sentence.end),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An engagement as one report alone speaks of it; all its claims share its id."""

    id: str
    kind: Kind
    parties: tuple[Party, ...]
    place: Place | None = None
    when: When | None = None
    status: Status
    modality: Modality
    polarity: Polarity = Polarity.POSITIVE
    background: bool = False
    """Whether the report only recalls it as something past."""
    agenda: tuple[Topic, ...] = ()
    claims: tuple[Claim, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everybody credited for one of the claims, in order of first appearance.

        The outlet's own word is not listed: it stands behind whatever credits nobody.
        """
        named = (c.source for c in self.claims if c.source.source_class is not SourceClass.OUTLET)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one version of the extractor read in one report: the ledger's unit of entry."""

    report: Report
    extractor: str
    """Name and version of the extractor, such as ``"cascade/1"``."""
    mentions: tuple[Mention, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader should know, such as that relative dates stayed open."""

    @property
    def id(self) -> str:
        """Sixteen hex digits of report, its version and extractor: appending twice is once."""
        return digest(self.report.id, self.report.version, self.extractor)
