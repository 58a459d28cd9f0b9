"""Editors' decisions and outlets' kills into a ledger: from what a person names to entries.

A person names an engagement or a mention by the beginning of its id; the entry keeps mentions,
with what they were (``Anchor``), so that a better reading does not lose them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from summitry.errors import UnknownEngagement, UnknownEntry
from summitry.ledger import Ledger
from summitry.model import Anchor, Diary, Judgement, Mention, Reading, Report, Verdict, Withdrawal
from summitry.pipeline import find, onward

__all__ = ["Signature", "about", "judge", "judgements", "undo", "withdraw"]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, and when."""

    author: str
    decided: datetime


def judge(
    ledger: Ledger,
    full: Diary,
    verdict: Verdict,
    prefixes: Sequence[str],
    by: Signature,
    fields: Iterable[tuple[str, str]] = (),
) -> tuple[Judgement, ...]:
    """Enter a decision about what the prefixes name; returns what was entered.

    SAME joins all mentions of the named engagements. NOT_SAME parts the named mentions, and
    of an engagement the earliest one. The others are about the earliest mention.

    Args:
        ledger: The book.
        full: The diary in which the ids are looked up.
        verdict: Any but UNDO.
        prefixes: Beginnings of ids of engagements or mentions.
        by: Who decides, and when.
        fields: For FIELD: slots with their values as JSON in the shape of the contract.

    Raises:
        UnknownEngagement: Nothing in the diary is named so.
        UnknownEntry: A prefix names several.
        LedgerError: It could not be stored.
    """
    named = [_mentions(ledger, full, prefix) for prefix in prefixes]
    held = {mention: report for e in full for _, report, mention in e.mentions}
    if verdict is Verdict.SAME:
        mentions = tuple(dict.fromkeys(m for found in named for m in found))
    else:
        mentions = tuple(dict.fromkeys(found[0] for found in named))
    reports = {held[m] for m in mentions if m in held}
    reports |= _reports_of(ledger, [m for m in mentions if m not in held])
    anchors = tuple(_anchors(_read(ledger, reports), set(mentions)))
    made = tuple(
        Judgement(
            verdict=verdict,
            mentions=mentions,
            field=slot,
            value=value,
            author=by.author,
            decided=by.decided,
            anchors=anchors,
        )
        for slot, value in (list(fields) or [("", "")])
    )
    ledger.append_all(made, onward(ledger, by.decided))
    return made


def undo(ledger: Ledger, prefix: str, by: Signature) -> Judgement:
    """Enter that the judgement whose id begins so does not stand; returns the new entry.

    Raises:
        UnknownEntry: None begins so, or several do.
        LedgerError: It could not be stored.
    """
    found = [j.id for j in judgements(ledger) if j.id.startswith(prefix.lower())]
    made = Judgement(
        verdict=Verdict.UNDO,
        mentions=(_only(found, prefix, "judgement"),),
        author=by.author,
        decided=by.decided,
    )
    ledger.append(made, onward(ledger, by.decided))
    return made


def judgements(ledger: Ledger, known_at: datetime | None = None) -> Iterator[Judgement]:
    """All judgements in the order in which they were recorded, undone ones too."""
    for record in ledger.judgements(known_at=known_at):
        if isinstance(record.entry, Judgement):
            yield record.entry


def about(said: Iterable[Judgement], mentions: Iterable[str]) -> tuple[Judgement, ...]:
    """The judgements about some mentions, and those that take such back, in the given order."""
    named = set(mentions)
    found = []
    for judgement in said:
        if not named.isdisjoint(judgement.mentions):
            found.append(judgement)
            named.add(judgement.id)  # what takes it back is about the same mentions
    return tuple(found)


def withdraw(
    ledger: Ledger, named: str, *, published: datetime, reason: str, recorded: datetime
) -> tuple[Withdrawal, ...]:
    """Enter that an outlet killed its report; returns what was entered.

    Args:
        ledger: The book.
        named: The report's URL, the input's own id, or the beginning of the report's id.
        published: When the outlet said so; from then on the report counts for nothing.
        reason: Its words, or empty.
        recorded: Now.

    Raises:
        UnknownEntry: No report is named so, or an id names several.
        LedgerError: It could not be stored.
    """
    reports = [r.entry.report for r in ledger.readings() if isinstance(r.entry, Reading)]
    found = [r.id for r in reports if named and named in (r.url, r.ref)]
    if not found:
        begun = [r.id for r in reports if named and r.id.startswith(named.lower())]
        found = [_only(begun, named, "report")]
    made = tuple(Withdrawal(report=report, published=published, reason=reason) for report in found)
    ledger.append_all(made, onward(ledger, recorded))
    return made


def _mentions(ledger: Ledger, full: Diary, prefix: str) -> tuple[str, ...]:
    """The mentions of the engagement that a prefix names, or the one mention that it names.

    What an editor has hidden stands in no diary and is found by its mention in the ledger.
    """
    wanted = prefix.lower()
    try:
        found = find(full, prefix)
    except UnknownEngagement:
        hidden = _beginning(ledger, wanted)
        if not hidden:
            raise
        return (_only(hidden, prefix, "mention"),)
    if found[0].id.startswith(wanted):
        _only([e.id for e in found], prefix, "engagement")
        return tuple(mention for _, _, mention in found[0].mentions)
    inside = [m for e in found for _, _, m in e.mentions if m.startswith(wanted)]
    return (_only(inside, prefix, "mention"),)


def _beginning(ledger: Ledger, begin: str) -> list[str]:
    """The mentions of the ledger whose ids begin so.

    A whole id is looked up in the index; a beginning, or what came since the index was written,
    takes going through the ledger.
    """
    if not begin:
        return []
    if any(slip.mention == begin for slip in ledger.index.near((), [begin])):
        return [begin]
    return [mention.id for _, mention in _read(ledger, None) if mention.id.startswith(begin)]


def _reports_of(ledger: Ledger, mentions: Sequence[str]) -> set[str]:
    """The reports of some mentions."""
    slips = ledger.index.near((), mentions)
    found = {slip.mention: slip.report for slip in slips if slip.mention in mentions}
    if len(found) == len(mentions):
        return set(found.values())
    return {report.id for report, mention in _read(ledger, None) if mention.id in mentions}


def _anchors(read: Iterable[tuple[Report, Mention]], mentions: set[str]) -> Iterator[Anchor]:
    yield from (Anchor.of(m, report.id) for report, m in read if m.id in mentions)


def _read(ledger: Ledger, reports: set[str] | None) -> Iterator[tuple[Report, Mention]]:
    """Every mention of the readings that count, with its report; of some reports or of all."""
    records = ledger.readings() if reports is None else ledger.readings_of(sorted(reports))
    for record in records:
        if isinstance(record.entry, Reading):
            yield from ((record.entry.report, mention) for mention in record.entry.mentions)


def _only(found: Sequence[str], prefix: str, what: str) -> str:
    """The one id that was meant.

    Raises:
        UnknownEntry: There is none, or there are several.
    """
    unlike = tuple(dict.fromkeys(found))
    if len(unlike) != 1:
        raise UnknownEntry(what, prefix, unlike)
    return unlike[0]
