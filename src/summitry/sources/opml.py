"""A list of feeds in OPML (1.0 to 2.0): the addresses, folders and all else passed over.

It is read as a stream of elements, so that neither depth nor number of outlines costs memory. A
list that declares entities is refused, as a feed is.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

from summitry.errors import UnreadableReport
from summitry.sources._markup import declares, undeclared
from summitry.sources._outcome import Problem
from summitry.sources._stream import Stream, whole

__all__ = ["read_opml"]


class _Outlines:
    """Gathers what the outlines name, in their order."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an outline's feed; the letters of its attribute come in either case."""
        if tag.lower() == "outline":
            named = {name.lower(): value.strip() for name, value in attributes.items()}
            if named.get("xmlurl"):
                self.found.setdefault(named["xmlurl"])


def read_opml(stream: Stream, origin: str) -> Iterator[str | Problem]:
    """The addresses of the feeds of a list, each once, those of nested outlines too.

    Yields:
        Addresses, and a problem for each that is none of the web; a problem at the end where
        the XML breaks off.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, declares entities or names no feed.
    """
    data = whole(stream, origin)
    page = undeclared(data)
    if declares(page.text):
        raise UnreadableReport(origin, "a list of feeds that declares entities, which is refused")
    outlines = _Outlines()
    parser = ElementTree.XMLParser(target=outlines, encoding="utf-8")
    broken = ""
    try:
        parser.feed(page.text.encode("utf-8", "replace"))
        parser.close()
    except ElementTree.ParseError as error:
        broken = str(error)[:120]
    if not outlines.found:
        reason = f"broken XML ({broken})" if broken else "a list without feeds"
        raise UnreadableReport(origin, reason)
    for url in outlines.found:
        yield url if _of_the_web(url) else Problem(origin, f"{url[:120]!r} is no web address")
    if broken:
        yield Problem(origin, f"broken XML ({broken}); read as far as it goes")


def _of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
