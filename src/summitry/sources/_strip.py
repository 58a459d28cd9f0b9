"""The words of a piece of HTML, such as the summary of a feed's item."""

import re

from selectolax.lexbor import LexborHTMLParser

__all__ = ["stripped"]

_BLOCK = "p, br, div, li, h1, h2, h3, h4, blockquote, tr"
_UNREAD = ["script", "style", "template", "noscript"]


def stripped(markup: str) -> str:
    r"""The text of some markup, its paragraphs parted by line ends; scripts and styles are lost.

    Example:
        >>> stripped("<p>Talks <b>in Oslo</b></p><script>x()</script><p>In March &amp; May</p>")
        'Talks in Oslo\nIn March & May'
    """
    tree = LexborHTMLParser(markup)
    if tree.body is None:
        return ""
    tree.strip_tags(_UNREAD)
    for element in tree.css(_BLOCK):
        element.insert_before("\n")
        element.insert_after("\n")
    lines = (" ".join(line.split()) for line in re.split(r"\n", tree.body.text()))
    return "\n".join(line for line in lines if line)
