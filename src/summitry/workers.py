"""Reading many reports on all processors, in their order.

The first reports are read here, so that one short file waits for nobody; only a longer stream
starts workers, each with models of its own.
"""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from summitry import pipeline
from summitry.errors import SummitryError
from summitry.model import Listing, Reading, Report

__all__ = ["Fault", "Processes", "processors", "read_all", "read_here"]

_ALONE = 48
"""Reports read before workers are worth their start of two seconds each."""
_TOGETHER = 16
"""Reports handed to a worker at once."""
_AHEAD = 3
"""Handfuls in hand for each worker: enough that none waits, few enough to stop soon."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A report that the extractor failed on, and how."""

    report: Report
    reason: str


class Processes(ProcessPoolExecutor):
    """Workers that never outlive who started them, however that one ends.

    Each hangs on a pipe whose other end is here. When that is closed by the end of this process,
    even through a kill, they end at once. Giving up waits for what has begun: a pool whose workers
    die while it writes to them may wait for ever (CPython issue 94777, seen with Python 3.11.2).
    """

    def __init__(self, count: int) -> None:
        """So many workers, each started when there is work for it."""
        # A fresh process: a copy of this one would share its open ledger.
        context = get_context("spawn")
        held, self._tether = context.Pipe(duplex=False)
        super().__init__(count, context, initializer=_tethered, initargs=(held,))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """As an executor does, but always waits: with the last reference the pipe closes."""
        super().shutdown(wait=True, cancel_futures=cancel_futures)


def _tethered(held: Connection) -> None:
    """Begin a worker: it ends with the pipe, and leaves interrupts to who started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        with suppress(EOFError, OSError):
            held.recv_bytes()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def processors() -> int:
    """On how many processors this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def read_here(reports: Iterable[Report | Listing]) -> Iterator[Reading | Fault]:
    """As ``read_all``, in this process alone."""
    yield from map(_read, reports)


def read_all(reports: Iterable[Report | Listing]) -> Iterator[Reading | Fault]:
    """What each report says, in their order; a fault of one never stops the others.

    Raises:
        SummitryError: Nothing can be read at all, as where a model is missing.
    """
    rest = iter(reports)
    yield from map(_read, islice(rest, _ALONE))
    following = next(rest, None)
    if following is None:
        return
    count = processors()
    if count == 1:
        yield _read(following)
        yield from map(_read, rest)
        return
    with Processes(count) as workers:
        try:
            yield from _spread([following], rest, workers, _AHEAD * count)
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def _spread(
    first: list[Report | Listing], rest: Iterator[Report | Listing], workers: Executor, ahead: int
) -> Iterator[Reading | Fault]:
    """Handfuls to workers, answers back in order, never more than so many handfuls ahead."""
    waiting: deque[Future[list[Reading | Fault]]] = deque()
    handful = first + list(islice(rest, _TOGETHER - len(first)))
    while handful or waiting:
        while handful and len(waiting) < ahead:
            waiting.append(workers.submit(_read_some, handful))
            handful = list(islice(rest, _TOGETHER))
        yield from waiting.popleft().result()


def _read_some(reports: list[Report | Listing]) -> list[Reading | Fault]:
    """What a handful of reports say."""
    return [_read(report) for report in reports]


def _read(report: Report | Listing) -> Reading | Fault:
    """The reading of a report, or the fault where the extractor fails on it."""
    try:
        return pipeline.extract(report)
    except SummitryError:
        raise
    except Exception as error:  # a door: one report never stops a run
        told = report.report if isinstance(report, Listing) else report
        return Fault(told, f"{type(error).__name__}: {error}")
