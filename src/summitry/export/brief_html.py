"""The brief as one page of HTML that prints on one sheet of A4.

Self-contained: no script, no image, no request to anywhere. A policy in the page forbids them
even if a text should slip through.
"""

from collections.abc import Iterator, Mapping
from html import escape

from summitry.export._page import Page, Row, page
from summitry.model import Brief, Report, Status

__all__ = ["brief_html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_COLOURS = {
    Status.FLOATED: "#8a6d00",
    Status.IN_PREPARATION: "#8a6d00",
    Status.ANNOUNCED: "#00657a",
    Status.CONFIRMED: "#17703a",
    Status.HELD: "#17703a",
    Status.POSTPONED: "#7a3388",
    Status.CANCELLED: "#a3241d",
    Status.DENIED: "#a3241d",
}
"""Dark enough on white for print and for weak eyes (WCAG AA, 4.5 to 1)."""
_STYLE = """
@page { size: A4; margin: 13mm 15mm }
* { box-sizing: border-box }
body { font: 9.6pt/1.32 "Source Sans Pro", "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif;
  color: #1a1a1a; max-width: 180mm; margin: 8mm auto }
@media print { body { margin: 0; max-width: none } }
header { border-bottom: 2px solid #1a1a1a; padding-bottom: 2mm }
h1 { font-size: 15pt; line-height: 1.15; margin: 0 0 1mm }
.badge { display: inline-block; color: #fff; border-radius: 2px; padding: 0 2mm; font-weight: 600 }
h2 { font-size: 8.4pt; letter-spacing: .06em; text-transform: uppercase; color: #555;
  margin: 3mm 0 .6mm; border-bottom: .5px solid #bbb; break-after: avoid }
dl { display: grid; grid-template-columns: 34mm 1fr; gap: .3mm 3mm; margin: 0 }
dt { font-weight: 600; overflow-wrap: anywhere }
dd { margin: 0; overflow-wrap: anywhere }
sup { color: #00657a; font-size: 7pt; line-height: 0 }
ol { margin: 0; padding-left: 5mm; font-size: 8.6pt; line-height: 1.25 }
li { overflow-wrap: anywhere; margin-bottom: .4mm }
footer { margin-top: 3mm; border-top: .5px solid #bbb; color: #555; font-size: 8pt }
"""


def brief_html(brief: Brief, reports: Mapping[str, Report]) -> str:
    """The page, UTF-8; every text of a report is escaped."""
    sheet = page(brief, reports)
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Page) -> Iterator[str]:
    title, colour = escape(sheet.title), _COLOURS[sheet.status]
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<header>\n<h1>{title}</h1>"
    badge = f'<span class="badge" style="background:{colour}">{escape(sheet.badge)}</span>'
    yield f"{badge} {escape(sheet.subtitle)}\n</header>"
    for section in sheet.sections:
        yield f"<section>\n<h2>{escape(section.heading)}</h2>\n<dl>"
        yield from map(_row, section.rows)
        yield "</dl>\n</section>"
    if sheet.quotes:
        quotes = "\n".join(f"<li>{escape(quote)}</li>" for quote in sheet.quotes)
        yield f"<section>\n<h2>In their words</h2>\n<ol>\n{quotes}\n</ol>\n</section>"
    yield f"<footer>{escape(sheet.foot)}</footer>\n</body>\n</html>"


def _row(row: Row) -> str:
    notes = "".join(f" <sup>{n}</sup>" for n in row.notes)
    return f"<dt>{escape(row.label)}</dt><dd>{escape(row.text)}{notes}</dd>"
