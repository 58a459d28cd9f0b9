"""Archives into a ledger, on all processors or a cluster, once whatever happens.

What it promises:

* Each piece of an archive is entered whole, in the order of the archives: the ledger becomes
  what reading them one after the other makes of it.
* A piece is marked as read after its entries are committed. A run that was killed goes on with
  the first piece without a mark; what of it had been entered already is not entered twice, since
  an entry has the id of what it says.
* A worker that dies is replaced, and what it had in hand is read again. A piece on which workers
  die again and again is named, and the others are read.

Workers read and extract; only who calls this writes.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from summitry import sources
from summitry.backfill._crews import Crew, dask, local
from summitry.backfill._work import EXTRACTORS, Done, Task, mark, read_task
from summitry.errors import SummitryError
from summitry.intake import settle
from summitry.ledger import Ledger
from summitry.sources import Problem, Span

__all__ = ["PIECE", "Backfill", "Crew", "Tally", "dask", "local"]

PIECE = 1 << 20
"""Bytes of one task: some 300 articles, so ten seconds of one processor. What a kill costs is what
was in hand; what a task costs beside its work is a hundredth of a second."""
_FILES = 500
"""Small files in one task at most."""
_AHEAD = 3
"""Tasks in hand for each worker: enough that none waits for a slow one."""
_TRIES = 2
"""How often a task is tried alone after workers died."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a backfill."""

    reports: int
    """Reports read in this run."""
    stored: int
    """Readings that were new."""
    skipped: int
    """Pieces that an earlier run had read."""
    failed: int
    """Things that could not be read."""


@dataclass(slots=True)
class _Job:
    """A task in hand; without a future, one that has to be tried alone."""

    task: Task
    future: "Future[Done] | None"


class Backfill:
    """Reads archives into one ledger."""

    def __init__(
        self,
        ledger: Ledger,
        crew: Callable[[], Crew],
        complain: Callable[[str], None],
        progress: Callable[[str], None],
    ) -> None:
        """Nothing starts yet.

        Args:
            ledger: The book.
            crew: Makes the workers; asked again when they break.
            complain: Gets one line for each thing that could not be read.
            progress: Gets a line about how far we are, over and over; an empty one at the end.
        """
        self._ledger, self._complain, self._progress = ledger, complain, progress
        self._make = crew
        self._failed = self._reports = self._stored = 0

    def run(
        self,
        paths: Iterable[str],
        outlet: str = "",
        published: datetime | None = None,
        piece: int = PIECE,
    ) -> Tally:
        """Read what has no mark yet.

        Args:
            paths: Files and folders that the workers see under the same names.
            outlet: Outlet of reports that name none.
            published: Time of reports that give none.
            piece: Bytes of one task, roughly.

        Raises:
            LedgerError: Something could not be stored; all before it is.
            SummitryError: Nothing can be read at all, as where a model is missing.
        """
        spans = list(self._spans(paths, piece))
        blank = Task((), outlet, published)
        read = self._ledger.marks.among(mark(span, blank) for span in spans)
        left = [span for span in spans if mark(span, blank) not in read]
        tasks = [Task(tuple(some), outlet, published) for some in _together(left, piece)]
        if tasks:
            self._work(tasks)
        return Tally(self._reports, self._stored, len(spans) - len(left), self._failed)

    def _spans(self, paths: Iterable[str], piece: int) -> Iterator[Span]:
        for path in paths:
            for span in sources.spans(Path(path).resolve(), piece):
                if isinstance(span, Problem):
                    self._fail(str(span))
                else:
                    yield span

    def _work(self, tasks: list[Task]) -> None:
        """Hand tasks out, and enter what comes back in their order."""
        rest, line, over = iter(tasks), deque[_Job](), 0
        self._crew = self._make()
        try:
            while True:
                while len(line) < _AHEAD * self._crew.hands and all(j.future for j in line):
                    following = next(rest, None)
                    if following is None:
                        break
                    line.append(_Job(following, self._submitted(following)))
                if not line:
                    return
                self._told(over, len(tasks))
                self._finish(line.popleft(), line)
                over += 1
        finally:
            self._progress("")
            self._crew.leave()

    def _finish(self, job: _Job, line: Iterable[_Job]) -> None:
        """Enter what came of a job; it is told where nothing did."""
        try:
            if job.future is None:
                done = self._alone(job.task)
            else:
                try:
                    done = job.future.result()
                except BrokenExecutor:
                    # Of all that was in hand nobody knows which it was: one at a time.
                    for other in line:
                        if other.future and _broken(other.future):
                            other.future = None
                    self._anew()
                    done = self._alone(job.task)
        except SummitryError:
            raise
        except Exception as error:  # a door: whatever a worker meets never stops the others
            reason = str(error).split("\n", 1)[0] or type(error).__name__
            self._fail(f"{job.task.name}: could not be read ({reason[:200]})")
            return
        self._enter(job.task, done)

    def _enter(self, task: Task, done: Done) -> None:
        """First the entries, then the mark."""
        if done.extractors != EXTRACTORS:
            self._fail(f"{task.name}: a worker has another release of Summitry; not entered")
            return
        for problem in done.problems:
            self._fail(problem)
        for readings in done.readings():
            self._stored += settle(self._ledger, readings, ())
        if done.kills:
            settle(self._ledger, (), done.kills)
        self._ledger.marks.set(done.marks)
        self._reports += done.reports

    def _alone(self, task: Task) -> Done:
        """A task with no other beside it, tried again when its worker dies.

        Raises:
            BrokenExecutor: It died each time.
        """
        for _ in range(_TRIES):
            try:
                return self._submitted(task).result()
            except BrokenExecutor:
                self._anew()
        raise BrokenExecutor("its worker died, time and again")

    def _submitted(self, task: Task) -> "Future[Done]":
        """A task in hand; where the workers broke meanwhile, its future says so."""
        try:
            return self._crew.executor.submit(read_task, task)
        except BrokenExecutor as error:
            broken: Future[Done] = Future()
            broken.set_exception(error)
            return broken

    def _anew(self) -> None:
        self._crew.leave()
        self._crew = self._make()

    def _told(self, over: int, all_: int) -> None:
        self._progress(
            f"{over} of {all_} pieces, {self._reports} reports read, {self._stored} stored"
        )

    def _fail(self, line: str) -> None:
        self._failed += 1
        self._complain(line)


def _together(spans: Iterable[Span], piece: int) -> Iterator[list[Span]]:
    """Spans in their order, as many together as make a piece."""
    some: list[Span] = []
    size = 0
    for span in spans:
        length = span.end - span.start
        if some and (size + length > piece or len(some) >= _FILES):
            yield some
            some, size = [], 0
        some.append(span)
        size += length
    if some:
        yield some


def _broken(future: "Future[Done]") -> bool:
    """Whether a future is lost with its workers; waits for the word of one that is not yet."""
    return isinstance(future.exception(), BrokenExecutor)
