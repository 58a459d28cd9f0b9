"""Where a text quotes somebody word for word: the stretches between quotation marks."""

import re
from collections.abc import Iterator

__all__ = ["quotes"]

_MARK = re.compile("[“”\"«»„]|''|``")
_OPENING, _CLOSING = {"“", "«", "„", "``"}, {"”", "»"}


def quotes(text: str) -> Iterator[tuple[int, int]]:
    """The quotations of a text in reading order, the marks included.

    A quotation that a paragraph leaves open ends with it: printers open it anew in the next.
    """
    for paragraph in re.finditer(r"[^\n\r]+", text):
        opened: int | None = None
        head = paragraph.end() - len(paragraph[0].lstrip())
        for mark in _MARK.finditer(text, paragraph.start(), paragraph.end()):
            if opened is None and (mark[0] not in _CLOSING or mark.start() == head):
                opened = mark.start()
            elif opened is not None and mark[0] not in _OPENING:
                yield opened, mark.end()
                opened = None
        if opened is not None:
            yield opened, paragraph.end()
