"""How resolving, adding a report and asking for a page grow with the ledger.

    bench_ledger.py [--claims 10000 100000 1000000] [--json]

Ledgers of told stories (pairs of states whose visits are floated, announced, put off and held,
and recalled later) grow in time at a steady 40,000 claims a year, near what 41 English feeds
bring. One table, in seconds of the processor: the whole diary (``resolve`` over all readings),
bringing the index up to date after one more report, and a page as of a day in the last year.
"""

import argparse
import gc
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from summitry import indexing, pipeline
from summitry.ledger import Ledger, open_ledger
from summitry.model import (
    Claim,
    Grade,
    Kind,
    Mention,
    Modality,
    Part,
    Party,
    Place,
    Precision,
    Reading,
    Report,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Topic,
    When,
)

A_YEAR = 40_000
FIRST = date(1990, 1, 1)
STATES = "US CN RU DE FR GB IN JP TR UA SA IL EG BR ZA KR ID IT PL MX".split()  # noqa: SIM905
STEPS = [
    (-60, Status.FLOATED, SourceClass.OFFICIAL_UNNAMED),
    (-40, Status.IN_PREPARATION, SourceClass.SPOKESPERSON),
    (-20, Status.ANNOUNCED, SourceClass.OFFICIAL_NAMED),
    (-3, Status.CONFIRMED, SourceClass.SPOKESPERSON),
    (0, Status.HELD, SourceClass.OUTLET),
]


def stories(claims: int) -> Iterator[Reading]:
    """Readings of so many claims, story by story, the same in every run."""
    dice, made, number = random.Random(7), 0, 0
    days = claims / A_YEAR * 365
    while made < claims:
        host, guest = dice.sample(STATES, 2)
        start = FIRST + timedelta(days=90 + int(days * made / claims))
        number += 1
        for offset, status, source in STEPS:
            for copy in range(dice.randint(1, 3)):
                key = f"{number}-{offset}-{copy}"
                reading = told(key, start, offset, (host, guest), (status, source))
                made += len(reading.mentions[0].claims)
                yield reading


def told(
    key: str,
    start: date,
    offset: int,
    states: tuple[str, str],
    said: tuple[Status, SourceClass],
) -> Reading:
    """One report on one visit."""
    (host, guest), (status, source) = states, said
    published = datetime.combine(start + timedelta(days=offset), datetime.min.time(), UTC)
    text = f"The president of {guest} will visit {host} on {start}, a spokesman said. {key}"
    report = Report(
        outlet=f"wire {key[-1]}", url=f"https://wire.example/{key}", published=published, text=text
    )
    speaker = Source(f"spokesman of {host}", source, state=host)
    parties = (
        Party(f"President {guest}", guest, part=Part.VISITOR),
        Party(f"President {host}", host, part=Part.HOST),
    )
    when = When(start, start + timedelta(days=1), Precision.DAY, str(start))
    place = Place(f"Capital of {host}", host)
    topic = Topic("trade", Grade.CENTRAL)
    values = [
        (Slot.KIND, Kind.VISIT),
        *((Slot.PARTY, p) for p in parties),
        (Slot.PLACE, place),
        (Slot.WHEN, when),
        (Slot.AGENDA, topic),
        (Slot.STATUS, status),
    ]
    sentence = Sentence(0, len(text), text)
    claims = tuple(
        Claim(mention=report.id, slot=slot, value=value, source=speaker, sentence=sentence)
        for slot, value in values
    )
    mention = Mention(
        id=report.id,
        kind=Kind.VISIT,
        parties=parties,
        place=place,
        when=when,
        status=status,
        modality=Modality.CERTAIN,
        agenda=(topic,),
        claims=claims,
    )
    return Reading(report=report, extractor="bench", mentions=(mention,))


def measured(claims: int, folder: str) -> dict[str, float]:
    """Seconds for a ledger of so many claims."""
    where = str(Path(folder) / f"{claims}.db")
    out: dict[str, float] = {"claims": claims}
    with open_ledger(where) as ledger:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        out["append"] = timed(lambda: pipeline.update(ledger, stories(claims), now))
        out["index"] = timed(lambda: indexing.reindex(ledger))
        end = FIRST + timedelta(days=int(claims / A_YEAR * 365))
        at = datetime.combine(end, datetime.min.time(), UTC)
        out["page"] = min(timed(lambda: pipeline.page(ledger, at)) for _ in range(3))
        out["entries"] = len(pipeline.page(ledger, at).engagements)
        out["one report"] = sorted(more(ledger, end, n) for n in range(5))[2]
        out["resolve"] = timed(lambda: pipeline.diary(ledger, now))
    return out


def more(ledger: Ledger, day: date, number: int) -> float:
    """Seconds that one more report costs, until the diary knows it."""
    said = (Status.ANNOUNCED, SourceClass.OUTLET)
    reading = told(f"new-{number}-0", day, -2, (STATES[number], STATES[number + 1]), said)
    start = time.process_time()
    pipeline.update(ledger, [reading], datetime.combine(day, datetime.min.time(), UTC))
    indexing.reindex(ledger)
    return time.process_time() - start


def timed(act: Callable[[], object]) -> float:
    """Seconds of the processor that an act takes."""
    start = time.process_time()
    act()
    return time.process_time() - start


def exponent(first: dict[str, float], last: dict[str, float]) -> float:
    """The power of the number of claims with which resolving grows."""
    growth = math.log(last["resolve"] / first["resolve"])
    return growth / math.log(last["claims"] / first["claims"])


def main() -> None:
    form = argparse.RawDescriptionHelpFormatter
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    ap.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    gc.set_threshold(50_000, 20, 100)  # as the command line has it
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for claims in a.claims:
            rows.append(measured(claims, folder))
            print(json.dumps({k: round(v, 4) for k, v in rows[-1].items()}), file=sys.stderr)
    power = exponent(rows[0], rows[-1]) if len(rows) > 1 else math.nan
    if a.json:
        print(json.dumps({"rows": rows, "resolve_exponent": power}))
        return
    seconds = ["append", "index", "resolve", "one report", "page"]
    print("  ".join(f"{n:>10}" for n in ["claims", *seconds, "entries"]))
    for row in rows:
        cells = (f"{row[n]:>10.3f}" for n in seconds)
        print("  ".join([f"{row['claims']:>10,}", *cells, f"{row['entries']:>10,}"]))
    print(f"resolve grows with the claims to the power {power:.2f}")


if __name__ == "__main__":
    main()
