"""The line of JSON that our own exports carry, read back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from summitry.model import (
    Grade,
    Kind,
    Modality,
    Part,
    Polarity,
    Precision,
    Source,
    SourceClass,
    Status,
    Topic,
    When,
    Word,
)

__all__ = ["OWN", "Own", "own"]

OWN = "urn:x-summitry:entry"
"""The role under which it is carried."""
_LONGEST = 200_000
"""Characters of a line; ours have under two thousand."""

_STATUS = {status.value: status for status in Status}

Json = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Own:
    """The fields of an engagement as we exported it."""

    kind: Kind
    status: Status
    when: When | None
    place: str
    place_state: str
    sides: tuple[tuple[str, str, str | None, Part | None], ...]
    """Person, state, role and part."""
    topics: tuple[Topic, ...]
    words: tuple[Word, ...]


def own(line: str) -> tuple[Own, ...]:
    """The engagement of a line; empty where there is no line or it is not as we write it."""
    if not line or len(line) > _LONGEST:
        return ()
    try:
        return (_read(json.loads(line)),)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def _read(told: Mapping[str, object]) -> Own:
    """The fields of a line as parsed.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: It is not as we write it.
    """
    when: Json = _one(told["when"])
    place: Json = _one(told["place"])
    return Own(
        kind=Kind(told["kind"]),
        status=_STATUS[str(told["status"])],
        when=_when(when) if when else None,
        place=place.get("name") or "",
        place_state=place.get("state") or "",
        sides=tuple(
            (p["name"] or "", p["state"] or "", p["role"], Part(p["part"]) if p["part"] else None)
            for p in _many(told["parties"])
        ),
        topics=tuple(
            Topic(str(t["topic"]), Grade(t["grade"]), t["medtop"]) for t in _many(told["agenda"])
        ),
        words=tuple(
            Word(
                status=_STATUS[str(w["status"])],
                source=Source(str(w["source"]), SourceClass(w["class"]), state=w["state"]),
                modality=Modality(w["modality"]),
                polarity=Polarity(w["polarity"]),
                said_on=_day(w["on"]),
            )
            for w in _many(told["words"])
        ),
    )


def _one(value: object) -> Json:
    """An object of texts; empty for null.

    Raises:
        TypeError: It is neither.
    """
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(v, str | None) for v in value.values()):
        raise TypeError("no object of texts")
    return value


def _many(value: object) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return [_one(item) for item in value]


def _when(told: Json) -> When:
    start, end = _day(told["start"]), _day(told["end"])
    return When(start, end, Precision(told["precision"]), "", told["time"] or "")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
