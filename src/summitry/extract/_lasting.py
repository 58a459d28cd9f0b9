"""How long does an engagement last that is said to be "a three-day visit"?"""

from collections.abc import Sequence
from datetime import timedelta

from summitry.extract._calendar import DAY, Span
from summitry.extract._found import Found, said
from summitry.extract._tokens import Token
from summitry.lang.when import WhenWords
from summitry.model import Precision

__all__ = ["lengthened"]

_REACH = 14  # words between a duration and its date
_NEAR = 5  # words between a duration and what lasts, or what opens or ends it
_LONGEST = 31  # days


def lengthened(
    found: list[Found],
    lasting: Sequence[Found],
    text: str,
    tokens: Sequence[Token],
    words: WhenWords,
) -> list[Found]:
    """The expressions, single days made as long as what begins or ends on them."""
    done, place = list(found), 0
    for stay in lasting:
        while place < len(done) and done[place].last <= stay.first:
            place += 1
        count = _length(stay, text, tokens, words)
        for near in (place - 1, place):
            if count < 2 or not 0 <= near < len(done):
                continue
            day = done[near]
            ends = (day.last, stay.first) if near < place else (stay.last, day.first)
            gap = tokens[ends[0] : ends[1]]
            between = said(text, gap)
            stops = between & words.breaks or any(t.kind == "stop" for t in gap)
            if stops or len(gap) > _REACH:
                continue
            over = said(text, tokens[max(0, stay.first - _NEAR) : stay.first]) & words.ends
            shift = (1 - count) * DAY if over and not between & words.opens else timedelta()
            longer = day.changed(lambda span, n=count, by=shift: _longer(span, n, by))  # type: ignore[misc]
            if longer != day:
                done[near] = longer
                break
    return done


def _length(stay: Found, text: str, tokens: Sequence[Token], words: WhenWords) -> int:
    """Days that a duration gives to an engagement; 0 when it is the length of something else."""
    lasts = said(text, tokens[stay.last : stay.last + _NEAR]) & words.stays
    if not lasts and (stay.first == 0 or tokens[stay.first - 1].kind != "for"):
        return 0
    count, unit = int(stay.words["c"].value), stay.words["u"].kind
    if unit.startswith("hour"):
        count = -(-count // 24)
    elif unit.startswith("week"):
        count *= 7
    return count if count <= _LONGEST else 0


def _longer(span: Span, count: int, shift: timedelta) -> Span:
    if span.precision is not Precision.DAY or span.start is None or span.end != span.start + DAY:
        return span
    return Span(span.start + shift, span.start + shift + count * DAY, Precision.DAY)
