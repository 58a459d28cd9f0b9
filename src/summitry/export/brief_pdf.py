"""The brief as one page of PDF: the door of fpdf2, and of the letters that it sets.

Source Sans Pro (SIL Open Font License) has Latin, Cyrillic and Greek. What it has no letter
for is drawn as a question mark.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.errors import ExtraMissing
from summitry.export._page import Page, Row, page
from summitry.model import Brief, Report, Status

if TYPE_CHECKING:
    from fpdf import FPDF

__all__ = ["brief_pdf"]

_COLOURS = {
    Status.FLOATED: (138, 109, 0),
    Status.IN_PREPARATION: (138, 109, 0),
    Status.ANNOUNCED: (0, 101, 122),
    Status.CONFIRMED: (23, 112, 58),
    Status.HELD: (23, 112, 58),
    Status.POSTPONED: (122, 51, 136),
    Status.CANCELLED: (163, 36, 29),
    Status.DENIED: (163, 36, 29),
}
_INK, _GREY, _RULE = (26, 26, 26), (85, 85, 85), (187, 187, 187)
_MARGIN, _LABEL = 15.0, 36.0
"""Millimetres."""
_SIZES = (9.6, 9.0, 8.4, 7.8, 7.2)
"""Points; the largest with which all stands on one sheet is taken."""


def brief_pdf(brief: Brief, reports: Mapping[str, Report]) -> bytes:
    """The sheet; the same brief gives the same bytes.

    Raises:
        ExtraMissing: The library or its font is not installed.
    """
    try:
        import font_source_sans_pro  # noqa: PLC0415 (extras, needed by nothing else)
        from fpdf import FPDF  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing("a brief in PDF", "summitry[desk]") from error
    sheet = page(brief, reports)
    fonts = Path(font_source_sans_pro.font_directory)
    for size in _SIZES:
        pdf = FPDF(format="A4")
        pdf.set_creation_date(brief.as_of)
        pdf.set_title(sheet.title)
        pdf.set_producer("Summitry")
        pdf.set_lang("en")
        pdf.set_margins(_MARGIN, 13)
        pdf.c_margin = 0.0
        pdf.set_auto_page_break(auto=True, margin=12)
        pdf.add_font("sans", "", fonts / "SourceSansPro-Regular.ttf")
        pdf.add_font("sans", "B", fonts / "SourceSansPro-Semibold.ttf")
        pdf.add_page()
        _draw(pdf, sheet, size)
        if pdf.page_no() == 1:
            break
    return bytes(pdf.output())


def _draw(pdf: "FPDF", sheet: Page, size: float) -> None:
    """The whole sheet, from the top."""
    line = size * 0.47
    _text(pdf, sheet.title, 15, 6.4, "B")
    pdf.ln(1)
    pdf.set_font("sans", "B", size)
    pdf.set_fill_color(*_COLOURS[sheet.status])
    pdf.set_text_color(255, 255, 255)
    pdf.cell(pdf.get_string_width(sheet.badge) + 4, line + 0.6, sheet.badge, fill=True, align="C")
    pdf.set_x(pdf.get_x() + 2)
    _text(pdf, sheet.subtitle, size + 0.6, line + 0.6)
    pdf.ln(1.4)
    _rule(pdf, _INK, 0.5)
    for section in sheet.sections:
        _heading(pdf, section.heading, size)
        for row in section.rows:
            _row(pdf, row, size, line)
    if sheet.quotes:
        _heading(pdf, "In their words", size)
        for n, quote in enumerate(sheet.quotes, 1):
            _pair(pdf, (str(n), quote), (7.0, size - 0.9), line * 0.92)
    pdf.ln(2)
    _rule(pdf, _RULE, 0.2)
    pdf.ln(0.6)
    _text(pdf, sheet.foot, size - 1.4, line * 0.9, colour=_GREY)


def _heading(pdf: "FPDF", text: str, size: float) -> None:
    pdf.ln(size * 0.2)
    _text(pdf, text.upper(), size - 1.6, size * 0.42, "B", _GREY)
    _rule(pdf, _RULE, 0.2)
    pdf.ln(0.5)


def _row(pdf: "FPDF", row: Row, size: float, line: float) -> None:
    notes = f" [{', '.join(map(str, row.notes))}]" if row.notes else ""
    _pair(pdf, (row.label, row.text + notes), (_LABEL, size), line)


def _pair(pdf: "FPDF", words: tuple[str, str], measures: tuple[float, float], line: float) -> None:
    """A label and its text side by side.

    Args:
        pdf: Where to draw.
        words: The label and the text.
        measures: Width of the label in millimetres, size of the letters in points.
        line: Height of a line in millimetres.
    """
    (label, text), (width, size) = words, measures
    top, sheet = pdf.get_y(), pdf.page_no()
    _text(pdf, label, size, line, "B", width=width - 2)
    low = pdf.get_y()
    broken = pdf.page_no() != sheet
    pdf.set_xy(_MARGIN + width, pdf.t_margin if broken else top)
    _text(pdf, text, size, line)
    if pdf.page_no() == sheet:
        pdf.set_y(max(low, pdf.get_y()))
    pdf.ln(0.25)


def _text(  # noqa: PLR0913, PLR0917 (as many as a line of type has measures)
    pdf: "FPDF",
    text: str,
    size: float,
    line: float,
    style: str = "",
    colour: tuple[int, int, int] = _INK,
    width: float = 0.0,
) -> None:
    """A text in lines, ragged on the right; what the font has no letter for is a "?"."""
    pdf.set_font("sans", style, size)
    pdf.set_text_color(*colour)
    letters = getattr(pdf.current_font, "cmap", {})
    drawn = "".join(c if ord(c) in letters else "?" for c in text)
    pdf.multi_cell(width, line, drawn, align="L", new_x="LMARGIN", new_y="NEXT")


def _rule(pdf: "FPDF", colour: tuple[int, int, int], width: float) -> None:
    pdf.set_draw_color(*colour)
    pdf.set_line_width(width)
    pdf.line(_MARGIN, pdf.get_y(), pdf.w - _MARGIN, pdf.get_y())
