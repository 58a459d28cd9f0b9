"""How well are copies told from other reports of the same days? Pair precision, recall and F1.

    python tools/score_copies.py DATA [--part tune|held] [--rensa]

DATA is the folder with ``fulltext_clusters.jsonl.gz`` and ``rss_syndicated.jsonl.gz``. The task
is the whole one: every pair of texts published within two days of each other is judged, so that
every other text of these days is a negative, those on the same subject above all. Positive are
the pairs that the files put into one group. Groups fall into ``tune`` (thresholds were chosen
there) and ``held`` (scored at the end) by a hash of their ids. Full texts lie years apart, so
that all their pairs are judged whatever the day.

What the labels cannot show: feed groups were mined by equal headlines or summaries, some true
copies were left out of a group (they count against precision here), and most of the items of
one aggregator have no summary at all.

``--rensa`` scores that library's sketches of likeness too (128 permutations, threshold chosen
on the same part, which favours it).
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Container, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

from summitry.model import Report
from summitry.resolve._sketch import Shelf, copies, sketch

Row = tuple[str, Report]
Pair = tuple[int, int]
DAYS = timedelta(days=2)
UNDATED = "2000-01-01"


def part_of(ids: Iterable[str]) -> str:
    return "held" if crc32(min(ids).encode()) % 2 else "tune"


def rows(path: Path, part: str) -> list[Row]:
    """(group, report) of one part of a file, oldest first."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            group = json.loads(line)
            items = group.get("items") or group["docs"]
            if part_of(i["id"] for i in items) == part:
                found += [(str(number), report(item)) for item in items]
    return sorted(found, key=lambda r: (r[1].published, r[1].id))


def report(item: dict[str, str]) -> Report:
    title, text = item["title"], item.get("text") or item.get("summary") or ""
    published = datetime.fromisoformat(item["published"] or UNDATED)
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    body = text.removeprefix(title)
    return Report(
        outlet=item["outlet"],
        url=item["id"],
        published=published,
        title=title,
        text=f"{title}\n\n{body}".strip(),
    )


def near(found: Sequence[Row], days: timedelta) -> list[Pair]:
    """All pairs of texts published within some days of each other."""
    pairs, first = [], 0
    for later, (_, one) in enumerate(found):
        while one.published - found[first][1].published > days:
            first += 1
        pairs += [(earlier, later) for earlier in range(first, later)]
    return pairs


def score(found: Sequence[Row], pairs: Sequence[Pair], linked: Container[Pair]) -> str:
    right = said = true = 0
    for a, b in pairs:
        is_one, we_say = found[a][0] == found[b][0], (a, b) in linked
        right, said, true = right + (is_one and we_say), said + we_say, true + is_one
    precision, recall = right / max(said, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def shelved(found: Sequence[Row]) -> Callable[[int, int], bool]:
    """What the index of the product says: pairs that it links, at one remove or more."""
    shelf, root = Shelf(), list(range(len(found)))

    def top(n: int) -> int:
        while root[n] != n:
            n = root[n]
        return n

    for number, (_, one) in enumerate(found):
        for other in shelf.put(sketch(one)):
            root[top(number)] = top(other)
    return lambda a, b: top(a) == top(b)


def likeness(found: Sequence[Row]) -> Callable[[int, int], float]:
    """Estimated Jaccard likeness by rensa, of runs of three words of headline and body."""
    from rensa import RMinHash  # noqa: PLC0415

    made = []
    for _, one in found:
        words = one.text.casefold().split()
        hashed = RMinHash(num_perm=128, seed=1)
        hashed.update([" ".join(words[n : n + 3]) for n in range(max(len(words) - 2, 1))])
        made.append(hashed)
    return lambda a, b: float(made[a].jaccard(made[b]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--part", choices=["tune", "held"], default="tune")
    parser.add_argument("--rensa", action="store_true")
    asked = parser.parse_args()
    for name, days in (("fulltext_clusters", timedelta(days=40000)), ("rss_syndicated", DAYS)):
        path = asked.data / f"{name}.jsonl.gz"
        if not path.exists():
            sys.exit(f"{path}: no such file")
        found = rows(path, asked.part)
        pairs = near(found, days)
        true = sum(found[a][0] == found[b][0] for a, b in pairs)
        print(f"{name}, {asked.part}: {len(found)} texts, {len(pairs)} pairs, {true} of copies")
        made = [sketch(one) for _, one in found]
        alone = {(a, b) for a, b in pairs if copies(made[a], made[b])}
        print("  each pair by itself:", score(found, pairs, alone))
        began = time.perf_counter()
        same = shelved(found)
        linked = {(a, b) for a, b in pairs if same(a, b)}
        took = time.perf_counter() - began
        print(f"  by the index ({took:.2f} s):", score(found, pairs, linked))
        if asked.rensa:
            like = likeness(found)
            guess = {pair: like(*pair) for pair in pairs}
            for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
                alike = {pair for pair, likely in guess.items() if likely >= least}
                print(f"  rensa, likeness from {least}:", score(found, pairs, alike))


if __name__ == "__main__":
    main()
