"""Readings and diaries out: JSON for programs, tables for people, one module for each format."""

from summitry.export._words import plain
from summitry.export.contract import Json, diary_json, reading_json, sources_json
from summitry.export.csv import diary_csv
from summitry.export.explain import explain_text, reading_text
from summitry.export.record import sources_table
from summitry.export.table import diary_table
from summitry.export.why import FIELDS, why_text

__all__ = [
    "FIELDS",
    "Json",
    "diary_csv",
    "diary_json",
    "diary_table",
    "explain_text",
    "plain",
    "reading_json",
    "reading_text",
    "sources_json",
    "sources_table",
    "why_text",
]
