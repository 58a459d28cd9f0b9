"""Score source, cue and content spans against annotated attributions.

    python tools/score_attribution.py FILE.jsonl.gz [--limit N]

FILE has one article a line: ``text`` and ``attributions``, each with lists of spans
(``start``, ``end``) under ``source``, ``cue`` and ``content``. Attributions without a source
are left out: they name nobody. Overlap is counted in characters, white space apart, over the
whole article: precision is the share of what we mark that is marked there too.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summitry.extract import _cues, _speakers
from summitry.extract._tree import tree
from summitry.extract._values import Scene
from summitry.extract.attribution import attributions
from summitry.extract.sentences import sentences
from summitry.extract.who import actors
from summitry.lang import Parse, parser, words
from summitry.model import Report, Source

LANGUAGE = "en"
Article = dict[str, Any]
BESIDE = ("aux", "auxpass", "neg", "prt", "advmod")
"""What the annotators count to a cue besides its verb."""
PRONOUNS = {"he", "she", "they", "it", "we", "i"}
PARTS = ("source", "cue", "content")


def main() -> None:
    """Print precision, recall and F1 of each part."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file", type=Path)
    ask.add_argument("--limit", type=int, default=None)
    given = ask.parse_args()
    tally: Counter[tuple[str, str]] = Counter()
    parse = parser(LANGUAGE)
    with gzip.open(given.file, "rt", encoding="utf-8") as lines:
        for line in list(lines)[: given.limit]:
            article = json.loads(line)
            count(article, found(article["text"], parse), tally)
    for part in PARTS:
        hit, ours, theirs = (tally[part, k] for k in ("hit", "ours", "theirs"))
        precision, recall = hit / max(ours, 1), hit / max(theirs, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{part:8} precision {precision:.3f}  recall {recall:.3f}  f1 {f1:.3f}")


def count(article: Article, ours: dict[str, set[int]], tally: Counter[tuple[str, str]]) -> None:
    """Add one article's characters to the tally."""
    text = article["text"]
    kept = [a for a in article["attributions"] if a["source"]]
    for part in PARTS:
        theirs = set(_inked(text, (i for a in kept for s in a[part] for i in _span(s))))
        mine = set(_inked(text, ours[part]))
        tally[part, "hit"] += len(theirs & mine)
        tally[part, "ours"] += len(mine)
        tally[part, "theirs"] += len(theirs)


def _span(span: dict[str, Any]) -> range:
    return range(span["start"], span["end"])


def _inked(text: str, places: Iterable[int]) -> Iterator[int]:
    """The places that are not white space."""
    return (i for i in places if i < len(text) and not text[i].isspace())


def found(text: str, parse: Parse) -> dict[str, set[int]]:
    """The characters that we call source, cue and content."""
    pack = words(LANGUAGE)
    report = Report(outlet="", published=None, text=text, title="", url="")
    cut = sentences(report, pack)
    named = actors(text, None, pack, None)
    marks: dict[str, set[int]] = {part: set() for part in PARTS}
    before: Source | None = None
    for sentence, tokens in zip(cut, parse([s.text for s in cut]), strict=True):
        here = tuple(a for a in named if sentence.start <= a.start and a.end <= sentence.end)
        scene = Scene(sentence, tokens, here, (0,) * len(here))
        whole = tree(tokens)
        for cue in _cues.cues(whole, pack):
            who = _speakers.phrase(scene, whole, cue.speaker)
            if not (
                cue.firm or _speakers.can_speak(who, whole, pack) or who.text.lower() in PRONOUNS
            ):
                continue
            around = (cue.at, *whole.children(cue.at, *BESIDE))
            for part, places in (("source", whole.below(cue.speaker)), ("cue", around)):
                for k in set(places) - cue.content - ({cue.at} if part == "source" else set()):
                    start = sentence.start
                    marks[part].update(range(start + tokens[k].start, start + tokens[k].end))
        spoken = attributions(scene, whole, pack, before)
        for stretch in spoken:
            marks["content"].update(range(stretch.start, stretch.end))
        before = spoken[0].source if spoken else before
    return marks


if __name__ == "__main__":
    main()
