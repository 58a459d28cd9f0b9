"""Which edition of an engagement it is, and since when, without a clock."""

from datetime import datetime

from summitry.model import Diary, Engagement

__all__ = ["revised", "sequence"]


def revised(diary: Diary) -> datetime:
    """When the newest report of a diary was published; its own instant when none says so."""
    return max((e.last for e in diary if e.last), default=diary.as_of)


def sequence(e: Engagement) -> int:
    """How many mentions have come after the first, at least 0.

    RFC 5546 section 2.1.4 wants it raised whenever date, place or status change. None of them
    changes without a further mention, and mentions are not taken back while reports arrive; so it
    rises with every change and never sinks. It also rises where a mention only repeats, which
    does no harm. Claims are no measure: those that lost the argument leave the engagement.
    """
    return max(len(e.mentions) - 1, 0)
