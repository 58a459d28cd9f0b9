"""Score the extractor and the diary on labelled reports, against floors that only go up.

    eval_gate.py [--update] [--background] [--no-replay]

Runs ``summitry extract`` over the development gold beside the checkout (``../shared``), scores
it with ``score.py`` by set, replays the dated stories with ``replay.py``, prints the tables and
compares with ``floors.json``. A figure below its floor (or above its ceiling) by more than the
epsilon is a regression and ends with 1. Where the gold is absent, says so and ends with 0.

``floors.json`` carries the digest of the gold: figures on other labels cannot be compared, so a
changed gold ends with 1 until ``--update`` pins anew. On the same gold ``--update`` raises what
rose and refuses to lower anything.
"""

import argparse
import gzip
import hashlib
import json
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SHARED = HERE.parents[1] / "shared"
GOLD = SHARED / "data" / "gold" / "dev.jsonl"
STORIES = SHARED / "data" / "gold" / "stories.json"
BACKGROUND = SHARED / "data" / "news" / "background.jsonl.gz"
SUMMITRY = [sys.executable, "-m", "summitry"]
# Every tenth report of the background news: 9,000 of them say no more than 900 and take longer.
EVERY = 10

Figures = dict[str, float]


def run(command: list[str]) -> str:
    """Standard output of a command; ends the gate when it failed.

    1 is a result too: some input could not be read, and the scores count that as silence.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def flat(tables: dict[str, Any]) -> Figures:
    """``{"raw": {"status": 0.5}}`` as ``{"raw.status": 0.5}``, what was not measured left out."""
    return {
        f"{table}.{name}": float(value)
        for table, row in tables.items()
        for name, value in row.items()
        if value is not None
    }


def score(folder: Path) -> Figures:
    """Scores of single reports, by set of the gold; prints the table."""
    said = folder / "said.jsonl"
    said.write_text(run([*SUMMITRY, "extract", str(GOLD), "--format", "jsonl"]), "utf-8")
    tool = [sys.executable, str(SHARED / "tools" / "score.py"), str(GOLD), str(said)]
    print(run([*tool, "--by", "set"]))
    return flat(json.loads(run([*tool, "--by", "set", "--json"])))


def replay() -> Figures:
    """Linking and status days of the diary over the dated stories."""
    tool = [sys.executable, str(SHARED / "tools" / "replay.py"), str(GOLD), str(STORIES)]
    return flat(
        {"stories": json.loads(run([*tool, "--summitry", shlex.join(SUMMITRY), "--json"]))}
    )


def background(folder: Path) -> Figures:
    """Share of other news in which a live mention is seen; about 0.02 truly hold one."""
    sample = folder / "background.jsonl"
    with gzip.open(BACKGROUND, "rt", encoding="utf-8") as lines:
        sample.write_text("".join(x for i, x in enumerate(lines) if i % EVERY == 0), "utf-8")
    read = run([*SUMMITRY, "extract", str(sample), "--format", "jsonl"]).splitlines()
    live = [any(not m["background"] for m in json.loads(x)["mentions"]) for x in read]
    return {"background.live_share": round(sum(live) / len(live), 4)}


def measure(args: argparse.Namespace) -> Figures:
    """All figures asked for; the two slow parts side by side."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor() as pool:
        folder = Path(name)
        parts = [pool.submit(score, folder)]
        parts += [] if args.no_replay else [pool.submit(replay)]
        parts += [pool.submit(background, folder)] if args.background else []
        figures = {key: value for part in parts for key, value in part.result().items()}
    for key, value in figures.items():
        if key.startswith(("stories.", "background.")):
            print(f"{key:32}{value}")
    return figures


def judge(pinned: dict[str, Any], figures: Figures) -> list[str]:
    """A line for each figure beyond its floor or ceiling; the table of all is printed."""
    worse = []
    for name, sign in (("floors", 1), ("ceilings", -1)):
        for key, bound in pinned[name].items():
            value = figures.get(key)
            if value is None:
                continue
            bad = bound is not None and sign * (value - bound) < -pinned["epsilon"]
            print(f"{key:32}{value:8.3f}   {name[:-1]} {bound}{'   WORSE' if bad else ''}")
            worse += [f"{key} is {value}, its {name[:-1]} {bound}"] if bad else []
    return worse


def raised(pinned: dict[str, Any], figures: Figures, *, anew: bool) -> dict[str, Any]:
    """The same floors where a figure did not improve, its value where it did (or all anew)."""
    bounds: dict[str, dict[str, float | None]] = {}
    for name, better in (("floors", max), ("ceilings", min)):
        bounds[name] = {}
        for key, bound in pinned[name].items():
            value = figures.get(key, bound)
            bounds[name][key] = value if anew or bound is None else better(value, bound)
    return {**pinned, "gold": hashlib.sha256(GOLD.read_bytes()).hexdigest(), **bounds}


def main() -> int:
    """Exit code: 0 all floors hold (or no gold is there), 1 a regression or another gold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--update", action="store_true", help="raise floors; never lower one")
    parser.add_argument("--background", action="store_true", help="also other news")
    parser.add_argument("--no-replay", action="store_true", help="single reports only")
    args = parser.parse_args()
    if not GOLD.exists():
        print(
            f"eval gate: no labelled reports at {GOLD.relative_to(HERE.parents[1])}; not measured"
        )
        return 0
    pinned = json.loads(FLOORS.read_text("utf-8"))
    anew = hashlib.sha256(GOLD.read_bytes()).hexdigest() != pinned["gold"]
    figures = measure(args)
    worse = [] if anew else judge(pinned, figures)
    if args.update:
        FLOORS.write_text(json.dumps(raised(pinned, figures, anew=anew), indent=2) + "\n", "utf-8")
        print(f"floors pinned {'anew' if anew else 'where they rose'} in {FLOORS.name}")
    elif anew:
        worse = [f"{GOLD.name} is not the gold of {FLOORS.name}: review, then --update"]
    print("\n".join(f"eval gate: {line}" for line in worse) or "eval gate: all floors hold")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
