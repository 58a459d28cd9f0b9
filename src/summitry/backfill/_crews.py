"""Who does the work: processes on this machine, or a Dask cluster by its address.

Both are executors in the sense of ``concurrent.futures``, and the only thing that a backfill
knows of them.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, NamedTuple

from summitry.errors import ExtraMissing, SummitryError
from summitry.workers import Processes

__all__ = ["Crew", "dask", "local"]

_PATIENCE = "20s"
"""For a scheduler to answer."""


class Crew(NamedTuple):
    """An executor, and how many hands it has."""

    executor: Executor
    hands: int
    leave: Callable[[], None]
    """Lets go of it, also of what has begun."""


def local(hands: int) -> Crew:
    """Processes on this machine; more than there are processors only take turns."""
    executor = Processes(hands)
    return Crew(executor, hands, lambda: executor.shutdown(wait=False, cancel_futures=True))


def dask(address: str) -> Crew:
    """The workers of a cluster; they have to see the same files under the same names.

    Args:
        address: Of the scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises:
        ExtraMissing: Dask is not installed.
        SummitryError: The scheduler does not answer, or has no workers.
    """
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise ExtraMissing("a cluster", "summitry[cluster]") from error
    try:
        client: Any = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        reason = str(error).split("\n", 1)[0]
        raise SummitryError(f"{address}: no Dask scheduler answers ({reason})") from error
    hands = sum(client.nthreads().values())
    if not hands:
        client.close()
        raise SummitryError(f"{address}: the cluster has no workers")
    executor: Executor = client.get_executor(pure=False)

    def leave() -> None:
        executor.shutdown(wait=False)  # which cancels, with Dask
        client.close()

    return Crew(executor, hands, leave)
