"""Documents and texts as somebody would make them who means harm, from a seed.

Two kinds: good documents of every format, damaged; and small pieces repeated until they are
large, since a loop that takes time squared shows in nothing else.
"""

import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["DOCUMENTS", "LANGUAGES", "document", "fields", "repeated", "text"]

TOP = Path(__file__).parents[1]
LANGUAGES = ("en", "fr")
LARGEST = 1 << 18
"""Bytes of a text made by repetition; a few are four times as long."""

_EN = """
Norway's foreign minister will visit Poland on 12 February 2024 for talks on energy .
The president of France may travel to Ankara next month , diplomatic sources said .
"We have agreed to meet" , the Kremlin's spokesman told reporters on Tuesday .
the two leaders held a phone call and postponed the summit that had been announced
according to an unnamed official who asked not to be named because he was not allowed to speak
no date has been set for the visit , which was put off twice , his Turkish counterpart said
U.S. Mr. Dr. Gen. No. 5 p.m. 10:30 GMT Jan. 3 early next week in the coming days
UN Security Council NATO EU G20 ASEAN Vladimir Putin Recep Tayyip Erdogan Xi Jinping Macron
""".split()  # noqa: SIM905 - as prose it can be read
_FR = """
Le ministre norvégien des Affaires étrangères se rendra en Pologne le 12 février 2024
pour des entretiens sur l'énergie , a déclaré son porte-parole . « Nous avons convenu de
nous rencontrer » , a-t-il dit mardi . La visite du président à Ankara a été reportée
selon des sources diplomatiques , d'ici à la fin du mois prochain
""".split()  # noqa: SIM905
_ODD = (
    *("ו", "שלום", "الرئيس", "السلام عليكم", "\u202e", "\u202d", "\u2066", "\u2069", "\u200f"),
    *("e\u0301", "\u0301" * 40, "Z\u0351\u036b\u0343", "\u1dc4", "ﬁ", "ß", "İ", "ı", "ſ", "ǅ"),
    *("Ã©", "â€œtalksâ€\x9d", "Ð¿ÑÐ¸Ð²ÐµÑ", "ï¿½", "\ufffd", "\ufeff", "\u00ad", "\u200b"),
    *("\x00", "\x1b[2J", "\x07", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\r", "\r\n", "\n"),
    *("\n\n", "\t", "\u00a0", "\u3000", "\ud800", "\udfff", "😀", "👨‍👩‍👧‍👦", "🇳🇴", "𝕿𝖆𝖑𝖐𝖘"),
    *("北京", "会谈", "。", "！", "東京で会談", "서울", "ไทย", "हिन्दी", "Ankara’da", "Москва"),
    *("(", ")", "[", "]", "{", "}", "<", ">", '"', "'", "“", "”", "‘", "’", "«", "»", "„", "‟"),
    *("((((", "))))", '""""', "“““", "”””", "«««", "»»»", "''''", "[[[", "]]]"),
    *(".", "..", "...", "…", "?!", "!!!!", ",", ";", ":", "-", "–", "—", "/", "\\", "|", "_"),
    *("....", "----", "____", "a.b.c.d.", "A.B.", "1.2.3.4", "1,000,000", "٣٤", "12/13/2024"),
    *("0" * 60, "9" * 400, "12 12 12", "2024-02-30", "31 February", "99:99", "-5", "+5", "1st"),
    *("x" * 3000, "A" * 3000, "é" * 500, "http://a.example/" + "b/" * 200, "a@b." * 50, "#" * 80),
    *("=" * 200, "* * *", "%s%n%x", "{0}", "${x}", "<script>", "&amp;", "&#x0;", "]]>", "-->"),
)


def text(chance: random.Random, language: str = "en") -> str:
    """A text of up to some thousand characters, words of the trade among all that is odd."""
    plain = _FR if language == "fr" else _EN
    odd = chance.choice((0.0, 0.02, 0.1, 0.5, 0.9))
    joint = chance.choice((" ", " ", " ", "", "\n", ", ", " and ", "\u00a0"))
    many = chance.choice((3, 30, 200, 600))
    words = [
        chance.choice(_ODD) if chance.random() < odd else chance.choice(plain)
        for _ in range(chance.randint(1, many))
    ]
    made = joint.join(words)
    for _ in range(chance.choice((0, 0, 1, 3))):
        at = chance.randrange(len(made) + 1)
        made = made[:at] + chance.choice(_ODD) * chance.randint(1, 50) + made[at:]
    return made[:12_000]


def repeated(chance: random.Random, language: str = "en") -> str:
    """A piece of a few words over and over, up to a quarter of a megabyte, seldom one."""
    plain = _FR if language == "fr" else _EN
    odd = chance.choice((0.0, 0.2, 0.5, 1.0))
    pieces = [
        chance.choice(_ODD) if chance.random() < odd else chance.choice(plain)
        for _ in range(chance.choice((1, 1, 2, 3, 5, 12)))
    ]
    unit = chance.choice((" ", "", ", ", "\n", ".\n")).join(pieces)
    unit += chance.choice(("", " ", ", ", ". ", "\n", " and "))
    size = chance.choice((1 << 12, 1 << 14, 1 << 16, LARGEST, LARGEST, 4 * LARGEST))
    # Dense text of the trade is parsed sentence by sentence, at its own price: less of it.
    size = min(size, LARGEST // 4) if odd < 0.5 else size
    if chance.random() < 0.3:
        named = chance.choice(("Minister {}", "{} of France", "{}", "Mr. {}, the {} envoy", "{}:"))
        many = min(size, LARGEST) // (len(unit) + 12)
        return "".join(unit + named.format(_name(n), _name(n)) + " " for n in range(many))
    head, tail = (" ".join(chance.sample(plain, 12)) + " " for _ in range(2))
    made = chance.choice(("", head)) + unit * max(1, size // max(1, len(unit)))
    return made[:size] + chance.choice(("", tail, " ."))


def _name(number: int) -> str:
    """A name of which there are as many as one likes."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"X{letters} Y{letters}"


def fields(chance: random.Random, language: str = "en") -> dict[str, object]:
    """What a line of JSON says of a report, mostly; with surprises."""
    odd: tuple[object, ...] = (
        None,
        0,
        -1,
        1e308,
        True,
        [],
        {},
        [[[]]],
        {"a": {"b": 1}},
        "",
        "\x00",
    )
    made: dict[str, object] = {
        "id": "n1",
        "outlet": "Fjord Wire",
        "url": "https://wire.example/1",
        "published": chance.choice(("2024-02-01T09:00:00+00:00", "2024-13-40", "now", "9999", "")),
        "title": text(chance, language)[:200],
        "text": text(chance, language),
        "language": chance.choice(("en", "fr", "EN-gb", "xx", "\u202e")),
    }
    for _ in range(chance.choice((0, 0, 1, 2))):
        made[chance.choice(list(made))] = chance.choice(odd)
    return made


# Good documents, in our own words; damaging them is the business of ``document``.

_PARAGRAPH = "Norway's foreign minister will visit Poland on 12 February 2024, her spokesman said."


def _row(chance: random.Random) -> str:
    return json.dumps(fields(chance), ensure_ascii=chance.random() < 0.5)


def _jsonl(chance: random.Random) -> bytes:
    lines = [_row(chance) for _ in range(chance.randint(1, 5))]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _json(chance: random.Random) -> bytes:
    rows = [fields(chance) for _ in range(chance.randint(0, 4))]
    return json.dumps(chance.choice((rows, {"items": rows}, rows[:1])), indent=1).encode()


def _nested_json(chance: random.Random) -> bytes:
    depth = chance.choice((10, 1000, 100_000))
    opening, closing = chance.choice((("[", "]"), ('{"a":', "}"), ('[{"text":', "}]")))
    return (opening * depth + '"a"' + closing * chance.choice((depth, 0, depth - 1))).encode()


def _html(chance: random.Random) -> bytes:
    linked = json.dumps({"@type": "NewsArticle", **fields(chance)})
    happens = {
        "@type": "Event",
        "name": text(chance)[:80],
        "startDate": chance.choice(("2024-02-12", "x", "", [])),
        "location": chance.choice(("Oslo", {"name": "Oslo"}, [[]], None)),
    }
    body = "".join(f"<p>{_PARAGRAPH} {text(chance)[:300]}</p>" for _ in range(4))
    return (
        f"<!doctype html><html lang=en><head><meta charset={chance.choice(_CHARSETS)}>"
        f"<title>{text(chance)[:60]}</title>"
        f'<script type="application/ld+json">{linked}</script>'
        f'<script type="application/ld+json">{json.dumps([happens] * 3)}</script></head>'
        f"<body><article><h1>A visit</h1>{body}</article></body></html>"
    ).encode("utf-8", "surrogatepass")


_CHARSETS = (
    *("utf-8", "latin-1", "utf-7", "utf-16", "utf-32", "punycode", "idna", "unicode_escape"),
    *("undefined", "hex", "zlib", "rot13", "mbcs", "oem", "x" * 300, "big5", "cp037", "\u202e"),
    *("raw_unicode_escape", "iso2022_jp_2", "hz", "shift_jis", "base64", "uu", "bz2", "charmap"),
)


def _nested_html(chance: random.Random) -> bytes:
    tag = chance.choice(
        (
            *("div", "span", "b", "table", "td", "a", "font", "p", "li", "ul", "select"),
            *("svg", "math", "template", "button", "form", "h1", "ruby", "frameset"),
            *("noscript", "object", "x-y"),
        )
    )
    depth = chance.choice((50, 900, 5000, 20_000))
    opening = "".join(f"<{tag} a{n % 7}='{n}'>" for n in range(depth))
    closing = chance.choice(("", f"</{tag}>" * depth, f"</{tag}>" * (depth // 2)))
    head = "<!doctype html><html><body><article>"
    return f"{head}<p>{_PARAGRAPH}</p>{opening}{_PARAGRAPH}{closing}".encode()


_HTML_BITS = (
    *("<", "<!", "<!--", "-->", "<p ", "<p>", "</p>", "<div>", "</div", "<a href='", "'", '"'),
    *(
        "&",
        "&#",
        "&amp",
        ";",
        "<![CDATA[",
        "]]>",
        "<script>",
        "</script>",
        "<style>",
        "<b>",
        "<i>",
    ),
    *(
        "=",
        " x=y",
        "<table>",
        "<tr>",
        "<td>",
        "<br>",
        "<img src=x>",
        "<li>",
        "<meta content=a ",
        " ",
    ),
    *(
        "<time datetime='",
        "<link rel=canonical href='",
        "\n",
        "talks in Oslo ",
        "<svg>",
        "<h1>",
        "\t",
    ),
)


def _repeated_html(chance: random.Random) -> bytes:
    unit = "".join(chance.choices(_HTML_BITS, k=chance.randint(1, 4)))
    size = chance.choice((1 << 14, 1 << 16, LARGEST))
    page = f"<!doctype html><html><body><p>{_PARAGRAPH}</p>{unit * (size // len(unit))}"
    return page.encode()


def _rss(chance: random.Random) -> bytes:
    items = "".join(
        f"<item><title>{text(chance)[:80]}</title><link>https://wire.example/{n}</link>"
        f"<guid>{n}</guid><pubDate>{chance.choice(_DATES)}</pubDate>"
        f"<description>{_PARAGRAPH} {text(chance)[:300]}</description></item>"
        for n in range(chance.randint(1, 5))
    )
    head = f"<?xml version='1.0' encoding='{chance.choice(_CHARSETS)}'?>"
    made = f"{head}<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"
    return made.encode("utf-8", "surrogatepass")


_DATES = (
    *("Mon, 12 Feb 2024 10:00:00 GMT", "2024-02-12", "12 Feb", "31 Feb 2024", "", "0", "9" * 30),
    *("20240212T100000Z", "2024-02-12T25:61:61+99:99", "1" * 5000, "Feb Feb Feb", "-0001-01-01"),
    *("0000-00-00", "10000-01-01", "2024-02-12T10:00:00.123456789Z", "24:00", "1707732000", "NaN"),
)


def _atom(chance: random.Random) -> bytes:
    entries = "".join(
        f"<entry><id>{n}</id><title type='html'>{text(chance)[:80]}</title>"
        f"<updated>{chance.choice(_DATES)}</updated><content type='{chance.choice(_TYPES)}'>"
        f"{_PARAGRAPH}</content></entry>"
        for n in range(chance.randint(1, 4))
    )
    made = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title>{entries}</feed>"
    return made.encode("utf-8", "surrogatepass")


_TYPES = ("text", "html", "xhtml", "application/json", "")


def _json_feed(chance: random.Random) -> bytes:
    items = [
        {
            "id": n,
            "content_text": chance.choice((text(chance), [], None, 7)),
            "content_html": chance.choice(("<p>a", {}, text(chance))),
            "date_published": chance.choice(_DATES),
        }
        for n in range(3)
    ]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "W", "items": items}).encode()


def _ics(chance: random.Random) -> bytes:
    rules = ("FREQ=DAILY", "FREQ=SECONDLY", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2", "FREQ=X", "")
    entry = (
        f"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20240101T000000Z\r\nDTSTART:{chance.choice(_STARTS)}\r\n"
        f"DTEND:{chance.choice(_STARTS)}\r\nRRULE:{chance.choice(rules)}\r\n"
        f"DURATION:{chance.choice(('P1D', 'P99999999999D', '-P1D', 'PT'))}\r\n"
        f"SUMMARY:{text(chance)[:200]}\r\nLOCATION:Oslo\r\nATTENDEE:mailto:a@b\r\nEND:VEVENT\r\n"
    )
    count = chance.choice((1, 3, 40))
    made = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{entry * count}END:VCALENDAR\r\n"
    return made.encode("utf-8", "surrogatepass")


_STARTS = (
    *("20240212T100000Z", "20240212", "00000000", "99991231T235959Z", "00010101", "x", ""),
    *("20240212T100000", "20240230", "20240212T250000Z"),
)


def _opml(chance: random.Random) -> bytes:
    depth = chance.choice((1, 5, 400))
    inner = f"<outline xmlUrl='https://wire.example/{text(chance)[:20]}'/>"
    return f"<opml><body>{'<outline>' * depth}{inner}{'</outline>' * depth}</body></opml>".encode(
        "utf-8", "surrogatepass"
    )


def _sitemap(chance: random.Random) -> bytes:
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    url = f"<url><loc>https://a.example/{text(chance)[:9]}</loc><lastmod>{chance.choice(_DATES)}</lastmod></url>"
    return f"<urlset {space}>{url * chance.choice((1, 50))}</urlset>".encode(
        "utf-8", "surrogatepass"
    )


def _xml_bomb(chance: random.Random) -> bytes:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'x'}'>" for n in range(9))
    root = chance.choice(("rss", "feed", "newsItem", "urlset", "opml"))
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{entities}]><{root}>&e8;</{root}>".encode()


def _nested_xml(chance: random.Random) -> bytes:
    root = chance.choice(("rss", "feed", "newsItem", "newsMessage", "urlset", "opml"))
    depth = chance.choice((100, 255, 300, 50_000))
    return f"<{root}>{'<item>' * depth}{_PARAGRAPH}{'</item>' * depth}</{root}>".encode()


_XML_BITS = (
    *(
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<description>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
    ),
    *(
        "&lt;",
        "&",
        "&#x41;",
        "<link/>",
        "<a:b xmlns:a='x'>",
        "<?x ?>",
        "<",
        ">",
        "'",
        '"',
        " ",
        "x",
    ),
    *(
        "<entry>",
        "<content type='html'>",
        "<pubDate>",
        "<media:content url='x'>",
        "&lt;p&gt;",
        "talks",
    ),
)


def _repeated_xml(chance: random.Random) -> bytes:
    unit = "".join(chance.choices(_XML_BITS, k=chance.randint(1, 4)))
    size = chance.choice((1 << 14, 1 << 16, LARGEST))
    head = chance.choice(
        ("<rss><channel>", "<feed>", "<newsItem>", "<urlset>", "<?xml ", "<!doctype ")
    )
    return f"{head}{unit * (size // len(unit))}".encode()


def _wire(chance: random.Random) -> bytes:
    body = text(chance)[:2000].encode("latin-1", "replace")
    return b"\x01ABC123 4 EXT 0099\r\n\x02Visit\r\n" + body + b"\x03121000 feb 24\x04"


def _diary_text(chance: random.Random) -> bytes:
    day = chance.choice(("MONDAY, FEBRUARY 12", "FEB 2024", "x" * 80))
    entry = f"** OSLO - {_PARAGRAPH} {text(chance)[:200]}\n"
    return f"{day}\n{entry * chance.choice((1, 20))}".encode("utf-8", "surrogatepass")


def _table(chance: random.Random) -> bytes:
    head = chance.choice(("date,visitor,host,kind", "leader;country;start;end", "a\tb\tc"))
    rows = [text(chance)[:60].replace("\n", " ") for _ in range(5)]
    cells = "\n".join(
        ",".join(chance.choices((*rows, *_DATES, "Norway", "=1+1"), k=4)) for _ in rows
    )
    return f"{head}\n{cells}\n".encode("utf-8", "surrogatepass")


def _plain(chance: random.Random) -> bytes:
    head = chance.choice(
        ("", "Outlet: Fjord Wire\nPublished: 2024-02-01\n\n", "OSLO, Feb. 1 (AP) - ")
    )
    made = head + chance.choice((text, repeated))(chance)
    return made.encode(chance.choice(("utf-8", "utf-16", "utf-8-sig")), "surrogatepass")


def _noise(chance: random.Random) -> bytes:
    magic = (
        b"",
        b"\x1f\x8b",
        b"PK\x03\x04",
        b"WARC/1.0\r\n",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\x01",
        b"{",
    )
    return chance.choice(magic) + chance.randbytes(chance.choice((1, 60, 5000)))


def _warc(chance: random.Random) -> bytes:
    made = b""
    for n in range(chance.randint(1, 3)):
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _html(chance)
        length = chance.choice((len(page), len(page), len(page), 0, 10**12, -1))
        made += (
            (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\n"
                f"WARC-Date: {chance.choice(('2024-02-01T00:00:00Z', 'x'))}\r\n"
                f"WARC-Record-ID: <urn:uuid:{n}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {length}\r\n\r\n"
            ).encode()
            + page
            + b"\r\n\r\n"
        )
    return made


def _zip(chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(chance.randint(0, 3)):
            name = chance.choice((f"{n}.html", f"../{n}", f"/{n}.jsonl", "a\x1b[2J", "é" * 99))
            packed.writestr(name, _anything(chance))
    return made.getvalue()


def _tar(chance: random.Random) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as packed:
        for n in range(chance.randint(0, 3)):
            info, data = tarfile.TarInfo(f"../{n}"), _anything(chance)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return made.getvalue()


def _anything(chance: random.Random) -> bytes:
    return chance.choice((_html, _jsonl, _rss, _plain, _noise))(chance)[:20_000]


def _golden(name: str) -> Callable[[random.Random], bytes]:
    """A document that the tests keep."""
    return lambda _: (TOP / "tests" / "data" / name).read_bytes()


DOCUMENTS: Mapping[str, Callable[[random.Random], bytes]] = {
    "text": _plain,
    "jsonl": _jsonl,
    "json": _json,
    "nested json": _nested_json,
    "html": _html,
    "nested html": _nested_html,
    "repeated html": _repeated_html,
    "rss": _rss,
    "atom": _atom,
    "json feed": _json_feed,
    "nested xml": _nested_xml,
    "repeated xml": _repeated_xml,
    "xml bomb": _xml_bomb,
    "ics": _ics,
    "whole ics": _golden("golden.ics"),
    "opml": _opml,
    "sitemap": _sitemap,
    "newsml": _golden("golden.newsml.xml"),
    "ninjs": _golden("golden.ninjs.jsonl"),
    "diary": _diary_text,
    "whole diary": _golden("golden.diary.txt"),
    "wire": _wire,
    "warc": _warc,
    "zip": _zip,
    "tar": _tar,
    "table": _table,
    "noise": _noise,
}
"""Makers of documents by the format that they begin from."""


def document(chance: random.Random, kind: str) -> bytes:
    """A document of a kind: good, or damaged in one to eight places, or packed."""
    data = DOCUMENTS[kind](chance)
    for _ in range(chance.choice((0, 0, 1, 2, 8))):
        data = _damaged(data, chance)
    if chance.random() < 0.05:
        data = gzip.compress(data, 1)
        data = _damaged(data, chance) if chance.random() < 0.5 else data
    return data


def _damaged(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at, size = chance.randrange(len(data)), chance.choice((1, 2, 8, 64, 512))
    match chance.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + size :]
        case 2:
            return data[:at] + data[at : at + size] * chance.choice((2, 9, 90)) + data[at:]
        case 3:
            return data[:at] + chance.randbytes(min(size, 8)) + data[at + min(size, 8) :]
        case 4:
            odd = chance.choice(_ODD).encode("utf-8", "surrogatepass")
            return data[:at] + odd + data[at:]
        case _:
            other = chance.randrange(len(data))
            return data[:at] + data[other : other + size] + data[at:]
