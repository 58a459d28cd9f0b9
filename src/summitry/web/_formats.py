"""A part of the diary as a file: the same address with another ending."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from summitry import export
from summitry.export import CERTAIN, Json
from summitry.model import Diary
from summitry.pipeline import KEPT

__all__ = ["FORMATS", "Format"]

_TOMBSTONES = timedelta(days=90)
"""Calendars that fetch rarely still have to see what was called off."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format."""

    name: str
    """What a person calls it."""
    media: str
    write: Callable[[Diary, str, str], bytes]
    """From a diary, the address below which the engagements' pages are, and its own address."""
    kept: timedelta = KEPT
    """How long what is over stays in it."""


def _json(diary: Diary, *_: str) -> bytes:
    return _dumped(export.diary_json(diary))


def _lines(values: Iterable[Json]) -> bytes:
    return b"".join(_dumped(value) + b"\n" for value in values)


def _dumped(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "ics": Format(
            "calendar",
            "text/calendar; charset=utf-8",
            lambda diary, base, own: export.diary_ics(diary, "window", base, own),
            _TOMBSTONES,
        ),
        "csv": Format(
            "table",
            "text/csv; charset=utf-8",
            lambda diary, _base, _own: export.diary_csv(diary).encode(),
        ),
        "json": Format("JSON", "application/json", _json),
        "jsonl": Format(
            "JSON lines",
            "application/x-ndjson",
            lambda diary, _base, _own: _lines(export.diary_rows(diary)),
        ),
        "parquet": Format(
            "Parquet",
            "application/vnd.apache.parquet",
            lambda diary, _base, _own: export.diary_parquet(diary),
        ),
        "txt": Format(
            "plain text",
            "text/plain; charset=utf-8",
            lambda diary, _base, _own: export.diary_lines(diary, 100).encode(),
        ),
        "jsonld": Format(
            "JSON-LD, announced and above",
            "application/ld+json",
            lambda diary, base, _: export.diary_jsonld(diary, CERTAIN, base),
        ),
        "graphml": Format(
            "GraphML, who meets whom",
            "application/xml",
            lambda diary, _base, _own: export.diary_graphml(diary),
        ),
        "ninjs": Format(
            "ninjs, announced and above",
            "application/x-ndjson",
            lambda diary, base, _: _lines(export.diary_ninjs(diary, CERTAIN, base)),
        ),
        "newsml": Format(
            "NewsML-G2, announced and above",
            "application/vnd.iptc.g2.newsmessage+xml",
            lambda diary, base, _: export.diary_newsml(diary, CERTAIN, base),
        ),
    }
)
"""By the ending of the address."""
