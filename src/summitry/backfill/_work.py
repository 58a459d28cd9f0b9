"""One task of a backfill: what a worker is told to read, and what it hands back."""

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from summitry import sources
from summitry.extract import EXTRACTOR, worth_reading
from summitry.intake import Intake
from summitry.model import Reading, Withdrawal, digest
from summitry.records import LISTER
from summitry.sources import Span

__all__ = ["EXTRACTORS", "Done", "Task", "mark", "read_task"]

EXTRACTORS = (EXTRACTOR, LISTER)
"""Whose readings a release makes."""
_SLICE = 500
"""Readings packed together: what the ledger's writer holds at a time."""


@dataclass(frozen=True, slots=True)
class Task:
    """Spans that one worker reads one after the other."""

    spans: tuple[Span, ...]
    outlet: str
    """Outlet of reports that name none."""
    published: datetime | None
    """Time of reports that give none."""

    @property
    def name(self) -> str:
        """What is said when it fails."""
        span, more = self.spans[0], len(self.spans) - 1
        part = "" if span.whole else f", bytes {span.start:,} to {span.end:,}"
        return f"{span.path}{part}{f' and {more} more' if more else ''}"


@dataclass(frozen=True, slots=True)
class Done:
    """What the spans of a task say."""

    slices: tuple[bytes, ...]
    """The readings, empty ones too: whether these count only the ledger knows."""
    kills: tuple[Withdrawal, ...]
    problems: tuple[str, ...]
    """A line for each thing that could not be read."""
    marks: tuple[str, ...]
    """Marks of the spans of which anything could be read."""
    reports: int
    extractors: tuple[str, str]
    """Whose readings they are."""

    def readings(self) -> Iterator[list[Reading]]:
        """The readings, some hundred at a time; packed by our own workers, so unpacked freely."""
        for packed in self.slices:
            yield pickle.loads(zlib.decompress(packed))


def mark(span: Span, task: Task) -> str:
    """The name under which a ledger remembers that a span was read.

    A file that was changed, another release's extractors and other words for what reports do
    not say have other names, so that they are read again.
    """
    at = task.published.isoformat() if task.published else ""
    numbers = (span.size, span.changed, span.start, span.end)
    return digest(span.path, *map(str, numbers), *EXTRACTORS, task.outlet, at)


def read_task(task: Task) -> Done:
    """Read all spans of a task, in a worker.

    Raises:
        SummitryError: Nothing can be read at all, as where a model is missing.
    """
    problems: list[str] = []
    kills: list[Withdrawal] = []
    slices: list[bytes] = []
    marks: list[str] = []
    reports = 0
    taken = Intake(problems.append, lambda _: None, task.outlet, task.published)
    for span in task.spans:
        before = reports, len(kills), len(problems)
        rest = taken.here(sources.within(span, worth_reading), kills)
        while some := list(islice(rest, _SLICE)):
            slices.append(zlib.compress(pickle.dumps(some), 1))
            reports += len(some)
        if (reports, len(kills)) != before[:2] or len(problems) == before[2]:
            marks.append(mark(span, task))
    return Done(tuple(slices), tuple(kills), tuple(problems), tuple(marks), reports, EXTRACTORS)
