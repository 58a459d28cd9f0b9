"""The brief as one page of HTML that prints on one sheet of A4.

Self-contained: no script, no image, no request to anywhere. A policy in the page forbids them
even if a text should slip through.
"""

from collections.abc import Iterator, Mapping
from html import escape
from math import ceil

from summitry.export._page import COLOURS, Page, Row, page
from summitry.model import Brief, Report

__all__ = ["brief_html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_SIZES = (9.6, 9.0, 8.4, 7.8, 7.2)
"""Points; the largest with which all stands on one sheet is taken."""
_POINT = 0.3528
"""Millimetres."""
_LETTER, _LINE = 0.56, 1.3
"""Width of a letter of a wide face (DejaVu Sans) and height of a line, in sizes of the type."""
_HIGH, _TEXT, _WIDE, _LABEL = 264.0, 139.0, 174.0, 38.0
"""Millimetres of a sheet: its height, a row's text, a quotation, a label."""
_STYLE = """
@page { size: A4; margin: 13mm 15mm }
* { box-sizing: border-box }
body { font: SIZEpt/1.3 "Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial,
  "Liberation Sans", "DejaVu Sans", sans-serif;
  color: #1a1a1a; max-width: 180mm; margin: 8mm auto }
@media print { body { margin: 0; max-width: none } }
header { border-bottom: 2px solid #1a1a1a; padding-bottom: 2mm }
h1 { font-size: 1.55em; line-height: 1.15; margin: 0 0 1mm }
.badge { display: inline-block; color: #fff; background: COLOUR; print-color-adjust: exact;
  border-radius: 2px; padding: 0 2mm; font-weight: 600 }
h2 { font-size: .84em; letter-spacing: .06em; text-transform: uppercase; color: #555;
  margin: 3mm 0 .6mm; border-bottom: .5px solid #bbb; break-after: avoid }
dl { display: grid; grid-template-columns: 38mm 1fr; gap: .3mm 3mm; margin: 0 }
dt { font-weight: 600; overflow-wrap: anywhere }
dd { margin: 0; overflow-wrap: anywhere }
sup { color: #00657a; font-size: .75em; line-height: 0 }
ol { margin: 0; padding-left: 5mm; font-size: .9em; line-height: 1.25 }
li { overflow-wrap: anywhere; margin-bottom: .4mm }
footer { margin-top: 3mm; border-top: .5px solid #bbb; color: #555; font-size: .84em }
"""


def brief_html(brief: Brief, reports: Mapping[str, Report]) -> str:
    """The page, UTF-8; every text of a report is escaped."""
    sheet = page(brief, reports)
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Page) -> Iterator[str]:
    title, colour = escape(sheet.title), COLOURS[sheet.status]
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    # In the sheet's own style, which a page's policy can let in by its digest; no attribute.
    style = _STYLE.replace("SIZE", f"{_size(sheet):g}").replace("COLOUR", colour)
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield f"<header>\n<h1>{title}</h1>"
    badge = f'<span class="badge">{escape(sheet.badge)}</span>'
    yield f"{badge} {escape(sheet.subtitle)}\n</header>"
    for section in sheet.sections:
        yield f"<section>\n<h2>{escape(section.heading)}</h2>\n<dl>"
        yield from map(_row, section.rows)
        yield "</dl>\n</section>"
    if sheet.quotes:
        quotes = "\n".join(f"<li>{escape(quote)}</li>" for quote in sheet.quotes)
        yield f"<section>\n<h2>In their words</h2>\n<ol>\n{quotes}\n</ol>\n</section>"
    yield f"<footer>{escape(sheet.foot)}</footer>\n</body>\n</html>"


def _size(sheet: Page) -> float:
    """The size of type with which the sheet, set in a wide face, is one page."""
    return next((size for size in _SIZES if _height(sheet, size) <= _HIGH), _SIZES[-1])


def _height(sheet: Page, size: float) -> float:
    """Millimetres that the sheet takes, head and foot included."""
    letter, line = size * _POINT * _LETTER, size * _POINT * _LINE
    rows = [r for s in sheet.sections for r in s.rows]
    lines = 6 + sum(
        max(_lines_of(r.label, _LABEL, letter * 1.1), _lines_of(r.text, _TEXT, letter))
        for r in rows
    )
    quotes = 0.87 * sum(_lines_of(q, _WIDE, letter * 0.9) for q in sheet.quotes)
    heads = (len(sheet.sections) + 1) * (3.6 + 0.84 * line)
    return (lines + quotes) * line + 0.4 * (len(rows) + len(sheet.quotes)) + heads


def _lines_of(text: str, width: float, letter: float) -> int:
    """Lines of a text, a little more than its length asks, since words are not cut."""
    return max(1, ceil(len(text) * letter * 1.04 / width))


def _row(row: Row) -> str:
    notes = "".join(f" <sup>{n}</sup>" for n in row.notes)
    return f"<dt>{escape(row.label)}</dt><dd>{escape(row.text)}{notes}</dd>"
