"""The text of an XML document, before any parser sees it."""

import re
from dataclasses import replace

from summitry.sources._decode import Decoded, decoded

__all__ = ["declares", "undeclared"]

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)


def undeclared(data: bytes) -> Decoded:
    """The document by the encoding that it declares, without the declaration.

    A parser that gets it as UTF-8 has nothing to guess.
    """
    named = _ENCODING.search(data[:200])
    page = decoded(data, named.group(1).decode("ascii") if named else "")
    return replace(page, text=_DECLARATION.sub("", page.text, count=1))


def declares(text: str) -> bool:
    """Whether a document declares entities (OWASP, XML External Entity Prevention)."""
    return bool(_ENTITY.search(text))
