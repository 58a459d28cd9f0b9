"""The brief in Markdown (CommonMark)."""

import re
from collections.abc import Mapping

from summitry.export._page import Row, page
from summitry.model import Brief, Report

__all__ = ["brief_markdown"]

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
"""What opens emphasis, links, code, HTML or entities. Numbers and dashes only open lists at the
start of a line, where no stranger's text stands."""


def brief_markdown(brief: Brief, reports: Mapping[str, Report]) -> str:
    """The sheet; reports' texts are escaped, so that none of it is read as markup."""
    sheet = page(brief, reports)
    lines = [f"# {_plain(sheet.title)}", "", f"**{sheet.badge}** · {_plain(sheet.subtitle)}"]
    for section in sheet.sections:
        lines += ["", f"## {_plain(section.heading)}", "", *map(_row, section.rows)]
    if sheet.quotes:
        quotes = [f"{n}. {_plain(quote)}" for n, quote in enumerate(sheet.quotes, 1)]
        lines += ["", "## In their words", "", *quotes]
    return "\n".join([*lines, "", _plain(sheet.foot)]) + "\n"


def _row(row: Row) -> str:
    label = f"**{_plain(row.label)}**: " if row.label else ""
    notes = "".join(f" ({n})" for n in row.notes)
    return f"- {label}{_plain(row.text)}{notes}"


def _plain(text: str) -> str:
    r"""A text in which nothing is markup.

    >>> _plain("<b> [x](y) *z*")
    '\\<b\\> \\[x\\](y) \\*z\\*'
    """
    return _MARKS.sub(r"\\\1", text)
