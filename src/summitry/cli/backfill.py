"""Archives into the ledger, on all processors or on a cluster."""

from __future__ import annotations

from typing import Any

import click

from summitry.cli._door import LEDGER, PATHS, SILENT, Refused, complain, named, opened, progress

__all__ = ["backfill"]


@click.command()
@PATHS
@LEDGER
@SILENT
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes. [one a processor]")
@click.option("--dask", "address", metavar="ADDRESS", help="A Dask scheduler instead.")
@click.pass_context
def backfill(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    where: str,
    workers: int | None,
    address: str | None,
    **silent: Any,  # noqa: ANN401 - outlet and time of reports that say none
) -> None:
    """Read archives into the ledger, piece by piece, and print no diary.

    For more than `read` should do in one go. A second run goes on where the first one stopped,
    also after a kill; nothing is entered twice. A piece is a file, some small files, or a part of
    a large one of plain JSON lines or Parquet. A cluster, --dask tcp://HOST:8786, needs the
    extra: pip install 'summitry[cluster]'; its workers see the files under the same names.
    """
    from summitry.backfill import Backfill, dask, local  # noqa: PLC0415
    from summitry.workers import processors  # noqa: PLC0415

    if "-" in paths:
        raise Refused("backfill reads files: standard input cannot be taken up again")
    if address and workers:
        raise Refused("--workers is of this machine: the cluster says how many it has")
    hands = workers or processors()
    with opened(where) as ledger:
        crew = (lambda: dask(address)) if address else (lambda: local(hands))
        tally = Backfill(ledger, crew, complain, progress).run(paths, **silent)
    before = f"; {tally.skipped} pieces had been read before" if tally.skipped else ""
    complain(
        f"{tally.reports} reports read, {tally.stored} new reading"
        f"{'' if tally.stored == 1 else 's'} in {named(where)}{before}"
    )
    ctx.exit(1 if tally.failed else 0)
