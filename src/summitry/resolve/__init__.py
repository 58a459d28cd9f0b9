"""Turn readings into engagements: which mentions are one, and what they add up to.

Pure: the same readings, in whatever order, give the same engagements. A report published later
changes what is known of an engagement, never which of the earlier reports spoke of it, unless
it says itself that two of them are one (a postponement that names both dates).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from summitry.model import Doubt, Engagement, Judgement, Reading, Step, Withdrawal
from summitry.resolve._face import FORGOTTEN, Face
from summitry.resolve._told import Told, by_age
from summitry.resolve._written import read_face, written_face
from summitry.resolve.anchored import anchored
from summitry.resolve.contradictions import contradictions
from summitry.resolve.deadlines import deadlines, with_reported
from summitry.resolve.dissent import dissent
from summitry.resolve.doubts import doubts
from summitry.resolve.fields import (
    settled_agenda,
    settled_kind,
    settled_parties,
    settled_place,
    settled_when,
)
from summitry.resolve.group import (
    Group,
    Pairs,
    Placement,
    Reach,
    group,
    keys_between,
    keys_of,
    replayed,
    settle,
)
from summitry.resolve.independence import lineage
from summitry.resolve.judged import Decisions, decisions, is_value, undone, with_decisions
from summitry.resolve.official import official_words
from summitry.resolve.status import settled_status, unresolved
from summitry.resolve.track import track_of

__all__ = [
    "FORGOTTEN",
    "RESOLVER",
    "Face",
    "Placement",
    "Reach",
    "as_read",
    "climbed",
    "deadlines",
    "doubtful",
    "in_order",
    "is_value",
    "keys_between",
    "keys_of",
    "on_day",
    "read_face",
    "recalled",
    "replaced",
    "resolve",
    "undone",
    "with_reported",
    "written_face",
]

RESOLVER = "group/8"
"""Name and version of the rules by which mentions are grouped: an index that another version
wrote is made anew."""


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
        one
        for reading in readings
        if reading.report.id not in gone
        and (reading.report.published is None or reading.report.published <= as_of)
        for one in _told(reading)
    ]
    decided = decisions(anchored(judgements, told))
    return _engagements(group(told, decided.same, decided.apart), decided, as_of)


def recalled(
    placements: Iterable[Placement],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
    as_of: datetime,
) -> tuple[Engagement, ...]:
    """The engagements of mentions whose grouping has been decided before.

    Args:
        placements: What was decided about all mentions, as of the instant, of the engagements
            asked for and of those that they take up.
        readings: Of the reports of the former, as of the instant.
        judgements: Editors' decisions, ``as_read``.
        as_of: The instant.
    """
    told = [one for reading in readings for one in _told(reading)]
    return _engagements(replayed(placements, told), decisions(judgements), as_of)


def replaced(
    came: Iterable[Reading],
    gone: Iterable[Placement],
    judgements: Iterable[Judgement],
    stored: Callable[[Iterable[Reach], Iterable[str]], Iterable[Placement]],
) -> tuple[Placement, ...]:
    """The new and changed decisions about mentions when readings come and go.

    Args:
        came: Readings that are new, or of whose mentions an editor judged anew.
        gone: What had been decided about mentions that no longer count.
        judgements: Editors' decisions, ``as_read``.
        stored: Gives the decisions about the mentions within reach or named, together with
            those about all other mentions of the same engagements.
    """
    told = [one for reading in came for one in _told(reading)]
    decided = decisions(judgements)
    return settle(told, gone, Pairs.of(decided.same, decided.apart), stored)


def on_day(engagement: Engagement, today: date) -> Engagement:
    """An engagement as it stands on another day on which its reports are the same.

    What falls on a day by itself is only whether it has passed in silence. Not for one that an
    editor judged, nor for a day by which more is on record of tracks.
    """
    when = engagement.when.value if engagement.when else None
    silent = not engagement.background and unresolved(engagement.status.value, when, today)
    if silent == engagement.unresolved:
        return engagement
    return replace(engagement, unresolved=silent)


def climbed(readings: Iterable[Reading], mentions: Collection[str]) -> tuple[Step, ...]:
    """The statuses that one engagement had, one after the other, as its reports came in.

    Args:
        readings: Of all its reports; without the time of publication one gives no step.
        mentions: The ids of its mentions.
    """
    told = [one for reading in readings for one in _told(reading) if one.mention.id in mentions]
    told = sorted((one for one in told if one.report.published), key=by_age)
    steps: list[Step] = []
    for number, newest in enumerate(told, 1):
        if number < len(told) and told[number].report.published == newest.report.published:
            continue
        when = settled_when(told[:number])
        status, _ = settled_status(told[:number], when.value if when else None)
        if newest.report.published and (not steps or status.value is not steps[-1].status):
            steps.append(Step(newest.report.published, status.value, status.by[0]))
    return tuple(steps)


def as_read(judgements: Iterable[Judgement], readings: Iterable[Reading]) -> tuple[Judgement, ...]:
    """The judgements with each mention as today's readings know it.

    Args:
        judgements: Editors' decisions.
        readings: At least those of the reports that the judgements are anchored in.
    """
    return anchored(judgements, [one for reading in readings for one in _told(reading)])


def doubtful(
    engagements: Sequence[Engagement],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
) -> tuple[Doubt, ...]:
    """What an editor should look at, most pressing first.

    That is where editors differ, where claims do, and where mentions could have been grouped
    otherwise.

    Args:
        engagements: Those of one diary, or of a page of it.
        readings: Of their reports.
        judgements: Editors' decisions, ``as_read``.
    """
    told = {one.mention.id: one for reading in readings for one in _told(reading)}
    said = list(judgements)
    gone, decided = undone(said), decisions(said)
    home = {m: e.id for e in engagements for _, _, m in e.mentions}
    return (
        *dissent((j for j in said if j.id not in gone), home),
        *doubts(engagements, told, Pairs.of(decided.same, decided.apart)),
    )


def _told(reading: Reading) -> Iterable[Told]:
    """The mentions of a report that say something of somebody."""
    return (Told(m, reading.report) for m in reading.mentions if m.claims and m.parties)


def _engagements(
    groups: Iterable[Group], decided: Decisions, as_of: datetime
) -> tuple[Engagement, ...]:
    """The engagements of groups of mentions, in the diary's order."""
    today = as_of.astimezone(UTC).date()
    engagements = [
        replace(with_decisions(_engagement(g.told, today), decided), follows=g.follows)
        for g in groups
        if not any(t.mention.id in decided.hidden for t in g.told)
    ]
    return in_order(engagements)


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


def in_order(engagements: Iterable[Engagement]) -> tuple[Engagement, ...]:
    """Engagements in the diary's order."""
    return tuple(sorted(engagements, key=_order))


def _order(engagement: Engagement) -> tuple[bool, date, str, str]:
    """Sort key of the diary."""
    when = engagement.when.value if engagement.when else None
    first = engagement.first.astimezone(UTC).isoformat() if engagement.first else ""
    start = (when.start or when.end) if when else None
    return (start is None, start or date.max, first, engagement.id)
