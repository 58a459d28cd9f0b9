"""How long does an engagement last that is said to be "a three-day visit"?"""

import re
from collections.abc import Sequence
from datetime import timedelta

from summitry.extract._calendar import DAY, Span
from summitry.extract._found import Found, words_after, words_before
from summitry.extract._tokens import Token
from summitry.lang.when import WhenWords
from summitry.model import Precision

__all__ = ["lengthened"]

_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?;:…](?:\s|$)|\n\s*\n")
_REACH = 110  # characters between a duration and its date
_NEAR = 5  # words between a duration and what lasts, or what opens or ends it
_LONGEST = 31  # days


def lengthened(
    found: Sequence[Found],
    lasting: Sequence[Found],
    text: str,
    tokens: Sequence[Token],
    words: WhenWords,
) -> list[Found]:
    """The expressions, single days made as long as what begins or ends on them."""
    done, place = list(found), 0
    for stay in lasting:
        start, end = tokens[stay.first].start, tokens[stay.last - 1].end
        while place < len(done) and done[place].last <= stay.first:
            place += 1
        count = _length(stay, text, end, tokens, words)
        for near in (place - 1, place):
            if count < 2 or not 0 <= near < len(done):
                continue
            day = done[near]
            if near < place:
                gap = text[tokens[day.last - 1].end : start][: _REACH + 1]
            else:
                gap = text[end : tokens[day.first].start][: _REACH + 1]
            between = set(_WORD.findall(gap.lower()))
            if len(gap) > _REACH or _STOP.search(gap) or between & words.breaks:
                continue
            over = words_before(text, start, _NEAR) & words.ends and not between & words.opens
            longer = _changed(day, count, (1 - count) * DAY if over else timedelta())
            if longer != day:
                done[near] = longer
                break
    return done


def _length(stay: Found, text: str, end: int, tokens: Sequence[Token], words: WhenWords) -> int:
    """Days that a duration gives to an engagement; 0 when it is the length of something else."""
    before = {t.kind for t in tokens[max(0, stay.first - 2) : stay.first]}
    near = words_after(text, end, _NEAR) & words.stays
    start = tokens[stay.first].start
    near = near or words_before(text, start, _NEAR) & words.stayed
    if "for" not in before and not near:
        return 0
    count, unit = int(stay.words["c"].value), stay.words["u"].kind
    if unit.startswith("hour"):
        count = -(-count // 24)
    elif unit.startswith("week"):
        count *= 7
    return count if count <= _LONGEST else 0


def _changed(day: Found, count: int, shift: timedelta) -> Found:
    return day.changed(lambda span: _longer(span, count, shift))


def _longer(span: Span, count: int, shift: timedelta) -> Span:
    if span.precision is not Precision.DAY or span.start is None or span.end != span.start + DAY:
        return span
    return Span(span.start + shift, span.start + shift + count * DAY, Precision.DAY)
