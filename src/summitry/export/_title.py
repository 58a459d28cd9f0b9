"""One line that says what an engagement is, with how far it has come in front.

Calendars and newsroom systems show the title and little else, and several of them take every
entry for certain; so the title itself says that it is not.
"""

from summitry.export._words import plain, said, sides, stretch, value_words
from summitry.model import Engagement, Polarity, Precision, Status

__all__ = ["CERTAIN", "grounds", "named", "titled"]

CERTAIN = (
    Status.ANNOUNCED,
    Status.CONFIRMED,
    Status.HELD,
    Status.POSTPONED,
    Status.CANCELLED,
)
"""What somebody on record has said, and what became of it: a system that knows no doubt may have
these. Postponed and cancelled are among them, since they take back what was announced."""

_LONGEST = 230
"""Characters of a quotation, as on the sheet of the brief."""
_PREFIX = {
    Status.FLOATED: "[FLOATED] ",
    Status.IN_PREPARATION: "[TBC] ",
    Status.ANNOUNCED: "[one side] ",
    Status.POSTPONED: "[POSTPONED] ",
    Status.CANCELLED: "CANCELLED: ",
    Status.DENIED: "DENIED: ",
}
"""Confirmed and held have none."""


def named(e: Engagement) -> str:
    """What it is and who takes part: "Visit: Anna Berg (Sweden) → Norway"."""
    return f"{value_words(e.kind.value).capitalize()}: {sides(p.value for p in e.parties)}"


def titled(e: Engagement) -> str:
    """The same with the status in front, and an imprecise date behind."""
    when = e.when.value if e.when else None
    vague = f" ({stretch(when)})" if when and when.precision is not Precision.DAY else ""
    return f"{_PREFIX.get(e.status.value, '')}{named(e)}{vague}"


def grounds(e: Engagement) -> tuple[str, ...]:
    """How far it has come, on how many sources, whose word that is, and the sentence."""
    many = e.independent_sources
    claim = e.status.by[0]
    silent = "; its date has passed without a word" if e.unresolved else ""
    negated = ", negated" if claim.polarity is Polarity.NEGATIVE else ""
    return (
        f"Status: {value_words(e.status.value)}{silent}",
        f"{many} independent source{'' if many == 1 else 's'}",
        f"{said(claim)}, {claim.modality.value}{negated}: {_quoted(claim.sentence.text)}",
    )


def _quoted(text: str) -> str:
    """A sentence in quotation marks, cut where it is longer than a reader of calendars reads."""
    shown = plain(text)
    return f"“{shown[:_LONGEST]}…”" if len(shown) > _LONGEST else f"“{shown}”"
