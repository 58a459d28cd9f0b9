"""The brief as one page of PDF: the door of reportlab, and of the letters that it sets.

Source Sans Pro (SIL Open Font License) has Latin, Cyrillic and Greek. What it has no letter
for is drawn as a question mark.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from summitry.errors import ExtraMissing
from summitry.export._page import COLOURS, Page, Row, page
from summitry.model import Brief, Report

__all__ = ["brief_pdf"]

_INK, _GREY, _RULE = "#1a1a1a", "#555555", "#bbbbbb"
_HIGH, _WIDE = 841.89, 595.28
_EDGE, _HEAD, _FOOT = 43.0, 40.0, 34.0
"""Margins at the sides, at the top and at the bottom; this and all lengths here in points."""
_LABEL, _NUMBER = 104.0, 20.0
"""Widths of the labels of rows, and of the numbers of quotations."""
_SIZES = (9.6, 9.0, 8.4, 7.8, 7.2)
"""The largest with which all stands on one sheet is taken."""
_PLAIN, _BOLD = "SourceSansPro-Regular", "SourceSansPro-Semibold"


def brief_pdf(brief: Brief, reports: Mapping[str, Report]) -> bytes:
    """The sheet; the same brief gives the same bytes.

    Raises:
        ExtraMissing: The library or its font is not installed.
    """
    try:
        import font_source_sans_pro  # noqa: PLC0415 (extras, needed by nothing else)
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
        from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing("a brief in PDF", "summitry[desk]") from error
    sheet = page(brief, reports)
    folder = Path(font_source_sans_pro.font_directory)
    for size in _SIZES:
        # A font remembers what it drew: each sheet gets letters of its own.
        fonts = {name: TTFont(name, str(folder / f"{name}.ttf")) for name in (_PLAIN, _BOLD)}
        for font in fonts.values():
            pdfmetrics.registerFont(font)
        out = BytesIO()
        canvas = Canvas(out, pagesize=(_WIDE, _HIGH), invariant=1, lang="en")
        canvas.setTitle(sheet.title)
        canvas.setCreator("Summitry")
        pen = _Pen(canvas, fonts)
        _draw(pen, sheet, size)
        canvas.save()
        if pen.pages == 1:
            break
    return out.getvalue()


class _Pen:
    """Draws lines of text from the top of a sheet to its bottom, and then on the next."""

    def __init__(self, canvas: Any, fonts: Mapping[str, Any]) -> None:  # noqa: ANN401 (untyped)
        self.canvas = canvas
        self.letters = {name: font.face.charToGlyph for name, font in fonts.items()}
        self.widths = {name: font.stringWidth for name, font in fonts.items()}
        self.y = _HIGH - _HEAD
        self.pages = 1

    def lines(self, text: str, font: str, size: float, width: float) -> list[str]:
        """A text in lines of at most that width; a word that is wider is cut."""
        known, measure = self.letters[font], self.widths[font]
        out = [""]
        for word in "".join(c if ord(c) in known else "?" for c in text).split():
            longer = f"{out[-1]} {word}".strip()
            if measure(longer, size) <= width:
                out[-1] = longer
                continue
            out += [word] if out[-1] else []
            out[-1] = word
            while measure(out[-1], size) > width:
                fits = max(1, int(len(out[-1]) * width / measure(out[-1], size)) - 1)
                out[-1:] = [out[-1][:fits], out[-1][fits:]]
        return out

    def down(self, by: float) -> None:
        """Go down; a sheet that is full is turned."""
        self.y -= by
        if self.y < _FOOT:
            self.canvas.showPage()
            self.y = _HIGH - _HEAD - by
            self.pages += 1

    def put(self, x: float, text: str, font: str, size: float, colour: str) -> None:
        """One line at the present height."""
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text)

    def text(self, text: str, font: str, size: float, colour: str = _INK) -> None:
        """A text over the whole width."""
        for line in self.lines(text, font, size, _WIDE - 2 * _EDGE):
            self.down(size * 1.28)
            self.put(_EDGE, line, font, size, colour)

    def pair(self, label: str, text: str, indent: float, size: float) -> None:
        """A label and, beside it, its text."""
        left = self.lines(label, _BOLD, size, indent - 6)
        right = self.lines(text, _PLAIN, size, _WIDE - 2 * _EDGE - indent)
        for n in range(max(len(left), len(right))):
            self.down(size * 1.28)
            if n < len(left):
                self.put(_EDGE, left[n], _BOLD, size, _INK)
            if n < len(right):
                self.put(_EDGE + indent, right[n], _PLAIN, size, _INK)
        self.down(0.8)

    def rule(self, colour: str, width: float) -> None:
        """A line across, a little below the text."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.line(_EDGE, self.y - 3, _WIDE - _EDGE, self.y - 3)
        self.down(3)


def _draw(pen: _Pen, sheet: Page, size: float) -> None:
    """The whole sheet, from the top."""
    pen.text(sheet.title, _BOLD, 15)
    _badge(pen, sheet, size)
    pen.down(3)
    pen.rule(_INK, 1.4)
    for section in sheet.sections:
        _heading(pen, section.heading, size)
        for row in section.rows:
            _row(pen, row, size)
    if sheet.quotes:
        _heading(pen, "In their words", size)
        for n, quote in enumerate(sheet.quotes, 1):
            pen.pair(str(n), quote, _NUMBER, size - 0.8)
    pen.down(4)
    pen.rule(_RULE, 0.5)
    pen.text(sheet.foot, _PLAIN, size - 1.4, _GREY)


def _badge(pen: _Pen, sheet: Page, size: float) -> None:
    """The status on its colour, and kind, place and date beside it."""
    wide = pen.widths[_BOLD](sheet.badge, size) + 10
    indent = wide + 6
    first = True
    for line in pen.lines(sheet.subtitle, _PLAIN, size + 0.6, _WIDE - 2 * _EDGE - indent):
        pen.down((size + 0.6) * 1.5)
        if first:
            pen.canvas.setFillColor(COLOURS[sheet.status])
            pen.canvas.rect(_EDGE, pen.y - 3.4, wide, size * 1.42, stroke=0, fill=1)
            pen.put(_EDGE + 5, sheet.badge, _BOLD, size, "#ffffff")
        pen.put(_EDGE + indent, line, _PLAIN, size + 0.6, _INK)
        first = False


def _heading(pen: _Pen, text: str, size: float) -> None:
    pen.down(size * 0.5)
    pen.text(text.upper(), _BOLD, size - 1.6, _GREY)
    pen.rule(_RULE, 0.5)


def _row(pen: _Pen, row: Row, size: float) -> None:
    notes = f" [{', '.join(map(str, row.notes))}]" if row.notes else ""
    pen.pair(row.label, row.text + notes, _LABEL, size)
