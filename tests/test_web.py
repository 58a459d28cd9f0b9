"""The page: what it shows, what it refuses, and what hostile reports cannot do to it."""

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import feedparser
import pytest
from _chromium import CHROMIUM
from _tales import END as AT
from _tales import ERDOGAN, Teller
from _tales import day as on
from fastapi import Request
from fastapi.testclient import TestClient

import summitry
from summitry.gazetteer import states
from summitry.model import Part, Party, Reading
from summitry.shelf import Turns
from summitry.web import Access, app
from summitry.web._answers import Answers
from summitry.web._formats import FORMATS
from summitry.web._shown import web_address
from summitry.web._visit import NAME

EVIL = "<script>alert(1)</script>"
AS_OF = "2024-03-01"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with one visit, reported by an outlet that wants to be run and not read."""
    path = str(tmp_path_factory.mktemp("web") / "book.db")
    text = (
        "Sweden's foreign minister will visit Poland on 12 March, the ministry said. "
        f"Elsewhere {EVIL}\x1b[31m\u202e rain fell."
    )
    published = summitry.instant("2024-02-20")
    reports = [
        summitry.Report(outlet=f"Fjord {EVIL}", published=published, text=text, url=url)
        for url in ("javascript:alert(1)", "https://example.org/a?x=\"'<b>")
    ]
    with summitry.open_ledger(path) as ledger:
        summitry.update(ledger, map(summitry.read, reports), published + timedelta(days=1))
    return path


@pytest.fixture
def client(where: str) -> TestClient:
    return TestClient(app(where), follow_redirects=False)


def many(number: int) -> list[Reading]:
    """So many visits of different guests on different days around the last day of the tales."""
    tell, out = Teller(), []
    for n, code in zip(range(number), sorted(states()), strict=False):
        planned = (AT + timedelta(days=3 * n)).date().isoformat()
        told = (AT - timedelta(days=9)).date().isoformat()
        guest = Party(f"Guest {n}", code, part=Part.VISITOR)
        out.append(tell(told, when=on(planned), parties=(guest, ERDOGAN)))
    return out


def first(client: TestClient) -> str:
    found = client.get(f"/api/v1/diary?as_of={AS_OF}").json()["engagements"]
    return str(found[0]["id"])


def test_an_answer_is_made_once_for_all_who_ask_and_anew_after_an_error() -> None:
    answers, made, begun = Answers(Turns(2)), [0], threading.Barrier(8, timeout=20)
    headers = [(b"host", b"localhost")]
    asked = Request({"type": "http", "path": "/", "query_string": b"", "headers": headers})
    got: list[bytes] = []

    def fail() -> bytes:
        raise ValueError("the first time")

    def make() -> bytes:
        made[0] += 1
        time.sleep(0.05)  # the others come meanwhile
        return b"body"

    def ask() -> None:
        begun.wait()
        got.append(bytes(answers.give(asked, 1, "text/plain", make).body))

    with pytest.raises(ValueError, match="the first time"):
        answers.give(asked, 1, "text/plain", fail)
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert got == [b"body"] * 8
    assert made == [1]


def test_the_agenda_shows_what_is_ahead(client: TestClient) -> None:
    page = client.get(f"/?as_of={AS_OF}").text
    assert "Tue 12 Mar 2024" in page
    assert "Sweden" in page
    assert "independent source" in page
    assert f'/e/{first(client)}?as_of={AS_OF}"' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("state=SE", 1), ("state=FR", 0), ("kind=call", 0), ("words=poland", 1), ("status=held", 0)],
)
def test_filters_are_in_the_url(client: TestClient, asked: str, shown: int) -> None:
    found = client.get(f"/api/v1/diary?as_of={AS_OF}&{asked}").json()["engagements"]
    assert len(found) == shown
    assert client.get(f"/?as_of={AS_OF}&{asked}").text.count('class="who"') == shown


def test_nothing_is_known_before_it_was_published(client: TestClient) -> None:
    assert 'class="who"' not in client.get("/?as_of=2024-02-01").text


def test_an_engagement_shows_its_sentences_and_runs_nothing(client: TestClient) -> None:
    page = client.get(f"/e/{first(client)}?as_of={AS_OF}").text
    assert "<mark>Sweden&#39;s foreign minister will visit Poland on 12 March" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "javascript:" not in page
    for link in re.findall(r'<a href="(http[^"]*)"([^>]*)>', page):
        assert 'rel="noopener noreferrer nofollow"' in link[1]


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", " https://a.org", "https://a.org/\u202e"),
        *("//a.org", "https://", "ftp://a.org", "https://[", "java\nscript:x"),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert not web_address(url)


@pytest.mark.parametrize("path", ["/", "/healthz", "/style.css", "/nowhere", "/api/v1/diary"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_questions_are_answered(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 405


def test_the_head_of_an_answer_comes_without_its_body(client: TestClient) -> None:
    path = f"/diary.ics?as_of={AS_OF}"
    head = client.head(path)
    assert head.status_code == 200
    assert not head.content
    assert head.headers["etag"] == client.get(path).headers["etag"]


@pytest.mark.parametrize("path", ["/e/../../etc/passwd", "/e/%2e%2e%2fetc", "/e/ffff", "/e/%00"])
def test_tricks_with_paths_find_nothing(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("asked", ["as_of=never", "kind=party", "status=<b>", "as_of=99999-01-01"])
def test_a_question_without_meaning_is_named(client: TestClient, asked: str) -> None:
    answer = client.get(f"/api/v1/diary?{asked}")
    assert answer.status_code == 422
    assert asked.partition("=")[0] in answer.json()["error"]
    page = client.get(f"/?{asked}")
    assert page.status_code == 422
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        *("/month", "/timeline", "/changes?since=2024-02-01", "/tracks", "/track/g20", "/sources"),
        *(
            "/state/SE",
            "/pair/PL/SE",
            "/source/Fjord%20%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/search?words=visit+poland",
            "/search",
        ),
    ],
)
def test_every_page_is_drawn(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}as_of={AS_OF}")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert 'style="' not in answer.text
    assert answer.text.count("<h1>") == 1


@pytest.mark.parametrize("path", ["/month", "/timeline", "/state/SE", "/changes?since=2024-02-01"])
def test_pages_lead_to_the_engagement_at_the_same_instant(client: TestClient, path: str) -> None:
    page = client.get(f"{path}{'&' if '?' in path else '?'}as_of={AS_OF}").text
    assert f'href="/e/{first(client)}?as_of={AS_OF}"' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        *(("state=Sweden", 1), ("state=pl,se", 1), ("state=G7", 0), ("state=SE,FR", 0)),
        *(("certainty=announced", 1), ("certainty=confirmed", 0), ("sources=2", 0)),
        *(("words=rain+fell", 0), ("words=the+ministry+said", 1), ("who=Poland", 1)),
        *(("track=g20", 0), ("topic=fish", 0), ("leaders=yes", 0)),
    ],
)
def test_filters_take_names_groups_and_words_of_the_evidence(
    client: TestClient, asked: str, shown: int
) -> None:
    found = client.get(f"/api/v1/diary?as_of={AS_OF}&{asked}").json()["engagements"]
    assert len(found) == shown
    assert client.get(f"/?as_of={AS_OF}&{asked}").text.count('class="who" href="/e/') == shown


def test_links_between_the_views_keep_every_filter(client: TestClient) -> None:
    page = client.get(f"/?as_of={AS_OF}&state=SE&certainty=announced").text
    kept = f"?as_of={AS_OF}&amp;state=SE&amp;certainty=announced"
    for path in ("/timeline", "/month", "/diary.ics", "/diary.csv", "/diary.json"):
        assert f'href="{path}{kept}"' in page
    assert "webcal://testserver/diary.ics?state=SE&amp;certainty=announced" in page


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *(("1 Mar 2024", "Fri 1 Mar 2024"), ("2024-03-01T14:30:00 03:00", "11:30")),
        *(("1.3.2024", "Fri 1 Mar 2024"), ("2024-03-01 09:05", "09:05")),
    ],
)
def test_a_date_is_typed_as_people_write_it_and_keeps_its_time(
    client: TestClient, typed: str, day: str
) -> None:
    assert day in client.get("/", params={"as_of": typed}).text


def test_before_the_first_report_the_page_says_so(client: TestClient) -> None:
    answer = client.get(f"/e/{first(client)}?as_of=2024-01-01")
    assert answer.status_code == 200
    assert "Tue 20 Feb 2024" in answer.text


def test_the_slider_leads_to_a_day_with_reports(client: TestClient) -> None:
    answer = client.get(f"/e/{first(client)}?step=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/e/{first(client)}?as_of=2024-02-20"
    assert client.get(f"/e/{first(client)}?step=99").status_code == 422


@pytest.mark.parametrize("ending", [*FORMATS, "pdf", "md"])
def test_a_view_and_an_engagement_are_files_too(client: TestClient, ending: str) -> None:
    paths = [f"/e/{first(client)}.{ending}"]
    if ending in FORMATS:
        paths.append(f"/diary.{ending}")
    for path in paths:
        answer = client.get(f"{path}?as_of={AS_OF}")
        assert answer.status_code == 200
        assert answer.content
        if ending in FORMATS:
            assert answer.headers["content-type"] == FORMATS[ending].media
    assert client.get("/diary.exe").status_code == 422


def test_a_file_holds_what_the_view_shows(client: TestClient) -> None:
    for state, shown in (("SE", 1), ("FR", 0)):
        text = client.get(f"/diary.ics?as_of={AS_OF}&state={state}").text
        assert text.count("BEGIN:VEVENT") == shown
        own = f"SOURCE;VALUE=URI:http://testserver/diary.ics?state={state}\r\n"
        assert own in text.replace("\r\n ", "")
    assert f"http://testserver/e/{first(client)}" in text.replace("\r\n ", "") or not shown


def test_the_brief_may_have_its_own_style_and_nothing_else(client: TestClient) -> None:
    answer = client.get(f"/e/{first(client)}/brief?as_of={AS_OF}")
    policy = answer.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "script" not in policy


def test_what_is_new_since_the_last_visit_is_marked(where: str, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    shutil.copy(where, path)
    text = "France's foreign minister will visit Norway tomorrow, the ministry said."
    now = summitry.now() - timedelta(minutes=2)  # pages are of the whole minute
    with summitry.open_ledger(str(path)) as ledger:
        report = summitry.Report(outlet="Fjord Wire", published=now, text=text)
        summitry.update(ledger, [summitry.read(report)], now)
    client = TestClient(app(str(path)), follow_redirects=False)
    page = client.get("/")
    assert 'class="new"' not in page.text
    assert "summitry_seen=" in page.headers["set-cookie"]
    assert "HttpOnly" in page.headers["set-cookie"]
    assert 'class="new"' not in client.get("/").text
    before = (now - timedelta(hours=5)).isoformat()
    client.cookies.clear()
    client.cookies.set(NAME, f"|{before}")
    assert client.get("/").text.count('class="new"') == 1
    assert client.get(f"/?since={(now - timedelta(1)).date()}").text.count('class="new"') == 1
    client.cookies.clear()
    client.cookies.set(NAME, "<script>|x")
    assert client.get("/").status_code == 200


def test_pages_of_the_interface_hold_every_entry_once(tmp_path: Path) -> None:
    path = str(tmp_path / "many.db")
    with summitry.open_ledger(path) as ledger:
        ledger.append_all(many(30), AT)
    client = TestClient(app(path))
    url: str | None = f"/api/v1/diary?as_of={AT.date()}&limit=7"
    seen: list[str] = []
    while url:
        body = client.get(url).json()
        seen += [e["id"] for e in body["engagements"]]
        url = body["next"]
    whole = client.get(f"/api/v1/diary?as_of={AT.date()}&limit=500").json()
    assert seen == [e["id"] for e in whole["engagements"]]
    assert len(seen) == len(set(seen)) == 30
    page, links = f"/?as_of={AT.date()}&limit=7", 0
    while page:
        text = client.get(page).text
        links += text.count('class="who" href="/e/')
        further = re.search(r'<a rel="next" href="([^"]*)"', text)
        page = further[1].replace("&amp;", "&") + "&limit=7" if further else ""
    assert links == 30


@pytest.mark.parametrize("asked", ["after=%ff", "after=!!", "limit=0", "limit=9999", "sources=x"])
def test_cursors_and_numbers_of_nobody_are_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/api/v1/diary?{asked}").status_code == 422


def test_who_asks_too_often_has_to_wait(where: str) -> None:
    client = TestClient(app(where, rate=1))
    codes = [client.get("/healthz").status_code for _ in range(8)]
    assert codes[:4] == [200] * 4
    assert codes[-1] == 429
    assert int(client.get("/healthz").headers["retry-after"]) >= 1


def test_a_ledger_in_the_place_of_another_is_read(where: str, tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    shutil.copy(where, path)
    client = TestClient(app(str(path)))
    assert client.get(f"/api/v1/diary?as_of={AS_OF}").json()["engagements"]
    other = tmp_path / "other.db"
    summitry.open_ledger(str(other)).close()
    other.replace(path)
    assert not client.get(f"/api/v1/diary?as_of={AS_OF}").json()["engagements"]


def test_an_unchanged_diary_is_not_sent_again(client: TestClient) -> None:
    url = f"/api/v1/diary?as_of={AS_OF}"
    tag = client.get(url).headers["etag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(url, headers={"If-None-Match": f'"other", W/{tag}'}).status_code == 304
    for other in ('"other"', tag[:-1], f'"x{tag[1:]}', tag.strip('"')):
        assert client.get(url, headers={"If-None-Match": other}).status_code == 200


def test_a_token_is_asked_for(where: str) -> None:
    client = TestClient(app(where, Access("sésame")), base_url="http://diary.example")
    assert client.get("/").status_code == 401
    assert client.get("/?token=sésame").status_code == 401
    assert client.get("/", headers={"Authorization": "Basic %%%"}).status_code == 401
    assert client.get("/", auth=("anybody", "wrong")).status_code == 401
    assert client.get("/", auth=("anybody", "sésame")).status_code == 200
    for given, code in (("Bearer sésame", 200), ("Bearer wrong", 401), ("Digest sésame", 401)):
        answer = client.get("/", headers={b"Authorization": given.encode()})
        assert answer.status_code == code


def test_another_name_for_this_machine_is_refused(where: str) -> None:
    client = TestClient(app(where), base_url="http://rebound.example")
    assert client.get("/").status_code == 421


def test_a_ledger_that_is_gone_is_one_line(tmp_path: Path) -> None:
    answer = TestClient(app(str(tmp_path / "none.db"))).get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"error": "the ledger cannot be read"})


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--ledger", "none.db"], "no such ledger"), (["--host", "0.0.0.0"], "SUMMITRY_TOKEN")],
)
def test_serve_refuses_in_one_line(tmp_path: Path, words: list[str], told: str) -> None:
    command = [sys.executable, "-m", "summitry", "serve", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_browser_shows_the_agenda(where: str, tmp_path: Path) -> None:
    if not CHROMIUM:
        pytest.skip("needs a Chromium: make browser")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "summitry", "serve", "--ledger", where, "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            browser = [CHROMIUM, "--headless", "--no-sandbox", f"--user-data-dir={tmp_path}"]
            url = f"http://127.0.0.1:{port}/?as_of={AS_OF}"
            done = subprocess.run(
                [*browser, "--dump-dom", url],
                capture_output=True,
                text=True,
                check=True,
                timeout=60,
            )
        finally:
            server.terminate()
    assert "Tue 12 Mar 2024" in done.stdout


def test_changes_can_be_followed_as_a_feed(client: TestClient) -> None:
    address = f"/changes.atom?as_of={AS_OF}&since=2024-01-01"
    assert 'href="/changes.atom?' in client.get(f"/changes?as_of={AS_OF}").text
    told = client.get(address)
    assert told.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(told.content)
    assert not feed.bozo
    assert feed.entries
    assert all(e.link.startswith("http://testserver/e/") for e in feed.entries)
    assert client.get(feed.entries[0].link).status_code == 200
    assert client.get(address, headers={"If-None-Match": told.headers["etag"]}).status_code == 304
    assert client.get("/changes.atom?as_of=2024-01-01&since=2024-02-01").status_code == 422
