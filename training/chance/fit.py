"""Learn the chance of a plan from labelled plans.

    fit.py            fit on all cases and write src/summitry/experience/chance.json

A logistic regression: log-odds of "took place within its window" as a sum over the evidence of
``summitry.desk.chance``. Every coefficient has the normal prior that ``PRIOR`` states. The
interval comes from the curvature at the mode (Laplace's approximation). Cases of one plan share
its weight of one. ``docs/chance.md`` says what the cases are.
"""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from summitry.desk.chance import EVIDENCE

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "src" / "summitry" / "experience" / "chance.json"
PRIOR = {
    "always": (0.0, 1.5),
    "dated": (0.0, 0.5),
    "day": (0.3, 0.5),
    "rough": (-0.3, 0.5),
    "ahead": (-0.1, 0.25),
    "floated": (-0.7, 0.5),
    "in_preparation": (-0.3, 0.5),
    "confirmed": (0.7, 0.5),
    "postponed": (-1.0, 0.5),
    "hedged": (-0.5, 0.5),
    "placed": (0.0, 0.5),
    "setback": (-0.5, 0.25),
    "unnamed": (-0.3, 0.25),
    "sides": (0.3, 0.25),
    "sources": (0.2, 0.25),
    "gathering": (0.0, 0.25),
    "round": (0.0, 0.25),
}
"""Mean and standard deviation of the normal prior of each coefficient, in log-odds. The means are
what the rules of status hold for true (DESIGN, section 3) and no more: 0.7 doubles the odds, 0.3
raises them by a third. What too few cases show (two sides on record, a setback) has a narrow
prior, so that a handful of plans cannot turn it."""
CAME_TRUE = frozenset({"held", "misdated"})
FAILED = frozenset({"not_held", "moved"})


@dataclass(frozen=True)
class Case:
    """What the diary knew of one plan on one day, and what came of it."""

    plan: str
    first: str
    weight: float
    row: tuple[float, ...]
    sort: str
    held: bool


@dataclass(frozen=True)
class Fit:
    """Coefficients and their covariance."""

    mean: np.ndarray
    covariance: np.ndarray

    def shares(self, cases: Sequence[Case]) -> np.ndarray:
        """The probability of each case."""
        return 1 / (1 + np.exp(-(np.array([c.row for c in cases]) @ self.mean)))


def cases(path: Path = HERE / "cases.csv") -> list[Case]:
    """All cases with a known outcome, oldest plan first."""
    found = []
    with path.open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["outcome"] in CAME_TRUE | FAILED:
                dated = "dated" if float(line["dated"]) else "undated"
                found.append(
                    Case(
                        plan=line["mention"],
                        first=line["first"],
                        weight=float(line["weight"]),
                        row=tuple(float(line[name]) for name in EVIDENCE),
                        sort=f"{line['status']} {dated}",
                        held=line["outcome"] in CAME_TRUE,
                    )
                )
    return sorted(found, key=lambda c: (c.first, c.plan))


def fit(some: Sequence[Case], width: float = 1.0) -> Fit:
    """The mode of the posterior and its curvature, by Newton's method.

    Args:
        some: The cases.
        width: By how much the priors' standard deviations are stretched.
    """
    x = np.array([c.row for c in some])
    y = np.array([float(c.held) for c in some])
    w = np.array([c.weight for c in some])
    precision = np.diag([1 / (width * PRIOR[name][1]) ** 2 for name in EVIDENCE])
    before = np.array([PRIOR[name][0] for name in EVIDENCE])
    mean = before
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ mean)))
        slope = x.T @ (w * (y - p)) - precision @ (mean - before)
        curve = (x.T * (w * p * (1 - p))) @ x + precision
        step = np.linalg.solve(curve, slope)
        mean = mean + step
        if np.abs(step).max() < 1e-9:
            break
    return Fit(mean, np.linalg.inv(curve))


def main() -> None:
    every = cases()
    found = fit(every)
    cells: dict[str, dict[str, int]] = {}
    seen = set()
    for case in every:  # the first case of a plan says of which sort it was
        if case.plan not in seen:
            seen.add(case.plan)
            cell = cells.setdefault(case.sort, {"n": 0, "held": 0})
            cell["n"] += 1
            cell["held"] += case.held
    shape = {
        "features": EVIDENCE,
        "mean": [round(float(m), 4) for m in found.mean],
        "covariance": [[round(float(c), 5) for c in row] for row in found.covariance],
        "cells": dict(sorted(cells.items())),
        "source": f"of {len(seen)} in news feeds, {every[0].first[:4]} to {every[-1].first[:4]}",
    }
    lines = json.dumps(shape, indent=1).replace(",\n   ", ", ").replace("[\n   ", "[")
    SHIPPED.write_text(lines.replace("\n  ]", "]") + "\n", "utf-8")
    print(f"{len(every)} cases of {len(seen)} plans")
    for name, mean, spread in zip(
        EVIDENCE, found.mean, np.sqrt(np.diag(found.covariance)), strict=True
    ):
        print(f"{name:16}{mean:7.2f} ±{spread:5.2f}")


if __name__ == "__main__":
    main()
