"""What an editor should look at, and why."""

from dataclasses import dataclass

from summitry.model.vocab import Qualm

__all__ = ["Doubt"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about an engagement that the rules could have decided otherwise."""

    qualm: Qualm
    engagement: str
    """Id of the engagement that it is about."""
    other: str = ""
    """For TWINS the id of the other engagement, for JOIN that of the doubtful mention."""
    reasons: tuple[str, ...] = ()
    """What makes it doubtful, in words; names of persons stand in them as reports spell them."""
    weight: float = 0.0
    """How much it calls for a look, in [0, 1]; an order and no probability. 0 for UNSEEN."""
