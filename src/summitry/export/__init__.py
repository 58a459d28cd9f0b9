"""Readings and diaries out: JSON for programs, tables for people, one module for each format."""

from summitry.export._entry import counted, slot_words
from summitry.export._history import past_words
from summitry.export._json import Json, told_json, value_json
from summitry.export._lanes import Lane, lanes, standing
from summitry.export._title import CERTAIN
from summitry.export._tracks import deadlines_of, engagements_of, past
from summitry.export._words import (
    MONTHS,
    day,
    party,
    place,
    plain,
    said,
    sides,
    state,
    stretch,
    value_words,
)
from summitry.export.brief_html import brief_html
from summitry.export.brief_json import brief_json
from summitry.export.brief_markdown import brief_markdown
from summitry.export.brief_pdf import brief_pdf
from summitry.export.changes import changes_json, changes_text
from summitry.export.changes_atom import changes_atom
from summitry.export.changes_events import changes_events
from summitry.export.changes_mail import changes_mail
from summitry.export.clashes import clashes_json, clashes_text
from summitry.export.codebook import codebook_json, codebook_markdown
from summitry.export.contract import (
    diary_json,
    engagement_json,
    reading_json,
    sources_json,
    track_json,
    tracks_json,
)
from summitry.export.csv import diary_csv
from summitry.export.diary_text import diary_text
from summitry.export.doubts import doubts_json, doubts_text
from summitry.export.explain import explain_text, reading_text
from summitry.export.feeds import feed_line, feeds_table, problem_line
from summitry.export.flat import diary_rows
from summitry.export.ftm import diary_ftm
from summitry.export.graphml import diary_graphml
from summitry.export.history import history_json, history_text
from summitry.export.ics import IMPRECISE, diary_ics
from summitry.export.jsonld import diary_jsonld
from summitry.export.judgements import judgements_json, judgements_text
from summitry.export.newshub import diary_newshub
from summitry.export.newsml import diary_knowledge, diary_newsml
from summitry.export.ninjs import diary_ninjs
from summitry.export.parquet import diary_parquet
from summitry.export.planner import planner_items
from summitry.export.record import sources_table
from summitry.export.sqlite import diary_sqlite
from summitry.export.table import DUE, SHAPES, diary_lines, diary_table
from summitry.export.tracks import track_text, tracks_text
from summitry.export.why import FIELDS, sources_text, why_text
from summitry.export.windows import windows_json, windows_text

__all__ = [
    "CERTAIN",
    "DUE",
    "FIELDS",
    "IMPRECISE",
    "MONTHS",
    "SHAPES",
    "Json",
    "Lane",
    "brief_html",
    "brief_json",
    "brief_markdown",
    "brief_pdf",
    "changes_atom",
    "changes_events",
    "changes_json",
    "changes_mail",
    "changes_text",
    "clashes_json",
    "clashes_text",
    "codebook_json",
    "codebook_markdown",
    "counted",
    "day",
    "deadlines_of",
    "diary_csv",
    "diary_ftm",
    "diary_graphml",
    "diary_ics",
    "diary_json",
    "diary_jsonld",
    "diary_knowledge",
    "diary_lines",
    "diary_newshub",
    "diary_newsml",
    "diary_ninjs",
    "diary_parquet",
    "diary_rows",
    "diary_sqlite",
    "diary_table",
    "diary_text",
    "doubts_json",
    "doubts_text",
    "engagement_json",
    "engagements_of",
    "explain_text",
    "feed_line",
    "feeds_table",
    "history_json",
    "history_text",
    "judgements_json",
    "judgements_text",
    "lanes",
    "party",
    "past",
    "past_words",
    "place",
    "plain",
    "planner_items",
    "problem_line",
    "reading_json",
    "reading_text",
    "said",
    "sides",
    "slot_words",
    "sources_json",
    "sources_table",
    "sources_text",
    "standing",
    "state",
    "stretch",
    "told_json",
    "track_json",
    "track_text",
    "tracks_json",
    "tracks_text",
    "value_json",
    "value_words",
    "why_text",
    "windows_json",
    "windows_text",
]
