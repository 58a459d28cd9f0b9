"""Within what limits a server is spoken to, and what can come of it."""

import ssl
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from ipaddress import IPv4Network, IPv6Network
from time import time

__all__ = [
    "Answer",
    "Failed",
    "Failure",
    "Limits",
    "Network",
    "Trouble",
    "failed",
]

Network = IPv4Network | IPv6Network


class Trouble(Enum):
    """Why a document could not be had."""

    ADDRESS = "address"
    """It is no address of the web, or one that is not to be asked."""
    ROBOTS = "robots"
    """The site's robots.txt says that we may not, or could not be read."""
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    REDIRECTS = "redirects"
    """They go in a circle, too far or nowhere."""
    STATUS = "status"
    """The server says no; 429 and 503 may say for how long."""
    SIZE = "size"
    """More bytes than make sense, as sent or unpacked."""
    TRUNCATED = "truncated"
    ENCODING = "encoding"
    """Packed in a way that was not asked for, or not as it says."""
    PROTOCOL = "protocol"
    """What came is not HTTP."""
    DOCUMENT = "document"
    """It came, and cannot be read as what it was asked for."""
    STOPPED = "stopped"
    """We were told to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far we go for one document."""

    connect: float = 10.0
    """Seconds for the name, and again for each address of it."""
    read: float = 20.0
    """Seconds without a byte."""
    total: float = 60.0
    """Seconds for one document with all its redirects, waiting for our turn left out."""
    size: int = 4 << 20
    """Bytes, as sent and again as unpacked."""
    redirects: int = 5
    allowed: tuple[Network, ...] = ()
    """Networks that may be asked although they are not of the public internet."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    trust: ssl.SSLContext | None = None
    """Whose certificates count; None is whom the system trusts."""


@dataclass(frozen=True, slots=True)
class Failure:
    """No document, and why."""

    trouble: Trouble
    reason: str
    """One line."""
    status: int = 0
    """The status that the server gave; 0 where it gave none."""
    wait: float = 0.0
    """Seconds for which the server asks to be left alone."""


class Failed(Exception):  # noqa: N818
    """Carries a failure to the front of the room, and no further."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


def failed(trouble: Trouble, reason: str, status: int = 0) -> Failed:
    """A failure, to be raised."""
    return Failed(Failure(trouble, reason, status))


@dataclass(frozen=True, slots=True)
class Answer:
    """What one server said to one request."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    """As sent; empty for a status other than 200, and of what answers a message."""

    @property
    def wait(self) -> float:
        """Seconds for which the server asks to be left alone; 0 where it does not say."""
        text = self.headers.get("retry-after", "").strip()
        if text.isdecimal():
            return float(text[:9])
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - time())
        except (ValueError, TypeError, OverflowError):
            return 0.0
