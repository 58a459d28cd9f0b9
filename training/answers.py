"""The answers that train.py wrote for each fold, as a reader."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summitry.lang import Ask, Heard, Opinion, Passage
from summitry.lang.minilm import LABELS
from summitry.lang.passages import UNASKED

Row = dict[str, Any]


def asker(path: Path) -> Ask:
    """A reader that knows the sentences of the folds and holds nothing of others."""
    known = {(a["before"], a["text"]): a for a in json.loads(path.read_text("utf-8"))}

    def ask(passages: Sequence[Passage]) -> list[Heard]:
        return [
            _heard(known[p.before, p.text], p) if (p.before, p.text) in known else UNASKED
            for p in passages
        ]

    return ask


def _heard(answer: Row, passage: Passage) -> Heard:
    return Heard(
        tuple(_opinion(w, passage) for w in answer["words"]),
        _stretches(answer["about"]),
        _stretches(answer["by"]),
    )


def _opinion(word: Row, passage: Passage) -> Opinion:
    parts = [dict.fromkeys(LABELS["part"], 0.0) | {"none": 1.0} for _ in passage.spans]
    place, when = [0.0] * len(passage.spans), [0.0] * len(passage.spans)
    for j, k in enumerate(word.get("asks", [])):
        if passage.spans[k].sort == "date":
            when[k] = word["when"][j]
        else:
            parts[k] = dict(zip(LABELS["part"], word["parts"][j], strict=True))
            place[k] = word["place"][j]
    return Opinion(
        *word["at"],
        none=word["type"][0],
        live=word["type"][1],
        past=word["type"][2],
        status=dict(zip(LABELS["status"], word["status"], strict=True)),
        modality=dict(zip(LABELS["modality"], word["modality"], strict=True)),
        source=dict(zip(LABELS["source"], word["source"], strict=True)),
        kind=dict(zip(LABELS["kind"], word["kind"], strict=True)),
        parts=tuple(parts),
        place=tuple(place),
        when=tuple(when),
    )


def _stretches(words: list[list[int]]) -> tuple[tuple[int, int], ...]:
    found: list[list[int]] = []
    for start, end in words:
        if found and start - found[-1][1] <= 1:
            found[-1][1] = end
        else:
            found.append([start, end])
    return tuple((a, b) for a, b in found)
