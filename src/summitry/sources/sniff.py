"""Which format bytes are in, by what they hold; the name only breaks ties."""

import re
from enum import Enum

__all__ = ["Format", "sniffed"]


class Format(Enum):
    """A format that a document may be in; the value is its name in messages."""

    TEXT = "text"
    HTML = "HTML"
    JSONL = "JSON lines"
    JSON = "JSON"
    EMPTY = "empty"
    PDF = "a PDF"
    ARCHIVE = "a packed archive or office document"
    IMAGE = "a picture"
    FEED = "a feed"
    JSON_FEED = "a JSON feed"
    OPML = "a list of feeds (OPML)"
    ICS = "a calendar"
    NEWSML = "NewsML-G2"
    NINJS = "ninjs"
    SITEMAP = "a sitemap"
    DIARY = "diary text"
    WIRE = "a wire message (IPTC 7901)"
    XML = "XML other than a feed"
    WARC = "a web archive (WARC)"
    ZIP = "a zip archive"
    TAR = "a tar archive"
    PARQUET = "a Parquet table"
    DATABASE = "a database"
    BINARY = "a binary file"


_MAGIC = (
    (b"%PDF-", Format.PDF),
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"BZh", Format.ARCHIVE),
    (b"\xfd7zXZ", Format.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Format.ARCHIVE),
    (b"7z\xbc\xaf", Format.ARCHIVE),
    (b"\x89PNG", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"SQLite format 3", Format.DATABASE),
    (b"WARC/", Format.WARC),
    (b"PAR1", Format.PARQUET),
    (b"BEGIN:VCALENDAR", Format.ICS),
    (b"\x01", Format.WIRE),
)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|article|main|meta|div|p)\b", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\b", re.IGNORECASE)
_ROOT = re.compile(
    rb"(?:<\?[^>]*>|<!--.*?-->|<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>|\s)*+"
    rb"<(?:\w+:)?(?:(?P<feed>rss|feed|rdf)|opml)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
"""The first element is that of a feed or of a list of them; before it stands a prologue."""
_PROLOGUE = rb"(?:<\?[^>]*>|<!--.*?-->|<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>|\s)*+<(?:\w+:)?"
_NEWSML = re.compile(
    _PROLOGUE + rb"(?:newsMessage|(?:news|concept|knowledge|planning|package)Item)[\s>]", re.DOTALL
)
_SITEMAP = re.compile(_PROLOGUE + rb"(?:urlset|sitemapindex)[\s>]", re.DOTALL)
_NINJS = re.compile(
    rb"""[\[\s]*\{.*?(?:"version[cC]reated"|"eventDetails"|"pubstatus"|"pubStatus"|"ninjs")""",
    re.DOTALL,
)
_URI = re.compile(rb'"uri"\s*:')
_DIARY = re.compile(rb"(?:\A|\n)[ \t]*\*\*\s+(?:[A-Z][^\n]* - |Indicates new)", re.IGNORECASE)
_DAY_HEADING = re.compile(
    rb"^[ \t]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|[a-z]{3,9} \d{4}),?[ \t]+"
    rb"[^\n]{4,30}\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_TAR = slice(257, 262)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')
_DOCUMENT = re.compile(rb"\[\s*(\{|\])|\{[ \t]*\r?\n")
"""A list of objects, or an object laid out over several lines."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def sniffed(head: bytes, name: str) -> Format:
    """The format of a document.

    Args:
        head: Its first bytes, a few thousand.
        name: Its file name; ``.jsonl`` makes of broken JSON a broken line, not prose.

    Example:
        >>> sniffed(b"<!DOCTYPE html><p>Talks", "page.txt").value
        'HTML'
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return Format.EMPTY
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if head[_TAR] == b"ustar":
        return Format.TAR
    if not start.startswith(_WIDE) and b"\x00" in start:
        return Format.BINARY
    if root := _ROOT.match(_narrow(start)):
        return Format.FEED if root["feed"] else Format.OPML
    if _NEWSML.match(_narrow(start)):
        return Format.NEWSML
    if _SITEMAP.match(_narrow(start)):
        return Format.SITEMAP
    if start.startswith(b"<"):
        if _HTML.search(start):
            return Format.HTML
        if _XML.match(start):
            return Format.XML
    named = name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson"))
    if not named and start.startswith(b"{") and _JSON_FEED.search(start):
        return Format.JSON_FEED
    if _URI.search(start) and _NINJS.match(start):
        return Format.NINJS
    if not named and _DOCUMENT.match(start):
        return Format.JSON
    if named or re.match(rb'\{\s*["}]', start):
        return Format.JSONL
    if _DIARY.search(start) and _DAY_HEADING.search(start):
        return Format.DIARY
    return Format.TEXT


def _narrow(start: bytes) -> bytes:
    """UTF-16 with its mark as UTF-8, anything else as it is."""
    if not start.startswith(_WIDE):
        return start
    return start.decode("utf-16", "replace").encode("utf-8", "replace")
