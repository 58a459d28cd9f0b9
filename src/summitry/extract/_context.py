"""How do the words before a date change the interval it means?"""

from collections.abc import Sequence
from datetime import date

from summitry.extract._calendar import DAY, Span, sized
from summitry.extract._found import Found, is_moved
from summitry.extract._joined import DATED_DAYS
from summitry.extract._tokens import Token
from summitry.lang.when import WhenWords
from summitry.model import Precision

__all__ = ["modifier", "planned", "recalled"]

_FILLERS = ("the", "on", "in", "at")
_MODIFIERS = ("by", "until", "before", "after", "since", "around", "soonest", "notbefore")
_NAMES = DATED_DAYS | {"month", "monthpair", "weekday", "weekdays", "relday", "year"}
"""Expressions that can describe a noun: "after the June 12 summit"."""
_AROUND = 2 * DAY  # on either side of "around 8 July"
_JUST_NOW = 14  # days in which "since Monday" tells of something that goes on


def modifier(
    text: str, tokens: Sequence[Token], found: Found, words: WhenWords
) -> tuple[str, int]:
    """What stands before an expression and bounds it, and the token where that begins.

    Without one, the empty string and the expression's own first token.
    """
    none = "", found.first
    if found.last < len(tokens) and tokens[found.last].kind == "onwards":
        return "notbefore", found.first
    place = found.first - 1
    while place >= 0 and tokens[place].kind in _FILLERS:
        place -= 1
    fillers = {t.kind for t in tokens[place + 1 : found.first]}
    how = tokens[place].kind if place >= 0 else ""
    if how == "notlater":
        return "by", place
    if how == "before" and place and tokens[place - 1].kind == "not":
        return "notbefore", place - 1
    if how not in _MODIFIERS or ("the" in fillers and found.build in _NAMES):
        return none
    last = tokens[found.last - 1]
    if text[last.start : last.end].endswith(("'s", "’s")):
        return none
    if how == "around" and (fillers or found.build not in DATED_DAYS):
        return none
    if how == "until" and is_moved(text, tokens[place].start, words):
        return none
    return _to_the_edge(how, found), place


def _to_the_edge(how: str, found: Found) -> str:
    """How a third bounds a plan: "before the end" is by the end."""
    third = found.words.get("p")
    if third and third.kind == "edge":
        if how == "before" and third.value == 2:
            return "by"
        if how == "after" and third.value == 0:
            return "notbefore"
    return how


def planned(span: Span | None, how: str, day: date | None) -> Span | None:
    """The interval of a plan told on a day: "by Friday" runs from the day itself."""
    if span is None or how in ("", "soonest") or span.end is None or span.start is None:
        return span
    if how == "since":
        return None
    if how in ("after", "notbefore"):
        return Span(span.end if how == "after" else span.start, None, Precision.OPEN)
    if how == "around":
        return _around(span)
    end = span.start if how == "before" else span.end
    if day is None:
        return Span(None, end, Precision.OPEN)
    return Span(day, end, sized((end - day).days)) if end > day else span


def recalled(span: Span | None, how: str, day: date | None) -> Span | None:
    """The interval of a recollection: "since Monday" runs to the day of publication.

    What is longer ago is a day of its own, as in "their first meeting since 2019".
    """
    if span is None or span.end is None or span.start is None:
        return span
    if how == "around":
        return _around(span)
    if how == "since" and day and 0 <= (day - span.start).days < _JUST_NOW:
        return Span(span.start, day + DAY, span.precision)
    return span


def _around(span: Span) -> Span:
    if span.start is None or span.end is None:
        return span
    return Span(span.start - _AROUND, span.end + _AROUND, Precision.WEEK)
