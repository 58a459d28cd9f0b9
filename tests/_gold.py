"""Labelled reports of the shared data as readings, so that resolving is measured by itself."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from summitry.model import (
    Claim,
    Kind,
    Mention,
    Modality,
    Party,
    Place,
    Polarity,
    Precision,
    Reading,
    Report,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Value,
    When,
)

GOLD = Path(__file__).parents[1].parent / "shared" / "data" / "gold"
CLASSES = {s.value: s for s in SourceClass} | {"none": SourceClass.OUTLET}
STATUSES = {s.value: s for s in Status}


def gold_readings() -> Iterator[tuple[Reading, dict[str, str]]]:
    """Each labelled report as a reading, and the label of the event of each of its mentions.

    Events of the stories bear the story's label; those of single reports the report's.
    """
    stories = json.loads((GOLD / "stories.json").read_text("utf-8"))
    same = {e: f"m{n}" for n, group in enumerate(stories["same"]) for e in group}
    for line in (GOLD / "dev.jsonl").read_text("utf-8").splitlines():
        g = json.loads(line)
        published = datetime.fromisoformat(g["published"]) if g["published"] else None
        if published is not None and published.tzinfo is None:
            published = published.replace(tzinfo=UTC)
        report = Report(
            outlet=g["outlet"],
            published=published,
            text=g["text"],
            title=g["title"] or "",
            url=g["url"] or g["id"],
            ref=g["id"],
        )
        labels: dict[str, str] = {}
        mentions = []
        for n, m in enumerate(g["mentions"]):
            if m["ignore"] or m["kind"] not in {k.value for k in Kind}:
                continue
            mention = _mention(f"{g['id']}-{n}", m, g["text"])
            own = f"{g['id']}.{m['event']}"
            labels[mention.id] = m["event"] if g["set"] == "replay" else same.get(own, own)
            mentions.append(mention)
        yield Reading(report=report, extractor="gold", mentions=tuple(mentions)), labels


def _mention(key: str, m: dict[str, Any], text: str) -> Mention:
    parties = tuple(Party(p["name"], p["state"]) for p in m["parties"])
    places = [Place(p["name"] or p["state"], p["state"]) for p in m["places"]]
    whens = [_when(w) for w in m["whens"] if w["start"] or w["end"]]
    sentence = Sentence(0, min(len(text), 80), text[:80])
    outlet = Source("outlet", SourceClass.OUTLET)

    def claim(slot: Slot, value: Value, source: Source = outlet, modality: str = "") -> Claim:
        return Claim(
            mention=key,
            slot=slot,
            value=value,
            source=source,
            modality=Modality(modality) if modality not in ("", "negated") else Modality.CERTAIN,
            polarity=Polarity.NEGATIVE if modality == "negated" else Polarity.POSITIVE,
            sentence=sentence,
        )

    said = [
        claim(
            Slot.STATUS,
            STATUSES[c["status"]],
            Source(c["source_name"] or "outlet", CLASSES[c["source_class"]]),
            c["modality"],
        )
        for c in m["claims"]
    ]
    return Mention(
        id=key,
        kind=Kind(m["kind"]),
        parties=parties,
        place=places[0] if places else None,
        when=whens[0] if whens else None,
        status=STATUSES[m["claims"][0]["status"]] if m["claims"] else Status.FLOATED,
        modality=said[0].modality if said else Modality.CERTAIN,
        background=bool(m["background"]),
        claims=(
            *said,
            claim(Slot.KIND, Kind(m["kind"])),
            *(claim(Slot.PARTY, p) for p in parties),
            *(claim(Slot.PLACE, p) for p in places),
            *(claim(Slot.WHEN, w) for w in whens),
        ),
    )


def _when(w: dict[str, Any]) -> When:
    return When(
        date.fromisoformat(w["start"]) if w["start"] else None,
        date.fromisoformat(w["end"]) if w["end"] else None,
        Precision(w["precision"]),
        w["text"] or "",
    )
