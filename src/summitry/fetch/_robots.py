"""What a site's robots.txt allows us (RFC 9309); the door to Protego."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic

from protego import Protego

from summitry.fetch._documents import Fetched, Unchanged
from summitry.internet import Failed, Failure, Trouble

__all__ = ["Robots"]

_KEPT = 24 * 3600.0
"""Seconds for which an answer counts: RFC 9309 (2.4) allows a day."""
_BROKEN = 60.0
"""Seconds after which a robots.txt that could not be had is asked for again: long enough that
the feeds of a dead host do not wait for it one after the other."""
_LONGEST = 60.0
"""Seconds of pause that a site can ask for; more would stand still the others of its host."""
_SITES = 1024
_READ = 500 << 10
"""Bytes of a robots.txt that are read: no crawler has to read more (RFC 9309, 2.5)."""
_ALLOWED = Protego.parse("")


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego
    until: float
    broken: Failure | None = None
    """Why it could not be had; then nothing is allowed."""


class Robots:
    """The rules of each site, asked for once a day."""

    def __init__(self, agent: str, ask: Callable[[str], Fetched | Unchanged | Failure]) -> None:
        self._agent, self._ask = agent, ask
        self._sites: OrderedDict[str, _Rules] = OrderedDict()
        self._lock = Lock()

    def pause(self, site: str, url: str) -> float:
        """The pause that the site asks for between requests, in seconds; 0 where it does not.

        Args:
            site: Scheme, host and port, as ``https://example.org``.
            url: The address that we want.

        Raises:
            Failed: We may not have it, or the rules could not be read.
        """
        rules = self._rules(site)
        if rules.broken:
            raise Failed(rules.broken)
        if not rules.parsed.can_fetch(url, self._agent):
            raise Failed(Failure(Trouble.ROBOTS, "its robots.txt does not allow it"))
        return min(rules.parsed.crawl_delay(self._agent) or 0.0, _LONGEST)

    def _rules(self, site: str) -> _Rules:
        with self._lock:
            known = self._sites.get(site)
            if known and known.until > monotonic():
                self._sites.move_to_end(site)
                return known
        found = self._asked(site)
        with self._lock:
            self._sites[site] = found
            while len(self._sites) > _SITES:
                self._sites.popitem(last=False)
        return found

    def _asked(self, site: str) -> _Rules:
        answer = self._ask(f"{site}/robots.txt")
        now = monotonic()
        if isinstance(answer, Fetched):
            return _Rules(
                Protego.parse(answer.body[:_READ].decode("utf-8", "replace")), now + _KEPT
            )
        # A site that has none allows all (2.3.1.3), one that fails nothing (2.3.1.4), and one
        # that redirects for ever counts as having none (2.3.1.2).
        if isinstance(answer, Failure) and not _none(answer):
            if answer.trouble is Trouble.STATUS:
                reason = f"its robots.txt could not be read: {answer.reason}"
                answer = replace(answer, trouble=Trouble.ROBOTS, reason=reason, status=0)
            return _Rules(_ALLOWED, now + _BROKEN, answer)
        return _Rules(_ALLOWED, now + _KEPT)


def _none(failure: Failure) -> bool:
    """Whether a site has no robots.txt."""
    refused = 400 <= failure.status < 500 and failure.status != 429
    return refused or failure.trouble is Trouble.REDIRECTS
