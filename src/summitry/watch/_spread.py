"""Jobs in threads: many hosts at a time, one job at a time of each host."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

__all__ = ["spread"]

Job = TypeVar("Job")
Result = TypeVar("Result")


def spread(
    jobs: Iterable[Job],
    group: Callable[[Job], str],
    work: Callable[[Job], Result],
    width: int,
) -> Iterator[tuple[Job, Result]]:
    """Each job with its result, as they come.

    No more than ``width`` are under way or waiting to be taken, so that who takes slowly is
    not flooded.

    Example:
        >>> sorted(spread([3, 1, 2], str, abs, 2))
        [(1, 1), (2, 2), (3, 3)]
    """
    waiting: dict[str, deque[Job]] = {}
    for job in jobs:
        waiting.setdefault(group(job), deque()).append(job)
    ready = deque(waiting)
    running: dict[Future[Result], tuple[str, Job]] = {}
    with ThreadPoolExecutor(width, "fetch") as threads:
        while ready or running:
            while ready and len(running) < width:
                name = ready.popleft()
                job = waiting[name].popleft()
                running[threads.submit(work, job)] = name, job
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                name, job = running.pop(one)
                if waiting[name]:
                    ready.append(name)
                yield job, one.result()
