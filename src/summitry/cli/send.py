"""What leaves the house: the digest, the webhook, the push to a newsroom."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import summitry
from summitry.cli._allow import ALLOW
from summitry.cli._door import LEDGER, Refused, complain, plain
from summitry.cli._linked import ALL, BASE, SINCE, statuses, turned
from summitry.cli._out import write
from summitry.cli._view import VIEW, asked
from summitry.model import View

if TYPE_CHECKING:
    from summitry.internet import Network
    from summitry.send import Sender

__all__ = ["send"]

_PAGES = click.option("--base-url", default="", help="Where the pages are: links are URL + id.")


@click.group()
def send() -> None:
    """Send what changed, or the diary, to people and to other systems."""


@send.command()
@LEDGER
@VIEW
@SINCE
@_PAGES
@click.option("--from-address", "sender", required=True, metavar="ADDRESS")
@click.option("--to-address", "to", multiple=True, required=True, metavar="ADDRESS")
@click.option("--smtp", metavar="URL", help="smtp://[user@]host[:port], or smtps://.")
@click.option("--maildir", type=click.Path(file_okay=False), help="Put it there instead.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="As .eml. [standard output]")
def digest(  # noqa: PLR0913, PLR0917 (one for each option)
    where: str,
    view: View,
    since: datetime | None,
    base_url: str,
    sender: str,
    to: tuple[str, ...],
    smtp: str | None,
    maildir: str | None,
    output: str | None,
) -> None:
    """Send what changed as a mail, with its day first in the subject.

    SUMMITRY_SMTP_PASSWORD is the password of the user whom --smtp names.
    """
    from summitry.export import changes_mail, changes_text  # noqa: PLC0415
    from summitry.send import post_mail, to_maildir  # noqa: PLC0415

    after, found, reports, begun = turned(where, view, since)
    text = changes_text(begun, after, found, reports)
    try:
        mail = changes_mail(text, after, found, reports, sender, to, base_url)
    except ValueError as error:
        raise Refused(plain(str(error))) from error
    if smtp:
        post_mail(mail, smtp, os.environ.get("SUMMITRY_SMTP_PASSWORD", ""))
    elif maildir:
        to_maildir(mail, Path(maildir))
    else:
        write(mail.as_bytes(), output)


@send.command()
@click.argument("url")
@LEDGER
@VIEW
@SINCE
@_PAGES
@ALLOW
@click.pass_context
def webhook(  # noqa: PLR0913, PLR0917 (one for each option)
    ctx: click.Context,
    url: str,
    where: str,
    view: View,
    since: datetime | None,
    base_url: str,
    allow: tuple[Network, ...],
) -> None:
    """Post every change to URL, each with its own key, signed and tried again.

    SUMMITRY_WEBHOOK_SECRET is what the signature is made with. A change that is told again has
    the same webhook-id: receivers pass over what they know.
    """
    from summitry.export import changes_events  # noqa: PLC0415
    from summitry.internet import Limits  # noqa: PLC0415
    from summitry.send import Sender, signed  # noqa: PLC0415

    secret = _secret("SUMMITRY_WEBHOOK_SECRET")
    after, found, reports, _ = turned(where, view, since)
    at = int(summitry.now().timestamp())
    messages = []
    for key, event in changes_events(after, found, reports, base_url):
        body = _body(event)
        messages.append((key, body, signed(key, body, at, secret)))
    ctx.exit(_post(Sender(url, Limits(allowed=allow)), messages))


@send.command()
@click.argument("url")
@LEDGER
@VIEW
@ALL
@BASE
@ALLOW
@click.pass_context
def newshub(  # noqa: PLR0913, PLR0917 (one for each option)
    ctx: click.Context,
    url: str,
    where: str,
    view: View,
    everything: bool,
    base_url: str,
    allow: tuple[Network, ...],
) -> None:
    """Push what has a date, from announced upward, to a Newshub: URL is its /push.

    SUMMITRY_PUSH_KEY is the PUSH_KEY of the Newshub. What it knows is updated in place.
    """
    from summitry.export import diary_newshub  # noqa: PLC0415
    from summitry.internet import Limits  # noqa: PLC0415
    from summitry.send import Sender, newshub_signed  # noqa: PLC0415

    secret = _secret("SUMMITRY_PUSH_KEY")
    events = diary_newshub(asked(where, view), statuses(everything), base_url)
    messages = [(str(e["guid"]), body := _body(e), newshub_signed(body, secret)) for e in events]
    ctx.exit(_post(Sender(url, Limits(allowed=allow)), messages))


def _post(sender: Sender, messages: Iterable[tuple[str, bytes, Mapping[str, str]]]) -> int:
    """The exit code: 1 where one of them was refused, each told in a line."""
    done = failed = 0
    for key, body, headers in messages:
        outcome = sender.post(body, headers)
        if outcome.ok:
            done += 1
        else:
            failed += 1
            tries = f"{outcome.tries} tr{'y' if outcome.tries == 1 else 'ies'}"
            complain(f"{key}: not taken after {tries}: {outcome.said}")
    complain(f"{done} sent, {failed} not")
    return 1 if failed else 0


def _body(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _secret(name: str) -> str:
    """A secret of the environment, where it does not stand in a list of processes."""
    found = os.environ.get(name, "")
    if not found:
        raise Refused(f"set {name}: messages are signed with it")
    return found
