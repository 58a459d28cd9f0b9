"""XML as it is written: elements, and texts of strangers as XML can hold them."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summitry.export._words import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["add", "document", "fit", "root", "utc"]

_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for, escaped or not."""


def root(namespace: str, name: str) -> "_Element":
    """The outermost element of a document whose elements are all of one namespace."""
    from lxml import etree  # noqa: PLC0415

    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]


def add(parent: "_Element", name: str, text: str = "", **attributes: str) -> "_Element":
    """One element more, of its parent's namespace; its text and attributes are made fit."""
    child = parent.makeelement(f"{{{parent.nsmap[None]}}}{name}")
    for key, value in attributes.items():
        child.set(key, fit(value))
    child.text = fit(text) or None
    parent.append(child)
    return child


def document(outermost: "_Element") -> bytes:
    """A whole document, UTF-8."""
    from lxml import etree  # noqa: PLC0415

    return etree.tostring(outermost, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def fit(text: str) -> str:
    """A text on one line, without the characters that no XML document may have."""
    return _NEVER.sub("", plain(text))


def utc(instant: datetime) -> str:
    """An instant as XML writes it (RFC 3339), in UTC."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
