"""What changed as a mail: plain text and HTML, its day first in the subject.

Planning systems such as Kordiam file a mail under the ISO date in its subject.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from summitry.export._entry import counted, quoted, told
from summitry.export._turn import change_key, change_title
from summitry.export._words import day
from summitry.model import Change, Diary, Report, digest

__all__ = ["changes_mail"]

_STYLE = "font:15px/1.45 sans-serif;max-width:44em"


def changes_mail(  # noqa: PLR0913, PLR0917 (what a mail is made of)
    text: str,
    after: Diary,
    changes: Sequence[Change],
    reports: Mapping[str, Report],
    sender: str,
    to: Sequence[str],
    base_url: str = "",
) -> EmailMessage:
    """One mail with all changes; what reports only recall is passed over.

    Args:
        text: The part in plain text.
        after: The newer diary; its day stands in the subject and its instant in ``Date``.
        changes: As ``desk.changes`` gives them.
        reports: By mention.
        sender: An address, ``desk@example.org``.
        to: Addresses.
        base_url: Where the engagements' pages are; a title links to ``base_url + id``.

    Returns:
        A multipart message whose bytes depend on the arguments alone.

    Raises:
        ValueError: An address is none, as one with a line break in it.
    """
    shown = [c for c in changes if not c.engagement.background]
    at = after.as_of.astimezone(UTC)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{at.date().isoformat()} Summitry: {counted(len(shown), 'change')}"
    mail["From"] = _address(sender)
    mail["To"] = [_address(one) for one in to]
    mail["Date"] = at
    key = digest(at.isoformat(), *to, *map(change_key, shown))
    mail["Message-ID"] = f"<{key}@summitry.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    mail.add_alternative(_page(after, shown, reports, base_url), subtype="html")
    mail.set_boundary(f"=_{key}")
    return mail


def _address(text: str) -> Address:
    """One address.

    Raises:
        ValueError: It is none.
    """
    name, mark, domain = text.rpartition("@")
    if not mark or not name or not domain or not text.isprintable() or " " in text:
        raise ValueError(f"{text!r} is no mail address")
    return Address(addr_spec=text)


def _page(
    after: Diary, changes: Sequence[Change], reports: Mapping[str, Report], base_url: str
) -> str:
    items = "".join(_item(change, reports, base_url) for change in changes)
    head = f"Changes up to {day(after.as_of.date())}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Changes</title>'
        f'<body style="{_STYLE}"><h1 style="font-size:1.2em">{head}</h1>'
        f"{f'<ul>{items}</ul>' if items else '<p>Nothing changed.</p>'}</body></html>\n"
    )


def _item(change: Change, reports: Mapping[str, Report], base_url: str) -> str:
    title = escape(change_title(change))
    if base_url:
        title = f'<a href="{escape(base_url + change.engagement.id)}">{title}</a>'
    behind = "".join(
        f"<br>{escape(told(claim, reports))}: {escape(quoted(claim))}" for claim in change.by
    )
    return f'<li style="margin-bottom:.8em"><strong>{title}</strong>{behind}</li>'
