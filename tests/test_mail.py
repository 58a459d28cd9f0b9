"""A digest that is handed to a real mail server: it arrives whole, and where it is meant to."""

import socket
import ssl
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from _certificate import certificate
from _diary import AS_OF, BEFORE, HOSTILE, REPORTS, SMALL
from _tales import Teller, day
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from click.testing import CliRunner

import summitry
from summitry.cli import cli
from summitry.desk import changes
from summitry.errors import SendError
from summitry.export import changes_mail
from summitry.send import post_mail

FROM, TO = "desk@diary.example", ("planner@paper.example", "night@paper.example")
HEADERS = ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"]
HEADERS += ["MIME-Version", "Content-Type"]
EVIL = "Wire\r\nBcc: spy@evil.example\r\n\r\n<script>alert(1)</script>"


class Box:
    """Keeps what it is handed, and refuses one receiver."""

    refused = "gone@paper.example"

    def __init__(self) -> None:
        self.got: list[Envelope] = []
        self.secure: list[bool] = []
        self.passwords: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address == self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.got.append(envelope)
        self.secure.append(session.ssl is not None)
        return "250 OK"

    def authenticate(self, *given: Any) -> AuthResult:
        self.passwords.append((given[-1].login, given[-1].password))
        return AuthResult(success=given[-1].password == b"s3cret", handled=False)


def content(got: Envelope) -> bytes:
    assert isinstance(got.content, bytes)
    return got.content


Open = Callable[..., tuple[Box, str]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Starts a server; the box, and host and port."""
    running: list[Controller] = []
    # It asks for the name of this machine, which may have to be waited for.
    monkeypatch.setattr("aiosmtpd.smtp.socket.getfqdn", lambda: "mail.test")

    def start(**options: Any) -> tuple[Box, str]:
        box = Box()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = Controller(
            box,
            hostname="127.0.0.1",
            port=port,
            authenticator=box.authenticate,
            **options,
        )
        server.start()
        running.append(server)
        return box, f"127.0.0.1:{port}"

    yield start
    for server in running:
        server.stop()


def digest(to: tuple[str, ...] = TO, text: str = "✔ all\n.\n..\n.x\n\nlast\n") -> EmailMessage:
    return changes_mail(text, SMALL, changes(BEFORE, SMALL), REPORTS, FROM, to)


def test_a_digest_arrives_whole(opened: Open) -> None:
    box, where = opened()
    post_mail(digest(), f"smtp://{where}")
    (got,) = box.got
    assert (got.mail_from, got.rcpt_tos) == (FROM, list(TO))
    read = message_from_bytes(content(got), policy=default)
    assert read.keys() == HEADERS
    assert read["Subject"].startswith(f"{AS_OF.date()} Summitry: ")
    assert read.get_content_type() == "multipart/alternative"
    text, page = read.iter_parts()
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().splitlines() == ["✔ all", ".", "..", ".x", "", "last"]
    sent = list(digest().iter_parts())[1].get_content()
    assert page.get_content().splitlines() == sent.splitlines()
    assert max(map(len, content(got).split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1


def test_reports_cannot_add_a_header_a_receiver_or_a_script(opened: Open, tmp_path: Path) -> None:
    box, server = opened()
    where = str(tmp_path / "s.db")
    tell = Teller()
    with summitry.open_ledger(where) as ledger:
        told = tell("2024-01-20", when=day("2024-02-12"), text=f"{EVIL} {HOSTILE}", outlet=EVIL)
        summitry.update(ledger, [told], summitry.instant("2024-01-21"))
    run = [
        "send",
        "digest",
        "--ledger",
        where,
        "--as-of",
        "2024-01-22",
        "--smtp",
        f"smtp://{server}",
    ]
    run += ["--from-address", FROM, "--to-address", TO[0]]
    done = CliRunner().invoke(cli, run)
    assert (done.exit_code, done.stdout) == (0, "")
    (got,) = box.got
    assert got.rcpt_tos == [TO[0]]
    read = message_from_bytes(content(got), policy=default)
    assert read.keys() == HEADERS
    assert read["Subject"] == "2024-01-22 Summitry: 1 change"
    text, page = (part.get_content() for part in read.iter_parts())
    assert "spy@evil.example" in text
    assert "<script" not in page
    assert "\x1b" not in text + page


def test_a_receiver_that_is_refused_is_named_and_the_others_have_it(opened: Open) -> None:
    box, where = opened()
    with pytest.raises(SendError, match=f"{Box.refused}: 550 no such user"):
        post_mail(digest((TO[0], Box.refused)), f"smtp://{where}")
    assert [got.rcpt_tos for got in box.got] == [[TO[0]]]


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("tls"), "IP:127.0.0.1")


def context(mine: tuple[Path, Path]) -> ssl.SSLContext:
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(*mine)
    return found


def test_tls_is_used_where_it_is_offered_and_a_password_goes_over_it(
    opened: Open, mine: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(mine[0]))
    box, where = opened(tls_context=context(mine))
    post_mail(digest(), f"smtp://{where}")
    with pytest.raises(SendError, match="535"):
        post_mail(digest(), f"smtp://desk@{where}", "wrong")
    post_mail(digest(), f"smtp://desk@{where}", "s3cret")
    assert (len(box.got), box.secure) == (2, [True, True])
    assert set(box.passwords) == {(b"desk", b"wrong"), (b"desk", b"s3cret")}


def test_tls_from_the_first_byte(
    opened: Open, mine: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(mine[0]))
    box, where = opened(ssl_context=context(mine))
    post_mail(digest(), f"smtps://{where}")
    assert len(box.got) == 1


def test_a_certificate_that_nobody_vouches_for_gets_nothing(
    opened: Open, mine: tuple[Path, Path]
) -> None:
    box, where = opened(tls_context=context(mine))
    with pytest.raises(SendError, match="certificate verify failed"):
        post_mail(digest(), f"smtp://desk@{where}", "s3cret")
    assert not box.got
    assert not box.passwords


def test_a_password_goes_over_nothing_but_tls(opened: Open) -> None:
    box, where = opened(auth_require_tls=False)
    with pytest.raises(SendError, match="no TLS"):
        post_mail(digest(), f"smtp://desk@{where}", "s3cret")
    assert not box.passwords
    assert not box.got
