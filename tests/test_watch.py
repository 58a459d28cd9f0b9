"""Watching feeds: each item once, no feed stops another, nothing is lost or read twice.

What reports say is made by hand, so that no model is loaded: each speaks of one visit.
"""

import gzip
import json
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from ctypes import CDLL
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from os import sysconf
from pathlib import Path
from typing import Any

import pytest
from _diary import claim
from _server import Made, Request, Site, always, answer, dripping, moved, served
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry import pipeline, sources
from summitry.cli import cli
from summitry.errors import LedgerError
from summitry.export import feeds_table
from summitry.extract import EXTRACTOR
from summitry.fetch import Failure, Fetched, Fetcher, Limits, Trouble, Unchanged
from summitry.intake import Intake
from summitry.ledger import Ledger, MemoryLedger, open_ledger
from summitry.model import (
    FeedOutcome,
    Kind,
    Mention,
    Modality,
    Reading,
    Report,
    Slot,
    Status,
    Subscription,
)
from summitry.watch import Watch, as_given, from_page
from summitry.watch._after import Visit, after, is_due
from summitry.watch._memory import give_back
from summitry.watch._spread import spread

T0 = datetime(2024, 2, 1, 9, tzinfo=UTC)
EVERY = timedelta(minutes=15)
LIMITS = Limits(
    connect=1, read=0.3, total=1.5, size=1 << 20, allowed=(ip_network("127.0.0.0/8"),), delay=0
)


@pytest.fixture(autouse=True)
def read_texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles that were read, in their order."""
    texts: list[str] = []

    def extract(report: Report) -> Reading:
        texts.append(report.text)
        mention = Mention(
            id=report.version,
            kind=Kind.VISIT,
            parties=(),
            status=Status.ANNOUNCED,
            modality=Modality.CERTAIN,
            claims=(claim(Slot.STATUS, Status.ANNOUNCED, report.version),),
        )
        return Reading(report=report, extractor=EXTRACTOR, mentions=(mention,))

    monkeypatch.setattr(pipeline, "extract", extract)
    return texts


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as up:
        yield up


class Bench:
    """A watch over one ledger, with a clock to set."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.now = T0
        self.said: list[str] = []
        self.pages = False

    def round(self, *urls: str) -> dict[str, Subscription]:
        """One round by a watch that has just been started."""
        fetcher = Fetcher(LIMITS)
        intake = Intake(self.said.append, lambda _: None)
        filled = from_page(fetcher) if self.pages else as_given
        watch = Watch(self.ledger, fetcher, intake, EVERY, lambda: self.now, filled)
        return {feed.url: feed for feed in watch.round(urls)}

    def one(self, url: str) -> Subscription:
        return self.round(url)[url]

    def texts(self) -> list[str]:
        """The reports in the ledger, by their text."""
        entries = [record.entry for record in self.ledger.readings()]
        return sorted(e.report.text for e in entries if isinstance(e, Reading))


@pytest.fixture(params=["memory", "file", "server"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    match request.param:
        case "memory":
            made: Ledger = MemoryLedger()
        case "file":
            made = open_ledger(str(tmp_path / "a.db"))
        case _:
            made = open_ledger(request.getfixturevalue("server")())
    with made as ledger:
        yield Bench(ledger)


def item(n: int, text: str = "") -> str:
    date = f"<pubDate>Thu, 0{n % 9 + 1} Feb 2024 09:00:00 GMT</pubDate>"
    link = f"<link>/news/{n}</link><guid>{n}</guid>"
    return f"<item><title>Item {n}</title>{link}{date}<description>{text}</description></item>"


def rss(items: Iterable[int], text: str = "") -> bytes:
    inside = "".join(item(n, text) for n in items)
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>Fjord Wire</title>'
    return f"{head}{inside}</channel></rss>".encode()


def tagged(body: Callable[[], bytes]) -> Callable[[Request], Made]:
    """A page that knows its validators."""

    def page(request: Request) -> Made:
        tag = f'"{hash(body())}"'
        if request.headers.get("if-none-match") == tag:
            return answer(status="304 Not Modified", etag=tag)
        return answer(body(), etag=tag)

    return page


def test_items_are_read_once_and_new_ones_when_they_come(
    site: Site, bench: Bench, read_texts: list[str]
) -> None:
    items = [1, 2]
    site.pages["/feed"] = tagged(lambda: rss(items))
    url = site.url("/feed")
    first = bench.one(url)
    assert (first.outcome, first.items, first.stored) == (FeedOutcome.NEW, 2, 2)
    assert bench.one(url).outcome is FeedOutcome.UNCHANGED
    items.insert(0, 3)
    third = bench.one(url)
    assert (third.outcome, third.items, third.stored) == (FeedOutcome.NEW, 1, 1)
    assert sorted(read_texts) == bench.texts() == ["Item 1", "Item 2", "Item 3"]
    reports = [r.entry.report for r in bench.ledger.readings() if isinstance(r.entry, Reading)]
    assert {r.url for r in reports} == {site.url(f"/news/{n}") for n in (1, 2, 3)}
    assert {r.outlet for r in reports} == {"Fjord Wire"}


def test_an_item_that_leaves_and_returns_is_not_read_again(
    site: Site, bench: Bench, read_texts: list[str]
) -> None:
    for items in ([1, 2], [2], [1, 2], [2, 3]):
        site.pages["/feed"] = always(answer(rss(items)))
        bench.one(site.url("/feed"))
    assert sorted(read_texts) == ["Item 1", "Item 2", "Item 3"]


def test_a_changed_text_is_a_new_version(site: Site, bench: Bench) -> None:
    for text in ("On Monday.", "On Monday.", "On Tuesday."):
        site.pages["/feed"] = always(answer(rss([1], text)))
        bench.one(site.url("/feed"))
    assert bench.texts() == ["Item 1\n\nOn Tuesday."]


def test_memory_that_is_lost_costs_a_request_and_no_reading(
    site: Site, bench: Bench, read_texts: list[str]
) -> None:
    """As a kill between the ledger's commit and the memory of the feed leaves it."""
    site.pages["/feed"] = tagged(lambda: rss([1, 2]))
    bench.one(site.url("/feed"))
    bench.ledger.feeds.keep(Subscription(url=site.url("/feed")))
    again = bench.one(site.url("/feed"))
    assert (again.items, again.stored) == (2, 0)
    assert len(read_texts) == 2


def test_nothing_is_remembered_of_what_could_not_be_stored(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/feed"] = tagged(lambda: rss([1, 2]))
    bench = Bench(MemoryLedger())

    def full(*_: object) -> int:
        raise LedgerError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(bench.ledger, "append_all", full)
        with pytest.raises(LedgerError):
            bench.one(site.url("/feed"))
    assert not list(bench.ledger.feeds.all())
    bench.one(site.url("/feed"))
    assert bench.texts() == ["Item 1", "Item 2"]


XXE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss([9])
FAULTS: dict[str, tuple[Callable[[Request], Made], str]] = {
    "/slow": (dripping(b"HTTP/1.1 200 OK\r\n\r\n"), "not done in"),
    "/cut": (always(answer(rss([9]), content_length="9999")), "the connection ended"),
    "/500": (always(answer(status="500 Oh")), "the server says 500"),
    "/429": (always(answer(status="429 Slow", retry_after="7200")), "the server says 429"),
    "/404": (always(answer(status="404 No")), "the server says 404"),
    "/loop": (moved("/loop"), "redirects go in a circle"),
    "/private": (moved("http://10.0.0.1/"), "10.0.0.1 is not on the public internet"),
    "/large": (always(answer(gzip.compress(bytes(3 << 20)), content_encoding="gzip")), "unpacks"),
    "/bomb": (always(answer(b"x" * (2 << 20))), "larger than 1 MiB"),
    "/xml": (always(answer(b"<rss><channel><item>")), "broken XML"),
    "/xxe": (always(answer(XXE)), "a feed that declares entities, which is refused"),
    "/page": (always(answer(b"<!doctype html><p>Sign in")), "HTML, which is not read"),
    "/empty": (always(answer(b"")), "empty"),
    "/none": (always(answer(rss([]))), "a feed without items"),
    "/json": (
        always(answer(b'{"version": "https://jsonfeed.org/version/1.1", "items": [')),
        "no JSON",
    ),
}


def test_each_fault_is_one_outcome_and_stops_no_other(site: Site, bench: Bench) -> None:
    site.pages |= {path: page for path, (page, _) in FAULTS.items()}
    site.pages["/good"] = always(answer(rss([1])))
    urls = [site.url(path) for path in (*FAULTS, "/good")]
    found = bench.round(*urls)
    assert sorted(found) == sorted(urls)
    for path, (_, said) in FAULTS.items():
        feed = found[site.url(path)]
        assert (feed.outcome, feed.failures) == (FeedOutcome.FAILED, 1), path
        assert feed.detail.startswith(said), feed.detail
    assert found[site.url("/good")].outcome is FeedOutcome.NEW
    assert bench.texts() == ["Item 1"]
    assert found[site.url("/429")].due == T0 + timedelta(hours=2)
    assert {f.url: f for f in bench.ledger.feeds.all()} == found
    again = bench.round(*urls)
    assert again[site.url("/429")].outcome is FeedOutcome.WAITING
    assert site.count("/429") == 1
    assert site.count("/500") == 2


def test_a_fault_of_ours_stops_no_other_feed(
    site: Site, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages |= {"/bad": always(answer(b"<rss>bad")), "/good": always(answer(rss([1])))}
    real = sources.fetched

    def failing(data: bytes, *rest: Any) -> Any:
        if b"bad" in data:
            raise RecursionError("too deep")
        return real(data, *rest)

    monkeypatch.setattr(sources, "fetched", failing)
    found = bench.round(site.url("/bad"), site.url("/good"))
    assert "(RecursionError: too deep)" in found[site.url("/bad")].detail
    assert bench.texts() == ["Item 1"]


def test_a_feed_that_recovers_is_read(site: Site, bench: Bench) -> None:
    for page in (answer(status="500 Oh"), answer(rss([1])[:-20]), answer(rss([1, 2]))):
        site.pages["/feed"] = always(page)
        found = bench.one(site.url("/feed"))
    assert found.failures == 0
    assert bench.texts() == ["Item 1", "Item 2"]


@pytest.mark.parametrize("cut", [b"<title>Item 3", b"09:00:00", b"In full", b"</channel>"])
def test_a_document_that_breaks_off_is_asked_for_again(
    site: Site, bench: Bench, read_texts: list[str], cut: bytes
) -> None:
    """Even if its server says that it has not changed; and half an item is none."""
    whole = rss([1, 2, 3], "In full.")
    items = [f"Item {n}\n\nIn full." for n in (1, 2, 3)]
    sent = [whole[: whole.rindex(cut) + 4], whole]

    def page(request: Request) -> Made:
        known = request.headers.get("if-none-match") == '"same"'
        return answer(status="304 X") if known else answer(sent.pop(0), etag='"same"')

    site.pages["/feed"] = page
    first = bench.one(site.url("/feed"))
    assert first.detail.startswith("broken XML")
    assert items[:1] == bench.texts()[:1]
    assert set(bench.texts()) <= set(items[:2])
    bench.one(site.url("/feed"))
    assert bench.texts() == sorted(read_texts) == items
    assert bench.one(site.url("/feed")).outcome is FeedOutcome.UNCHANGED


def test_a_flood_is_read_in_parts_and_stops_no_other(site: Site, bench: Bench) -> None:
    many = "".join(f"<item><title>Flood {n}</title></item>" for n in range(1200))
    body = f"<rss><channel><title>W</title>{many}</channel></rss>".encode()
    site.pages |= {"/flood": tagged(lambda: body), "/feed": always(answer(rss([1])))}
    found = [bench.round(site.url("/flood"), site.url("/feed")) for _ in range(4)]
    assert [f[site.url("/flood")].items for f in found] == [500, 500, 200, 0]
    assert found[0][site.url("/feed")].items == 1
    assert len(bench.texts()) == 1201


def test_a_feed_that_keeps_the_parser_busy_is_not_parsed(site: Site, bench: Bench) -> None:
    site.pages["/feed"] = always(answer(b"<rss><channel>" + b"<a>" * 700_000))
    fetcher = Fetcher(replace(LIMITS, size=4 << 20))
    watch = Watch(bench.ledger, fetcher, Intake(print, print), EVERY, lambda: T0)
    (feed,) = watch.round([site.url("/feed")])
    assert feed.detail == "larger than 2 MiB, too large for a feed"


def test_a_document_that_is_only_sloppy_is_read_to_its_end(site: Site, bench: Bench) -> None:
    site.pages["/feed"] = always(answer(rss([1, 2]).replace(b"Item 1", b"Item 1 <b>&nope;")))
    assert bench.one(site.url("/feed")).items == 2
    assert bench.texts()[-1] == "Item 2"


def test_where_a_feed_has_moved_for_good_is_remembered_until_it_fails(
    site: Site, bench: Bench
) -> None:
    site.pages |= {
        "/old": moved("/new", "301 Moved Permanently"),
        "/new": always(answer(rss([1]))),
    }
    url = site.url("/old")
    for _ in range(2):
        assert bench.one(url).moved == site.url("/new")
    assert (site.count("/old"), site.count("/new")) == (1, 2)
    site.pages["/new"] = always(answer(status="404 No"))
    assert not bench.one(url).moved
    site.pages["/old"] = always(answer(rss([1, 2])))
    assert bench.one(url).outcome is FeedOutcome.NEW
    assert site.count("/old") == 2


def test_a_move_to_what_is_no_feed_is_not_remembered(site: Site, bench: Bench) -> None:
    site.pages |= {
        "/old": moved("/in", "301 Moved Permanently"),
        "/in": always(answer(b"<html>Sign in")),
    }
    assert not bench.one(site.url("/old")).moved


def test_the_server_says_the_encoding(site: Site, bench: Bench) -> None:
    feed = (
        "<rss><channel><title>W</title><item><title>Встреча в Осло</title></item></channel></rss>"
    )
    kind = "text/xml; charset=windows-1251"
    site.pages["/feed"] = always(answer(feed.encode("cp1251"), content_type=kind))
    bench.one(site.url("/feed"))
    assert bench.texts() == ["Встреча в Осло"]


ARTICLE = "<!doctype html><html lang=fr><title>T</title><article><h1>T</h1>" + "".join(
    f"<p>Paragraph {n} tells of the talks in Oslo, of those who came and of what was said.</p>"
    for n in range(5)
)


def test_pages_are_read_where_wanted_and_the_report_stays_the_same(
    site: Site, bench: Bench, read_texts: list[str]
) -> None:
    site.pages |= {
        "/feed": always(answer(rss([1, 2, 3], "In short."))),
        "/news/1": always(answer(ARTICLE.encode())),
    }
    site.pages["/news/2"] = always(answer(b"%PDF-1.4"))
    bench.pages = True
    found = bench.one(site.url("/feed"))
    assert (found.items, found.stored) == (3, 3)
    reports = {
        r.entry.report.ref: r.entry.report
        for r in bench.ledger.readings()
        if isinstance(r.entry, Reading)
    }
    assert "Paragraph 4" in reports["1"].text
    assert (reports["1"].outlet, reports["1"].url) == ("Fjord Wire", site.url("/news/1"))
    assert reports["1"].language == "fr"
    assert reports["1"].published == datetime(2024, 2, 2, 9, tzinfo=UTC)
    assert {reports[n].text for n in "23"} == {"Item 2\n\nIn short.", "Item 3\n\nIn short."}
    bench.one(site.url("/feed"))
    assert site.count("/news/1") == 1
    assert len(read_texts) == 3


def test_an_item_waits_two_rounds_for_its_page_and_is_then_read_as_it_is(
    site: Site, bench: Bench
) -> None:
    site.pages |= {"/feed": tagged(lambda: rss([1, 2])), "/news/1": always(answer(status="503 X"))}
    bench.pages = True
    url = site.url("/feed")
    assert [bench.one(url).stored for _ in range(4)] == [1, 0, 1, 0]
    assert bench.texts() == ["Item 1", "Item 2"]
    assert site.count("/news/1") == 3
    assert site.count("/news/2") == 1


def test_a_stop_reads_what_has_come_and_forgets_nothing(site: Site, bench: Bench) -> None:
    """Stopped between the pages of one feed: the rest of it comes at the next start."""
    watches: list[Watch] = []

    def page(_: Request) -> Made:
        watches[0].stop()
        return answer(ARTICLE.encode())

    site.pages |= {"/feed": tagged(lambda: rss([1, 2, 3])), "/news/2": page}
    fetcher = Fetcher(LIMITS)
    intake = Intake(bench.said.append, lambda _: None)
    watch = Watch(bench.ledger, fetcher, intake, EVERY, lambda: T0, from_page(fetcher))
    watches.append(watch)
    assert len([list(one) for one in watch.rounds(lambda: [site.url("/feed")])]) == 1
    assert bench.texts() == ["Item 1"]
    bench.one(site.url("/feed"))
    assert bench.texts() == ["Item 1", "Item 2", "Item 3"]


@given(st.integers(1, 60), st.sampled_from([t for t in Trouble if t is not Trouble.DOCUMENT]))
def test_pauses_grow_with_failures_up_to_a_day(failures: int, trouble: Trouble) -> None:
    feed, waits = Subscription(url="u", moved="v", etag="e", seen=("a",)), [timedelta()]
    for _ in range(failures):
        feed = after(feed, Visit(answer=Failure(trouble, "x")), 0, T0, EVERY)
        waits.append(feed.due - T0 if feed.due else timedelta())
    assert waits == sorted(waits)
    assert max(waits) <= timedelta(days=1)
    assert waits[1] == timedelta(), "once is nothing"
    assert failures < 2 or waits[2] == EVERY
    assert (feed.failures, feed.moved, feed.etag, feed.seen) == (failures, "", "e", ("a",))
    good = after(feed, Visit(answer=Unchanged()), 0, T0, EVERY)
    assert (good.failures, good.due) == (0, None)


@given(st.integers(0, 10**9), st.integers(0, 200_000))
def test_a_server_is_left_alone_as_long_as_it_wants_but_not_for_more_than_a_day(
    wait: int, seconds: int
) -> None:
    failure = Failure(Trouble.STATUS, "x", 429, wait)
    feed = after(Subscription(url="u"), Visit(answer=failure), 0, T0, EVERY)
    later = T0 + timedelta(seconds=seconds)
    assert is_due(feed, later) == (seconds >= min(wait, 86_400))


@given(st.lists(st.integers(0, 3000)), st.lists(st.integers(0, 3000), max_size=1500))
def test_the_items_of_a_document_are_always_remembered(now: list[int], before: list[int]) -> None:
    feed = Subscription(url="u", seen=tuple(map(str, before)))
    found = after(
        feed, Visit(answer=Fetched(url="u", body=b""), seen=tuple(map(str, now))), 0, T0, EVERY
    )
    assert set(map(str, now)) <= set(found.seen)
    assert len(found.seen) <= max(1000, len(now))
    assert len(set(found.seen)) == len(found.seen)


@pytest.fixture(scope="module", params=["file", "server"])
def shelf(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    path = str(tmp_path_factory.mktemp("shelf") / "a.db")
    with open_ledger(
        path if request.param == "file" else request.getfixturevalue("server")()
    ) as book:
        yield book


@settings(deadline=None)
@given(
    feed=st.builds(
        Subscription,
        url=st.text(),
        etag=st.text(),
        detail=st.text(),
        seen=st.lists(st.text("abc"), max_size=4).map(tuple),
        owed=st.lists(st.tuples(st.text("abc"), st.integers(0, 3)), max_size=4).map(tuple),
        failures=st.integers(0, 9),
        due=st.none() | st.datetimes(timezones=st.just(UTC)),
        asked=st.none() | st.datetimes(timezones=st.just(UTC)),
        outcome=st.sampled_from(FeedOutcome),
    )
)
def test_the_memory_of_a_feed_survives_the_ledger(shelf: Ledger, feed: Subscription) -> None:
    shelf.feeds.keep(Subscription(url=feed.url, detail="older"))
    shelf.feeds.keep(feed)
    kept = list(shelf.feeds.all())
    assert [f for f in kept if f.url == feed.url] == [feed]
    assert kept == sorted(kept, key=lambda f: f.url)


def test_a_damaged_memory_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_ledger(str(path)) as ledger:
        ledger.feeds.keep(Subscription(url="u"))
    for broken in ("{", "{}", "[]", '{"due": 3}'):
        with sqlite3.connect(path) as base:
            base.execute("UPDATE summitry_feed SET memory = ?", (broken,))
        with open_ledger(str(path)) as ledger, pytest.raises(LedgerError, match="is damaged"):
            list(ledger.feeds.all())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), unique=True, max_size=20))
def test_jobs_of_one_group_never_meet(jobs: list[tuple[str, int]]) -> None:
    inside: Counter[str] = Counter()
    met: list[str] = []

    def work(job: tuple[str, int]) -> int:
        inside[job[0]] += 1
        met.extend([job[0]] if inside[job[0]] > 1 else [])
        time.sleep(0.0002)
        inside[job[0]] -= 1
        return job[1]

    done = list(spread(jobs, lambda job: job[0], work, 2))
    assert sorted(done) == sorted((job, job[1]) for job in jobs)
    assert not met


def test_the_table_says_what_came_and_steers_no_terminal() -> None:
    feed = Subscription(
        url="https://a.test/\x1b[31m" + "a" * 90,
        outcome=FeedOutcome.FAILED,
        detail="the server says \x1b[2J",
        asked=T0,
        due=T0 + timedelta(hours=5),
    )
    shown = feeds_table([feed, Subscription(url="https://b.test/")], T0 + timedelta(hours=1), 80)
    assert "\x1b" not in shown
    assert "1 h ago" in shown
    assert "in 4 h" in shown
    assert "never" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.splitlines()[-1] == "1 unchanged, 1 failed"
    assert feeds_table([], T0, 80) == "no feed is watched into this ledger yet\n"


def run(*words: str) -> tuple[int, str, list[str]]:
    done = CliRunner().invoke(cli, ["watch", *words])
    return done.exit_code, done.stdout, done.stderr.splitlines()


def test_the_command_reads_lists_and_addresses_once(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/a": tagged(lambda: rss([1])), "/b": always(answer(status="500 X"))}
    lists, ledger = tmp_path / "mine", str(tmp_path / "a.db")
    lists.write_text(f'<opml><body><outline xmlUrl="{site.url("/a")}"/></body></opml>')
    words = ["--once", "--ledger", ledger, "--allow", "127.0.0.1", "--delay", "0"]
    code, out, err = run(str(lists), *words)
    assert (code, out) == (0, "")
    (line,) = map(json.loads, err)
    assert (line["feed"], line["outcome"], line["stored"]) == (site.url("/a"), "new", 1)
    assert run(str(lists), *words) == (0, "", []), "quiet when nothing is new"
    code, out, err = run(str(lists), site.url("/b"), *words)
    assert (code, out) == (1, "")
    assert [json.loads(line)["detail"] for line in err] == ["the server says 500"]
    code, out, err = run("--status", "--ledger", ledger)
    assert (code, err) == (0, [])
    assert "1 unchanged, 1 failed" in out
    assert "the server says 500" in out
    code, out, _ = run("--status", str(lists), "--ledger", ledger)
    assert "1 unchanged\n" in out


def test_this_machine_is_not_asked_by_the_command_unless_allowed(
    site: Site, tmp_path: Path
) -> None:
    site.pages["/a"] = always(answer(rss([1])))
    code, _, err = run(site.url("/a"), "--once", "--ledger", str(tmp_path / "a.db"))
    assert code == 1
    assert "not on the public internet" in err[0]
    assert not site.asked


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "summitry.watch", None)
    code, _, err = run("https://a.test/", "--ledger", str(tmp_path / "a.db"))
    assert code == 2
    assert err[-1].endswith("watching feeds needs an extra; pip install 'summitry[watch]'")


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    ledger = str(tmp_path / "a.db")
    assert run("--ledger", ledger)[0] == 2
    assert run("--status", "--ledger", ledger)[0] == 2
    for bad in ("soon", "-1", "8d", "1y"):
        assert run("https://a.test/", "--every", bad, "--ledger", ledger)[0] == 2
    assert run("https://a.test/", "--allow", "10.0.0.1/8", "--ledger", ledger)[0] == 2
    code, _, err = run(str(tmp_path / "no.opml"), "--ledger", ledger)
    assert code == 1
    assert "No such file" in err[0]
    assert not Path(ledger).exists()


def test_free_pages_go_back_to_the_system() -> None:
    if not hasattr(CDLL(None), "malloc_trim"):
        pytest.skip("another C library than glibc")
    statm = Path("/proc/self/statm")
    # Of pieces too small for pages of their own; the last one stays, and holds the rest below it.
    pieces = [b"x" * 60_000 for _ in range(1_000)]
    kept, full = pieces[-1], int(statm.read_text().split()[1])
    del pieces
    assert give_back()
    less = full - int(statm.read_text().split()[1])
    assert less * sysconf("SC_PAGE_SIZE") > 30_000_000
    assert kept
