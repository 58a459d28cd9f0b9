"""A message to a server: signed, tried again where that can help, never led elsewhere.

It goes by the connection of ``internet``: to an address that was checked, within bounds.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import sleep

from summitry.errors import SendError
from summitry.internet import Deadline, Failed, Limits, Trouble, Wire, parsed

__all__ = ["Outcome", "Sender", "newshub_signed", "signed"]

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What may be well a little later; every other refusal is final."""
_LONGEST = 60.0
"""Seconds that we wait at most, whatever ``Retry-After`` says."""


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
    """Posts JSON to one URL, each attempt within its limits."""

    url: str
    limits: Limits = field(default_factory=Limits)
    tries: int = 4
    wait: Callable[[float], None] = sleep

    def post(self, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Post a message, again after 1, 2, 4 … seconds or when the server says.

        A redirect is a refusal: what leads elsewhere was not allowed by name.

        Raises:
            SendError: The URL is none, or leads where we may not speak.
        """
        said = ""
        wire = Wire(self.limits)
        for n in range(1, self.tries + 1):
            after = 2.0 ** (n - 1)
            try:
                status, later = self._once(wire, body, headers)
            except Failed as failed:
                if failed.failure.trouble is Trouble.ADDRESS:
                    raise SendError(self.url, failed.failure.reason) from failed
                said = failed.failure.reason
            else:
                said = str(status)
                if 200 <= status < 300:
                    return Outcome(True, n, said)
                if status not in _AGAIN:
                    return Outcome(False, n, said)
                after = later or after
            if n < self.tries:
                self.wait(min(after, _LONGEST))
        return Outcome(False, self.tries, said)

    def _once(self, wire: Wire, body: bytes, headers: Mapping[str, str]) -> tuple[int, float]:
        """Status and the seconds of ``Retry-After`` of one attempt.

        Raises:
            Failed: There was no answer.
        """
        own = {"content-type": "application/json", "user-agent": "summitry"}
        own |= {"connection": "close"}
        given = own | {name.lower(): value for name, value in headers.items()}
        answer = wire.post(parsed(self.url), given, body, Deadline(self.limits.total))
        return answer.status, answer.wait
