"""The working values that the steps of the cascade hand to one another."""

from dataclasses import dataclass
from enum import Enum

from summitry.lang import Token
from summitry.model import Kind, Modality, Polarity, Sentence, Source, Status, Topic, When

__all__ = [
    "ATTENDS",
    "BACK",
    "BARE",
    "DATE",
    "OVERTAKEN",
    "PRESENCE",
    "UNDER_WAY",
    "UNNAMED",
    "Actor",
    "Afar",
    "Cast",
    "Dated",
    "Frame",
    "Governed",
    "Judged",
    "Lie",
    "Role",
    "Scene",
    "Sort",
    "Spare",
    "Spoken",
    "Trigger",
]

BACK = "back"
"""The sort of a span that goes back to somebody named before."""
DATE = "date"
"""The sort of a span that is a date expression."""
PRESENCE = "presence"
"""The sort of a trigger that says that somebody is somewhere: "will be in Cairo"."""
UNDER_WAY = "under way"
"""Why a status is held: the verb says that it goes on as the report is printed."""
ATTENDS = "own attendance"
"""Why a status is confirmed: a side says on record that it comes to somebody else's meeting."""
OVERTAKEN = "was to have been"
"""Why a status is cancelled: the tense alone tells that the plan did not come true."""
UNNAMED = "unnamed"
"""Why a status is floated: nobody with a name says that it will be."""
BARE = "named without a verb"
"""Why a status is announced, where nothing in the sentence says how far it has come."""


class Sort(Enum):
    """What kind of thing an actor's words name."""

    PERSON = "person"
    OFFICE = "office"
    OFFICIALS = "officials"
    STATE = "state"
    CAPITAL = "capital"
    CITY = "city"
    DEMONYM = "demonym"
    INSTITUTION = "institution"
    ORGANISATION = "organisation"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or some place that the report names, at characters [start, end) of its text."""

    start: int
    end: int
    sort: Sort
    state: str | None
    name: str | None = None
    role: str | None = None
    """Office as printed or, failing that, as the gazetteer has it."""
    rank: str = ""
    """Which list of titles the office stands in: head, foreign, minister, envoy, speaker, kin."""
    wikidata: str | None = None
    former: bool = False
    """Whether the report says that the office is over."""
    past: bool = False
    """Whether the gazetteer says so, of a person whom the report gives no office."""
    printed: bool = False
    """Whether the office stands beside the name."""
    head: int = -1
    """Character at which the word stands that the others hang on; -1: the last one."""
    text: str = ""

    @property
    def leads(self) -> bool:
        """Whether it can take part in an engagement on behalf of its state."""
        return not self.former and self.rank not in ("speaker", "kin")


class Role(Enum):
    """What an actor does to a trigger."""

    VISITOR = "visitor"
    HOST = "host"
    SIDE = "side"
    OTHER = "other"
    """The far side: whom somebody meets, calls or sees."""
    MEDIATOR = "mediator"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that speaks of an engagement."""

    token: Token
    sort: str
    """The list it stands in: visit, travel, arrive, host, meet, call, attend, summit…"""
    noun: bool
    definite: bool = False
    """Whether it refers back: "the visit", "his trip", "these talks"."""
    predicate: int = -1
    """The verb that governs it, or its own place for a verb."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one trigger."""

    sides: tuple[tuple[Actor, Role], ...]
    place: Actor | None
    collective: bool
    """Whether "the two leaders", "they" or "each other" stand among the sides."""
    verbs: tuple[int, ...]
    """The verbs whose other phrases (dates, places) belong to the engagement."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whose word a stretch [start, end) of the report's text is."""

    start: int
    end: int
    source: Source
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One parsed sentence with all that the report's text holds there."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    actors: tuple[Actor, ...]
    where: tuple[int, ...]
    """For each actor the token it hangs on."""
    before: Actor | None = None
    """The person that a pronoun at the head of the sentence goes back to."""
    here: Actor | None = None
    """The place that the report is datelined from."""

    def at(self, actor: Actor) -> int:
        """The token an actor of this scene hangs on."""
        return self.where[self.actors.index(actor)]


@dataclass(frozen=True, slots=True)
class Judged:
    """How far a sentence says the engagement has come, and how surely."""

    status: Status
    modality: Modality
    polarity: Polarity = Polarity.POSITIVE
    why: str = ""
    figures: tuple[tuple[Status, float], ...] = ()
    """The probability of each status, where a reader was asked."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One date expression in a text; at least one of its readings is there."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    text: str
    """The expression as printed, with the words that bound it ("by Friday") and the time."""
    forward: When | None
    """What it means for a plan: the next such day; None where a plan cannot be meant."""
    backward: When | None
    """What it means for a recollection: the last such day."""


@dataclass(frozen=True, slots=True)
class Afar:
    """Somebody, some place or a date of another sentence that may belong to an engagement."""

    actor: Actor | None
    """None for a date."""
    dated: Dated | None
    """None for anything else."""
    party: float
    """How likely the actor takes part."""
    place: float
    """How likely it takes place there."""
    when: float
    """How likely the date is its own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One trigger with all that its sentence says of it."""

    scene: Scene
    trigger: Trigger
    kind: Kind
    sides: tuple[tuple[Actor, Role], ...]
    place: Actor | None
    around: Actor | None
    """The only place of the sentence, when the engagement has none of its own."""
    when: tuple[When, ...]
    judged: tuple[Judged, ...]
    source: Source | None
    """Whose word it is; None for the outlet's own."""
    said: When | None
    """The day on which the source spoke, when the sentence says so."""
    loose: bool
    """Whether its dates only stand in the same sentence."""
    then: bool
    """Whether it follows on what was told before: "he will then go to Austria"."""
    lasts: int
    """Days it lasts by the words before it ("a four-day visit"); 0 when they do not say."""
    agenda: tuple[Topic, ...]
    background: bool
    collective: bool
    """Whether it stands for parties named before: "the two leaders will meet"."""
    held: float = 0.0
    """How surely the learned reader holds that an engagement is spoken of; 0 if not asked."""
    word: tuple[int, int] = (-1, -1)
    """By what the reader knows its word: the sentence shown, and the word's offset in it."""
    same: tuple[tuple[int, int, float], ...] = ()
    """Other words that may speak of the same engagement, as the reader knows them."""
    afar: tuple[Afar, ...] = ()
    """What other sentences may tell of it."""


@dataclass(frozen=True, slots=True)
class Spare:
    """Dates of a report that hang on no engagement of their own."""

    news: When | None = None
    """The day that the report's first sentences tell of: what was held is dated by it."""
    ahead: tuple[When, ...] = ()
    """Days ahead named by themselves ("reports point to 12 February"): they date the plan that
    the report is mostly about."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How the engagement's date lies to the day of publication."""

    ahead: bool = False
    behind: bool = False
    today: bool = False


@dataclass(frozen=True, slots=True)
class Governed:
    """A trigger with the words over it."""

    trigger: Trigger
    verb: int
    """The nearest verb: the trigger itself or the one that carries the noun; -1 for none."""
    chain: tuple[Token, ...]
    """The words that govern it, the nearest first, up to a cue of speech."""
    clause: str
    """The lower-cased words of the clause."""
    preposition: str
    """What stands between the noun and its verb: "after talks", "ahead of the summit"."""
    negated: bool
    future: bool
    """Whether its date lies after the day of publication."""
    past: bool
    """Whether its date lies before the day of publication."""
    carried: bool
    """Whether the verb speaks of the engagement itself: "talks were not held" against "he did
    not speak at the talks"."""
    today: bool = False
    """Whether its date is the day of publication."""
    hearsay: bool = False
    """Whether the mood of the verb says that it is only passed on."""

    @property
    def hangs_by(self) -> str:
        """The first word of what stands between the noun and its verb, or empty."""
        return self.preposition.split(" ")[0]
