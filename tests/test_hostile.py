"""The hostile set at the front door: a folder of it is named line by line, and the rest is read.

Each attack has tests of its own beside what it attacks; here all come at once, by the command,
in one process whose memory is watched.
"""

import csv
import gzip
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import feedparser
from _diary import AS_OF, REPORTS, made
from _server import Request, answer, served
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.desk import changes
from summitry.export import changes_atom, changes_mail, diary_csv, diary_graphml, diary_ics
from summitry.fetch import Failure, Fetcher, Limits
from summitry.model import Attested, Diary, Party, Status

MIB = 1 << 20
MOST = 700 * MIB
"""Of one process, the models in it; 370 without anything hostile."""
# What getrusage says of a child counts its parent too, up to the start of the program.
WATCHED = """
import atexit, pathlib, sys
peak = pathlib.Path(sys.argv.pop(1))
lines = lambda: pathlib.Path("/proc/self/status").read_text().splitlines()
atexit.register(lambda: peak.write_text(next(l for l in lines() if l.startswith("VmHWM"))))
from summitry.cli import main
main()
"""
SECRET = "root of the passwords"
GOOD = "Outlet: Fjord Wire\nPublished: 2024-02-01\n\nNorway's foreign minister will visit Sweden."
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
BODIES = {
    "rss": "<rss version='2.0'><channel><title>{0}</title><item><title>{0}</title></item>"
    "</channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>{0}</title><entry><id>{0}</id>"
    "</entry></feed>",
    "newsml": "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:1'>"
    "<headline>{0}</headline></newsItem>",
    "sitemap": "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{0}</loc>"
    "</url></urlset>",
}


def declared(name: str, entities: str, used: str) -> bytes:
    """A document of a format with a document type of its own."""
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{BODIES[name].format(used)}'.encode()


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        packed.addfile(info, io.BytesIO(data))
    return out.getvalue()


def hostile(secret: Path) -> dict[str, bytes]:
    """File by file: what strangers send."""
    outside = f'<!ENTITY x SYSTEM "{secret.as_uri()}">'
    found = {f"xxe-{n}.xml": declared(n, outside, "&x;") for n in BODIES}
    found |= {
        f"laughs-{n}.xml": declared(n, f'<!ENTITY l0 "ha">{LAUGHS}', "&l10;") for n in BODIES
    }
    found |= {
        "bomb.zip": zipped("a.jsonl", bytes(128 * MIB)),
        "bomb.jsonl.gz": gzip.compress(b" " * (128 * MIB), 1),
        "bomb.tar.gz": gzip.compress(tarred("a.jsonl", bytes(64 * MIB)), 1),
        "path.zip": zipped("../../escaped.txt", GOOD.encode()),
        "path.tar": tarred("/escaped.txt", GOOD.encode()),
        "line.jsonl.gz": gzip.compress(b'{"text": "' + b"talks " * (6 * MIB) + b'"}', 1),
        "line.ics.gz": gzip.compress(b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"a" * (32 * MIB), 1),
        "deep.jsonl": b'{"text": ' + b"[" * 200_000,
    }
    return found


def test_all_of_it_at_once_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret", tmp_path / "in"
    secret.write_text(SECRET)
    folder.mkdir()
    files = hostile(secret)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(GOOD)
    with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
        command = [sys.executable, "-c", WATCHED, str(tmp_path / "peak"), "extract", str(folder)]
        child = subprocess.run(command, stdout=out, stderr=err, check=False)
    told = (tmp_path / "err").read_text("utf-8").splitlines()
    assert child.returncode == 1
    for name in files:
        assert any(f"in/{name}" in line for line in told), name
    assert all(len(line) < 500 and line.isprintable() for line in told)
    read = [json.loads(line) for line in (tmp_path / "out").read_text("utf-8").splitlines()]
    assert [r["report"]["outlet"] for r in read] == ["Fjord Wire"]
    assert SECRET not in (tmp_path / "out").read_text("utf-8") + "\n".join(told)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["err", "in", "out", "peak", "secret"]
    assert int((tmp_path / "peak").read_text().split()[1]) * 1024 < MOST


LIMITS = Limits(connect=2, read=2, total=2, delay=0, allowed=(ip_network("127.0.0.0/8"),))
LINES = st.text(st.sampled_from("\r\n \t:\x00\x0b\x85\u2028aE"), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(LINES, LINES)
def test_what_a_feed_says_adds_no_header_to_what_is_asked_next(tag: str, path: str) -> None:
    """Validators and addresses come from strangers, and go out in the next request."""
    seen: list[dict[str, str]] = []

    def page(request: Request) -> bytes:
        seen.append(request.headers)
        return answer(b"talks")

    with served("127.0.0.1") as site:
        site.pages["/feed"] = page
        fetcher = Fetcher(LIMITS)
        plain = fetcher.fetch(site.url("/feed"))
        fetcher.fetch(site.url("/feed"), f'"1"\r\nevil: {tag}', f"then{path}evil: 1")
        fetcher.fetch(site.url("/feed") + f"?{path}\r\nevil: 1")
    assert not isinstance(plain, Failure)
    usual = {*seen[0], "if-none-match", "if-modified-since"}
    assert all(set(headers) <= usual for headers in seen)


TEXTS = st.text(
    st.sampled_from("=+-@\t\r\n<>&\"';:,\\\x00\x1b\u2028\u202eaB") | st.characters(), max_size=30
)


@settings(deadline=None)
@given(TEXTS)
def test_what_a_report_says_is_nowhere_more_than_text(text: str) -> None:
    """Scripts, formulas, lines of a calendar and headers of a mail: none is added by a name."""
    name = f"A{text}\r\nBcc: x@y.example\r\nEND:VEVENT\n<script>=1+1"
    e = made("a", Status.ANNOUNCED)
    e = replace(e, parties=(Attested(Party(name, "SE"), e.parties[0].by), e.parties[1]))
    diary = Diary(AS_OF, None, (e,))
    turned = changes(Diary(AS_OF, None, ()), diary)
    assert diary_ics(diary).count(b"\r\nEND:VEVENT") == 1
    assert len(diary_csv(diary).splitlines()) == 2
    body = io.StringIO(diary_csv(diary).split("\n", 1)[1])
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in next(csv.reader(body)))
    assert b"<script" not in diary_graphml(diary)
    feed = changes_atom(diary, turned, REPORTS)
    assert b"<script" not in feed
    assert len(feedparser.parse(feed).entries) == 1
    mail = changes_mail("text", diary, turned, REPORTS, "a@b.example", ["c@d.example"])
    assert "Bcc" not in mail
    assert "<script" not in list(mail.iter_parts())[1].get_content()
