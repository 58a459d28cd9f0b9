"""Documents in, reports out: what each format gives, and what a bad document is called."""

import gzip
import io
import json
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.model import Report
from summitry.sources import Problem, instant, reports
from summitry.sources._decode import Decoded, decoded

PLAIN = "The minister travels to Oslo in March. Nobody has confirmed the day."
STORY = f"Outlet: Fjord Wire\nPublished: 2024-02-01T09:30+01:00\nURL: https://fjord.example/1\n\n{PLAIN}"


def read(path: Path | str) -> tuple[list[Report], list[Problem]]:
    outcomes = list(reports(path))
    good = [o for o in outcomes if isinstance(o, Report)]
    return good, [o for o in outcomes if isinstance(o, Problem)]


def one(path: Path | str) -> Report:
    good, bad = read(path)
    assert not bad
    assert len(good) == 1
    return good[0]


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_a_plain_text_is_a_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PLAIN + "\n", "utf-8")
    report = one(path)
    assert (report.text, report.title, report.published) == (PLAIN, "", None)
    assert report.origin == str(path)


def test_header_lines_are_about_the_report_and_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY, "utf-8")
    report = one(path)
    assert report.text == PLAIN
    assert report.outlet == "Fjord Wire"
    assert report.url == "https://fjord.example/1"
    assert report.published == datetime(2024, 2, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def test_a_short_first_line_on_its_own_is_the_headline(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Minister off to Oslo\n\n{PLAIN}", "utf-8")
    report = one(path)
    assert report.title == "Minister off to Oslo"
    assert report.text == f"Minister off to Oslo\n\n{PLAIN}"
    assert report.body == len(report.title)


def test_a_first_sentence_is_no_headline(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"He is on his way.\n\n{PLAIN}", "utf-8")
    assert one(path).title == ""


def test_a_title_header_and_a_headline_line_are_not_doubled(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Title: Off to Oslo\nOutlet: X\n\nOff to Oslo\n\n{PLAIN}", "utf-8")
    assert one(path).text == f"Off to Oslo\n\n{PLAIN}"


def test_prose_that_begins_with_a_header_word_is_prose(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Title: the story of\na word.\n\nMore.", "utf-8")
    report = one(path)
    assert report.text.startswith("Title: the story of")


@pytest.mark.parametrize(
    "data",
    [
        "Café".encode(),
        b"\xef\xbb\xbf" + "Café".encode(),
        "Café".encode("cp1252"),
        b"\xff\xfe" + "Café".encode("utf-16-le"),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16"],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert one(path).text == "Café"


def test_garbled_text_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ErdoÄŸan goes to CafÃ©", "utf-8")
    assert one(path).text == "ErdoÄŸan goes to CafÃ©"


def test_damaged_utf8_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Erdoğan, Kılıç, Šefčovič ".encode() + b"\xff in Ankara")
    good, bad = read(path)
    assert "Šefčovič" in good[0].text
    assert "1 characters" in bad[0].reason


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_utf8_says_is_read_back(text: str) -> None:
    assert decoded(b"\xef\xbb\xbf" + text.encode()) == Decoded(text)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_stop_a_run(data: bytes) -> None:
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data))
    try:
        outcomes = list(reports("-"))
    finally:
        sys.stdin = stdin
    assert outcomes
    for outcome in outcomes:
        assert isinstance(outcome, Report | Problem)
        if isinstance(outcome, Report):
            outcome.text.encode("utf-8")


def test_lines_of_json(tmp_path: Path) -> None:
    rows = (
        {
            "id": 7,
            "outlet": "A",
            "published": "2024-01-09T10:00:00+03:00",
            "title": "T",
            "text": "B",
        },
        {"id": "x", "summary": "Only a summary", "published": "2024-01-09", "language": "en-GB"},
        {"title": "Said twice", "text": "Said twice and more", "url": "https://www.a.example/1"},
    )
    first, second, third = read(lines(tmp_path / "a.jsonl", *rows))[0]
    assert (first.ref, first.text, first.title) == ("7", "T\n\nB", "T")
    assert first.published == datetime(2024, 1, 9, 7, tzinfo=UTC)
    assert (second.ref, second.text, second.language) == ("x", "Only a summary", "en")
    assert second.published == datetime(2024, 1, 9, tzinfo=UTC)
    assert (third.ref, third.text, third.outlet) == (None, "Said twice and more", "a.example")


def test_gzip_is_known_by_its_bytes(tmp_path: Path) -> None:
    plain = lines(tmp_path / "a.jsonl", {"text": "one"}, {"text": "two"})
    packed = tmp_path / "packed.dat"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert [r.text for r in read(packed)[0]] == ["one", "two"]


def test_a_json_document_may_be_an_object_or_a_list(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "a", "text": "one"}, indent=2), "utf-8")
    assert one(path).ref == "a"
    path.write_text(json.dumps([{"text": "one"}, {"text": "two"}, 3], indent=2), "utf-8")
    good, bad = read(path)
    assert [r.text for r in good] == ["one", "two"]
    assert bad == [Problem(f"{path}:3", "no JSON object")]


def test_another_language_is_read_as_its_language(tmp_path: Path) -> None:
    assert one(lines(tmp_path / "a.jsonl", {"text": "Путин", "language": "ru"})).language == "ru"


def test_nothing_that_a_database_refuses_gets_in(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a\\u0000b\\ud800c", "id": "\\udc00"}\n', "utf-8")
    report = one(path)
    assert report.text == "a\ufffdb\ufffdc"
    assert report.ref == "\ufffd"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-01-09", "2024-01-09T00:00:00+00:00"),
        ("2024-01-09T10:00", "2024-01-09T10:00:00+00:00"),
        ("2024-01-09T10:00:00Z", "2024-01-09T10:00:00+00:00"),
        ("2024-01-09 10:00:00+03:00", "2024-01-09T10:00:00+03:00"),
        ("Tue, 9 Jan 2024 10:00:00 GMT", "2024-01-09T10:00:00+00:00"),
    ],
)
def test_instants(text: str, iso: str) -> None:
    assert instant(text).isoformat() == iso


@pytest.mark.parametrize(
    "text", ["20255-01-01", "soon", "", "2024-13-01", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        instant(text)


@given(st.datetimes())
def test_an_instant_is_aware_and_the_one_written(when: datetime) -> None:
    if 1800 <= when.year < 2200:
        assert instant(when.isoformat()) == when.replace(tzinfo=UTC)
    else:
        with pytest.raises(ValueError, match="no date"):
            instant(when.isoformat())


PAGE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>T | Site</title>
<link rel="canonical" href="https://site.example/talks">{meta}</head><body><nav>Home News</nav>
<article><h1>Talks in Vienna next week</h1>
<p>The two foreign ministers will meet in Vienna next week, officials of both sides said.</p>
<p>They are to speak about the border, and a further round is planned for the summer.</p>
{time}</article><footer>All rights reserved</footer></body></html>"""
LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "no"},
{"@type": ["NewsArticle"], "headline": "Talks in Vienna",
"datePublished": "2024-03-05T08:00:00+01:00",
"publisher": {"@type": "Organization", "name": "Donau Post"}, "url": "https://donau.example/1"}]}
</script>"""


def page(tmp_path: Path, meta: str = "", time: str = "") -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("{meta}", meta).replace("{time}", time), "utf-8")
    return path


def test_a_page_speaks_for_itself_in_linked_data(tmp_path: Path) -> None:
    report = one(page(tmp_path, LINKED))
    assert (report.title, report.outlet) == ("Talks in Vienna", "Donau Post")
    assert report.url == "https://donau.example/1"
    assert report.published is not None
    assert report.published.isoformat() == "2024-03-05T08:00:00+01:00"
    assert report.language == "de"
    assert "planned for the summer" in report.text
    assert "All rights reserved" not in report.text
    assert "Home News" not in report.text


def test_a_page_speaks_for_itself_in_meta_elements(tmp_path: Path) -> None:
    meta = (
        '<meta property="og:title" content="Talks"><meta property="og:site_name" content="Donau">'
        '<meta property="article:published_time" content="2024-03-05T08:00:00Z">'
    )
    report = one(page(tmp_path, meta))
    assert (report.title, report.outlet, report.url) == (
        "Talks",
        "Donau",
        "https://site.example/talks",
    )
    assert report.published == datetime(2024, 3, 5, 8, tzinfo=UTC)


def test_a_page_may_say_its_time_in_the_text_only(tmp_path: Path) -> None:
    report = one(page(tmp_path, time='<time datetime="2024-03-05T08:00+01:00">5 March</time>'))
    assert report.published == datetime(2024, 3, 5, 7, tzinfo=UTC)
    assert report.title == "Talks in Vienna next week"
    assert report.outlet == "site.example"


def test_a_page_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE.format(meta="", time=""), "utf-8")
    assert one(path).title == "Talks in Vienna next week"


@pytest.mark.parametrize("tag", ["div", "DIV class='a'", "section", "ul><li"])
def test_a_page_nested_for_mischief_is_refused_in_time(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "page"
    path.write_text("<!doctype html><html><body>" + f"<{tag}>" * 200_000 + "Talks", "utf-8")
    start = time.monotonic()
    (problem,) = reports(path)
    assert time.monotonic() - start < 5
    assert "blocks inside each other" in str(problem)


def test_a_page_of_many_blocks_side_by_side_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_text("<!doctype html><body>" + "<div><p>Talks in Oslo.</p></div>" * 3000, "utf-8")
    assert "Talks in Oslo" in one(path).text


def test_a_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/z.txt", "b/y.txt", ".hidden"):
        (tmp_path / name).write_text(f"Text of {name}.", "utf-8")
    assert [r.text for r in read(tmp_path)[0]] == [
        f"Text of {name}." for name in ("a.txt", "b/y.txt", "b/z.txt", "c.txt")
    ]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAIN, "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(read(tmp_path)[0]) == 1
