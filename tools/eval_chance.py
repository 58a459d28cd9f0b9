"""How good is the chance? Brier score, calibration and a reliability diagram, split by time.

    eval_chance.py [--svg FILE]

Fits on the earlier plans of ``training/chance/cases.csv`` and scores the later ones against two
baselines learned from the same earlier plans: the base rate of plans of that status, and one
share for all. Intervals are the middle 95 % of 2,000 bootstrap samples of plans. Then the whole
of the shipped coefficients is asked about the plans of ``failed.csv``, which are known to have
failed: how high did it put them on the eve?
"""

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP / "src"), str(TOP / "training" / "chance")]

from fit import Case, cases, fit  # noqa: E402

from summitry.desk.chance import EVIDENCE  # noqa: E402
from summitry.experience import experience  # noqa: E402

TIMES = 2000
BINS = ((0.0, 0.2), (0.2, 0.45), (0.45, 0.55), (0.55, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
"""Those of ICD 203 where they are wide enough to hold cases; "likely" and "very likely", in
which most plans lie, are cut in two."""


def split(every: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """The earlier half of the plans and the rest, by the day of their first report."""
    plans = list(dict.fromkeys(c.plan for c in every))
    earlier = set(plans[: len(plans) // 2])
    return [c for c in every if c.plan in earlier], [c for c in every if c.plan not in earlier]


def always(known: Sequence[Case]) -> Callable[[Case], float]:
    """One share for all."""
    share = sum(c.weight * c.held for c in known) / sum(c.weight for c in known)
    return lambda _: share


def by_status(known: Sequence[Case]) -> Callable[[Case], float]:
    """The share of the status, drawn to that of all by two plans' worth."""
    base = always(known)
    n: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for c in known:
        n[c.sort.split()[0]] += c.weight
        held[c.sort.split()[0]] += c.weight * c.held

    def share(case: Case) -> float:
        status = case.sort.split()[0]
        return (held[status] + 2 * base(case)) / (n[status] + 2)

    return share


def brier(shares: Sequence[float], some: Sequence[Case]) -> float:
    """Mean squared distance of the shares to what happened, a plan weighing one."""
    total = sum(c.weight * (p - c.held) ** 2 for p, c in zip(shares, some, strict=True))
    return total / sum(c.weight for c in some)


def table(shares: Sequence[float], some: Sequence[Case]) -> list[tuple[str, float, float, float]]:
    """For each band: its name, the plans in it, the mean share told and the share that held."""
    rows = []
    for low, high in BINS:
        inside = [(p, c) for p, c in zip(shares, some, strict=True) if low <= p < high]
        n = sum(c.weight for _, c in inside)
        if n:
            told = sum(c.weight * p for p, c in inside) / n
            held = sum(c.weight * c.held for _, c in inside) / n
            rows.append((f"{low:.0%}-{min(high, 1):.0%}", n, told, held))
    return rows


def calibration(rows: Sequence[tuple[str, float, float, float]]) -> float:
    """Expected calibration error: mean distance of told and held over the bands."""
    n = sum(row[1] for row in rows)
    return sum(row[1] * abs(row[2] - row[3]) for row in rows) / n


def bootstrap(some: Sequence[Case], measure: Callable[[list[int]], float]) -> tuple[float, float]:
    """The middle 95 % of a measure over samples of plans with their cases."""
    plans: dict[str, list[int]] = {}
    for number, case in enumerate(some):
        plans.setdefault(case.plan, []).append(number)
    names, chance = list(plans), random.Random(203)
    found = sorted(
        measure([n for _ in names for n in plans[chance.choice(names)]]) for _ in range(TIMES)
    )
    return found[int(0.025 * TIMES)], found[int(0.975 * TIMES)]


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    z2 = 1.96**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = 1.96 * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5 / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def svg(rows: Sequence[tuple[str, float, float, float]], n: int) -> str:
    """The reliability diagram: told on the x axis, held on the y axis, perfect is the line."""
    side, edge = 320, 48

    def x(share: float) -> float:
        return round(edge + share * side, 1)

    def y(share: float) -> float:
        return round(edge / 2 + (1 - share) * side, 1)

    wide, high = side + edge + 24, side + edge + 30
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'font-family="sans-serif" font-size="11" role="img">',
        f"<title>Reliability of the chance on {n} later plans</title>",
        f'<rect width="{wide}" height="{high}" fill="white"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" '
        'stroke-dasharray="4 3"/>',
    ]
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        out += [
            f'<line x1="{x(tick)}" y1="{y(0)}" x2="{x(tick)}" y2="{y(1)}" stroke="#eee"/>',
            f'<line x1="{x(0)}" y1="{y(tick)}" x2="{x(1)}" y2="{y(tick)}" stroke="#eee"/>',
            f'<text x="{x(tick)}" y="{y(0) + 15}" text-anchor="middle">{tick:.0%}</text>',
            f'<text x="{x(0) - 6}" y="{y(tick) + 4}" text-anchor="end">{tick:.0%}</text>',
        ]
    for _, weight, told, held in rows:
        low, top = wilson(held, weight)
        size = round(2.5 + weight**0.5 / 2, 1)
        out += [
            f'<line x1="{x(told)}" y1="{y(low)}" x2="{x(told)}" y2="{y(top)}" stroke="#36c"/>',
            f'<circle cx="{x(told)}" cy="{y(held)}" r="{size}" fill="#36c"/>',
            f'<text x="{x(told) - 7}" y="{y(held) + 16}" text-anchor="end">{weight:.0f}</text>',
        ]
    out += [
        f'<text x="{x(0.5)}" y="{high - 10}" text-anchor="middle">told</text>',
        f'<text x="12" y="{y(0.5)}" text-anchor="middle" '
        f'transform="rotate(-90 12 {y(0.5)})">took place within the window</text>',
        "</svg>",
    ]
    return "\n".join(out) + "\n"


def eve() -> list[float]:
    """The chance of the known failures from what had been said of them, by the shipped table."""
    shipped = experience()
    rough, found = {"open"}, []
    with (TOP / "training" / "chance" / "failed.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            own = row["precision"] != "open"
            values = dict.fromkeys(EVIDENCE, 0.0) | {"always": 1.0, "placed": 1.0}
            values["dated"] = float(own)
            values["day"] = float(row["precision"] == "day")
            values["rough"] = float(own and row["precision"] in rough)
            values["ahead"] = float(np.log2(1 + int(row["days"]))) if own else 0.0
            values["gathering"] = float(row["kind"] in ("summit", "multilateral"))
            values["round"] = float(row["kind"] == "negotiation_round")
            values["sides"] = {"announced": 1.0, "confirmed": 2.0}.get(row["status"], 0.0)
            if row["status"] in EVIDENCE:
                values[row["status"]] = 1.0
            odds = sum(values[n] * m for n, m in zip(shipped.features, shipped.mean, strict=True))
            found.append(float(1 / (1 + np.exp(-odds))))
    return found


def main() -> int:
    """Exit code 0; the figures go to standard output."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--svg", type=Path, help="write the reliability diagram there")
    args = parser.parse_args()
    every = cases()
    known, later = split(every)
    plans, failed = {c.plan for c in later}, {c.plan for c in later if not c.held}
    print(
        f"{len(known)} cases of {len({c.plan for c in known})} plans up to {known[-1].first} to "
        f"learn from;\n{len(later)} cases of {len(plans)} later plans to score, of which "
        f"{len(failed)} did not take place within their window\n"
    )
    model = fit(known)
    told = {
        "chance": [float(p) for p in model.shares(later)],
        "base rate by status": [by_status(known)(c) for c in later],
        "always the prior": [always(known)(c) for c in later],
    }
    print(f"{'':22}{'Brier':>7}  95 % interval     better than it by")
    for name, shares in told.items():

        def score(numbers: list[int], shares: Sequence[float] = shares) -> float:
            return brier([shares[n] for n in numbers], [later[n] for n in numbers])

        def gain(numbers: list[int], shares: Sequence[float] = shares) -> float:
            mine = [told["chance"][n] for n in numbers]
            return score(numbers, shares) - brier(mine, [later[n] for n in numbers])

        low, high = bootstrap(later, score)
        line = f"{name:22}{brier(shares, later):7.3f}  {low:.3f} to {high:.3f}"
        if name != "chance":
            less, more = bootstrap(later, gain)
            line += f"   {gain(list(range(len(later)))):+.3f} ({less:+.3f} to {more:+.3f})"
        print(line)
    rows = table(told["chance"], later)
    print(f"\ncalibration error {calibration(rows):.3f}\n")
    print(f"{'told':>10} {'plans':>6} {'mean':>6} {'held':>6}")
    for name, n, mean, held in rows:
        bar = "█" * round(20 * held) + "·" * (20 - round(20 * held))
        print(f"{name:>10} {n:6.1f} {mean:6.0%} {held:6.0%}  {bar}")
    before = eve()
    middle = sorted(before)[len(before) // 2]
    print(
        f"\n{len(before)} plans known to have failed, on the eve of the news: told {middle:.0%} "
        f"in the middle, {sum(p >= 0.8 for p in before)} of them very likely or more"
    )
    if args.svg:
        args.svg.write_text(svg(rows, len(plans)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
