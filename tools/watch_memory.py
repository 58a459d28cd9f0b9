"""Does a watch's memory grow with what it reads? Many items through one process.

    watch_memory.py FILE.jsonl[.gz] [--items 10000] [--feeds 20] [--portion 20]

FILE has a report a line (`title`, `summary` or `text`). A server on this machine shows them in
feeds, a portion of new ones at each request, to one `summitry watch` without models loaded
beforehand. Told is how much memory it held, at least and at most, while it read each twentieth
of the items, and how much the least grew over the second half: what is held for the batch in hand
comes and goes, what is held at the least stays.
"""

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import linear_regression
from threading import Lock
from xml.sax.saxutils import escape

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP / "src"), str(TOP / "tests")]

from _server import Made, Request, answer, served  # noqa: E402


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Title and text of each report of a file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            report = json.loads(line)
            yield report.get("title") or "", report.get("text") or report.get("summary") or ""


def shown(rest: Iterator[tuple[int, tuple[str, str]]], portion: int) -> Callable[[Request], Made]:
    """A feed with the next reports at each request."""
    lock = Lock()

    def page(_: Request) -> Made:
        with lock:
            some = list(islice(rest, portion))
        items = "".join(
            f"<item><title>{escape(title)}</title><guid>{n}</guid><link>/news/{n}</link>"
            f"<pubDate>Mon, 05 Feb 2024 09:00:00 GMT</pubDate>"
            f"<description>{escape(text)}</description></item>"
            for n, (title, text) in some
        )
        return answer(
            f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()
        )

    return page


def memory(pid: int) -> float:
    """Megabytes that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def told(log: Path) -> tuple[int, int]:
    """Items read and readings stored, as the watch says."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line[-1:] == "}"]
    return sum(r.get("items", 0) for r in lines), sum(r.get("stored", 0) for r in lines)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("file", type=Path)
    words.add_argument("--items", type=int, default=10_000)
    words.add_argument("--feeds", type=int, default=20)
    words.add_argument("--portion", type=int, default=20)
    options = words.parse_args()
    rest = enumerate(islice(texts(options.file), options.items))
    hosts = [f"127.0.2.{n + 1}" for n in range(options.feeds)]
    with tempfile.TemporaryDirectory() as folder, served(*hosts) as site:
        page = shown(rest, options.portion)
        feeds = []
        for n, host in enumerate(hosts):
            site.pages[f"/feed{n}"] = page
            feeds.append(site.url(f"/feed{n}", host))
        log = Path(folder) / "log"
        command = [sys.executable, "-m", "summitry", "watch", *feeds, "--ledger", "a.db"]
        command += ["--every", "1s", "--delay", "0", "--allow", "127.0.0.0/8"]
        env = {**os.environ, "PYTHONPATH": str(TOP / "src")}
        with log.open("wb") as lines:
            run = subprocess.Popen(
                command, cwd=folder, stdout=subprocess.DEVNULL, stderr=lines, env=env
            )
        last, newest, quiet, start = 0, 0, time.monotonic(), time.monotonic()
        sizes: list[tuple[int, float]] = []
        now: list[float] = []
        while run.poll() is None and time.monotonic() - quiet < 60:
            time.sleep(0.5)
            now.append(memory(run.pid))
            items, stored = told(log)
            if items > newest:
                newest, quiet = items, time.monotonic()
            if items >= last + options.items // 20 or (items > last and items >= options.items):
                last = items
                seconds = time.monotonic() - start
                sizes.append((items, min(now)))
                held = f"{min(now):5.0f} to {max(now):4.0f} MB"
                print(f"{items:7} items {stored:6} stored {held} {seconds:5.0f} s", flush=True)
                now.clear()
            if items >= options.items:
                break
        run.send_signal(signal.SIGTERM)
        print("exit code", run.wait(60))
    half = [(n, held) for n, held in sizes if n >= newest / 2]
    if len(half) > 1:
        slope = linear_regression(*zip(*half, strict=True)).slope * 1000
        print(f"in the second half {slope:+.1f} MB each 1,000 items")


if __name__ == "__main__":
    main()
