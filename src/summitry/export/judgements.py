"""Editors' decisions, for people and for programs."""

import json
from collections.abc import Container, Iterable

from summitry.export._words import plain
from summitry.model import Judgement

__all__ = ["judgements_json", "judgements_text"]

Json = dict[str, object]


def judgements_text(judgements: Iterable[Judgement], undone: Container[str]) -> str:
    """A line for each judgement."""
    return "".join(f"{_line(j, j.id in undone)}\n" for j in judgements)


def judgements_json(judgements: Iterable[Judgement], undone: Container[str]) -> Json:
    """All judgements, with whether each was taken back."""
    return {"judgements": [_shape(j, j.id in undone) for j in judgements]}


def _line(j: Judgement, gone: bool) -> str:
    on = " ".join(m[:8] for m in j.mentions[:6]) + (" …" if len(j.mentions) > 6 else "")
    field = f" {j.field}={j.value}" if j.field else ""
    words = [j.id[:8], f"{j.decided:%Y-%m-%d %H:%M}", j.author, j.verdict.value.replace("_", " ")]
    return plain("  ".join([*words, on + field, *(["taken back"] if gone else [])]))


def _shape(j: Judgement, gone: bool) -> Json:
    return {
        "id": j.id,
        "verdict": j.verdict.value,
        "about": list(j.mentions),
        "field": j.field or None,
        "value": _value(j.value) if j.value else None,
        "author": j.author,
        "decided": j.decided.isoformat(),
        "undone": gone,
    }


def _value(text: str) -> object:
    """What a judgement settles a field to; as it stands where it is no JSON."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return text
    return found
