"""Archives in, and what strangers hide in documents: refused or neutralised, in bounded memory."""

import gzip
import io
import json
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import summitry
from summitry.model import Listing, Report
from summitry.sources import Problem, reports

TEXT = b"Outlet: Fjord Wire\n\nNorway's foreign minister will visit Sweden on 12 March, she said."
PAGE = (
    b"<!doctype html><html><head><title>Talks</title></head><body><article><p>"
    + b"Norway's foreign minister will visit Sweden on 12 March, her spokesman said on Monday. "
    * 4
    + b"</p></article></body></html>"
)
XML = '<?xml version="1.0"?>{dtd}<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">{body}</newsItem>'
MIB = 1 << 20


def record(url: str, body: bytes, status: str = "200 OK", kind: str = "text/html") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    payload = http.encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Date: 2024-02-01T09:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


WARC = (
    record("https://www.fjord.example/1", PAGE)
    + record("https://fjord.example/2", b"gone", "404 Not Found")
    + record("https://fjord.example/3", b"\x89PNG", kind="image/png")
    + record("https://fjord.example/4", PAGE.replace(b"Sweden", b"Poland"))
)


def zipped(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in members.items():
            packed.writestr(name, body)
    return data.getvalue()


def tarred(members: dict[str, bytes], link: str = "") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as packed:
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            packed.addfile(info, io.BytesIO(body))
        if link:
            info = tarfile.TarInfo("link.txt")
            info.type, info.linkname = tarfile.SYMTYPE, link
            packed.addfile(info)
    return data.getvalue()


def read(path: Path, data: bytes) -> tuple[list[Report], list[str]]:
    path.write_bytes(data)
    found = list(reports(path))
    return (
        [o for o in found if isinstance(o, Report)],
        [str(o) for o in found if isinstance(o, Problem)],
    )


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_pages_of_a_web_archive_are_reports(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    found, bad = read(tmp_path / "a.warc", pack(WARC))
    assert not bad
    assert [(f.url, f.outlet) for f in found] == [
        ("https://www.fjord.example/1", "fjord.example"),
        ("https://fjord.example/4", "fjord.example"),
    ]
    assert {f.published for f in found} == {summitry.instant("2024-02-01T09:00:00Z")}


def test_a_web_archive_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    found, _ = read(tmp_path / "a.warc", WARC[: len(WARC) - 700])
    assert found
    assert found[0].url == "https://www.fjord.example/1"


@pytest.mark.parametrize("pack", [zipped, tarred, lambda m: gzip.compress(tarred(m))])
def test_documents_of_an_archive_are_read_where_they_lie(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    row = json.dumps({"text": "Talks.", "outlet": "B"}).encode()
    found, bad = read(tmp_path / "a.bin", pack({"a.txt": TEXT, "b/c.jsonl": row + b"\n" + row}))
    assert not bad
    assert [f.outlet for f in found] == ["Fjord Wire", "B", "B"]
    assert found[0].origin.endswith("a.bin!a.txt")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.bin"]


@pytest.mark.parametrize("name", ["../../evil.txt", "/evil.txt", "C:\\evil.txt", "a/..\\b.txt"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_lead_out_are_refused(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes], name: str
) -> None:
    found, (bad,) = read(tmp_path / "a.bin", pack({name: TEXT, "good.txt": TEXT}))
    assert len(found) == 1
    assert "leads out of its archive" in bad


def test_links_and_archives_inside_are_not_followed(tmp_path: Path) -> None:
    found, (bad,) = read(tmp_path / "a.tar", tarred({"a.txt": TEXT}, link="/etc/passwd"))
    assert len(found) == 1
    assert "no plain file" in bad
    found, (bad,) = read(tmp_path / "a.zip", zipped({"b.zip": zipped({"a.txt": TEXT})}))
    assert not found
    assert "an archive inside an archive" in bad


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (
            zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
            "office document",
        ),
        (zipped({"a.txt": TEXT})[:60], "broken zip"),
        (b"PK\x03\x04" + bytes(99), "broken zip"),
        (tarred({"a.txt": TEXT})[:300], ""),
    ],
)
def test_broken_archives_are_named(tmp_path: Path, data: bytes, word: str) -> None:
    _, bad = read(tmp_path / "a.bin", data)
    assert bad
    assert word in bad[0]


def test_a_news_sitemap_is_headlines_and_a_count(tmp_path: Path) -> None:
    news = "<n:publication><n:name>Fjord Wire</n:name><n:language>en</n:language></n:publication>"
    news += "<n:publication_date>2024-02-01</n:publication_date><n:title>Talks set</n:title>"
    text = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc>'
        f"<n:news>{news}</n:news></url><url><loc>https://a.example/2</loc></url></urlset>"
    )
    (found,), (bad,) = read(tmp_path / "a.xml", text.encode())
    assert (found.title, found.outlet, found.url) == (
        *("Talks set", "Fjord Wire"),
        "https://a.example/1",
    )
    assert "1 addresses without a headline" in bad


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = {
    "laughs.xml": XML.format(dtd=LAUGHS, body="<headline>&b;</headline>"),
    "external.xml": XML.format(dtd='<!DOCTYPE x SYSTEM "file:///etc/passwd">', body=""),
    "entity.xml": XML.format(
        dtd='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', body="&a;"
    ),
    "nested.xml": XML.format(dtd="", body="<a>" * 100_000 + "</a>" * 100_000),
    "open.xml": XML.format(dtd="", body="<contentMeta>").replace("</newsItem>", ""),
    "map.xml": f'<?xml version="1.0"?>{LAUGHS}<urlset>&b;</urlset>',
    "deep.json": '{"uri": "urn:1", "versionCreated": ' + "[" * 200_000,
    "deep.ics": "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 500_000,
    "colons.ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + "X;" * 2_000_000 + "\r\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_in_one_line_and_little_memory(tmp_path: Path, name: str) -> None:
    tracemalloc.start()
    found, bad = read(tmp_path / name, HOSTILE[name].encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not found
    assert bad
    assert all("\n" not in line and len(line) < 400 for line in bad)
    assert not any("root:" in line for line in bad)
    assert peak < 64 * MIB


def test_nothing_is_taken_from_files_by_an_include(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("root:secret")
    body = "<contentSet><inlineXML><p>Talks.</p></inlineXML></contentSet>"
    body += "<x:include xmlns:x='http://www.w3.org/2001/XInclude' parse='text' "
    body += f"href='{tmp_path}/secret'/>"
    (found,), _ = read(tmp_path / "a.xml", XML.format(dtd="", body=body).encode())
    assert "secret" not in found.text


BOMBS: dict[str, Callable[[], bytes]] = {
    "bomb.zip": lambda: zipped({"a.jsonl": bytes(128 * MIB)}),
    "long.zip": lambda: zipped({"a.txt": b"talks " * (20 * MIB // 6)}),
    "many.zip": lambda: zipped({f"{n}.jsonl": b"{}\n" + b" " * (16 * MIB) for n in range(6)}),
    "bomb.tar.gz": lambda: gzip.compress(tarred({"a.jsonl": bytes(64 * MIB)}), 1),
    "bomb.ics.gz": lambda: gzip.compress(b"BEGIN:VCALENDAR\r\n" + b" " * (64 * MIB), 1),
    "bomb.warc.gz": lambda: gzip.compress(record("https://a.example/", b" " * (64 * MIB)), 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_go_off_in_a_box(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    tracemalloc.start()
    found = [o for o in reports(path) if isinstance(o, Report | Listing)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not found
    assert peak < 128 * MIB


ENDLESS = """
import resource, sys
from summitry.sources import reports
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
bad = [str(o) for o in reports("-")]
print(len(bad), bad[0][:200])
"""


@pytest.mark.parametrize("head", [b'{"uri": "urn:1", "versionCreated": "', b"BEGIN:VCALENDAR "])
def test_a_line_of_a_gigabyte_is_one_line_of_complaint(head: bytes) -> None:
    """Made on the fly, and read under a limit of two gigabytes for all of Python."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as child:
        assert child.stdin
        assert child.stdout
        try:
            child.stdin.write(head)
            for _ in range(1024):
                child.stdin.write(b"a" * MIB)
            child.stdin.close()
        except BrokenPipeError:  # it has seen enough
            pass
        told = child.stdout.read().decode()
    assert told.startswith("1 ")
    assert "16 MiB" in told
