"""The campaigns against the readers and the extractor, cut down to seconds (tools/fuzz.py)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry import pipeline, sources
from summitry.model import Report
from summitry.sources import Problem

TOP = Path(__file__).parents[1]
EVERY = frozenset(sources.READERS)


def test_a_short_campaign_finds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(TOP / "tools" / "fuzz.py"), "--json"]
    command += [
        "--minutes",
        "5",
        "--inputs",
        "25",
        "--seed",
        "1",
        "--keep",
        str(tmp_path / "kept"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["failures"] == []
    assert done.returncode == 0
    assert found["inputs"] == 25


# What earlier campaigns found; each is smaller than the input that showed it.
BROKEN: dict[str, tuple[bytes, str]] = {
    "a summary without details": (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>V</title>"
        b"<content type='application/json'>Talks in Oslo.</content></entry></feed>",
        "",
    ),
    "the year -1": (
        b"<rss version='2.0'><channel><item><title>V</title><description>Talks</description>"
        b"<pubDate>-0001-01-01</pubDate></item></channel></rss>",
        "",
    ),
    "a broken stamp": (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        b"LAST-MODIFIED:20240201Tple/e/3\r\nDTSTART:20240212\r\nSUMMARY:Visit\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n",
        "",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_campaigns_found_is_read_or_named(name: str) -> None:
    data, word = BROKEN[name]
    outcomes = list(sources.fetched(data, "x", EVERY))
    assert outcomes
    if word:
        assert any(isinstance(o, Problem) and word in o.reason for o in outcomes)


def test_half_a_letter_is_no_fault() -> None:
    text = "The president of France will visit \ud800 Poland on 12 February, \udfff he said."
    read = pipeline.extract(Report(outlet="W", published=None, text=text))
    assert read.mentions
    for mention in read.mentions:
        for claim in mention.claims:
            assert text[claim.sentence.start : claim.sentence.end] == claim.sentence.text


@pytest.mark.parametrize(
    "unit",
    [
        "Putin and ",
        "U.S. ",
        "France\nsaid\ntalks, not\n",
        "the president of France visits ",
        "« “ (",
        "x",
        "e\u0301\u0301",
        "\u202eשלום ",
    ],
)
def test_a_sentence_without_end_is_read_in_time(unit: str) -> None:
    """Each took hours, or was on the way to it, before sentences and rows had an end."""
    head = "The presidents of France and Poland will meet in Oslo on 12 February 2024. "
    text = head + unit * (50_000 // len(unit))
    read = pipeline.extract(Report(outlet="W", published=None, text=text))
    spans = {(c.sentence.start, c.sentence.end) for m in read.mentions for c in m.claims}
    assert all(end - start <= 1500 for start, end in spans)


_WORDS = st.sampled_from(
    (
        *(
            "Norway's",
            "president",
            "will visit",
            "Poland",
            "on 12 February",
            "said",
            "“",
            "”",
            '"',
        ),
        *("(", "the Kremlin", ". ", ", ", "\n", "\u202e", "e\u0301", "Ã©", "السلام", "北京"),
        *("\x00", "U.S. "),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(_WORDS, st.text(max_size=8)), max_size=40).map(" ".join))
def test_every_quote_stands_where_its_offsets_say(text: str) -> None:
    read = pipeline.extract(Report(outlet="W", published=None, text=text))
    for mention in read.mentions:
        for claim in mention.claims:
            assert text[claim.sentence.start : claim.sentence.end] == claim.sentence.text


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [b"<rss><channel>", b"BEGIN:VCALENDAR\r\n", b"{", b"PK\x03\x04", b"<html>", b"\x01", b""]
    ),
    st.binary(max_size=300),
)
def test_bytes_end_in_reports_and_problems(head: bytes, tail: bytes) -> None:
    for outcome in sources.fetched(head + tail, "x", EVERY):
        assert str(outcome)
