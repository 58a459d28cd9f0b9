"""Fetching from a server that does everything wrong: one clear outcome, in time, in bounds."""

import gzip
import random
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address, ip_network
from itertools import pairwise
from pathlib import Path
from threading import Thread, Timer
from typing import Any

import pytest
from _certificate import certificate
from _server import Made, Request, Site, always, answer, dripping, in_http, moved, served
from hypothesis import given
from hypothesis import strategies as st

from summitry.fetch import Failure, Fetched, Fetcher, Limits, Trouble, Unchanged
from summitry.fetch._unpack import unpacked
from summitry.internet import Failed, public

HERE = (ip_network("127.0.0.0/8"),)
LIMITS = Limits(connect=1, read=0.4, total=0.8, size=1 << 20, allowed=HERE, delay=0)
OK = always(answer(b"talks", etag='"1"', last_modified="Tue, 09 Jan 2024 10:00:00 GMT"))


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as up:
        yield up


def fetch(site: Site, path: str, limits: Limits = LIMITS) -> Fetched | Unchanged | Failure:
    """The outcome, which has to come within the time that was set for it."""
    start = time.monotonic()
    found = Fetcher(limits).fetch(site.url(path))
    assert time.monotonic() - start < limits.total + 0.7
    return found


def failure(site: Site, page: Any, limits: Limits = LIMITS) -> Failure:
    site.pages["/page"] = page
    found = fetch(site, "/page", limits)
    assert isinstance(found, Failure)
    assert found.reason == found.reason.strip()
    assert found.reason.isprintable()
    return found


def late(_: Request) -> Made:
    time.sleep(1.5)
    return answer(b"too late")


def test_a_document_comes_with_its_validators(site: Site) -> None:
    site.pages["/feed"] = OK
    found = fetch(site, "/feed")
    assert isinstance(found, Fetched)
    assert (found.body, found.etag) == (b"talks", '"1"')
    assert found.modified == "Tue, 09 Jan 2024 10:00:00 GMT"
    assert found.url == site.url("/feed")
    assert not found.moved


def test_a_known_document_is_not_sent_again(site: Site) -> None:
    def page(request: Request) -> Made:
        known = request.headers.get("if-none-match") == '"1"'
        since = request.headers.get("if-modified-since") == "then"
        return answer(status="304 Not Modified") if known and since else answer(b"talks")

    site.pages["/feed"] = page
    assert isinstance(fetch(site, "/feed"), Fetched)
    found = Fetcher(LIMITS).fetch(site.url("/feed"), '"1"', "then")
    assert found == Unchanged()


BROKEN = {
    "slow": (late, Trouble.TIMEOUT),
    "a byte at a time": (dripping(b"HTTP/1.1 200 OK\r\n\r\n"), Trouble.TIMEOUT),
    "a byte of a header at a time": (dripping(b"HTTP/1.1 200 OK\r\nx: "), Trouble.TIMEOUT),
    "wait, wait": (dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0), Trouble.TIMEOUT),
    "truncated": (always(answer(b"tal", content_length="99")), Trouble.TRUNCATED),
    "truncated chunk": (
        always(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\ntal"),
        Trouble.TRUNCATED,
    ),
    "no word": (always(b""), Trouble.TRUNCATED),
    "truncated gzip": (
        always(answer(gzip.compress(b"talks" * 99)[:-12], content_encoding="gzip")),
        Trouble.TRUNCATED,
    ),
    "gzip bomb": (
        always(answer(gzip.compress(bytes(40 << 20)), content_encoding="gzip")),
        Trouble.SIZE,
    ),
    "packed twice": (
        always(answer(gzip.compress(gzip.compress(b"a")), content_encoding="gzip, gzip")),
        Trouble.ENCODING,
    ),
    "too large by its word": (always(answer(b"", content_length="99999999")), Trouble.SIZE),
    "too large without a word": (
        dripping(b"HTTP/1.1 200 OK\r\n\r\n", bytes(1 << 18), 0),
        Trouble.SIZE,
    ),
    "no gzip": (always(answer(b"talks", content_encoding="gzip")), Trouble.ENCODING),
    "brotli": (always(answer(b"talks", content_encoding="br")), Trouble.ENCODING),
    "no HTTP": (always(b"SSH-2.0-\x1b[31m\r\n\r\n"), Trouble.PROTOCOL),
    "headers for ever": (dripping(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n", 0), Trouble.PROTOCOL),
    "a circle": (moved("/page"), Trouble.REDIRECTS),
    "to nowhere": (always(answer(status="302 Found")), Trouble.REDIRECTS),
    "to a file": (moved("file:///etc/passwd"), Trouble.ADDRESS),
    "to the cloud's own data": (moved("http://169.254.169.254/latest"), Trouble.ADDRESS),
    "to a private address": (moved("http://10.0.0.1/"), Trouble.ADDRESS),
    "to this host, mapped": (moved("http://[::ffff:10.0.0.1]/"), Trouble.ADDRESS),
    "to a broken address": (moved("http://[::1/"), Trouble.ADDRESS),
    "to a name and password": (moved("http://a:b@127.0.0.1/"), Trouble.ADDRESS),
    "404": (always(answer(status="404 Not Found")), Trouble.STATUS),
    "500": (always(answer(status="500 Oh")), Trouble.STATUS),
    "206": (always(answer(b"tal", status="206 Partial Content")), Trouble.STATUS),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_has_one_clear_outcome(site: Site, name: str) -> None:
    page, trouble = BROKEN[name]
    assert failure(site, page).trouble is trouble


@pytest.mark.parametrize(
    "url",
    [
        *("", "nonsense", "ftp://a/", "file:///etc/passwd", "http://", "http://a:b@c/"),
        *("http:///x", "http://[::1/", "javascript:alert(1)", "http://" + "a" * 5000),
        *("http://a b/", "http://a:99999/"),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    found = Fetcher(LIMITS).fetch(url)
    assert isinstance(found, Failure)
    assert found.trouble in (Trouble.ADDRESS, Trouble.CONNECTION)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0", "[::1]", "127.1"])
def test_this_machine_is_not_asked_unless_allowed(site: Site, host: str) -> None:
    site.pages["/feed"] = OK
    found = Fetcher(Limits()).fetch(f"http://{host}:{site.ports['127.0.0.1']}/feed")
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.ADDRESS
    assert "--allow" in found.reason
    assert not site.asked


def test_a_name_that_changes_its_address_gains_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public when it is checked, this machine when it is connected to."""
    site.pages["/feed"] = OK
    real, port = socket.getaddrinfo, site.ports["127.0.0.1"]
    answers: list[str] = []

    def rebinding(host: str, *rest: Any, **more: Any) -> Any:
        if host != "rebind.test":
            return real(host, *rest, **more)
        answers.append("192.88.99.7" if not answers else "127.0.0.1")
        return real(answers[-1], *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    asked: list[str] = []
    fetcher = Fetcher(Limits(connect=0.2, total=0.5, delay=0))
    ask = fetcher._wire._connection

    def noted(url: Any, address: str, *rest: Any) -> Any:
        asked.append(address)
        return ask(url, address, *rest)

    monkeypatch.setattr(fetcher._wire, "_connection", noted)
    found = fetcher.fetch(f"http://rebind.test:{port}/feed")
    assert isinstance(found, Failure)
    assert asked == ["192.88.99.7"], "the address that was checked, and no other"
    assert not site.asked


def test_every_address_of_a_name_is_checked(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    site.pages["/feed"] = OK
    port = site.ports["127.0.0.1"]
    places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("10.0.0.1",)]
    real = socket.getaddrinfo

    def both(host: str, *rest: Any, **more: Any) -> Any:
        here = real("127.0.0.1", port, type=socket.SOCK_STREAM)
        return places + here if host == "both.test" else real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", both)
    found = Fetcher(LIMITS).fetch(f"http://both.test:{port}/feed")
    assert isinstance(found, Fetched), "the one that may be asked is asked"


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "fec0::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1", "::127.0.0.1"),
        *("2001:0:7f00:1::1", "100::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111"])
def test_addresses_that_are_public(address: str) -> None:
    assert public(ip_address(address))


@given(st.ip_addresses())
def test_an_address_inside_another_counts_as_itself(address: Any) -> None:
    if address.version == 4:
        for prefix in (0x0064FF9B << 96, 0x2002 << 112):
            shift = 80 if prefix >> 112 else 0
            inside = ip_address(prefix | int(address) << shift)
            assert not public(inside) or public(address)


def test_redirects_are_followed_and_those_for_good_are_told(site: Site) -> None:
    site.pages |= {
        "/feed": OK,
        "/old": moved("/feed", "301 Moved Permanently"),
        "/older": moved("/old", "308 Permanent Redirect"),
        "/now": moved("/feed", "307 Temporary Redirect"),
        "/mixed": moved("/now", "301 Moved Permanently"),
    }
    for start, lasting in (("/older", "/feed"), ("/now", ""), ("/mixed", "/now")):
        found = fetch(site, start)
        assert isinstance(found, Fetched)
        assert found.url == site.url("/feed")
        assert found.moved == (site.url(lasting) if lasting else "")


def test_five_redirects_are_enough(site: Site) -> None:
    site.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(9)} | {"/5": OK}
    assert isinstance(fetch(site, "/0"), Fetched)
    site.pages |= {"/5": moved("/6"), "/6": OK}
    found = fetch(site, "/0")
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.REDIRECTS


@pytest.mark.parametrize(
    ("status", "said", "least", "most"),
    [
        ("429 Slow", "120", 120, 120),
        ("503 Later", "in an hour", 3300, 3600),
        ("429 Slow", "soon", 0, 0),
        ("429 Slow", "-5", 0, 0),
        ("503 Later", "in the past", 0, 0),
        ("429 Slow", "9" * 40, 999_999_999, 999_999_999),
        ("404 No", "120", 0, 0),
    ],
)
def test_a_server_says_how_long_it_wants_to_be_left_alone(
    site: Site, status: str, said: str, least: float, most: float
) -> None:
    said = {"in an hour": in_http(3600), "in the past": in_http(-99)}.get(said, said)
    found = failure(site, always(answer(status=status, retry_after=said)))
    assert found.status == int(status[:3])
    assert least <= found.wait <= most


def test_robots_keep_us_out(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /private/\nDisallow: /*.rss$\n"
    site.pages |= {"/robots.txt": always(answer(rules)), "/feed": OK, "/private/feed": OK}
    site.pages |= {"/a.rss": OK, "/in": moved("/private/feed")}
    fetcher = Fetcher(LIMITS)
    assert isinstance(fetcher.fetch(site.url("/feed")), Fetched)
    for path in ("/private/feed", "/a.rss", "/in"):
        found = fetcher.fetch(site.url(path))
        assert isinstance(found, Failure)
        assert found.trouble is Trouble.ROBOTS
    assert site.count("/private/feed") == 0
    assert site.count("/robots.txt") == 1, "asked for once a day"


def test_robots_that_cannot_be_read_keep_us_out_and_none_do_not(site: Site) -> None:
    site.pages |= {"/feed": OK, "/robots.txt": always(answer(status="503 X", retry_after="60"))}
    found = fetch(site, "/feed")
    assert isinstance(found, Failure)
    assert (found.trouble, found.wait) == (Trouble.ROBOTS, 60)
    assert site.count("/feed") == 0
    for status in ("404 X", "403 X", "401 X"):
        site.pages["/robots.txt"] = always(answer(status=status))
        assert isinstance(fetch(site, "/feed"), Fetched)
    site.pages["/robots.txt"] = moved("/robots.txt")
    assert isinstance(fetch(site, "/feed"), Fetched)


def test_one_request_at_a_time_to_a_host_with_a_pause(site: Site) -> None:
    site.pages |= {"/feed": OK, "/robots.txt": always(answer(status="404 X"))}
    limits = Limits(total=5, delay=0.1, allowed=HERE)
    fetcher = Fetcher(limits)
    threads = [Thread(target=fetcher.fetch, args=(site.url("/feed"),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [at for path, at in site.asked if path == "/feed"]
    assert len(times) == 4
    assert site.most == 1
    assert min(b - a for a, b in pairwise(times)) >= 0.09


def test_a_site_may_ask_for_a_longer_pause(site: Site) -> None:
    site.pages |= {"/feed": OK, "/robots.txt": always(answer(b"User-agent: *\nCrawl-delay: 0.3"))}
    fetcher = Fetcher(LIMITS)
    for _ in range(2):
        assert isinstance(fetcher.fetch(site.url("/feed")), Fetched)
    first, second = (at for path, at in site.asked if path == "/feed")
    assert second - first >= 0.29


def test_stopping_ends_what_is_in_hand(site: Site) -> None:
    site.pages["/feed"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n")
    fetcher = Fetcher(Limits(allowed=HERE))
    Timer(0.2, fetcher.close).start()
    start = time.monotonic()
    found = fetcher.fetch(site.url("/feed"))
    assert time.monotonic() - start < 2
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.STOPPED
    again = fetcher.fetch(site.url("/feed"))
    assert isinstance(again, Failure)
    assert again.trouble is Trouble.STOPPED


def test_a_certificate_has_to_be_for_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the checked address, and is trusted for the name only."""
    cert, key = certificate(tmp_path, "DNS:feeds.test")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    plain = socket.create_server(("127.0.0.1", 0))
    port = plain.getsockname()[1]

    def serve() -> None:
        while True:
            try:
                taken, _ = plain.accept()
                with context.wrap_socket(taken, server_side=True) as secure:
                    secure.recv(65536)
                    secure.sendall(answer(b"talks"))
            except OSError:
                if plain.fileno() < 0:
                    return

    Thread(target=serve, daemon=True).start()
    real = socket.getaddrinfo

    def local(host: str, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host.endswith(".test") else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", local)
    trust = ssl.create_default_context(cafile=str(cert))
    with plain:
        fetcher = Fetcher(Limits(total=5, delay=0, allowed=HERE, trust=trust))
        found = fetcher.fetch(f"https://feeds.test:{port}/feed")
        assert isinstance(found, Fetched)
        assert found.body == b"talks"
        for where, limits in (
            ("other.test", Limits(total=5, delay=0, allowed=HERE, trust=trust)),
            ("feeds.test", Limits(total=5, delay=0, allowed=HERE)),
        ):
            failed = Fetcher(limits).fetch(f"https://{where}:{port}/feed")
            assert isinstance(failed, Failure)
            assert failed.trouble is Trouble.CERTIFICATE, failed


@given(st.binary(max_size=4000), st.sampled_from(["gzip", "deflate", "raw", "identity", ""]))
def test_what_is_packed_comes_out_again(data: bytes, coding: str) -> None:
    packed = {
        "gzip": gzip.compress(data[:99]) + gzip.compress(data[99:]),
        "deflate": zlib.compress(data),
        "raw": zlib.compress(data)[2:-4],
    }.get(coding, data)
    named = "deflate" if coding == "raw" else coding
    assert unpacked(packed, named, len(data)) == data
    if data and coding in ("gzip", "deflate", "raw"):
        with pytest.raises(Failed):
            unpacked(packed, named, len(data) - 1)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_noise_is_told_from_what_is_packed(data: bytes, coding: str) -> None:
    with suppress(Failed):
        assert len(unpacked(data, coding, 1000)) <= 1000


def test_noise_on_the_wire_is_an_outcome(site: Site) -> None:
    chance = random.Random(5)
    good = answer(gzip.compress(b"talks" * 40), content_encoding="gzip")
    fetcher = Fetcher(LIMITS)
    for _ in range(40):
        cut = chance.randrange(len(good))
        noise = good[:cut] + chance.randbytes(chance.randrange(1, 9)) + good[cut + 3 :]
        site.pages["/page"] = always(noise)
        assert isinstance(fetcher.fetch(site.url("/page")), Fetched | Failure)
