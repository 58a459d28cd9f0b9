"""From labelled plans and a ledger to the cases that the chance is learned from.

    cases.py LEDGER > cases.csv

Reads ``diary.csv`` (which planned engagement of a diary came to what) and asks the ledger what
the diary knew of each: at the instant of the first report, and, where it had a date, again half
way to it and on the eve, as long as it was open. A plan's cases weigh one together.
"""

import csv
import sys
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import summitry
from summitry.desk.chance import EVIDENCE, chance, evidence
from summitry.experience import Experience
from summitry.model import Diary, Engagement, Reading

HERE = Path(__file__).parent
NOTHING = Experience((), (), (), {}, "")


def holding(diary: Diary, mention: str) -> Engagement | None:
    """The engagement of a mention, if it is open."""
    for engagement in diary:
        if any(m == mention for _, _, m in engagement.mentions):
            open_still = chance(engagement, diary.as_of.date(), NOTHING)
            return engagement if open_still else None
    return None


def main() -> None:
    ledger = summitry.open_ledger(sys.argv[1])
    with (HERE / "diary.csv").open(encoding="utf-8") as file:
        plans = {row["mention"]: row for row in csv.DictReader(file)}
    told = {
        mention.id: record.entry.report.published
        for record in ledger.readings()
        if isinstance(record.entry, Reading)
        for mention in record.entry.mentions
    }
    asked: dict[datetime, list[str]] = defaultdict(list)
    for mention in plans:
        if first := told.get(mention):
            asked[first].append(mention)
    rows: dict[str, list[list[object]]] = defaultdict(list)
    done: set[tuple[datetime, str]] = set()
    while asked:
        instant = min(asked)
        diary = summitry.diary(ledger, instant)
        for mention in asked.pop(instant):
            found = holding(diary, mention)
            if found is None or (instant, mention) in done:
                continue
            done.add((instant, mention))
            values = evidence(found, instant.date())
            rows[mention].append([instant.isoformat(), *(round(values[n], 4) for n in EVIDENCE)])
            rows[mention][-1].append(found.status.value.value)
            first, when = told[mention], found.when.value if found.when else None
            if first == instant and when and when.start and when.start > instant.date():
                eve = datetime.combine(when.start - timedelta(days=1), time(23), UTC)
                for later in (instant + (eve - instant) / 2, eve):
                    if later - instant > timedelta(days=2):
                        asked[later].append(mention)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["mention", "outcome", "first", "as_of", "weight", *EVIDENCE, "status"])
    for mention, cases in sorted(rows.items()):
        first = told[mention]
        for case in cases:
            weight = round(1 / len(cases), 4)
            day = first.date() if first else ""
            out.writerow([mention, plans[mention]["outcome"], day, case[0], weight, *case[1:]])


if __name__ == "__main__":
    main()
