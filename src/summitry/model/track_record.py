"""What became of the plans that one source reported."""

from dataclasses import dataclass

__all__ = ["TrackRecord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """What became of the plans that one source reported."""

    source: str
    """The outlet as it signs itself, or a class of sources such as ``spokesperson``."""
    sort: str
    """``outlet`` or ``class``."""
    held: int
    failed: int
    silent: int
    """Plans whose day is over, or half a year old without a day, without a word on them."""
    low: float
    """Lower end of Wilson's 95 % interval of the share that came true, in [0, 1]."""
    high: float
    days: float | None
    """Median days from the first report to the first day, of the plans with an exact date that
    were held; None where there are none."""
    letter: str
    """Reliability after the Admiralty code, ``A`` to ``F``."""

    @property
    def n(self) -> int:
        """Plans whose outcome is known."""
        return self.held + self.failed
