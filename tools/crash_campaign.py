"""Kill commands at random points, hundreds of times, and look at what is left of the ledger.

    crash_campaign.py [--kills 200] [--seed 1] [--only NAME] [--json]

Each round runs one command in a process of its own and kills it (SIGKILL) at a random time of
those that an undisturbed run takes:

read      reports into a growing ledger; what another program saw committed is acknowledged
watch     the same from feeds that publish more between two starts
backfill  the same from an archive, piece by piece; a tenth of the kills with workers
judge     an editor's decision at the command line; what was printed is acknowledged
desk      the same through the forms of the review desk; what was answered is acknowledged
migrate   the first opening of a ledger whose tables stand at an earlier step

After each kill the ledger has to open and to be whole (``summitry check``), hold all that was
acknowledged, and nothing twice. At the end of a series the command is let to its end, and the
diary has to be the one of a run that nobody disturbed. ``watch`` has a campaign of its own
beside this one, for days that go wrong in other ways too (tools/watch_campaign.py). The exit
code is 1 if anything was not so.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP / "src"), str(TOP / "tests")]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from _killed_editors import desk, judging, migrating  # noqa: E402
from _killed_readers import backfilling, reading, watching  # noqa: E402
from _killing import Round, Trouble, cli, read_row  # noqa: E402

SERIES = {
    "read": reading,
    "watch": watching,
    "backfill": backfilling,
    "judge": judging,
    "desk": desk,
    "migrate": migrating,
}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("--kills", type=int, default=200, help="of each command")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", choices=sorted(SERIES))
    words.add_argument("--json", action="store_true")
    options = words.parse_args()
    for n in range(2):
        read_row(n)  # the models are there before anything is forked
    cli()
    for module in ("summitry.web", "summitry.fetch", "summitry.watch"):
        import_module(module)
    figures: dict[str, dict[str, int]] = {}
    wrong: list[str] = []
    for name in [options.only] if options.only else list(SERIES):
        told: Counter[str] = Counter()
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            chance = random.Random(f"{options.seed}.{name}")
            try:
                SERIES[name](Round(Path(folder), options.kills, chance, told))
            except Trouble as trouble:
                wrong.append(f"{name}: {trouble}")
        figures[name] = {**told, "seconds": round(time.monotonic() - start)}
        if not options.json:
            print(f"{name:8}", ", ".join(f"{k} {v}" for k, v in figures[name].items()), flush=True)
    if options.json:
        print(json.dumps({"figures": figures, "wrong": wrong}))
    else:
        print("\n".join(wrong) or "nothing lost, nothing twice, every diary the same")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
