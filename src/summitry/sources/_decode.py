"""Which characters bytes stand for: UTF-8 unless they cannot be, then Windows-1252.

Text that was already garbled when it was saved (mojibake) is valid and is read as it stands.
"""

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decoded", "recoded"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMED = re.compile(rb"(?:encoding|charset)\s*=", re.IGNORECASE)
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how many of its characters could not be read and were replaced."""

    text: str
    lost: int = 0


def decoded(data: bytes, declared: str = "") -> Decoded:
    r"""The text of some bytes.

    Args:
        data: The whole document or line.
        declared: The encoding that the document names for itself; a byte order mark and valid
            UTF-8 outrank it, since documents are wrong about themselves.

    Example:
        >>> decoded(b"caf\xc3\xa9").text == decoded(b"caf\xe9").text
        True
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _counted(data[len(mark) :].decode(name, "replace"))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    lost = text.count(_LOST)
    foreign = sum(1 for c in text if c > "\x7f") - lost
    # More valid sequences than broken ones: UTF-8 with damage, not an eight-bit encoding.
    if foreign > lost:
        return Decoded(text, lost)
    for name in (declared, "cp1252"):
        try:
            return Decoded(data.decode(name))
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return Decoded(text, lost)


def _counted(text: str) -> Decoded:
    return Decoded(text, text.count(_LOST))


def recoded(data: bytes, charset: str) -> bytes:
    """The bytes as UTF-8 where only the server that sent them knows what they are.

    A byte order mark, valid UTF-8 and what the document says of itself come first, and bytes
    that are not of the named encoding stay as they are.

    >>> recoded("Крым".encode("cp1251"), "windows-1251").decode()
    'Крым'
    """
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _NAMED.search(data[:1024]):
        return data
    for name in ("utf-8", charset):
        try:
            return data.decode(name).encode("utf-8")
        except (UnicodeError, LookupError, ValueError):
            continue
    return data
