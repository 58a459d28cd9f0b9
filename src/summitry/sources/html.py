"""A saved web page: the article in it, the events it states, and what it says about itself.

Metadata come from JSON-LD, OpenGraph and meta elements, in that order; the text from
trafilatura, from resiliparse where that finds none, and from the page's own ``articleBody``.
Finding the text costs twenty times what a look at the whole page does: a page may be turned away
after that look.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from summitry.errors import UnreadableReport
from summitry.model import Report
from summitry.sources._decode import decoded
from summitry.sources._listing import listed
from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._schema_org import event, is_event
from summitry.sources._stream import Stream, whole

__all__ = ["read_html"]

_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_ARTICLE = re.compile(r"Article$|^BlogPosting$|^Report$|LiveBlog", re.IGNORECASE)

_MOST_EVENTS = 500
"""Events that one page states at most."""

_AROUND = [
    *("head", "script", "style", "template", "noscript", "iframe", "object", "svg"),
    *("nav", "menu", "aside", "footer", "form", "button", "select", "textarea", "figure"),
]
"""Elements that are no part of an article's text; trafilatura drops them as well."""
_ELSEWHERE = "li a, h2 a, h3 a, h4 a, a h2, a h3, a h4"
"""Links that are an item or a headline of their own: they tell of other stories."""

_META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "parsely-title"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "url": ("og:url", "parsely-link"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "parsely-pub-date",
        "datepublished",
        "article.published",
        "dc.date.issued",
        "dcterms.created",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publication_date",
        "dc.date",
        "date",
    ),
    "language": ("og:locale", "content-language", "language"),
}
"""Names under which pages state a field, the most exact one first (names in lower case)."""

_BLOCK = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figure"
    r"|footer|form|header|hgroup|main|menu|nav|ol|section|ul)\b",
    re.IGNORECASE,
)
_DEEPEST = 1000
"""Blocks one inside the other. Parsers take time squared in their depth: 0.2 s were measured for
2,000, 21 s for 20,000."""


def always(_: Report) -> bool:
    """Every page is worth its article's text."""
    return True


def read_html(
    stream: Stream, origin: str, worth: Callable[[Report], bool] = always
) -> Iterator[Outcome]:
    """Read one page as one report, and each schema.org Event that it states as a listing.

    Args:
        stream: The page.
        origin: Where it was read.
        worth: Asked of the report that the page would be with all that stands on it. Where it
            says no the article's text is not searched for, and that report is what comes out.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, nested too deeply or holds neither
            text nor events.
    """
    data = whole(stream, origin)
    declared = _CHARSET.search(data[:4096])
    page = decoded(data, declared.group(1).decode("ascii") if declared else "")
    if page.lost:
        yield Problem(origin, f"{page.lost} characters are in no encoding we know")
    # Fewer tags than that are not worth a count.
    if page.text.count("<") > _DEEPEST and _depth(page.text) > _DEEPEST:
        raise UnreadableReport(origin, f"a page of more than {_DEEPEST} blocks inside each other")
    tree = LexborHTMLParser(page.text)
    said = _linked_data(tree)
    meta = _meta(tree)
    fields = {name: said.get(name) or meta.get(name) or "" for name in _META}
    events = [node for node in _stated(tree) if is_event(node)]
    about = {"outlet": fields["outlet"], "published": fields["published"] or _time(tree)}
    for number, node in enumerate(events[:_MOST_EVENTS], 1):
        yield from listed(event(node, about, f"{origin}:{number}"))
    draft = Draft(
        origin=origin,
        body="",
        title=" ".join(
            (fields["title"] or _element(tree, "h1") or _element(tree, "title")).split()
        ),
        outlet=fields["outlet"],
        url=fields["url"] or _canonical(tree),
        published=fields["published"] or _time(tree),
        language=_language(tree) or fields["language"],
    )
    stated = said.get("body", "")
    look = f"{_prose(tree)}\n{stated}".strip()
    if look:
        told = list(finished(replace(draft, body=look)))
        if any(isinstance(one, Report) and not worth(one) for one in told):
            yield from told
            return
    body = (_main_text(page.text) or stated).strip()
    if body:
        yield from finished(replace(draft, body=body))
    elif not events:
        raise UnreadableReport(origin, "a page without an article's text")


def _prose(tree: LexborHTMLParser) -> str:
    """All that a page says but for what stands around articles; the tree loses that."""
    tree.strip_tags(_AROUND)
    if tree.body is None:
        return ""
    elsewhere = {line for link in tree.css(_ELSEWHERE) for line in _lines(link)}
    return "\n".join(line for line in _lines(tree.body) if line not in elsewhere)


def _lines(node: LexborNode) -> Iterator[str]:
    """The lines of the texts inside an element that say anything."""
    for line in node.text(separator="\n").split("\n"):
        if said := line.strip():
            yield said


def _depth(page: str) -> int:
    """How many blocks stand one inside the other at most."""
    depth = deepest = 0
    for tag in _BLOCK.finditer(page):
        depth = max(depth - 1, 0) if tag.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _linked_data(tree: LexborHTMLParser) -> dict[str, str]:
    """What the page's JSON-LD says of its article; the first article wins."""
    for node in _stated(tree):
        kinds = node.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and _ARTICLE.search(name) for name in names):
            return {
                "title": _named(node.get("headline")),
                "outlet": _named(node.get("publisher")),
                "url": _named(node.get("url")) or _named(node.get("mainEntityOfPage")),
                "published": _named(node.get("datePublished")),
                "language": _named(node.get("inLanguage")),
                "body": _named(node.get("articleBody")),
            }
    return {}


def _stated(tree: LexborHTMLParser) -> Iterator[dict[str, object]]:
    """All objects of the page's JSON-LD; what is no JSON is passed over."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            found = json.loads(script.text())
        except (ValueError, RecursionError):
            continue
        yield from _nodes(found, 6)


def _nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    """All objects inside a JSON value, outermost first, no deeper than ``depth``."""
    if depth and isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner, depth - 1)
    elif depth and isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, depth - 1)


def _named(value: object) -> str:
    """The text of a JSON-LD value that may be a text, a thing with a name, or a list of them."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    return value if isinstance(value, str) else ""


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The fields that meta elements state."""
    stated: dict[str, str] = {}
    for element in tree.css("meta[content]"):
        marks = element.attributes
        name = marks.get("property") or marks.get("name") or marks.get("itemprop")
        if name:
            stated.setdefault(name.strip().lower(), (marks.get("content") or "").strip())
    return {
        field: next((stated[name] for name in names if stated.get(name)), "")
        for field, names in _META.items()
    }


def _time(tree: LexborHTMLParser) -> str:
    """The first time element with a machine-readable time, those of the article before others."""
    where = '[itemprop="datePublished"][datetime], article time[datetime], time[datetime]'
    element = tree.css_first(where)
    return (element.attributes.get("datetime") or "") if element else ""


def _canonical(tree: LexborHTMLParser) -> str:
    element = tree.css_first('link[rel="canonical"][href]')
    return (element.attributes.get("href") or "") if element else ""


def _language(tree: LexborHTMLParser) -> str:
    element = tree.css_first("html[lang]")
    return (element.attributes.get("lang") or "") if element else ""


def _element(tree: LexborHTMLParser, where: str) -> str:
    element = tree.css_first(where)
    return element.text() if element else ""


def _main_text(page: str) -> str:
    """The article's paragraphs, one a line; empty when the page has none."""
    # Imported here: the two cost a third of a second, and most runs read no page.
    import trafilatura  # noqa: PLC0415
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    best = trafilatura.extract(page, include_comments=False, include_tables=False)
    return best or str(extract_plain_text(page, main_content=True, alt_texts=False))
