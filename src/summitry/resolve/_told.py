"""A mention together with the report that tells it: what every question here is asked of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from summitry.model import ENTRY, Claim, Mention, Report, SourceClass, Status, When

__all__ = ["OFFICIAL", "UNKNOWN", "UNNAMED", "Told", "by_age"]

OFFICIAL = frozenset({SourceClass.OFFICIAL_NAMED, SourceClass.SPOKESPERSON})
"""Who speaks for a side on record."""
UNNAMED = frozenset(
    {
        SourceClass.OFFICIAL_UNNAMED,
        SourceClass.DIPLOMATIC_SOURCE,
        SourceClass.OTHER_MEDIA,
        SourceClass.ANALYST,
    }
)
"""Who can float, but neither announce nor confirm."""
_PAST = timedelta(days=60)
"""How long after its day a plan that came to nothing is still spoken of by its date."""
UNKNOWN = datetime.min.replace(tzinfo=UTC)
"""The publication of a report that does not say when it was published."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mention and its report."""

    mention: Mention
    report: Report

    @property
    def at(self) -> datetime:
        """When it was published; the dawn of time when the report does not say.

        So a report without a date never outranks one that has it.
        """
        return self.report.published or UNKNOWN

    @property
    def day(self) -> date:
        """Day of publication, by the clock of the report."""
        return self.at.date()

    @property
    def entry(self) -> bool:
        """Whether it is an entry of a calendar, a planning feed or a diary."""
        return self.report.url.startswith(ENTRY)

    @property
    def lister(self) -> str:
        """Who publishes the list in which it is an entry with an id of its own, else empty."""
        report = self.report
        return report.outlet if self.entry and report.url == f"{ENTRY}{report.ref}" else ""

    def stale(self, when: When) -> bool:
        """Whether an interval lies too far back to be that of a plan.

        A report on a plan names other dates beside ("the first visit since March"), and one
        that is taken for the plan's would part it from all other reports. The day of an entry
        in a list is always its own.
        """
        if self.report.published is None or self.mention.background or self.entry:
            return False
        planned = self.mention.status is not Status.HELD
        return planned and when.end is not None and when.end < self.day - _PAST

    def said(self, claim: Claim) -> date:
        """Day on which a claim was uttered: as the report says, else that of publication."""
        if claim.said_on is None or self.report.published is None:
            return claim.said_on or self.day
        return min(claim.said_on, self.day)


def by_age(told: Told) -> tuple[bool, datetime, str]:
    """Sort key: oldest first, reports without a date last, ties by mention id."""
    return (told.report.published is None, told.at, told.mention.id)
