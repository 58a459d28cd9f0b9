"""Turn readings into engagements: which mentions are one, and what they add up to.

Pure: the same readings, in whatever order, give the same engagements. A report published later
changes what is known of an engagement, never which of the earlier reports spoke of it, unless
it says itself that two of them are one (a postponement that names both dates).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from summitry.model import Engagement, Judgement, Reading, Withdrawal
from summitry.resolve._told import Told
from summitry.resolve.anchored import anchored
from summitry.resolve.contradictions import contradictions
from summitry.resolve.deadlines import deadlines, with_reported
from summitry.resolve.fields import (
    settled_agenda,
    settled_kind,
    settled_parties,
    settled_place,
    settled_when,
)
from summitry.resolve.group import group
from summitry.resolve.independence import lineage
from summitry.resolve.judged import decisions, is_value, undone, with_decisions
from summitry.resolve.official import official_words
from summitry.resolve.status import settled_status, unresolved
from summitry.resolve.track import track_of

__all__ = ["deadlines", "is_value", "resolve", "undone", "with_reported"]


def resolve(
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
    withdrawals: Iterable[Withdrawal],
    as_of: datetime,
) -> tuple[Engagement, ...]:
    """All engagements as they stood at an instant.

    Args:
        readings: One for each report; what was published after ``as_of`` is passed over.
        judgements: Editors' decisions; they hold at every instant.
        withdrawals: A report counts for nothing from the instant of its withdrawal.
        as_of: The instant, inclusive.

    Returns:
        Dated engagements by first day, then those without a date by first report. The id of
        each is that of its earliest-published mention. Mentions without claims or parties are
        left out.
    """
    gone = {w.report for w in withdrawals if w.published <= as_of}
    told = [
        Told(mention, reading.report)
        for reading in readings
        if reading.report.id not in gone
        and (reading.report.published is None or reading.report.published <= as_of)
        for mention in reading.mentions
        if mention.claims and mention.parties
    ]
    decided = decisions(anchored(judgements, told))
    today = as_of.astimezone(UTC).date()
    engagements = [
        with_decisions(_engagement(mentions, today), decided)
        for mentions in group(told, decided.same, decided.apart)
        if not any(t.mention.id in decided.hidden for t in mentions)
    ]
    return tuple(sorted(engagements, key=_order))


def _engagement(mentions: Sequence[Told], today: date) -> Engagement:
    """One engagement from its mentions, oldest first."""
    when = settled_when(mentions)
    status, modality = settled_status(mentions, when.value if when else None)
    parties = settled_parties(mentions)
    states = tuple(dict.fromkeys(p.value.state for p in parties if p.value.state))
    times = [t.report.published for t in mentions if t.report.published]
    background = all(t.mention.background for t in mentions)
    strands = lineage(mentions)
    kind, day = settled_kind(mentions), when.value if when else None
    return Engagement(
        id=mentions[0].mention.id,
        kind=kind,
        parties=parties,
        place=settled_place(mentions),
        when=when,
        agenda=settled_agenda(mentions),
        status=status,
        modality=modality,
        background=background,
        official=official_words(mentions, states),
        independent_sources=len(strands),
        lineage=strands,
        mentions=tuple((t.report.ref, t.report.id, t.mention.id) for t in mentions),
        first=min(times, default=None),
        last=max(times, default=None),
        contradictions=contradictions(mentions),
        unresolved=not background and unresolved(status.value, day, today),
        track=track_of(mentions, frozenset(states), kind.value, day, today),
    )


def _order(engagement: Engagement) -> tuple[bool, date, str, str]:
    """Sort key of the diary."""
    when = engagement.when.value if engagement.when else None
    first = engagement.first.astimezone(UTC).isoformat() if engagement.first else ""
    start = (when.start or when.end) if when else None
    return (start is None, start or date.max, first, engagement.id)
