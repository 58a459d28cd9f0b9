"""Feeds in: RSS, Atom and JSON Feed, each item a report, and hostile ones refused in a line."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summitry.model import Report
from summitry.sources import Problem, reports

RSS = """\
<?xml version="1.0"{encoding}?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Fjord Wire</title><link>https://fjord.example/</link><language>en-gb</language>
<item><title>Minister off to Oslo &amp; Bergen</title><link>https://fjord.example/1</link>
 <guid isPermaLink="false">f1</guid><pubDate>Thu, 01 Feb 2024 09:30:00 +0100</pubDate>
 <description>&lt;p&gt;The minister travels in &lt;b&gt;March&lt;/b&gt;.&lt;/p&gt;</description>
</item>
<item><title>Talks in Malmö</title><link>https://fjord.example/2</link>
 <pubDate>some day</pubDate><description>Short.</description>
 <content:encoded><![CDATA[<p>First part.</p><script>steal()</script>
 <p>Second part.</p>]]></content:encoded></item>
<item></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Fjord Wire</title>
<entry><id>urn:1</id><title type="html">Talks &lt;i&gt;soon&lt;/i&gt;</title>
<link href="https://fjord.example/3"/><updated>2024-02-01T09:30:00Z</updated>
<summary>They meet in Oslo.</summary></entry></feed>"""


def read(path: Path) -> tuple[list[Report], list[str]]:
    outcomes = list(reports(path))
    good = [o for o in outcomes if isinstance(o, Report)]
    return good, [o.reason for o in outcomes if isinstance(o, Problem)]


def saved(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_each_item_of_an_rss_feed_is_a_report(tmp_path: Path) -> None:
    (one, two), bad = read(saved(tmp_path / "any.name", RSS.format(encoding="")))
    assert (one.outlet, one.url, one.ref) == ("Fjord Wire", "https://fjord.example/1", "f1")
    assert one.published == datetime(2024, 2, 1, 8, 30, tzinfo=UTC)
    assert one.text == "Minister off to Oslo & Bergen\n\nThe minister travels in March."
    assert two.text == "Talks in Malmö\n\nFirst part.\nSecond part."
    assert two.published is None
    assert bad == ["published 'some day' is no date; read without it", "no text"]


def test_atom_is_read(tmp_path: Path) -> None:
    (one,), bad = read(saved(tmp_path / "a", ATOM))
    assert not bad
    assert (one.title, one.outlet, one.language) == ("Talks soon", "Fjord Wire", "en")
    assert one.published == datetime(2024, 2, 1, 9, 30, tzinfo=UTC)
    assert one.text.endswith("They meet in Oslo.")


@pytest.mark.parametrize(
    ("said", "used"),
    [
        (' encoding="utf-16"', "utf-16"),
        (' encoding="iso-8859-1"', "utf-8"),
        (' encoding="utf-8"', "cp1252"),
        (' encoding="no-such-thing"', "utf-8"),
    ],
)
def test_an_encoding_is_found_whatever_the_feed_says(tmp_path: Path, said: str, used: str) -> None:
    good, _ = read(saved(tmp_path / "a.xml", RSS.format(encoding=said).encode(used)))
    assert [r.title for r in good] == ["Minister off to Oslo & Bergen", "Talks in Malmö"]


def test_a_json_feed_is_read(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Fjord Wire",
        "items": [
            {
                "id": 7,
                "url": "https://fjord.example/7",
                "title": "Talks",
                "content_html": "<p>They meet &amp; talk.</p>",
                "date_published": "2024-02-01T09:30:00Z",
            },
            "no item",
            {"id": "8"},
        ],
    }
    for indent in (None, 1):
        (one,), bad = read(saved(tmp_path / "feed", json.dumps(feed, indent=indent)))
        assert (one.ref, one.outlet, one.text) == (
            "7",
            "Fjord Wire",
            "Talks\n\nThey meet & talk.",
        )
        assert one.published == datetime(2024, 2, 1, 9, 30, tzinfo=UTC)
        assert bad == ["no JSON object", "no text"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHTER = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
XXE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHTER, XXE, XXE.replace("ENTITY", "entity")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_one_line(tmp_path: Path, declared: str, encoding: str) -> None:
    item = "<item><title>&x;&l9;</title></item>"
    feed = f"{declared}<rss><channel><title>&x;&l9;</title>{item}</channel></rss>"
    start = time.monotonic()
    good, bad = read(saved(tmp_path / "a.xml", feed.encode(encoding)))
    assert time.monotonic() - start < 5
    assert not good
    assert bad == ["a feed that declares entities, which is refused"]


def test_a_feed_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = RSS.format(encoding="")
    good, bad = read(saved(tmp_path / "a.xml", whole[: whole.index("<title>Talks") + 10]))
    assert good[0].ref == "f1"
    assert bad[0].startswith("broken XML (")


def test_xml_that_is_no_feed_is_named(tmp_path: Path) -> None:
    good, bad = read(saved(tmp_path / "a.xml", '<?xml version="1.0"?><birds version="2.0"/>'))
    assert not good
    assert bad == ["XML other than a feed, which is not read"]
    good, bad = read(saved(tmp_path / "a.xml", '<?xml version="1.0"?><opml version="2.0"/>'))
    assert not good
    assert bad == ["a list of feeds (OPML): give it to `summitry watch`"]
    good, bad = read(saved(tmp_path / "a.xml", "<rss><channel></channel></rss>"))
    assert (good, bad) == ([], ["a feed without items"])


@pytest.mark.parametrize("tag", ["div", "section", "b", "a", "table", "span"])
def test_deeply_nested_markup_is_read_in_time(tmp_path: Path, tag: str) -> None:
    nested = f'&lt;{tag} class="a"&gt;' * 80_000
    item = f"<item><title>Talks</title><description>{nested}In Oslo.</description></item>"
    start = time.monotonic()
    (one,), _ = read(saved(tmp_path / "a.xml", f"<rss><channel>{item}</channel></rss>"))
    assert time.monotonic() - start < 15
    assert one.title == "Talks"
