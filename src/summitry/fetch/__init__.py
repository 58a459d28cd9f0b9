"""Documents of the web, politely and from nobody but whom we mean to ask.

The room's promise: whatever an address leads to, there is one clear outcome, within the limits
of time and size, and no server is asked that is not on the public internet unless its network
was allowed: ``internet`` keeps that, on every redirect too.
"""

from importlib.metadata import version
from urllib.parse import urljoin

from summitry.fetch._documents import Fetched, Unchanged
from summitry.fetch._robots import Robots
from summitry.fetch._turns import Turns
from summitry.fetch._unpack import ACCEPTED, unpacked
from summitry.internet import (
    Answer,
    Deadline,
    Failed,
    Failure,
    Limits,
    Trouble,
    Url,
    Wire,
    failed,
    host,
    parsed,
)

__all__ = ["Failure", "Fetched", "Fetcher", "Limits", "Trouble", "Unchanged", "host"]

Outcome = Fetched | Unchanged | Failure

_AGENT = "Summitry"
"""The name under which robots.txt may speak of us."""
_LONGEST_VALIDATOR = 500
_FOLLOWED = {301: True, 302: False, 303: False, 307: False, 308: True}
"""Statuses of redirects, and whether they are for good (RFC 9110, 15.4)."""
_WAITING = frozenset({429, 503})


class Fetcher:
    """Fetches documents; threads may share it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._wire = Wire(limits)
        self._turns = Turns()
        self._robots = Robots(_AGENT, self._fetched)
        self._agent = f"{_AGENT}/{version('summitry')} (feed reader)"

    def fetch(self, url: str, etag: str = "", modified: str = "") -> Outcome:
        """The document at an address, unless its robots.txt keeps us out.

        Args:
            url: An http or https address, without a user's name in it.
            etag: The validators that came with the document when we had it last; empty asks
                for it in any case.
            modified: The same.
        """
        return self._fetched(url, etag, modified, robots=self._robots)

    def close(self) -> None:
        """Stop: requests in hand end at once, later ones are not sent."""
        self._turns.close()
        self._wire.close()

    def _fetched(
        self, url: str, etag: str = "", modified: str = "", robots: Robots | None = None
    ) -> Outcome:
        headers = {"accept-encoding": ACCEPTED, "user-agent": self._agent, "connection": "close"}
        headers |= {"accept": "application/rss+xml, application/atom+xml, */*;q=0.8"}
        headers |= {"if-none-match": etag} if etag else {}
        headers |= {"if-modified-since": modified} if modified else {}
        try:
            return self._followed(url, headers, robots)
        except Failed as failed:
            return failed.failure

    def _followed(self, start: str, headers: dict[str, str], robots: Robots | None) -> Outcome:
        """The end of a chain of redirects."""
        left, seen, place, moved, lasting = self._limits.total, set[str](), start, "", True
        for _ in range(self._limits.redirects + 1):
            url = parsed(place)
            if url.url in seen:
                raise failed(Trouble.REDIRECTS, f"redirects go in a circle, by {url.url[:200]}")
            seen.add(url.url)
            pause = robots.pause(_site(url), url.url) if robots else 0.0
            with self._turns.turn(url.host or "", max(self._limits.delay, pause)):
                deadline = Deadline(left)
                answer = self._wire.get(url, headers, deadline)
            left = deadline.left
            if answer.status not in _FOLLOWED:
                return _outcome(answer, url.url, moved, self._limits.size)
            lasting = lasting and _FOLLOWED[answer.status]
            place = _target(url, answer)
            moved = place if lasting else moved
        raise failed(Trouble.REDIRECTS, f"more than {self._limits.redirects} redirects")


def _site(url: Url) -> str:
    return f"{url.scheme}://{url.netloc}"


def _target(url: Url, answer: Answer) -> str:
    """Where a redirect leads."""
    place = answer.headers.get("location", "").strip()
    if not place:
        raise failed(Trouble.REDIRECTS, "a redirect to nowhere", answer.status)
    # The header is Latin-1 on the wire; servers put UTF-8 there.
    text = place.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(url.url, text)
    except ValueError as error:
        raise failed(Trouble.ADDRESS, f"a redirect to {text[:120]!r}, no address") from error


def _outcome(answer: Answer, url: str, moved: str, most: int) -> Outcome:
    """What an answer that is no redirect comes to."""
    got = answer.headers.get
    if answer.status == 304:
        return Unchanged(moved=moved)
    if answer.status != 200:
        wait = answer.wait if answer.status in _WAITING else 0.0
        return Failure(Trouble.STATUS, f"the server says {answer.status}", answer.status, wait)
    return Fetched(
        url=url,
        moved=moved,
        body=unpacked(answer.body, got("content-encoding", ""), most),
        charset=_charset(got("content-type", "")),
        etag=_sendable(got("etag", "")),
        modified=_sendable(got("last-modified", "")),
    )


def _sendable(value: str) -> str:
    """A validator, if it can be sent back as it came; empty otherwise."""
    return value if len(value) <= _LONGEST_VALIDATOR and value.isprintable() else ""


def _charset(kind: str) -> str:
    """The encoding that a Content-Type names."""
    for part in kind.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40]
    return ""
