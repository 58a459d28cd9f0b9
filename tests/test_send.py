"""What leaves the house: mails that hold nothing foreign, messages signed and tried again."""

import base64
import hashlib
import hmac
import json
import mailbox
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from _diary import AS_OF, BEFORE, DAY, MARCH, REPORTS, SMALL, made
from click.testing import CliRunner

from summitry.cli import cli
from summitry.desk import changes
from summitry.errors import SendError
from summitry.export import changes_events, changes_mail, diary_newshub
from summitry.internet import Limits, Wire
from summitry.model import Diary, Precision, Status, When
from summitry.send import Sender, newshub_signed, post_mail, signed, to_maildir

TURNED = changes(BEFORE, SMALL)
LOCAL = Limits(connect=2, read=2, total=1, allowed=(ip_network("127.0.0.0/8"),))


def mail(sender: str = "desk@diary.example", to: tuple[str, ...] = ("a@b.example",)) -> Any:
    return changes_mail("text ✔\n", SMALL, TURNED, REPORTS, sender, to, "https://d.example/e/")


def test_a_mail_has_its_day_first_and_both_forms() -> None:
    read = message_from_bytes(mail().as_bytes(), policy=default)
    assert read["Subject"].startswith("2024-02-03 Summitry: ")
    assert read["Date"].datetime == AS_OF
    text, page = read.iter_parts()
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().splitlines() == ["text ✔"]
    html = page.get_content()
    assert html.count("<li") == len([c for c in TURNED if not c.engagement.background])
    assert html.count("she said, “go”") == sum(
        len(c.by) for c in TURNED if not c.engagement.background
    )
    assert "</name>" not in html
    assert "\x1b" not in html
    assert mail().as_bytes() == mail().as_bytes()


@pytest.mark.parametrize(
    "address", ["a@b.example\nBcc: x@y.example", "a@b.example\r\n", "nobody", "a b@c.example", "@"]
)
def test_an_address_with_more_in_it_is_none(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        mail(sender=address)
    with pytest.raises(ValueError, match="address"):
        mail(to=("a@b.example", address))


def test_a_mail_goes_into_a_maildir(tmp_path: Path) -> None:
    to_maildir(mail(), tmp_path / "box")
    (kept,) = mailbox.Maildir(tmp_path / "box")
    assert kept["Subject"] == mail()["Subject"]


@pytest.mark.parametrize("server", ["http://a", "smtp://", "smtp://u:p@h", "smtp://127.0.0.1:1"])
def test_a_mail_server_that_is_none_is_named(server: str) -> None:
    with pytest.raises(SendError) as error:
        post_mail(mail(), server)
    assert str(error.value).startswith(server)


class Server(ThreadingHTTPServer):
    """Answers with the statuses it is given, in turn, and keeps what it got."""

    answers: list[int]
    got: list[tuple[str, dict[str, str], bytes]]
    body: bytes = b""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append((self.path, headers, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.send_header("Retry-After", "7")
        self.send_header("Location", "http://127.0.0.1/elsewhere")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    made_ = Server(("127.0.0.1", 0), Handler)
    made_.answers, made_.got = [], []
    thread = threading.Thread(target=made_.serve_forever, daemon=True)
    thread.start()
    yield made_
    made_.shutdown()
    made_.server_close()
    thread.join()


def url(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/hook?a=1"


def test_a_message_is_signed_after_standard_webhooks(server: Server) -> None:
    for secret, raw in (("s3cret", b"s3cret"), ("whsec_AQID", b"\x01\x02\x03")):
        headers = signed("k1", b"{}", 1700000000, secret)
        assert Sender(url(server), limits=LOCAL).post(b"{}", headers).ok
        path, got, body = server.got[-1]
        mark = hmac.new(raw, b"k1.1700000000." + body, hashlib.sha256).digest()
        assert got["webhook-signature"] == f"v1,{base64.b64encode(mark).decode()}"
        assert (path, got["webhook-id"], got["content-type"]) == (
            "/hook?a=1",
            "k1",
            "application/json",
        )


def test_the_signature_is_that_of_the_specification() -> None:
    # The example of the reference libraries of Standard Webhooks.
    headers = signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        1614265330,
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("answers", "ok", "tries", "waits"),
    [
        ([503, 200], True, 2, [7.0]),
        ([500, 502, 429, 200], True, 4, [7.0, 7.0, 7.0]),
        ([500] * 9, False, 4, [7.0, 7.0, 7.0]),
        ([400], False, 1, []),
        ([302], False, 1, []),
    ],
)
def test_what_may_be_well_later_is_tried_again(
    server: Server, answers: list[int], ok: bool, tries: int, waits: list[float]
) -> None:
    server.answers = list(answers)
    waited: list[float] = []
    found = Sender(url(server), limits=LOCAL, wait=waited.append).post(b"{}", {})
    assert (found.ok, found.tries, waited) == (ok, tries, waits)
    assert len(server.got) == tries
    assert {path for path, _, _ in server.got} == {"/hook?a=1"}


def test_a_server_that_is_not_there_is_waited_for_longer_and_longer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    waited: list[float] = []
    sender = Sender(f"http://127.0.0.1:{port}/", limits=LOCAL, wait=waited.append)
    assert not sender.post(b"{}", {}).ok
    assert waited == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fe80::1%eth0"),
        *("fc00::1", "::ffff:127.0.0.1", "0.0.0.0", "224.0.0.1", "100.64.0.1", "2002:7f00:1::"),
        *("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "fec0::1", "::7f00:1"),
    ],
)
def test_nothing_goes_to_an_address_that_is_not_public(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    told = [(0, 0, 0, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told)
    monkeypatch.setattr(Wire, "_connection", lambda *_: pytest.fail("it spoke"))
    with pytest.raises(SendError, match="not on the public internet"):
        Sender("http://nice.example/").post(b"{}", {})


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds = iter([["10.1.2.3", "93.184.216.34"], ["93.184.216.34"], ["10.1.2.3"]])

    def resolver(*_: object, **__: object) -> list[Any]:
        return [(0, 0, 0, "", (one, 80)) for one in next(rounds)]

    spoken: list[str] = []

    def connect(_: Wire, _url: object, address: str, _patience: float) -> None:
        spoken.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr(Wire, "_connection", connect)
    with pytest.raises(SendError, match="not on the public internet"):
        Sender("http://rebinds.example/", wait=lambda _: None).post(b"{}", {})
    assert spoken == ["93.184.216.34"] * 2


@pytest.mark.parametrize("endless", [b"HTTP/1.1 200 OK\r\n", b"X-More: yes\r\n", b"x"])
def test_a_server_that_never_ends_keeps_nobody(endless: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            for _ in range(2):
                plug, _peer = listening.accept()
                with plug, suppress(OSError):
                    plug.sendall(b"HTTP/1.1 200 OK\r\n" if endless == b"X-More: yes\r\n" else b"")
                    while True:
                        plug.sendall(endless)
                        time.sleep(0.05)

        Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        began = time.monotonic()
        found = Sender(url, LOCAL, tries=2, wait=lambda _: None).post(b"{}", {})
        assert not found.ok
        assert time.monotonic() - began < 2 * LOCAL.total + 1


def test_the_body_of_an_answer_is_not_read(server: Server) -> None:
    server.body = b"x" * (LOCAL.size + 1)
    assert Sender(url(server), LOCAL).post(b"{}", {}).ok


@pytest.mark.parametrize(
    "bad", ["ftp://a/", "http://", "http://u:p@a/", "http://a b/", "http://a:99999/", "file:///x"]
)
def test_a_url_that_is_none_is_named(bad: str) -> None:
    with pytest.raises(SendError, match="no address|no http or https|a name or password"):
        Sender(bad).post(b"{}", {})


def test_every_event_has_its_key_and_its_claims() -> None:
    found = list(changes_events(SMALL, TURNED, REPORTS))
    assert len({key for key, _ in found}) == len(found) > 5
    known = {c.id for change in TURNED for c in change.by}
    for key, event in found:
        assert isinstance(event, dict)
        assert event["id"] == key
        assert {c["id"] for c in event["claims"]} <= known
        assert event["claims"] or event["type"] == "engagement.gone"


PARSED = "%Y-%m-%dT%H:%M:%S+0000"
"""As Newshub's receiver reads dates, with strptime."""


def test_newshub_gets_what_its_receiver_asks_for() -> None:
    found = {str(e["guid"])[-16:]: e for e in diary_newshub(SMALL)}
    sure = {"announced", "confirmed", "held", "postponed", "cancelled"}
    shown = [e for e in SMALL if str(e.status.value.value) in sure and e.when and not e.background]
    assert set(found) == {e.id for e in shown}
    for e in shown:
        event: Any = found[e.id]
        assert event["type"] == "event"
        start, end = (datetime.strptime(event["dates"][k], PARSED) for k in ("start", "end"))  # noqa: DTZ007
        assert start <= end <= start + timedelta(days=365)
        datetime.strptime(event["versioncreated"], PARSED)  # noqa: DTZ007
        assert event["event_contact_info"] == []
        assert event["occur_status"]["qcode"] == e.status.value.iptc
        assert "independent source" in event["definition_short"]
    states = {str(e.status.value.value): found[e.id]["state"] for e in shown}
    assert states == {
        "announced": "scheduled",
        "confirmed": "scheduled",
        "held": "scheduled",
        "postponed": "postponed",
        "cancelled": "cancelled",
    }


def test_newshub_gets_doubts_only_when_asked_and_vague_dates_say_so() -> None:
    year = When(DAY.start, None, Precision.OPEN)
    vague = made("a", Status.FLOATED, MARCH)
    long = made("b", Status.FLOATED, When(date(2024, 1, 1), date(2025, 3, 1), Precision.YEAR))
    diary = Diary(AS_OF, None, (vague, long, made("c", Status.FLOATED, year)))
    assert not list(diary_newshub(diary))
    found: list[Any] = list(diary_newshub(diary, tuple(Status)))
    assert [e["guid"][-1] for e in found] == ["a", "c"]
    assert found[0]["name"].startswith("[FLOATED]")
    assert "some day in March 2024, day not set" in found[0]["definition_short"]
    assert found[0]["occur_status"]["qcode"] == "eocstat:eos1"


def test_newshub_checks_the_signature_with_sha1() -> None:
    mark = hmac.new(b"key", b"{}", "sha1").hexdigest()
    assert newshub_signed(b"{}", "key") == {"x-superdesk-signature": f"sha1={mark}"}


PAST = 'date,visitors,hosts,place\n2024-03-04,Anna Berg (Sweden),Norway,"Oslo, Norway"\n'


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    (tmp_path / "past.csv").write_text(PAST, "utf-8")
    where = str(tmp_path / "s.db")
    taken = CliRunner().invoke(cli, ["import", str(tmp_path / "past.csv"), "--ledger", where])
    assert taken.exit_code == 0
    return where


@pytest.mark.parametrize(
    ("words", "secret", "header"),
    [
        (["webhook"], "SUMMITRY_WEBHOOK_SECRET", "webhook-signature"),
        (["newshub"], "SUMMITRY_PUSH_KEY", "x-superdesk-signature"),
    ],
)
def test_the_commands_send_and_say_what_was_not_taken(
    ledger: str, server: Server, words: list[str], secret: str, header: str
) -> None:
    clocks = ["--ledger", ledger, "--as-of", "2024-03-06"]
    run = [*(["send", *words, url(server), *clocks])]
    refused = CliRunner().invoke(cli, [*run, "--allow", "127.0.0.0/8"], env={secret: ""})
    assert (refused.exit_code, secret in refused.stderr) == (2, True)
    private = CliRunner().invoke(cli, run, env={secret: "x"})
    assert (private.exit_code, server.got) == (1, [])
    assert "--allow NETWORK" in private.stderr
    server.answers = [400]
    failed = CliRunner().invoke(cli, [*run, "--allow", "127.0.0.0/8"], env={secret: "x"})
    assert failed.exit_code == 1
    assert "not taken after 1 try: 400" in failed.stderr
    done = CliRunner().invoke(cli, [*run, "--allow", "127.0.0.0/8"], env={secret: "x"})
    assert (done.exit_code, done.stdout) == (0, "")
    (_, _, first), (_, headers, body) = server.got
    assert first == body
    assert headers[header]
    assert json.loads(body)["type"] in {"event", "engagement.new"}


def test_a_digest_is_a_mail_on_standard_output(ledger: str) -> None:
    run = ["send", "digest", "--ledger", ledger, "--as-of", "2024-03-06"]
    to = ["--from-address", "a@b.example", "--to-address", "c@d.example"]
    found = CliRunner().invoke(cli, [*run, *to])
    assert found.exit_code == 0
    read = message_from_bytes(found.stdout_bytes, policy=default)
    assert read["Subject"] == "2024-03-06 Summitry: 1 change"
    bad = CliRunner().invoke(cli, [*run, "--from-address", "x\nBcc: y@z", "--to-address", "a@b"])
    assert bad.exit_code == 2
    assert len(bad.stderr.strip().splitlines()) == 1
