"""Plain text: one file, one report.

Lines such as ``Outlet: …`` and ``Published: …`` before the first empty line are about the
report and no part of it; a short first line on its own is the headline. Copy of a wire, which
begins "CITY, Month D. (AGENCY) -", is one report through all its leads and corrections.
"""

import re
from collections.abc import Iterator

from summitry.errors import UnreadableReport
from summitry.sources._decode import decoded
from summitry.sources._iptc import withdrawn
from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._stream import Stream, whole
from summitry.sources._takes import take

__all__ = ["read_text"]

_HEADER = re.compile(r"(outlet|published|url|title|language|id)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_LONGEST_HEADLINE = 150
"""Characters; headlines of news agencies stay below 120."""
_STOPS = (".", ",", ";", ":", ".”", '."')


def read_text(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read one plain text as one report.

    Raises:
        UnreadableReport: It is empty, binary or larger than 16 MiB.
    """
    data = decoded(whole(stream, origin))
    if "\x00" in data.text:
        raise UnreadableReport(origin, "a binary file, no text")
    if data.lost:
        yield Problem(origin, f"{data.lost} characters are neither UTF-8 nor Windows-1252")
    text = data.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    headers, text = _headers(text)
    title, body = (headers["title"], text) if headers.get("title") else _headline(text)
    outlet, url = headers.get("outlet", ""), headers.get("url", "")
    for sent in take(title, body) if not url else ():
        outlet, url = outlet or sent.agency, sent.story
        if sent.killed:
            yield from withdrawn(url, outlet, headers.get("published", ""), origin)
            return
    yield from finished(
        Draft(
            origin=origin,
            body=body,
            title=title,
            outlet=outlet,
            url=url,
            published=headers.get("published", ""),
            language=headers.get("language", ""),
            ref=headers.get("id"),
        )
    )


def _headers(text: str) -> tuple[dict[str, str], str]:
    """The lines about the report, and the report; no lines unless the whole block is of them."""
    block, _, rest = text.partition("\n\n")
    lines = [_HEADER.fullmatch(line.strip()) for line in block.split("\n")]
    if not all(lines):
        return {}, text
    found = {line.group(1).lower(): line.group(2).strip() for line in lines if line}
    return found, rest.strip()


def _headline(text: str) -> tuple[str, str]:
    """A short first line without a final stop that stands alone, and what follows it."""
    first, gap, rest = text.partition("\n\n")
    short = len(first) <= _LONGEST_HEADLINE and "\n" not in first
    if gap and short and not first.rstrip().endswith(_STOPS):
        return first.strip(), rest.strip()
    return "", text
