"""What a second worker brings, and whether a worker's memory stays flat.

    bench_backfill.py [--reports N] [--rounds N]

Takes real news beside the checkout (``../shared``), 85 % of it about other things, as
``bench.py`` does, and backfills it into fresh ledgers with one worker and with two in turn:

* reports a second from the command to its end, the start and the models included;
* the same from the first piece that came back to the last one, so without them;
* seconds of the processor for each report, of the workers and of the driver: on a machine with
  other work these say what two free processors would bring;
* the memory of the workers and of the driver (RSS), sampled twice a second.

Where the news is absent, says so and ends with 0.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench import NEWS, sample

from summitry.backfill import Backfill, Crew, local
from summitry.ledger import open_ledger

SAMPLE_EVERY = 0.5
PIECE = 128 << 10
"""Smaller than in earnest, so that a few thousand reports are many pieces."""


def rss(pid: int) -> float:
    """Memory of a process in MB; 0 where there is none."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def spent(pid: int) -> float:
    """Seconds of the processor that a process has taken; 0 where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Run:
    """One backfill with its clock and its samples."""

    def __init__(self, path: Path, workers: int) -> None:
        self.memory: dict[int, list[tuple[float, float]]] = {}
        self.came: list[tuple[float, int]] = []
        self.spent: dict[int, float] = {}
        before = spent(os.getpid())
        crews: list[Crew] = []
        over = threading.Event()

        def crew() -> Crew:
            crews.append(local(workers))
            return crews[-1]

        def tell(line: str) -> None:
            if line:
                self.came.append((time.monotonic(), int(line.split()[4])))

        def watch() -> None:
            while not over.wait(SAMPLE_EVERY):
                pids = [os.getpid()]
                for one in crews:
                    pids += list(getattr(one.executor, "_processes", None) or ())
                for pid in pids:
                    if size := rss(pid):
                        self.spent[pid] = spent(pid)
                        told = self.memory.setdefault(pid, [])
                        told.append((time.monotonic() - start, size))

        with tempfile.TemporaryDirectory() as folder:
            watcher = threading.Thread(target=watch)
            start = time.monotonic()
            watcher.start()
            with open_ledger(f"{folder}/a.db") as ledger:
                backfill = Backfill(ledger, crew, lambda line: print(line, file=sys.stderr), tell)
                self.tally = backfill.run([str(path)], piece=PIECE)
            self.seconds = time.monotonic() - start
            over.set()
            watcher.join()
        self.came.append((start + self.seconds, self.tally.reports))
        self.driver = (spent(os.getpid()) - before) / self.tally.reports
        self.spent.pop(os.getpid(), None)
        self.workers = sum(self.spent.values()) / self.tally.reports

    @property
    def whole(self) -> float:
        """Reports a second, all included."""
        return self.tally.reports / self.seconds

    @property
    def steady(self) -> float:
        """Reports a second after the first eighth came back."""
        first = next(c for c in self.came if c[1] >= self.tally.reports / 8)
        last = self.came[-1]
        return (last[1] - first[1]) / (last[0] - first[0])

    def worker_memory(self) -> list[str]:
        """Median memory of each quarter of its life, of each worker."""
        out = []
        for pid, told in self.memory.items():
            if pid != os.getpid() and len(told) >= 8:
                size = len(told) // 4
                quarters = [told[n * size : (n + 1) * size] for n in range(4)]
                out.append(" ".join(f"{statistics.median(m for _, m in q):.0f}" for q in quarters))
        return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    if not NEWS.is_dir():
        print(f"no news beside the checkout ({NEWS}): nothing to measure")
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rates: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.jsonl"
        path.write_text("".join(sample(asked.reports)), encoding="utf-8")
        for _ in range(asked.rounds):
            for workers in (1, 2):
                load = os.getloadavg()[0]
                run = Run(path, workers)
                rates[workers].append((run.whole, run.steady))
                print(
                    f"{workers} workers: {run.tally.reports} reports in {run.seconds:.1f} s,"
                    f" {run.whole:.1f}/s, {run.steady:.1f}/s without the start,"
                    f" {run.tally.stored} stored; processor {1000 * run.workers:.1f} ms a report"
                    f" in workers, {1000 * run.driver:.2f} in the driver; load before {load:.1f};"
                    f" workers MB by quarters: {'; '.join(run.worker_memory())};"
                    f" driver at most {max(m for _, m in run.memory[os.getpid()]):.0f} MB",
                    flush=True,
                )
    one, two = ([statistics.median(r[n] for r in rates[w]) for n in (0, 1)] for w in (1, 2))
    print(f"two against one: {two[0] / one[0]:.2f}, without the start {two[1] / one[1]:.2f}")


if __name__ == "__main__":
    main()
