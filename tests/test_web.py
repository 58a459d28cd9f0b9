"""The page: what it shows, what it refuses, and what hostile reports cannot do to it."""

import re
import shutil
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import summitry
from summitry.web import Access, app
from summitry.web._shown import web_address

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


def first(client: TestClient) -> str:
    found = client.get(f"/api/v1/diary?as_of={AS_OF}").json()["engagements"]
    return str(found[0]["id"])


def test_the_agenda_shows_what_is_ahead(client: TestClient) -> None:
    page = client.get(f"/?as_of={AS_OF}").text
    assert "Tue 12 Mar 2024" in page
    assert "Sweden" in page
    assert "independent source" in page
    assert f'/e/{first(client)}?as_of={AS_OF}"' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("state=SE", 1), ("state=FR", 0), ("kind=call", 0), ("q=poland", 1), ("status=held", 0)],
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


def test_an_unchanged_diary_is_not_sent_again(client: TestClient) -> None:
    url = f"/api/v1/diary?as_of={AS_OF}"
    tag = client.get(url).headers["etag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


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
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("needs Debian's chromium")
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
            browser = [chromium, "--headless", "--no-sandbox", f"--user-data-dir={tmp_path}"]
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
