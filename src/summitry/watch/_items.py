"""Which items of a feed were not read before, and what text each is read by."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import Lock
from urllib.parse import urljoin

from summitry import sources
from summitry.fetch import Failure, Fetched, Fetcher, Trouble
from summitry.model import Report, Subscription, digest
from summitry.watch._after import Visit

__all__ = ["Filled", "as_given", "from_page", "visit"]

Filled = Callable[[Report], Report | Failure]
"""An item with the text that it is to be read by, or why that could not be had this time."""

_TRIES = 3
"""Rounds in which an item's page is asked for; then the item is read as the feed has it."""
_AT_ONCE = 500
"""New items of one feed that are read in one round: more are a flood, and wait."""
_LARGEST = 2 << 20
"""Bytes of a feed. Made for it, one of a megabyte keeps the parser busy for ten seconds."""
_ONE_BY_ONE = Lock()
"""Held while a document is read: made for it, a megabyte can take 200 of memory."""
_PASSING = frozenset({Trouble.CONNECTION, Trouble.TIMEOUT, Trouble.TRUNCATED, Trouble.STOPPED})
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_TAIL = 4096
"""Bytes in which a document that is whole ends, with what servers put behind it."""


def visit(fetcher: Fetcher, feed: Subscription, filled: Filled) -> Visit:
    """Ask one feed, and its items' pages where these are wanted.

    Args:
        fetcher: Asks the network.
        feed: What is remembered of the feed.
        filled: ``as_given``, or ``from_page`` of a fetcher.
    """
    answer = fetcher.fetch(feed.moved or feed.url, feed.etag, feed.modified)
    if not isinstance(answer, Fetched):
        return Visit(answer=answer)
    if len(answer.body) > _LARGEST:
        reason = f"larger than {_LARGEST >> 20} MiB, too large for a feed"
        return Visit(answer=Failure(Trouble.SIZE, reason))
    outcomes = _read(answer, sources.FEEDS)
    items = [replace(r, url=_whole(answer.url, r.url)) for r in outcomes if isinstance(r, Report)]
    problems = [outcome for outcome in outcomes if isinstance(outcome, sources.Problem)]
    broken = any(problem.origin == answer.url for problem in problems)
    if broken and not _END.search(answer.body[-_TAIL:]):
        items = items[:-1]  # the break is in it: half a text is another text
    if problems and not items:
        return Visit(answer=Failure(Trouble.DOCUMENT, problems[0].reason))
    # Without the bytes, which are not needed any more: the pages may take minutes.
    found = _sorted(replace(answer, body=b""), feed, items, filled)
    reasons = [problem.reason for problem in problems]
    return replace(found, problems=reasons, partial=found.partial or broken)


def as_given(item: Report) -> Report:
    """The item as the feed has it."""
    return item


def from_page(fetcher: Fetcher) -> Filled:
    """Items by the text of their page, where that is the longer one."""

    def filled(item: Report) -> Report | Failure:
        answer = fetcher.fetch(item.url) if item.url else item
        if isinstance(answer, Failure) and _passes(answer):
            return answer
        if not isinstance(answer, Fetched):
            return item
        outcomes = _read(answer, sources.PAGES)
        page = next((p for p in outcomes if isinstance(p, Report)), item)
        return _joined(item, page) if len(page.text) > len(item.text) else item

    return filled


def _sorted(answer: Fetched, feed: Subscription, items: Iterable[Report], filled: Filled) -> Visit:
    """The items that are new, those seen before and those that have to wait."""
    before, tries = frozenset(feed.seen), dict(feed.owed)
    reports: list[Report] = []
    seen: dict[str, None] = {}
    owed: dict[str, int] = {}
    partial = False
    for item in items:
        key = digest(item.id, item.version)
        if key in before:
            seen[key] = None
        if key in seen or key in owed:
            continue
        if len(reports) == _AT_ONCE:
            partial = True
            break
        whole = filled(item)
        if isinstance(whole, Failure) and whole.trouble is Trouble.STOPPED:
            partial = True
            break
        if isinstance(whole, Failure) and tries.get(key, 0) + 1 < _TRIES:
            owed[key] = tries.get(key, 0) + 1
        else:
            reports.append(item if isinstance(whole, Failure) else whole)
            seen[key] = None
    return Visit(
        answer=answer,
        reports=reports,
        seen=tuple(seen),
        owed=tuple(owed.items()),
        partial=partial,
    )


def _read(answer: Fetched, formats: frozenset[sources.Format]) -> list[sources.Outcome]:
    """What a document holds."""
    with _ONE_BY_ONE:
        return list(sources.fetched(answer.body, answer.url, formats, answer.charset))


def _joined(item: Report, page: Report) -> Report:
    """The page's text under the feed's own word on who published it, where and when.

    So the report is the same one with or without its page. Most feeds do not say their
    language, which then counts as English; most pages do.
    """
    return replace(
        page,
        outlet=item.outlet,
        url=item.url,
        published=item.published or page.published,
        language=item.language if item.language != "en" else page.language,
        origin=item.origin,
        ref=item.ref,
    )


def _passes(failure: Failure) -> bool:
    """Whether it may be gone at the next round."""
    return failure.trouble in _PASSING or failure.status == 429 or failure.status >= 500


def _whole(base: str, url: str) -> str:
    """An address of an item, with what it leaves to its feed's address."""
    try:
        return urljoin(base, url) if url else ""
    except ValueError:
        return url
