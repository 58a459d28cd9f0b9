"""Which dates of a report hang on no engagement, and can date one that has none."""

from collections.abc import Sequence
from datetime import date

from summitry.extract._fitting import FRESH, rather_past
from summitry.extract._values import Dated, Frame, Spare
from summitry.model import Sentence

__all__ = ["LEAD", "spare"]

LEAD = 2
"""Sentences at the head of a report that date its news."""
# A date of as many days, vaguer than a month, is not taken from a sentence without engagement.
_VAGUE = 32


def spare(
    dated: Sequence[tuple[Sentence, tuple[Dated, ...]]], frames: Sequence[Frame], day: date
) -> Spare:
    """What the report's other dates can date: its news, and a plan without a day.

    Args:
        dated: Every sentence of the body with its date expressions.
        frames: All frames of the report, whose sentences' dates are taken.
        day: The day of publication.
    """
    lead = (d.backward for _, found in dated[:LEAD] for d in found)
    news = (w for w in lead if w and w.start and w.days == 1 and day - FRESH <= w.start <= day)
    taken = {f.scene.sentence.start for f in frames if f.when and (f.sides or f.trigger.definite)}
    free = (
        d.forward
        for sentence, found in dated
        if sentence.start not in taken
        for d in found
        if any(c.isdigit() for c in d.text) and not rather_past(d, day)
    )
    ahead = (w for w in free if w and w.start and w.end and w.start > day and w.days < _VAGUE)
    return Spare(next(news, None), tuple(dict.fromkeys(ahead)))
