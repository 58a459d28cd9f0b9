"""Score who says, thinks or wants what against annotated attributions.

    python tools/score_attribution.py FILE.jsonl.gz [--limit N]

FILE has one article a line: ``text`` and ``attributions``, each with lists of spans
(``start``, ``end``) under ``source``, ``cue`` and ``content``. Attributions without a source
are left out: they name nobody.

Spans are compared by their tokens: a token is a run of letters and digits or a single other
sign, and is in a span that covers any of it. Two tables are printed, both with precision,
recall and F1 over all articles together.

* ``marked``: is the token marked as source (cue, content) at all? A token in two sources counts
  once. It says how much of what is attributed is found, and is the easier one.
* ``paired``: one of ours answers one of theirs when their cues share a token, the pair with the
  most in common first and each attribution at most once. A token is a hit when the answering
  attribution has it in the same part; all tokens of attributions without an answer are misses,
  so a right source beside a wrong cue counts for nothing. It says how well single attributions
  are found. ``found`` counts the attributions themselves.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summitry.extract.attributed import attributed
from summitry.extract.sentences import sentences
from summitry.lang import Parse, parser, words
from summitry.model import Report

LANGUAGE = "en"
PARTS = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")

Article = dict[str, Any]
Attribution = dict[str, frozenset[int]]
"""The tokens of each part."""
Tally = Counter[tuple[str, str, str]]


def main() -> None:
    """Print precision, recall and F1 of each part."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file", type=Path)
    ask.add_argument("--limit", type=int, default=None)
    given = ask.parse_args()
    tally: Tally = Counter()
    parse = parser(LANGUAGE)
    with gzip.open(given.file, "rt", encoding="utf-8") as lines:
        for line in list(lines)[: given.limit]:
            article = json.loads(line)
            text = article["text"]
            places = tokens(text)
            count(annotated(article, places), list(found(text, places, parse)), tally)
    for table in ("marked", "paired"):
        for part in (*PARTS, *(("found",) if table == "paired" else ())):
            print(f"{table} {part:8} {figures(tally, table, part)}")


def figures(tally: Tally, table: str, part: str) -> str:
    """Precision, recall and F1 of one part."""
    hit, ours, theirs = (tally[table, part, k] for k in ("hit", "ours", "theirs"))
    precision, recall = hit / max(ours, 1), hit / max(theirs, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}  recall {recall:.3f}  f1 {f1:.3f}"


def tokens(text: str) -> list[int]:
    """For each character the number of its token, -1 for white space."""
    places = [-1] * len(text)
    for number, match in enumerate(_TOKEN.finditer(text)):
        places[match.start() : match.end()] = [number] * len(match[0])
    return places


def _covered(spans: Iterable[tuple[int, int]], places: list[int]) -> frozenset[int]:
    """The tokens that spans of characters touch."""
    return frozenset(places[i] for start, end in spans for i in range(start, end)) - {-1}


def annotated(article: Article, places: list[int]) -> list[Attribution]:
    """The attributions of an article that have a source."""
    return [
        {part: _covered(((s["start"], s["end"]) for s in a[part]), places) for part in PARTS}
        for a in article["attributions"]
        if a["source"]
    ]


def found(text: str, places: list[int], parse: Parse) -> Iterator[Attribution]:
    """The attributions that we read in a text."""
    pack = words(LANGUAGE)
    report = Report(outlet="", published=None, text=text, title="", url="")
    cut = sentences(report, pack)
    for one in attributed(text, cut, parse([s.text for s in cut]), pack):
        yield {
            "source": _covered(one.source, places),
            "cue": _covered(one.cue, places),
            "content": _covered(one.content, places),
        }


def count(theirs: list[Attribution], ours: list[Attribution], tally: Tally) -> None:
    """Add one article to the tally."""
    pairs = paired(theirs, ours)
    tally["paired", "found", "hit"] += len(pairs)
    tally["paired", "found", "ours"] += len(ours)
    tally["paired", "found", "theirs"] += len(theirs)
    for part in PARTS:
        mine = frozenset[int]().union(*(a[part] for a in ours))
        right = frozenset[int]().union(*(a[part] for a in theirs))
        tally["marked", part, "hit"] += len(mine & right)
        tally["marked", part, "ours"] += len(mine)
        tally["marked", part, "theirs"] += len(right)
        tally["paired", part, "hit"] += sum(len(t[part] & o[part]) for t, o in pairs)
        tally["paired", part, "ours"] += sum(len(o[part]) for o in ours)
        tally["paired", part, "theirs"] += sum(len(t[part]) for t in theirs)


def paired(
    theirs: list[Attribution], ours: list[Attribution]
) -> list[tuple[Attribution, Attribution]]:
    """Theirs with ours that answer them, best first."""
    scored = sorted(
        (
            (-len(t["cue"] & o["cue"]), -sum(len(t[p] & o[p]) for p in PARTS), i, k)
            for i, t in enumerate(theirs)
            for k, o in enumerate(ours)
            if t["cue"] & o["cue"]
        ),
    )
    taken: set[int] = set()
    answered: set[int] = set()
    out = []
    for _, _, i, k in scored:
        if i not in taken and k not in answered:
            taken.add(i)
            answered.add(k)
            out.append((theirs[i], ours[k]))
    return out


if __name__ == "__main__":
    main()
