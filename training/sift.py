"""Fit the sieve: which sentences are worth a parse and the reader, by their words alone.

    python training/sift.py EXAMPLES [--to src/summitry/lang/en]

Prints what each threshold loses and spares, over four folds of reports; the thresholds kept
lose at most one engaged report and three labelled sentences in a hundred.
"""

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from summitry.lang.sieve import SIZE, marks

FOLDS, ROUNDS, STEP, HOLD = 4, 6, 0.08, 2e-6
REPORTS_LOST, SENTENCES_LOST = 0.01, 0.03


def fit(x: list[np.ndarray], y: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, float]:
    """A logistic regression by adaptive steps, one sentence at a time."""
    w, bias, seen = np.zeros(SIZE), 0.0, np.full(SIZE, 1e-3)
    order = np.random.default_rng(0)
    for _ in range(ROUNDS):
        for i in order.permutation(rows):
            at = x[i]
            p = 1 / (1 + np.exp(-np.clip(w[at].sum() + bias, -30, 30)))
            off = p - y[i]
            seen[at] += off * off
            w[at] -= STEP * (off + HOLD * w[at]) / np.sqrt(seen[at])
            bias -= 0.01 * off
    return w, bias


def main() -> None:
    """Fit, choose thresholds, write sieve.npz."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("examples", type=Path)
    asked.add_argument("--to", type=Path, default=Path("src/summitry/lang/en"))
    chosen = asked.parse_args()
    with gzip.open(chosen.examples, "rt", encoding="utf-8") as lines:
        reports = [d for d in map(json.loads, lines) if d["file"] != "plain"]
    rows = [{"doc": d["doc"], "file": d["file"], **s} for d in reports for s in d["cut"]]
    x = [
        np.array(
            sorted(
                set(marks(r["text"], (s[2] for s in r["spans"] if s[2] not in {"date", "back"})))
            )
        )
        for r in rows
    ]
    y = np.array([float(bool(r["items"])) for r in rows])
    fold = np.array([int(hashlib.sha256(r["doc"].encode()).hexdigest(), 16) % FOLDS for r in rows])
    score = np.zeros(len(rows))
    for k in range(FOLDS):
        w, bias = fit(x, y, np.flatnonzero(fold != k))
        for i in np.flatnonzero(fold == k):
            score[i] = w[x[i]].sum() + bias
    told = defaultdict(list)
    for row, s, label in zip(rows, score, y, strict=True):
        told[row["doc"], row["file"] == "others"].append((s, label))
    best = [max(s for s, _ in v) for v in told.values() if any(label for _, label in v)]
    report = float(np.quantile(best, REPORTS_LOST))
    sentence = float(np.quantile(score[y == 1], SENTENCES_LOST))
    others = [v for (_, other), v in told.items() if other]
    read = [v for v in others if max(s for s, _ in v) >= report]
    kept = sum(s >= sentence for v in read for s, _ in v)
    print(f"{len(best)} engaged reports, {len(others)} others of which {len(read)} are read")
    print(f"of {sum(map(len, others))} sentences of others {kept} are read")
    w, bias = fit(x, y, np.arange(len(rows)))
    settled = np.array([bias, report, sentence])
    np.savez_compressed(chosen.to / "sieve.npz", table=w.astype(np.float16), settled=settled)


if __name__ == "__main__":
    main()
