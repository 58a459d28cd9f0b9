"""From paths into a ledger, batch by batch: what the doors share.

Whatever a document holds or does to us, it is named and the next one is read; whatever stops a
run, the batches before it stay. Words to the user go to the callables that the door gives.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from summitry import pipeline, sources
from summitry.ledger import Ledger
from summitry.model import Listing, Reading, Report, Withdrawal
from summitry.workers import Fault, read_all, read_here

__all__ = ["Intake", "now", "settle"]

_BATCH, _PATIENCE = 100, 1.0
"""Readings, or seconds, after which a batch is committed: what a power cut can cost."""
_ROWS = 2000
"""Rows of a table in one batch: they come a hundred times faster than reports."""


@dataclass
class Intake:
    """Reads the named paths and counts what could not be read."""

    complain: Callable[[str], None]
    """Gets one line for each thing that could not be read."""
    progress: Callable[[str], None]
    """Gets a line about how far we are, over and over; an empty one at the end."""
    outlet: str = ""
    """Outlet of reports that name none."""
    published: datetime | None = None
    """Time of reports that give none."""
    failed: int = field(default=0, init=False)

    def readings(self, paths: Iterable[str]) -> Iterator[Reading]:
        """What each report of the paths says, in their order."""
        for number, outcome in enumerate(read_all(_readable(self._reports(paths), [])), 1):
            yield from self._told(outcome)
            self.progress(f"{number} reports read")
        self.progress("")

    def here(
        self, outcomes: Iterable[sources.Outcome], kills: list[Withdrawal]
    ) -> Iterator[Reading]:
        """What each outcome says, read in this process; withdrawals go to ``kills``."""
        for outcome in read_here(_readable(self._taken(outcomes), kills)):
            yield from self._told(outcome)

    def store(self, ledger: Ledger, paths: Iterable[str]) -> int:
        """Read what the ledger does not hold yet, and append it batch by batch.

        The batch in hand is committed also when something stops us, such as Ctrl-C.

        Returns:
            How many readings were new.

        Raises:
            LedgerError: A batch could not be stored; those before it are.
        """
        return self.enter(ledger, self._reports(paths), pipeline.known(ledger))

    def enter(
        self,
        ledger: Ledger,
        reports: Iterable[Report | Listing | Withdrawal],
        known: Mapping[str, str],
    ) -> int:
        """Read reports as ``store`` does.

        Args:
            ledger: The book.
            reports: In any order; withdrawals are entered after the readings.
            known: Ids of the readings that count in it, by the id of their report; those of
                the reports at least.

        Returns:
            How many readings were new.

        Raises:
            LedgerError: A batch could not be stored; those before it are.
        """
        stored = dict(known)
        total, seen, since = 0, 0, time.monotonic()
        batch: list[Reading] = []
        kills: list[Withdrawal] = []
        try:
            for outcome in read_all(pipeline.unread(_readable(reports, kills), stored)):
                kept = [r for r in self._told(outcome) if pipeline.worth_keeping(r, stored)]
                # Kept at once, so that a correction further down the same input counts.
                stored.update((r.report.id, r.id) for r in kept)
                batch += kept
                seen += 1
                if len(batch) >= _BATCH or (batch and time.monotonic() - since > _PATIENCE):
                    ready, batch = batch, []
                    total += pipeline.update(ledger, ready, now())
                    since = time.monotonic()
                self.progress(f"{seen} reports read, {total} stored")
        finally:
            self.progress("")
            if batch:
                total += pipeline.update(ledger, batch, now())
            if kills:
                pipeline.withdrawn(ledger, kills, now())
        return total

    def import_records(self, ledger: Ledger, paths: Iterable[str]) -> int:
        """Append tables of past engagements row by row; returns how many rows were new.

        Raises:
            LedgerError: A batch could not be stored; those before it are.
        """
        total, seen = 0, 0
        batch: list[Reading] = []
        try:
            for path in paths:
                for row in sources.records(path):
                    if isinstance(row, sources.Problem):
                        self._failed(str(row))
                        continue
                    batch.append(pipeline.recorded(row))
                    seen += 1
                    if len(batch) >= _ROWS:
                        ready, batch = batch, []
                        total += pipeline.update(ledger, ready, now())
                        self.progress(f"{seen} rows read, {total} stored")
        finally:
            self.progress("")
            if batch:
                total += pipeline.update(ledger, batch, now())
        return total

    def _reports(self, paths: Iterable[str]) -> Iterator[Report | Listing | Withdrawal]:
        """All that is there, with what the user says where reports are silent themselves."""
        for path in paths:
            yield from self._taken(sources.reports(path, pipeline.worth_reading))

    def _taken(
        self, outcomes: Iterable[sources.Outcome]
    ) -> Iterator[Report | Listing | Withdrawal]:
        for outcome in outcomes:
            match outcome:
                case sources.Problem():
                    self._failed(str(outcome))
                case Withdrawal():
                    yield outcome
                case Listing():
                    yield replace(outcome, report=self._completed(outcome.report))
                case Report():
                    yield self._completed(outcome)

    def _completed(self, report: Report) -> Report:
        return replace(
            report,
            outlet=report.outlet or self.outlet,
            published=report.published or self.published,
        )

    def _told(self, outcome: Reading | Fault) -> Iterator[Reading]:
        """The reading; nothing, and a complaint, where the extractor failed."""
        if isinstance(outcome, Reading):
            yield outcome
            return
        reason = f"a fault of Summitry, please report it ({outcome.reason})"
        self._failed(f"{outcome.report.origin}: {reason}")

    def _failed(self, line: str) -> None:
        self.failed += 1
        self.complain(line)


def settle(ledger: Ledger, readings: Sequence[Reading], kills: Sequence[Withdrawal]) -> int:
    """Enter what was read elsewhere, of the same reports as ``Intake.enter`` would.

    Returns:
        How many readings were new.

    Raises:
        LedgerError: They could not be stored; what was stored before still is.
    """
    stored = dict(pipeline.known_of(ledger, (reading.report for reading in readings)))
    kept = []
    for reading in readings:
        if pipeline.worth_keeping(reading, stored):
            kept.append(reading)
            stored[reading.report.id] = reading.id
    total = pipeline.update(ledger, kept, now()) if kept else 0
    if kills:
        pipeline.withdrawn(ledger, kills, now())
    return total


def _readable(
    told: Iterable[Report | Listing | Withdrawal], kills: list[Withdrawal]
) -> Iterator[Report | Listing]:
    """The reports and entries; withdrawals, in which there is nothing to read, go to ``kills``."""
    for each in told:
        if isinstance(each, Withdrawal):
            kills.append(each)
        else:
            yield each


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
