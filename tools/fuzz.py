"""Give every reader of documents, and the extractor, what somebody would who means harm.

    fuzz.py [--minutes 1] [--seed 1] [--only read|extract] [--keep FOLDER] [--json]
    fuzz.py --replay FILE…

Asked of each input: that it ends in reports and named problems and in no other error; that every
quote stands in its report where the offsets say; that an entry is read back as it was written;
and that it costs no more than 50 ms of processor time for a kilobyte (of what goes in or comes
out, 1 KB at least) or, of a text, three times what a kilobyte of the example story costs beside
it, where that is more: dense news is parsed sentence by sentence, at a price that goes with the
machine and with who else is at it. What fails is kept as a file, to be replayed by its name. The
work is done in a process of its own: one that dies or does not come back is a failure too. The
exit code is 1 if anything failed.
"""

import argparse
import base64
import gzip
import json
import math
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP / "src"), str(TOP / "tools")]

import _hostile  # noqa: E402

from summitry import pipeline, sources  # noqa: E402
from summitry.ledger.codec import decoded, encoded  # noqa: E402
from summitry.model import Listing, Reading, Record, Report, Withdrawal  # noqa: E402

PER_KILOBYTE = 0.05
"""Seconds of processor time."""
DEARER = 3
"""Times the price of the example story that a text may cost."""
STORY = sorted((TOP / "src" / "summitry" / "examples" / "story").glob("*.txt"))[:6]
PATIENCE = 240
"""Seconds after which a worker that has not come back is killed."""
MEMORY = 6 << 30
"""Bytes of address space that a worker may ask for."""
EVERY = frozenset(sources.READERS)
OUTCOMES = (Report, Listing, Withdrawal, sources.Problem)
_T0 = datetime(2024, 2, 1, 9, tzinfo=UTC)


class WrongError(Exception):
    """What an input showed."""


def read(data: bytes) -> int:
    """Everything that may be asked of a document of unknown format; the bytes that come out."""
    return sum(map(_told, sources.fetched(data, "fuzz", EVERY)))


def tables(data: bytes) -> int:
    """A document as a table of past engagements."""
    for row in _on_disk(data, sources.records):
        if not isinstance(row, Record | sources.Problem):
            raise WrongError(f"no outcome: {row!r:.80}")
    return 0


def lists(data: bytes) -> int:
    """A document as a list of feeds."""
    for row in _on_disk(data, sources.feeds):
        if not isinstance(row, str | sources.Problem):
            raise WrongError(f"no outcome: {row!r:.80}")
    return 0


def _on_disk(data: bytes, ask: Callable[[Path], object]) -> list[object]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return list(ask(Path(file.name)))  # type: ignore[call-overload]


def _told(outcome: object) -> int:
    if not isinstance(outcome, OUTCOMES):
        raise WrongError(f"no outcome: {outcome!r:.80}")
    if isinstance(outcome, sources.Problem | Withdrawal):
        return len(str(outcome))
    report = outcome.report if isinstance(outcome, Listing) else outcome
    told = (report.text, report.title, report.url, report.outlet, report.ref or "")
    size = len("\n".join(told).encode())
    if isinstance(outcome, Listing):
        _held(pipeline.extract(outcome))
    return size


def extracted(data: bytes, language: str) -> int:
    """A text as the report of an outlet."""
    text = data.decode("utf-8", "surrogatepass")
    first, _, rest = text.partition("\n\n")
    title = first if rest and len(first) < 200 else ""
    _held(
        pipeline.extract(
            Report(outlet="Fjord Wire", published=_T0, text=text, title=title, language=language)
        )
    )
    return 0


def _held(reading: Reading) -> None:
    """What has to be so of every reading."""
    text = reading.report.text
    for mention in reading.mentions:
        for claim in mention.claims:
            s = claim.sentence
            if not 0 <= s.start < s.end <= len(text) or text[s.start : s.end] != s.text:
                raise WrongError(f"a quote is not where its offsets say: {s.start}:{s.end}")
    if decoded("reading", encoded(reading)) != reading:
        raise WrongError("an entry is not read back as it was written")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read,
    "table": tables,
    "list": lists,
    **{
        f"extract {code}": lambda data, code=code: extracted(data, code)
        for code in _hostile.LANGUAGES
    },
}


def made(seed: int, only: str) -> tuple[str, str, bytes]:
    """The target, the kind and the bytes of one input."""
    chance = random.Random(seed)
    if only == "extract" or (not only and chance.random() < 0.4):
        code = chance.choice(("en", "en", "en", "fr"))
        make = chance.choice((_hostile.text, _hostile.text, _hostile.repeated))
        words = make(chance, code)
        return f"extract {code}", make.__name__, words.encode("utf-8", "surrogatepass")
    kind = chance.choice(sorted(_hostile.DOCUMENTS))
    target = {"table": "table", "opml": "list"}.get(kind, "read")
    return target, kind, _hostile.document(chance, kind)


def cost(target: str, data: bytes) -> float:
    """Seconds of processor time for a kilobyte of what goes in or comes out."""
    before = time.process_time()
    out = TARGETS[target](data)
    spent = time.process_time() - before
    return spent / max(1.0, len(data) / 1000, out / 1000, _unpacked(data) / 1000)


def _unpacked(data: bytes) -> int:
    """Bytes of what is packed in an input as a whole."""
    try:
        return len(gzip.decompress(data)) if data.startswith(b"\x1f\x8b") else 0
    except (OSError, EOFError, zlib.error):
        return 0


def story() -> float:
    """Seconds of processor time for a kilobyte of the example story, at this moment."""
    texts = [path.read_bytes() for path in STORY]
    before = time.process_time()
    for told in texts:
        extracted(told, "en")
    return (time.process_time() - before) / (sum(map(len, texts)) / 1000)


def tried(target: str, data: bytes) -> tuple[str, float]:
    """What was wrong with an input, or nothing; and its seconds for a kilobyte."""
    try:
        each, allowed = cost(target, data), PER_KILOBYTE
        for _ in range(2):  # measured again, and the story beside it
            if each > allowed:
                usual = story() if target.startswith("extract") else 0.0
                allowed = max(allowed, DEARER * usual)
                each = min(each, cost(target, data))
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        name = f"{Path(where.filename).name}:{where.lineno}"
        return f"{type(error).__name__} at {name}: {error}"[:300], 0.0
    told = f"slow: {1000 * each:.0f} ms/KB on {len(data)} bytes; {1000 * allowed:.0f} are allowed"
    return told if each > allowed else "", each


def worker(seed: int, until: float, only: str) -> None:
    """Try inputs from a seed on until a time; a line of JSON for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for code in _hostile.LANGUAGES:  # what is loaded once is no input's cost
        for _ in range(2):
            warm = "The president of France will visit Poland on 12 February, he said. " * 3
            tried(f"extract {code}", warm.encode())
    for kind in sorted(_hostile.DOCUMENTS):
        tried("read", _hostile.DOCUMENTS[kind](random.Random(0)))
    while time.time() < until:
        target, kind, data = made(seed, only)
        print(json.dumps({"seed": seed, "target": target, "kind": kind}), flush=True)
        wrong, each = tried(target, data)
        print(json.dumps({"wrong": wrong, "each": each, "size": len(data)}), flush=True)
        seed += 1


def campaign(options: argparse.Namespace) -> dict[str, object]:
    """Run workers one after the other until the time is up; returns the figures."""
    keep, until, seed = Path(options.keep), time.time() + options.minutes * 60, options.seed
    inputs: Counter[str] = Counter()
    worst: dict[str, float] = {}
    failures: list[str] = []
    while time.time() < until and inputs.total() < options.inputs:
        seed = _one_worker(
            seed, until, options.only, inputs, options.inputs, worst, failures, keep
        )
    return {
        "seeds": f"{options.seed} to {seed - 1}",
        "inputs": inputs.total(),
        "by_kind": dict(sorted(inputs.items())),
        "worst_ms_per_kb": {k: round(1000 * v, 1) for k, v in sorted(worst.items())},
        "failures": failures,
    }


def _one_worker(
    seed: int,
    until: float,
    only: str,
    inputs: Counter[str],
    most: float,
    worst: dict[str, float],
    failures: list[str],
    keep: Path,
) -> int:
    """Follow one worker to its end; returns the next seed."""
    command = [sys.executable, __file__, "--worker", str(seed), str(until), only]
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    assert run.stdout

    def late(*_: object) -> None:
        run.kill()

    signal.signal(signal.SIGALRM, late)
    begun: dict[str, object] = {}
    try:
        while inputs.total() < most:
            signal.alarm(PATIENCE + (0 if begun else 60))
            line = run.stdout.readline()
            if not line:
                break
            told = json.loads(line)
            if "seed" in told:
                begun = told
                continue
            name = f"{begun['target']}, {begun['kind']}"
            inputs[name] += 1
            worst[name] = max(worst.get(name, 0.0), told["each"])
            seed = int(str(begun["seed"])) + 1
            if told["wrong"]:
                _kept(begun, only, told["wrong"], failures, keep)
            begun = {**begun, "done": True}
    finally:
        signal.alarm(0)
        run.kill()
        code = run.wait()
    if begun and not begun.get("done"):
        _kept(begun, only, f"died or hung (exit {code})", failures, keep)
        seed = int(str(begun["seed"])) + 1
    elif code and inputs.total() < most:
        raise SystemExit(f"a worker ended before its first input (exit {code})")
    return seed


def _kept(
    begun: dict[str, object], only: str, wrong: str, failures: list[str], keep: Path
) -> None:
    _, _, data = made(int(str(begun["seed"])), only)
    keep.mkdir(parents=True, exist_ok=True)
    target = re.sub(r"\W+", "-", str(begun["target"]))
    path = keep / f"{target}.{begun['seed']}.json"
    path.write_text(
        json.dumps({**begun, "wrong": wrong, "data": base64.b64encode(data).decode()}), "utf-8"
    )
    failures.append(f"{path.name}: {begun['kind']}: {wrong}")
    print(failures[-1], file=sys.stderr, flush=True)


def replay(paths: list[str]) -> int:
    """Try kept inputs again, in this process; returns how many still fail."""
    still = 0
    for path in paths:
        kept = json.loads(Path(path).read_text("utf-8"))
        data = base64.b64decode(kept["data"])
        tried(kept["target"], b"The president of France will visit Poland, he said.")
        wrong, each = tried(kept["target"], data)
        print(f"{path}: {wrong or 'well'} ({1000 * each:.1f} ms/KB on {len(data)} bytes)")
        still += bool(wrong)
    return still


def main() -> None:
    if sys.argv[1:2] == ["--worker"]:
        worker(int(sys.argv[2]), float(sys.argv[3]), sys.argv[4])
        return
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("--minutes", type=float, default=1)
    words.add_argument("--inputs", type=float, default=math.inf, help="at most so many")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", choices=["read", "extract", ""], default="")
    words.add_argument("--keep", default="fuzz-failures", help="folder for what fails")
    words.add_argument("--replay", nargs="+", metavar="FILE")
    words.add_argument("--json", action="store_true")
    options = words.parse_args()
    if options.replay:
        sys.exit(1 if replay(options.replay) else 0)
    figures = campaign(options)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name.replace('_', ' '):16} {value}")
    sys.exit(1 if figures["failures"] else 0)


if __name__ == "__main__":
    main()
