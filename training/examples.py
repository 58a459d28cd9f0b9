"""From labelled reports to training examples: one line a report, with all that is asked of it.

    python training/examples.py OUT [--shared ../shared]

Labels of other people's reports hold only places in them, never their words; the texts are
read from the shared data beside the checkout. Own reports stand in the label files in full.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from summitry.extract import passes, read
from summitry.extract._values import DATE, Actor
from summitry.extract.passages import passages
from summitry.extract.promising import promising
from summitry.extract.sentences import dateline, sentences
from summitry.extract.when import dates
from summitry.extract.who import actors, home
from summitry.extract.worth import worth
from summitry.lang import Passage, Span, parser, sieve, when_words, words
from summitry.lang.wordpiece import Vocabulary
from summitry.model import Report, Sentence

LABELS = Path(__file__).parent / "labels"
Row = dict[str, Any]


def report(row: Row) -> Report:
    """A labelled report as the product would read it."""
    title = row.get("title") or ""
    text = " ".join(row["sents"]) if "sents" in row else row["text"]
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    printed = row.get("published") or ""
    day = datetime.fromisoformat(printed) if printed[:1].isdigit() else None
    if day is not None and day.tzinfo is None:
        day = day.replace(tzinfo=UTC)
    return Report(outlet=row.get("outlet") or "", published=day, text=text, title=title)


def shown(found: Report) -> Iterator[tuple[Sentence, bool, Passage, list[str | None]]]:
    """Every sentence of a report that could be read, whether it is, and as what it is shown.

    With each passage go the states that its spans stand for.
    """
    pack, calendar = words("en"), when_words("en")
    day = found.published.date() if found.published else None
    named = actors(found.text, day, pack, home(found.outlet, dateline(found, pack), pack))
    cut = sentences(found, pack)
    dated = [dates(s.text, day, calendar) for s in cut]
    could = worth(cut, named, pack)
    read = set(promising(could, named, sieve("en")))
    every = passages(cut, range(len(cut)), named, dated, pack)
    for sentence, passage in zip(cut, every, strict=True):
        states = [_state(sentence, s, named) for s in passage.spans]
        yield sentence, sentence in read, passage, states


def _state(sentence: Sentence, span: Span, named: Sequence[Actor]) -> str | None:
    """The state that a span stands for, where it leads."""
    at = (sentence.start + span.start, sentence.start + span.end, span.sort)
    found = (a for a in named if (a.start, a.end, a.sort.value) == at)
    return next((a.state for a in found if a.leads), None)


def worthy(found: Report) -> set[int]:
    """Where the sentences begin that would be parsed: of other news only they are learned."""
    pack = words("en")
    day = found.published.date() if found.published else None
    named = actors(found.text, day, pack, home(found.outlet, dateline(found, pack), pack))
    return {s.start for s in worth(sentences(found, pack), named, pack)}


def texts(shared: Path) -> dict[str, Row]:
    """The reports that labels outside this repository are about, by id."""
    found: dict[str, Row] = {}
    with (shared / "data/gold/train.jsonl").open(encoding="utf-8") as lines:
        found.update((r["id"], r) for r in map(json.loads, lines))
    with gzip.open(shared / "data/news/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(row["id"], row)
    feeds = shared / "data/rss/diplomacy_candidates.jsonl.gz"
    with gzip.open(feeds, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(row["id"], {**row, "text": row["summary"] or ""})
    return found


def examples(label: Row, row: Row, vocabulary: Vocabulary, lost: Counter[str]) -> Iterator[Row]:
    """The sentences of one labelled report; counts what no candidate stands for in ``lost``."""
    if "cut" in label:
        row = {**row, "text": row["text"][: label["cut"]]}
    events = {m["event"]: m for m in row.get("mentions", [])}
    events.update(
        (e["e"], {"background": e["bg"], "ignore": e["ig"], "kind": e["kind"]})
        for e in label["events"]
    )
    found = report(row)
    kept = worthy(found) if label is row and "sents" not in row else None
    for k, (sentence, wanted, passage, states) in enumerate(shown(found)):
        start = sentence.start
        if kept is not None and not (wanted or start in kept):
            continue
        here = [i for i in label["items"] if start <= i["w"][0][0] < start + len(passage.text)]
        yield {
            "k": k,
            "start": start,
            "read": wanted,
            "headline": sentence.headline,
            "text": passage.text,
            "pieces": [(p.id, p.start, p.end, p.first) for p in vocabulary.pieces(passage.text)],
            "before": [p.id for p in vocabulary.pieces(passage.before)],
            "spans": [
                [s.start, s.end, s.sort, state]
                for s, state in zip(passage.spans, states, strict=True)
            ],
            "items": [_item(i, start, passage, events, lost) for i in here],
        }


def _item(item: Row, start: int, passage: Passage, events: Row, lost: Counter[str]) -> Row:
    """One engagement of one sentence, its words as places among the sentence's spans."""

    def place(name: str, dated: bool) -> list[int]:
        found = []
        for a, b in (w[:2] for w in item.get(name, [])):
            hits = [
                k
                for k, s in enumerate(passage.spans)
                if s.start < b - start and a - start < s.end and (s.sort == DATE) is dated
            ]
            lost[f"{name}: {'found' if hits else 'lost'}"] += 1
            found += hits[:1] if name != "who" else hits
        return found

    event = events.get(item["e"]) or {}
    parts = {}
    for a, b, part in item.get("who", []):
        hits = [
            k
            for k, s in enumerate(passage.spans)
            if s.start < b - start and a - start < s.end and s.sort != DATE
        ]
        lost[f"who: {'found' if hits else 'lost'}"] += 1
        parts.update((k, part) for k in hits)
    return {
        "event": item["e"],
        "type": "ignored"
        if event.get("ignore")
        else "past"
        if event.get("background")
        else "live",
        "kind": event.get("kind"),
        "words": [[a - start, b - start] for a, b in item["w"]],
        "status": item["st"],
        "modality": item["mo"],
        "source": "outlet" if item["src"] == "none" else item["src"],
        "parts": parts,
        "place": place("where", dated=False),
        "when": place("when", dated=True),
        "about": [[a - start, b - start] for a, b in item.get("about", [])],
        "by": [[a - start, b - start] for a, b in item.get("by", [])],
    }


def others(shared: Path, wanted: int) -> Iterator[Row]:
    """Reports about other things, spread over the file, in which the rules find nothing.

    About two in a hundred hold an engagement all the same; as labels they are that noisy.
    """
    parse = parser("en")
    with gzip.open(shared / "data/news/background.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [r for r in map(json.loads, lines) if r.get("text")]
    taken = 0
    for row in rows[1 :: max(1, len(rows) // (12 * wanted))]:
        found = report(row)
        if taken < wanted and passes(found) and not read(found, parse).mentions:
            taken += 1
            yield {"id": row["id"], "events": [], "items": [], **row}


def unlabelled(shared: Path, known: set[str]) -> Iterator[Row]:
    """News without labels, for a larger reader to teach a small one on.

    Reports that stand in the gold sets or among the labelled, or that tell the same in the same
    words, are left out.
    """
    openings = set()
    for name in ("dev", "train", "challenge"):
        with (shared / f"data/gold/{name}.jsonl").open(encoding="utf-8") as lines:
            openings.update(o for r in map(json.loads, lines) for o in _openings(r))
    with gzip.open(shared / "data/news/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [r for r in map(json.loads, lines) if r.get("text")]
    groups = {r["dup_group"] for r in rows if r["id"] in known and r.get("dup_group")}
    openings.update(o for r in rows if r["id"] in known for o in _openings(r))
    for row in rows:
        if row["id"] in known or row.get("dup_group") in groups:
            continue
        if not openings & set(_openings(row)):
            yield {**row, "events": [], "items": []}


def _openings(row: Row) -> list[str]:
    """What two prints of one text share: letters of its title and of two places in it."""
    plain = ["".join(c for c in part.lower() if c.isalnum()) for part in (row["text"],)]
    plain.append("".join(c for c in (row.get("title") or "").lower() if c.isalnum()))
    text, title = plain
    found = [text[:80], text[300:380]]
    return [t for t in (*found, title) if len(t) >= 30]


def main() -> None:
    """Write the examples of all label files."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--others", type=int, default=400, help="reports about other things")
    asked.add_argument("--plain", type=int, default=3000, help="reports without labels")
    asked.add_argument("--vocabulary", type=Path, required=True)
    asked.add_argument("--shared", type=Path, default=Path("../shared"))
    chosen = asked.parse_args()
    known, lost, written = texts(chosen.shared), Counter[str](), Counter[str]()
    vocabulary = Vocabulary(chosen.vocabulary.read_text("utf-8").split("\n"))
    labelled: set[str] = set()

    with gzip.open(chosen.out, "wt", encoding="utf-8") as out:

        def write(file: str, label: Row, row: Row) -> None:
            events = {m["event"]: m.get("parties", []) for m in row.get("mentions", [])}
            events.update(
                (e["e"], [{"state": p[1], "part": p[2]} for p in e["parties"]])
                for e in label["events"]
            )
            cut = list(examples(label, row, vocabulary, lost))
            parties = {
                e: {p["state"]: p["part"] for p in some if p.get("state")}
                for e, some in events.items()
            }
            out.write(
                json.dumps({"file": file, "doc": label["id"], "events": parties, "cut": cut})
                + "\n"
            )
            written[f"{file}: reports"] += 1
            written[f"{file}: sentences"] += len(cut)

        for file in sorted(LABELS.glob("*.jsonl")):
            for label in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
                labelled.add(label["id"])
                write(file.stem, label, label if "sents" in label else known[label["id"]])
        for row in others(chosen.shared, chosen.others):
            write("others", row, row)
        for row in islice(unlabelled(chosen.shared, labelled), chosen.plain):
            if passes(report(row)):
                write("plain", row, row)
    print(dict(written), dict(lost), file=sys.stderr)


if __name__ == "__main__":
    main()
