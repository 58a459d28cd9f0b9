"""A message to a server: signed, tried again where that can help, never led elsewhere."""

import base64
import hashlib
import hmac
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import sleep

from summitry.send._guard import target

__all__ = ["Outcome", "Sender", "newshub_signed", "signed"]

_TIMEOUT = 15.0
"""Seconds."""
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What may be well a little later; every other refusal is final."""
_LONGEST = 60.0
"""Seconds that we wait at most, whatever ``Retry-After`` says."""
_MUCH = 4096
"""Bytes of an answer that are read; nothing in it is used."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message."""

    ok: bool
    tries: int
    said: str
    """The status of the last answer, or why there was none."""


def signed(key: str, body: bytes, at: int, secret: str) -> Mapping[str, str]:
    """Headers after the specification Standard Webhooks 1.0: id, time, HMAC with SHA-256.

    Args:
        key: By which the receiver knows the message again; the same in every attempt.
        body: The message.
        at: Seconds since 1970.
        secret: ``whsec_`` and base64, or any other text as it is.
    """
    prefix = "whsec_"
    known = secret.startswith(prefix)
    raw = base64.b64decode(secret.removeprefix(prefix)) if known else secret.encode()
    mark = hmac.new(raw, f"{key}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }


def newshub_signed(body: bytes, secret: str) -> Mapping[str, str]:
    """The header that Newshub wants of a push: HMAC with SHA-1 of the body."""
    mark = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    return {"x-superdesk-signature": f"sha1={mark}"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Posts JSON to one URL; to addresses that are not public only where it may."""

    url: str
    private: bool = False
    tries: int = 4
    wait: Callable[[float], None] = sleep

    def post(self, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Post a message, again after 1, 2, 4 … seconds or when the server says.

        A redirect is a refusal: what leads elsewhere was not allowed by name.

        Raises:
            SendError: The URL is none, or leads where we may not speak.
        """
        said = ""
        for n in range(1, self.tries + 1):
            after = 2.0 ** (n - 1)
            try:
                status, later = self._once(body, headers)
            except (OSError, HTTPException) as error:
                said = str(error) or type(error).__name__
            else:
                said = str(status)
                if 200 <= status < 300:
                    return Outcome(True, n, said)
                if status not in _AGAIN:
                    return Outcome(False, n, said)
                after = float(later) if later.isdecimal() else after
            if n < self.tries:
                self.wait(min(after, _LONGEST))
        return Outcome(False, self.tries, said)

    def _once(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Status and ``Retry-After`` of one attempt."""
        scheme, host, port, path, address = target(self.url, self.private)
        kind = HTTPSConnection if scheme == "https" else HTTPConnection
        link = kind(host, port, timeout=_TIMEOUT)
        link.sock = socket.create_connection((address, port), _TIMEOUT)
        try:
            if scheme == "https":
                context = ssl.create_default_context()
                link.sock = context.wrap_socket(link.sock, server_hostname=host)
            own = {"Content-Type": "application/json", "User-Agent": "summitry"}
            link.request("POST", path, body, own | dict(headers))
            answer = link.getresponse()
            answer.read(_MUCH)
            return answer.status, answer.getheader("Retry-After", "")
        finally:
            link.close()
