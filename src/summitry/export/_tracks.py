"""What a diary and the record hold of one track."""

from collections.abc import Iterator, Sequence
from datetime import date

from summitry.gazetteer import Fact, Track
from summitry.model import Deadline, Diary, Engagement

__all__ = ["deadlines_of", "engagements_of", "past"]


def engagements_of(track: Track, diary: Diary) -> Sequence[Engagement]:
    """The engagements that belong to it, in the diary's order."""
    return [e for e in diary if e.track == track.id]


def deadlines_of(track: Track, diary: Diary) -> Sequence[Deadline]:
    """What it sets that is ahead, by first day."""
    return [d for d in diary.deadlines if d.track == track.id]


def past(track: Track, today: date) -> Iterator[Fact]:
    """What was on record and over."""
    yield from (f for f in track.facts if f.known <= today and f.last < today)
