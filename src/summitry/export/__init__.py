"""Readings and diaries out: JSON for programs, tables for people, one module for each format."""

from summitry.export._words import plain
from summitry.export.contract import Json, diary_json, reading_json, track_json, tracks_json
from summitry.export.csv import diary_csv
from summitry.export.explain import explain_text, reading_text
from summitry.export.judgements import judgements_json, judgements_text
from summitry.export.table import diary_table
from summitry.export.tracks import track_text, tracks_text
from summitry.export.why import FIELDS, sources_text, why_text

__all__ = [
    "FIELDS",
    "Json",
    "diary_csv",
    "diary_json",
    "diary_table",
    "explain_text",
    "judgements_json",
    "judgements_text",
    "plain",
    "reading_json",
    "reading_text",
    "sources_text",
    "track_json",
    "track_text",
    "tracks_json",
    "tracks_text",
    "why_text",
]
