"""Lists of feeds: found by content, nested, sloppy, hostile."""

import gzip
import time
from pathlib import Path

import pytest

from summitry.sources import Problem, feeds

HEAD = '<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>'
TAIL = "</body></opml>"


def read(path: Path, content: str | bytes) -> tuple[list[str], list[str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(feeds(path))
    bad = [one.reason for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, str)], bad


def outline(url: str, name: str = "xmlUrl") -> str:
    return f'<outline type="rss" text="a" {name}="{url}"/>'


def test_feeds_of_nested_outlines_are_found_once_in_their_order(tmp_path: Path) -> None:
    inner = f'<outline text="wires">{outline("https://b.test/?a=1&amp;b=2")}'
    folders = f'<outline text="all">{inner}{outline("https://a.test/")}</outline></outline>'
    again = outline("https://a.test/") + outline("HTTP://C.test/feed", "XMLURL")
    good, bad = read(tmp_path / "list.txt", HEAD + folders + again + TAIL)
    assert good == ["https://b.test/?a=1&b=2", "https://a.test/", "HTTP://C.test/feed"]
    assert not bad


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "cp1252"])
def test_a_list_is_read_in_any_encoding_packed_or_not(tmp_path: Path, encoding: str) -> None:
    text = HEAD + '<outline text="Malmö">' + outline("https://a.test/") + "</outline>" + TAIL
    data = text.encode(encoding)
    assert read(tmp_path / "a", data) == (["https://a.test/"], [])
    assert read(tmp_path / "b", gzip.compress(data)) == (["https://a.test/"], [])


def test_what_is_no_address_of_the_web_is_named(tmp_path: Path) -> None:
    lines = outline("javascript:x()") + outline("file:///a") + outline("http://[a") + outline("")
    good, bad = read(tmp_path / "a", HEAD + lines + outline("https://a.test/") + TAIL)
    assert good == ["https://a.test/"]
    assert bad == [
        f"{u!r} is no web address" for u in ("javascript:x()", "file:///a", "http://[a")
    ]


def test_a_list_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    good, bad = read(tmp_path / "a", HEAD + outline("https://a.test/") + "<outline text=")
    assert good == ["https://a.test/"]
    assert len(bad) == 1
    assert bad[0].startswith("broken XML (")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + TAIL, "a list without feeds"),
        ("", "empty, which is no list of feeds (OPML)"),
        ("<rss><channel/></rss>", "a feed, which is no list of feeds (OPML)"),
        ("https://a.test/feed\n", "text, which is no list of feeds (OPML)"),
    ],
)
def test_what_is_no_list_is_named(tmp_path: Path, content: str, said: str) -> None:
    assert read(tmp_path / "a", content) == ([], [said])


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    assert [str(p) for p in feeds(tmp_path / "no")] == [
        f"{tmp_path / 'no'}: No such file or directory"
    ]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE opml [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE opml [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, declared: str, encoding: str) -> None:
    text = f"{declared}<opml><body>{outline('&l9;')}</body></opml>"
    start = time.monotonic()
    assert read(tmp_path / "a", text.encode(encoding)) == (
        [],
        ["a list of feeds that declares entities, which is refused"],
    )
    assert time.monotonic() - start < 2


def test_depth_and_number_cost_little(tmp_path: Path) -> None:
    deep = '<outline text="a">' * 200_000 + outline("https://a.test/")
    start = time.monotonic()
    good, bad = read(tmp_path / "a", HEAD + deep)
    assert good == ["https://a.test/"]
    assert len(bad) == 1
    assert time.monotonic() - start < 5
