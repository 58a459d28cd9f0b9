"""Who speaks by the layout: "NAME: …" before the words, "― Name" after them."""

import re
from collections.abc import Iterator

__all__ = ["labels", "signatures"]

Span = tuple[int, int]

_NAME = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|of|the|and)){0,4}"
_LABEL = re.compile(rf"[\"“]?(?P<who>{_NAME})(?P<cue>:)\s+(?=(?:\S+\s+){{2}}\S)")
_SIGNED = re.compile(
    rf"[”\"]\s*(?P<cue>―|—|–|--)\s*(?P<who>{_NAME}(?:, [^\n.”\"]{{2,60}})?)\s*\.?\s*$", re.M
)


def labels(text: str, start: int, end: int) -> Iterator[tuple[Span, Span, Span]]:
    """Source, cue and content of a sentence that begins with a name and a colon."""
    found = _LABEL.match(text, start, end)
    if found is not None:
        yield found.span("who"), found.span("cue"), (found.end(), end)


def signatures(text: str) -> Iterator[tuple[Span, Span]]:
    """Source and cue of every name that signs the quotation before it."""
    for found in _SIGNED.finditer(text):
        yield found.span("who"), found.span("cue")
