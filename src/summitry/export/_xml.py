"""Texts of strangers as XML can hold them."""

import re

from summitry.export._words import plain

__all__ = ["fit"]

_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for, escaped or not."""


def fit(text: str) -> str:
    """A text on one line, without the characters that no XML document may have."""
    return _NEVER.sub("", plain(text))
