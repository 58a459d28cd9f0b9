"""The closed vocabularies: what a claim may fill, how surely, and how far a plan has come.

The value of each member is the word of the public contract. Members that stand for a code
elsewhere carry it, so that adding a member is one line here and no exporter changes.
"""

from enum import Enum
from typing import Self

__all__ = [
    "OVER",
    "Basis",
    "Due",
    "Grade",
    "Kind",
    "Modality",
    "Part",
    "Polarity",
    "Precision",
    "Qualm",
    "Slot",
    "SourceClass",
    "Squeeze",
    "Stand",
    "Status",
    "Tie",
    "Turn",
]


class Kind(Enum):
    """What sort of engagement it is."""

    VISIT = "visit"
    BILATERAL = "bilateral"
    SUMMIT = "summit"
    MULTILATERAL = "multilateral"
    MINISTERIAL = "ministerial"
    CALL = "call"
    NEGOTIATION_ROUND = "negotiation_round"


class Slot(Enum):
    """The field of an engagement that a claim fills."""

    KIND = "kind"
    PARTY = "party"
    PLACE = "place"
    WHEN = "when"
    AGENDA = "agenda"
    STATUS = "status"


class Part(Enum):
    """What a party does in the engagement."""

    VISITOR = "visitor"
    HOST = "host"
    MEDIATOR = "mediator"
    PARTICIPANT = "participant"


class SourceClass(Enum):
    """Whose word a claim is, through all carriers."""

    OFFICIAL_NAMED = "official_named"
    OFFICIAL_UNNAMED = "official_unnamed"
    DIPLOMATIC_SOURCE = "diplomatic_source"
    SPOKESPERSON = "spokesperson"
    STATE_AGENCY = "state_agency"
    OTHER_MEDIA = "other_media"
    ANALYST = "analyst"
    OUTLET = "outlet"


class Modality(Enum):
    """How strongly the source commits to the content (FactBank's CT, PR, PS, U)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Polarity(Enum):
    """Whether the source says so, or says not so (FactBank's + and -)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Precision(Enum):
    """The finest calendar unit that the source committed to."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    OPEN = "open"


class Grade(Enum):
    """How firmly a topic stands on the agenda."""

    CENTRAL = "central"
    LISTED = "listed"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


class Status(Enum):
    """How far an engagement has come, with its IPTC occurrence status and iCalendar STATUS.

    IPTC: NewsCodes ``eventoccurstatus`` (eos0 to eos6); iCalendar: RFC 5545 section 3.8.1.11,
    empty where an engagement has no place in a calendar.
    """

    FLOATED = ("floated", "eocstat:eos1", "TENTATIVE")
    IN_PREPARATION = ("in_preparation", "eocstat:eos3", "TENTATIVE")
    ANNOUNCED = ("announced", "eocstat:eos4", "TENTATIVE")
    CONFIRMED = ("confirmed", "eocstat:eos5", "CONFIRMED")
    HELD = ("held", "eocstat:eos5", "CONFIRMED")
    POSTPONED = ("postponed", "eocstat:eos2", "TENTATIVE")
    CANCELLED = ("cancelled", "eocstat:eos6", "CANCELLED")
    DENIED = ("denied", "eocstat:eos2", "")

    iptc: str
    ical: str

    def __new__(cls, label: str, iptc: str, ical: str) -> Self:
        """Make a member whose value is its label."""
        member = object.__new__(cls)
        member._value_ = label
        member.iptc = iptc
        member.ical = ical
        return member


OVER = frozenset({Status.HELD, Status.CANCELLED, Status.DENIED})
"""Nothing more is to come of it."""


class Tie(Enum):
    """How a report hangs on an earlier one, so that the two are one source."""

    COPY = "copy"
    """One headline, or most of the smaller text stands in the larger."""
    CREDIT = "credit"
    """It names the carrier that it has it from."""
    UTTERANCE = "utterance"
    """Both rest on what the same people said on the same day."""
    TRANSLATION = "translation"
    """The same unnamed word in another language, at most a day apart."""
    OUTLET = "outlet"
    """The same outlet in its own words."""


class Due(Enum):
    """What falls due on a deadline."""

    ROUND = "round"
    """The next meeting of a series or a process."""
    EXPIRY = "expiry"
    """The last day of a term, unless it is renewed."""
    REVIEW = "review"
    """A day that the instrument itself sets for looking at it again."""


class Basis(Enum):
    """What a deadline rests on."""

    KNOWN = "known"
    """A matter of record by then."""
    EXPECTED = "expected"
    """The rhythm of the past; nobody has said so yet."""
    REPORTED = "reported"
    """A report says so."""


class Turn(Enum):
    """What became of an engagement between two instants."""

    NEW = "new"
    FIRMER = "firmer"
    WEAKENED = "weakened"
    MOVED = "moved"
    RELOCATED = "relocated"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DENIED = "denied"
    REVIVED = "revived"
    HELD = "held"
    UNRESOLVED = "unresolved"
    GONE = "gone"


class Qualm(Enum):
    """What makes an editor look twice."""

    DISSENT = "dissent"
    CONTRADICTION = "contradiction"
    JOIN = "join"
    TWINS = "twins"
    UNSEEN = "unseen"


class Squeeze(Enum):
    """How badly two engagements of one person agree."""

    CLASH = "clash"
    POSSIBLE = "possible"
    TIGHT = "tight"


class Stand(Enum):
    """Where the sides stand on a topic."""

    SHARED = "shared"
    DISPUTED = "disputed"
    ONE_SIDED = "one_sided"
    UNOWNED = "unowned"
