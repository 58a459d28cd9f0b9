"""What a ledger holds: readings, editors' judgements and outlets' withdrawals."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Self

from summitry.model.claim import Mention, Reading
from summitry.model.report import digest
from summitry.model.vocab import Kind

__all__ = ["Anchor", "Entry", "Judgement", "Recorded", "Verdict", "Withdrawal"]


class Verdict(Enum):
    """What an editor decided."""

    SAME = "same"
    NOT_SAME = "not_same"
    FIELD = "field"
    APPROVE = "approve"
    HIDE = "hide"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a mention was when an editor judged it, so that a later reading's is known again."""

    mention: str
    report: str
    """Id of the report that speaks of it."""
    kind: Kind
    states: tuple[str, ...]
    """Its parties, in alphabetical order."""
    start: date | None
    """First day; None is open, as in ``When``; both are None without a date."""
    end: date | None
    """Day after the last."""
    background: bool

    @classmethod
    def of(cls, mention: Mention, report: str) -> Self:
        """The anchor of a mention of a report."""
        when = mention.when
        return cls(
            mention=mention.id,
            report=report,
            kind=mention.kind,
            states=tuple(sorted({p.state for p in mention.parties if p.state})),
            start=when.start if when else None,
            end=when.end if when else None,
            background=mention.background,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An editor's decision about mentions; later ones win, none is deleted."""

    verdict: Verdict
    mentions: tuple[str, ...]
    """Mentions (or, for UNDO, the id of the judgement) that it is about."""
    field: str = ""
    """The slot that FIELD settles."""
    value: str = ""
    """The value that FIELD settles it to, as JSON in the shape of the public contract."""
    author: str
    decided: datetime
    anchors: tuple[Anchor, ...] = ()
    """What the mentions were, where the ledger knew them; they say no more than the mentions."""
    entered: tuple[str, ...] = ()
    """The mentions as they were entered, where other ones stand for them today: it is still the
    same judgement. Empty in a ledger."""

    @property
    def id(self) -> str:
        """Sixteen hex digits of all of it, as it was entered, but the anchors."""
        return digest(
            self.verdict.value,
            *(self.entered or self.mentions),
            self.field,
            self.value,
            self.author,
            self.decided.isoformat(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An outlet killed its report; the claims stop counting from that time on."""

    report: str
    """Id of the report."""
    published: datetime
    """When the outlet said so."""
    reason: str = ""

    @property
    def id(self) -> str:
        """Sixteen hex digits of all of it."""
        return digest(self.report, self.published.isoformat(), self.reason)


Entry = Reading | Judgement | Withdrawal


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with the instant at which the ledger took it."""

    entry: Entry
    recorded: datetime
