"""XML of strangers, parsed so that it can neither read files nor explode.

A document that declares entities is refused (OWASP, XML External Entity Prevention); nothing is
loaded from anywhere, and what is nested deeper than 256 elements is broken.
"""

import re
from collections.abc import Iterator

from lxml import etree

from summitry.errors import UnreadableReport
from summitry.sources._markup import undeclared
from summitry.sources._stream import Stream, whole

__all__ = ["Element", "attribute", "child", "children", "parsed", "words"]

Element = etree._Element

_DTD = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)


def parsed(stream: Stream, origin: str) -> Element:
    """The outermost element of a document.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, declares a document type or entities,
            or is broken.
    """
    data = whole(stream, origin)
    text = undeclared(data).text
    if _DTD.search(text):
        raise UnreadableReport(origin, "XML that declares a document type or entities, refused")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    plain = text.encode("utf-8", "replace")
    try:
        return etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as error:
        reason = str(error).split("\n", 1)[0][:120]
        raise UnreadableReport(origin, f"broken XML ({reason})") from error


def children(element: Element, name: str) -> Iterator[Element]:
    """The elements of that local name directly inside, whatever their namespace."""
    yield from element.iterchildren(f"{{*}}{name}")


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of local names."""
    for name in path:
        element = next(children(element, name), None) if element is not None else None
    return element


def words(element: Element | None) -> str:
    """All text inside, on one line; empty where there is no element."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def attribute(element: Element | None, name: str) -> str:
    """The value of an attribute; empty where there is none."""
    return str(element.get(name) or "").strip() if element is not None else ""
