"""A mail by SMTP, or into a maildir."""

import mailbox
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from summitry.errors import SendError

__all__ = ["post_mail", "to_maildir"]

_TIMEOUT = 30.0
"""Seconds."""


def post_mail(mail: EmailMessage, server: str, password: str = "") -> None:
    """Hand a mail to a server.

    Args:
        mail: With its sender and receivers in its headers.
        server: ``smtp://host:587`` (TLS where the server offers it) or ``smtps://host``
            (TLS at once), with ``user@`` before the host where it wants one.
        password: Sent over TLS only.

    Raises:
        SendError: The server's name is none, it cannot be reached, or it refuses; where it
            refuses some of the receivers, the others have got the mail.
    """
    parts = urlsplit(server)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.password:
        raise SendError(server, "smtp://[user@]host[:port] or smtps:// is wanted")
    context = ssl.create_default_context()
    try:
        if parts.scheme == "smtps":
            link: smtplib.SMTP = smtplib.SMTP_SSL(
                parts.hostname, parts.port or 465, timeout=_TIMEOUT, context=context
            )
        else:
            link = smtplib.SMTP(parts.hostname, parts.port or 587, timeout=_TIMEOUT)
        with link:
            link.ehlo()
            safe = parts.scheme == "smtps"
            if not safe and link.has_extn("starttls"):
                link.starttls(context=context)
                safe = True
            if parts.username:
                if not safe:
                    raise SendError(server, "it offers no TLS, and a password goes over no other")
                link.login(unquote(parts.username), password)
            refused = link.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise SendError(server, str(error)) from error
    if refused:
        told = (
            f"{who}: {code} {text.decode('utf-8', 'replace')}"
            for who, (code, text) in refused.items()
        )
        raise SendError(server, f"all others have it, but not {', '.join(told)}")


def to_maildir(mail: EmailMessage, folder: Path) -> None:
    """Put a mail into a maildir, made where there is none.

    Raises:
        SendError: It cannot be written.
    """
    try:
        box = mailbox.Maildir(folder, create=True)
        box.add(mail)
    except OSError as error:
        raise SendError(str(folder), error.strerror or str(error)) from error
