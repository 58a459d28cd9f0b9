"""Fit how much the reader's opinion and each verdict of the rules count: weights.json.

    python training/weigh.py FOLDER --base BASE [--shared ../shared] [--to src/summitry/lang/en]

FOLDER is what train.py wrote: each labelled report is read by a reader that has not seen it, so
that its figures are as good as they will be on news.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from answers import asker
from examples import LABELS, report, texts

from summitry.extract import passes, sightings
from summitry.extract._evidence import of_date, of_mention, of_party, of_place, of_word
from summitry.extract._values import BACK
from summitry.extract.opinions import Sighting
from summitry.lang import parser

Row = dict[str, Any]
Sample = tuple[dict[str, float], str]
# How strongly weights are held near nought, and rounds of the fit.
HOLD, ROUNDS, STEP = 1e-2, 400, 0.05


def samples(label: Row, seen: Iterator[Sighting], events: Row) -> Iterator[tuple[str, Sample]]:
    """For every question what was seen, and the right answer."""
    for s in seen:
        base = s.scene.sentence.start
        at = (base + s.opinion.start, base + s.opinion.end)
        items = [i for i in label["items"] if any(a < at[1] and at[0] < b for a, b in i["w"])]
        real = [i for i in items if not (events.get(i["e"]) or {}).get("ignore")]
        yield "mention", (of_mention(s.opinion, s.view), "yes" if real else "no")
        if not real:
            continue
        item = real[0]
        event = events.get(item["e"]) or {}
        word = of_word(s.opinion, s.view, s.tree)
        if item["st"] != "none":
            yield "status", (word, item["st"])
            yield "modality", (word, item["mo"])
        yield "source", (word, "outlet" if item["src"] == "none" else item["src"])
        if event.get("kind"):
            yield "kind", (word, event["kind"])
        yield "past", (word, "yes" if event.get("background") else "no")
        yield from _spans(item, s, base)


def _spans(item: Row, s: Sighting, base: int) -> Iterator[tuple[str, Sample]]:
    """The questions about spans: parties, places, dates."""

    def among(name: str, start: int, end: int) -> Any:
        return next(
            (w for w in item.get(name, []) if w[0] < base + end and base + start < w[1]), None
        )

    for k, actor in s.actors():
        span = s.passage.spans[k]
        part = among("who", span.start, span.end)
        yield "party", (of_party(s.opinion, k, span, actor, s.view), part[2] if part else "none")
        here = among("where", span.start, span.end)
        yield "place", (of_place(s.opinion, k, actor, s.view), "yes" if here else "no")
    for k, span in enumerate(s.passage.spans):
        if span.sort == BACK:
            part = among("who", span.start, span.end)
            seen = of_party(s.opinion, k, span, None, s.view)
            yield "party", (seen, part[2] if part else "none")
    for k, dated in s.dates():
        span = s.passage.spans[k]
        there = among("when", span.start, span.end)
        yield "when", (of_date(s.opinion, k, dated, s.view), "yes" if there else "no")


def fit(found: list[Sample]) -> tuple[dict[str, dict[str, float]], float]:
    """A multinomial logistic regression with a quadratic hold; its share right in 5 folds."""
    names = sorted({n for seen, _ in found for n in seen})
    answers = sorted({a for _, a in found})
    x = np.zeros((len(found), len(names)))
    place = {n: k for k, n in enumerate(names)}
    for i, (seen, _) in enumerate(found):
        for n, v in seen.items():
            x[i, place[n]] = v
    y = np.array([answers.index(a) for _, a in found])

    def learned(rows: np.ndarray) -> np.ndarray:
        w = np.zeros((len(names), len(answers)))
        m, v = np.zeros_like(w), np.zeros_like(w)
        hot = np.eye(len(answers))[y[rows]]
        for t in range(1, ROUNDS + 1):
            z = x[rows] @ w
            p = np.exp(z - z.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            g = x[rows].T @ (p - hot) / len(rows) + HOLD * w
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            w -= STEP * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        return w

    every = np.arange(len(found))
    right = 0
    for k in range(5):
        # Neighbours stand in one report: folds are blocks, so that a report is not split.
        held = every[k * len(every) // 5 : (k + 1) * len(every) // 5]
        w = learned(np.setdiff1d(every, held))
        right += int(((x[held] @ w).argmax(1) == y[held]).sum())
    w = learned(every)
    table = {
        a: {n: round(float(w[i, j]), 4) for i, n in enumerate(names) if abs(w[i, j]) > 5e-4}
        for j, a in enumerate(answers)
    }
    return table, right / len(found)


def main() -> None:
    """Collect, fit, write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--base", type=Path, required=True)
    asked.add_argument("--shared", type=Path, default=Path("../shared"))
    asked.add_argument("--to", type=Path, default=Path("src/summitry/lang/en"))
    chosen = asked.parse_args()
    known, parse = texts(chosen.shared), parser("en")
    found: dict[str, list[Sample]] = defaultdict(list)
    for file in sorted(LABELS.glob("*.jsonl")):
        for label in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            row = label if "sents" in label else known[label["id"]]
            if "cut" in label:
                row = {**row, "text": row["text"][: label["cut"]]}
            whole = report(row)
            if not passes(whole):
                continue
            events = {m["event"]: m for m in row.get("mentions", [])}
            events.update(
                (e["e"], {"background": e["bg"], "ignore": e["ig"], "kind": e["kind"]})
                for e in label["events"]
            )
            ask = asker(chosen.folder, chosen.base, label["id"])
            for question, sample in samples(label, sightings(whole, parse, ask), events):
                found[question].append(sample)
    tables = {}
    for question, some in sorted(found.items()):
        tables[question], right = fit(some)
        most = max(sum(a == b for _, b in some) for a in tables[question]) / len(some)
        print(
            f"{question:9} {len(some):6} samples, {right:.3f} right in folds, commonest {most:.3f}"
        )
    (chosen.to / "weights.json").write_text(json.dumps(tables, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
