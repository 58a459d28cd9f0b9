"""The one place that knows the order of the rooms.

document ─sources→ Report ─extract→ Reading ─append→ Ledger ─resolve→ Diary ─desk→ chances
table ─sources→ Record ─records→ Reading

It renders nothing and sees no clock: instants come in from the doors.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from summitry import desk
from summitry.errors import LedgerError, UnknownEngagement, UnknownLanguage
from summitry.experience import experience
from summitry.extract import EXTRACTOR, passes, read, terms, worth_reading
from summitry.gazetteer import tracks
from summitry.indexing import as_it_stood, live, reindex, standing
from summitry.lang import parser, reader, words
from summitry.ledger import Ledger
from summitry.model import (
    OVER,
    Diary,
    Doubt,
    Engagement,
    Judgement,
    Listing,
    Reading,
    Record,
    Recorded,
    Report,
    Step,
    TrackRecord,
    Withdrawal,
)
from summitry.records import LISTER, listed
from summitry.records import reading as read_record
from summitry.resolve import (
    FORGOTTEN,
    climbed,
    deadlines,
    doubtful,
    in_order,
    resolve,
    with_reported,
)

__all__ = [
    "KEPT",
    "ahead",
    "bound",
    "diary",
    "doubts",
    "extract",
    "find",
    "known",
    "known_of",
    "ladder",
    "onward",
    "page",
    "readings_of",
    "recorded",
    "reports_of",
    "track_records",
    "unread",
    "update",
    "with_chances",
    "with_terms",
    "withdrawn",
    "worth_keeping",
    "worth_reading",
]

KEPT = timedelta(days=30)
"""How long what is over stays on the page."""


def extract(report: Report | Listing) -> Reading:
    """Read what one report, or one entry of a calendar or diary, says.

    A report that cannot concern an engagement is not parsed; one in a language that we cannot
    read comes back empty with a note. An entry needs no parser, only names.

    Raises:
        ModelMissing: The language's model is not installed.
    """
    if isinstance(report, Listing):
        return listed(report, words("en"))
    try:
        words(report.language)
        if not passes(report):
            return Reading(report=report, extractor=EXTRACTOR)
        # The models are loaded here, for the first report that needs them.
        return read(report, parser(report.language), reader(report.language))
    except UnknownLanguage as error:
        return Reading(report=report, extractor=EXTRACTOR, notes=(str(error),))


def recorded(record: Record) -> Reading:
    """What one row of a table of past engagements says; needs no language and no model."""
    return read_record(record)


def known(ledger: Ledger) -> Mapping[str, str]:
    """The ids of the readings that count in a ledger, by the id of their report."""
    return _ids(ledger.readings())


def known_of(ledger: Ledger, reports: Iterable[Report]) -> Mapping[str, str]:
    """The same of some reports, at the cost of these."""
    return _ids(ledger.readings_of(dict.fromkeys(report.id for report in reports)))


def _ids(records: Iterable[Recorded]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for record in records:
        if isinstance(record.entry, Reading):
            found[record.entry.report.id] = record.entry.id
    return found


def unread(
    reports: Iterable[Report | Listing], stored: Mapping[str, str]
) -> Iterator[Report | Listing]:
    """What a ledger does not hold as today's extractors would read it."""
    for found in reports:
        listing = isinstance(found, Listing)
        report = found.report if isinstance(found, Listing) else found
        extractor = LISTER if listing else EXTRACTOR
        if stored.get(report.id) != Reading(report=report, extractor=extractor).id:
            yield found


def worth_keeping(reading: Reading, stored: Mapping[str, str]) -> bool:
    """Whether a reading says something that a ledger must know.

    An empty one counts only where it takes back what the ledger holds of the same report:
    nearly all news is about something else, and is not kept.
    """
    return bool(reading.mentions) or reading.report.id in stored


def update(ledger: Ledger, readings: Iterable[Reading], recorded: datetime) -> int:
    """Append readings, all or none; returns how many the ledger did not hold yet.

    Raises:
        LedgerError: They could not be stored; what was stored before still is.
    """
    return ledger.append_all(readings, onward(ledger, recorded))


def withdrawn(ledger: Ledger, kills: Iterable[Withdrawal], recorded: datetime) -> int:
    """Append outlets' withdrawals, all or none; returns how many were new.

    Raises:
        LedgerError: They could not be stored; what was stored before still is.
    """
    return ledger.append_all(kills, onward(ledger, recorded))


def onward(ledger: Ledger, now: datetime) -> datetime:
    """The instant to record at: now, or that of the newest entry where the clock went back.

    Which of two entries counts is decided by which was recorded later.
    """
    return max(now, ledger.latest() or now)


def diary(ledger: Ledger, as_of: datetime, known_at: datetime | None = None) -> Diary:
    """All engagements as the public record stood at an instant, each with its chance.

    Args:
        ledger: The book.
        as_of: Reports published later do not count; those of that very instant do.
        known_at: Entries recorded later do not count; None counts all.
    """
    readings = (
        record.entry
        for record in ledger.readings(as_of=as_of, known_at=known_at)
        if isinstance(record.entry, Reading)
    )
    decided = ledger.judgements(known_at=known_at)
    judgements = [r.entry for r in decided if isinstance(r.entry, Judgement)]
    withdrawn = ledger.withdrawals(as_of=as_of, known_at=known_at)
    withdrawals = [r.entry for r in withdrawn if isinstance(r.entry, Withdrawal)]
    found = resolve(readings, judgements, withdrawals, as_of)
    return _weighed(found, as_of, known_at)


def with_terms(ledger: Ledger, full: Diary) -> Diary:
    """A diary with the ends of terms of which its reports speak, beside those on record.

    It goes through all readings once, which ``diary`` is spared.
    """
    readings = ledger.readings(as_of=full.as_of, known_at=full.known_at)
    reports = (r.entry.report for r in readings if isinstance(r.entry, Reading))
    said = ((r.published.date(), d) for r in reports if r.published for d in terms(r))
    today = full.as_of.astimezone(UTC).date()
    due = with_reported(full.deadlines, said, tracks().values(), today)
    return replace(full, deadlines=due)


def page(ledger: Ledger, as_of: datetime, known_at: datetime | None = None) -> Diary:
    """What ``ahead`` leaves of ``diary``, at the cost of what is on the page.

    The ledger's index is brought up to date first, and written; for what was known otherwise
    then, it is corrected. Where it cannot be written, or too much was otherwise, the whole
    diary is made.
    """
    try:
        reindex(ledger)
    except LedgerError:  # a medium that can only be read
        return ahead(diary(ledger, as_of, known_at))
    past = as_it_stood(ledger, as_of, known_at)
    if past is None:
        return ahead(diary(ledger, as_of, known_at))

    def readings(reports: Iterable[str]) -> Iterator[Reading]:
        for record in ledger.readings_of(reports, as_of=as_of, known_at=known_at):
            if isinstance(record.entry, Reading):
                yield record.entry

    found = live(past, (as_of - KEPT).date(), readings)
    return ahead(_weighed(found, as_of, known_at))


def _weighed(found: Iterable[Engagement], as_of: datetime, known_at: datetime | None) -> Diary:
    """A diary of engagements, with their chances and with what the tracks on record have due."""
    return bound(with_chances(found, as_of), as_of, known_at)


def with_chances(found: Iterable[Engagement], as_of: datetime) -> tuple[Engagement, ...]:
    """The engagements, each with its chance on the day of an instant."""
    today, past = as_of.astimezone(UTC).date(), experience()
    return tuple(replace(e, chance=desk.chance(e, today, past)) for e in found)


def bound(found: Iterable[Engagement], as_of: datetime, known_at: datetime | None = None) -> Diary:
    """A diary of engagements in its order, with what the tracks on record have due."""
    today = as_of.astimezone(UTC).date()
    return Diary(as_of, known_at, in_order(found), deadlines(tracks().values(), today))


def ahead(full: Diary) -> Diary:
    """The part of a diary that a page shows: what is ahead, and what ended in the last 30 days.

    What reports only recall is left out, and so is a plan without a date, or without an end to
    it, of which nobody has spoken for half a year; what was held or called off on a day that
    nobody named goes 30 days after the last word. Deadlines are shown of the tracks to which
    something on the page belongs, and those of the next 30 days that concern a party on the page.
    """
    page = tuple(e for e in full if _ahead(e, full.as_of))
    own = {e.track for e in page}
    soon = (full.as_of + KEPT).date()
    concerned = frozenset[str]().union(*(e.states for e in page))
    due = tuple(
        d
        for d in full.deadlines
        if d.track in own
        or (concerned & set(d.parties) and d.when.start is not None and d.when.start <= soon)
    )
    return Diary(full.as_of, full.known_at, page, due)


def _ahead(engagement: Engagement, as_of: datetime) -> bool:
    if engagement.background:
        return False
    day, when = (as_of - KEPT).date(), engagement.when.value if engagement.when else None
    if when is not None and when.end is not None:
        return when.end >= day
    fixed = when is not None and when.start is not None and when.start >= day
    # What is over without anybody having said when is over since the last word on it.
    kept = KEPT if when is None and engagement.status.value in OVER else FORGOTTEN
    return fixed or engagement.last is None or engagement.last > as_of - kept


def find(full: Diary, prefix: str) -> tuple[Engagement, ...]:
    """The engagements whose id begins so, or that have a mention whose id begins so.

    An engagement's id is that of its earliest mention, so that an id given out before an
    earlier report arrived still leads to it.

    Raises:
        UnknownEngagement: There is none.
    """
    wanted = prefix.lower()
    found = tuple(e for e in full if e.id.startswith(wanted)) or tuple(
        e for e in full if any(mention.startswith(wanted) for _, _, mention in e.mentions)
    )
    if not wanted or not found:
        raise UnknownEngagement(prefix)
    return found


def reports_of(ledger: Ledger, asked: Diary, engagement: Engagement) -> Mapping[str, Report]:
    """The report of each mention of an engagement, by the mention's id."""
    found = readings_of(ledger, asked, [engagement])
    return {mention: reading.report for mention, reading in found.items()}


def readings_of(
    ledger: Ledger, asked: Diary, engagements: Iterable[Engagement]
) -> Mapping[str, Reading]:
    """The reading that holds each mention of some engagements, by the mention's id."""
    wanted = dict.fromkeys(report for e in engagements for _, report, _ in e.mentions)
    records = ledger.readings_of(wanted, as_of=asked.as_of, known_at=asked.known_at)
    return {
        mention.id: record.entry
        for record in records
        if isinstance(record.entry, Reading)
        for mention in record.entry.mentions
    }


def doubts(ledger: Ledger, asked: Diary) -> tuple[Doubt, ...]:
    """What in a diary an editor should look at, most pressing first.

    Args:
        ledger: The book.
        asked: A diary, or a page of it, by all that the ledger knows.
    """
    readings = readings_of(ledger, asked, asked)
    unlike = {reading.id: reading for reading in readings.values()}
    return doubtful(asked.engagements, unlike.values(), standing(ledger))


def ladder(engagement: Engagement, readings: Iterable[Reading]) -> tuple[Step, ...]:
    """The statuses that an engagement had one after the other, as its reports came in."""
    return climbed(readings, {mention for _, _, mention in engagement.mentions})


def track_records(ledger: Ledger, asked: Diary) -> tuple[TrackRecord, ...]:
    """How often what each source of a ledger floated or announced came true, as of a diary."""
    readings = ledger.readings(as_of=asked.as_of, known_at=asked.known_at)
    return desk.track_records(asked, (r.entry for r in readings if isinstance(r.entry, Reading)))
