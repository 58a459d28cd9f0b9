"""What a ledger holds: readings, editors' judgements and outlets' withdrawals."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from summitry.model.claim import Reading
from summitry.model.report import digest

__all__ = ["Entry", "Judgement", "Recorded", "Verdict", "Withdrawal"]


class Verdict(Enum):
    """What an editor decided."""

    SAME = "same"
    NOT_SAME = "not_same"
    FIELD = "field"
    APPROVE = "approve"
    HIDE = "hide"
    UNDO = "undo"


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

    @property
    def id(self) -> str:
        """Sixteen hex digits of all of it."""
        return digest(
            self.verdict.value,
            *self.mentions,
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
