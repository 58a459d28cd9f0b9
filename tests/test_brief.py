"""The brief: one sheet, nothing of it markup that strangers wrote, letters of all names."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from _plans import NOW, days, diary, plan
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.desk import brief
from summitry.export import brief_html, brief_json, brief_markdown, brief_pdf
from summitry.model import (
    Brief,
    Grade,
    Party,
    Place,
    Report,
    Source,
    SourceClass,
    Status,
)

HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://x.example/i.png) "
    "*b* `c` & &lt; \x1b[31m\u202e | # 1. - end"
)
TWELFTH = days("2024-02-12", "2024-02-13")
LEFT, RIGHT = Party("Recep Tayyip Erdoğan", "TR"), Party("Volodymyr Zełeński Зеленський", "UA")


def report(text: str, outlet: str = "Fjord Wire") -> Report:
    return Report(outlet=outlet, published=NOW, text=text)


def made(
    left: Party = LEFT, right: Party = RIGHT, place: str = "Ankara", topic: str = "grain"
) -> Brief:
    source = Source(right.name or "", SourceClass.OFFICIAL_NAMED, role="<b>", state=right.state)
    e = plan(
        "abc", left, right, when=TWELFTH, place=Place(place, "TR"),
        topics=((topic, Grade.CENTRAL, source),),
    )  # fmt: skip
    clash = plan("other", left, when=TWELFTH, place=Place("Cairo", "EG"))
    held = plan("held", left, right, when=days("2023-02-12", "2023-02-13"), status=Status.HELD)
    return brief(diary(e, clash, held), e, {})


REPORTS = {"abc": report("a text")}


def test_a_sheet_says_what_one_has_to_know() -> None:
    sheet = brief_markdown(made(), REPORTS)
    assert sheet.startswith("# Recep Tayyip Erdoğan (Turkey), Volodymyr Zełeński")
    assert "**announced** · bilateral · Ankara, Turkey · Mon 12 Feb 2024" in sheet
    assert "- **grain**: one side alone: Ukraine central; Turkey silent (3)" in sheet
    assert "- **clash**: Recep Tayyip Erdoğan (Turkey): " in sheet
    assert "- **before**: Recep Tayyip Erdoğan (Turkey)" in sheet
    assert "1. “abc says status.” – the outlet itself, Fjord Wire, Thu 1 Feb 2024" in sheet


class Tags(HTMLParser):
    """All elements of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@given(st.text() | st.just(HOSTILE))
@settings(deadline=None)
def test_no_text_of_strangers_is_markup(text: str) -> None:
    hostile = made(Party(text, "TR"), Party(text, "UA"), place=text, topic=text)
    tags = Tags()
    tags.feed(brief_html(hostile, {"abc": report("x", outlet=text)}))
    own = {
        *("html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "span"),
        *("section", "dl", "dt", "dd", "sup", "ol", "li", "footer"),
    }
    assert {tag for tag, _ in tags.tags} <= own
    assert {name for _, attributes in tags.tags for name in attributes} <= {
        *("lang", "charset", "http-equiv", "content", "class"),
    }
    sheet = brief_markdown(hostile, {"abc": report("x", outlet=text)})
    for mark in ("<", "[", "`", "&"):
        assert not re.search(rf"(?<!\\){re.escape(mark)}", sheet)
    assert "\x1b" not in sheet


def test_a_page_asks_for_nothing_outside() -> None:
    page = brief_html(made(), REPORTS)
    assert "default-src 'none'" in page
    assert not re.search(r"https?:|url\(|@import|<script|<img|<link", page)


def test_long_lists_fit_and_say_what_they_leave_out() -> None:
    topics = tuple(
        (f"topic {n} " + "of many words " * 6, Grade.LISTED, Source("x", SourceClass.OUTLET))
        for n in range(40)
    )
    e = plan("abc", LEFT, RIGHT, when=TWELFTH, topics=topics)
    sheet = brief_markdown(brief(diary(e), e, {}), {})
    assert "- and 34 more" in sheet


def test_the_pdf_is_one_sheet_with_all_letters_and_always_the_same() -> None:
    pytest.importorskip("reportlab", reason="the extra summitry[desk] is not installed")
    long = Party("Anna " * 30, "UA")
    for one in (made(), made(right=long, topic="words " * 80), made(topic=HOSTILE)):
        pdf = brief_pdf(one, REPORTS)
        assert pdf.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
        assert pdf == brief_pdf(one, REPORTS)
    assert b"SourceSansPro" in pdf


def test_json_has_what_the_sheet_cuts() -> None:
    whole = json.loads(json.dumps(brief_json(made(), REPORTS)))
    assert whole["engagement"]["id"] == "abc"
    assert [topic["stand"] for topic in whole["agenda"]] == ["one_sided"]
    assert [claim["outlet"] for claim in whole["status_by"]] == ["Fjord Wire"]
    assert [clash["squeeze"] for clash in whole["clashes"]] == ["clash"]


def test_a_state_of_the_world_without_a_word_is_drawn() -> None:
    bare = replace(plan("abc", Party(None, "TR")), official=())
    assert brief_markdown(brief(diary(bare), bare, {}), {}).startswith("# Turkey\n")
