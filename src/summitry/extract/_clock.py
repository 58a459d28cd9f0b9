"""At what time of day, said beside a date?"""

import re
from dataclasses import dataclass
from functools import cache

from summitry.lang.when import ClockWords

__all__ = ["Clock", "clock"]

_REACH = 40  # characters beside a date in which a clock time can stand


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """Finds the clock times of one language."""

    words: ClockWords
    behind: re.Pattern[str]
    ahead: re.Pattern[str]

    def beside(self, text: str, start: int, end: int, floor: int) -> tuple[str, int, int]:
        """The time said beside characters [start, end), as ``HH:MM zone``, and both together.

        Nothing before ``floor`` is read. Without a time, the empty string and the same characters.
        """
        match = self.behind.match(text, end, end + _REACH)
        time = self._read(match)
        if match and time:
            return time, start, match.end()
        match = self.ahead.search(text[max(floor, start - _REACH) : start])
        time = self._read(match)
        if match and time:
            return time, max(floor, start - _REACH) + match.start(), end
        return "", start, end

    def _read(self, match: re.Match[str] | None) -> str:
        """The time in 24 hours; empty when the digits are no clock time."""
        if match is None:
            return ""
        zone = match["zone"] or ""
        name = (match["name"] or "").lower()
        if name:
            return f"{dict(self.words.names)[name]} {zone}".strip()
        hour, minute = int(match["hour"] or match["hhmm"][:2]), match["minute"] or "00"
        if match["hhmm"]:
            minute = match["hhmm"][2:]
        half = (match["half"] or "").lower()
        if not (half or zone or (match["minute"] and match["lead"])):
            return ""
        if half in self.words.evening and hour < 12:
            hour += 12
        elif half in self.words.morning and hour == 12:
            hour = 0
        if hour > 23 or int(minute) > 59:
            return ""
        return f"{hour:02}:{minute} {zone}".strip()


@cache
def clock(words: ClockWords) -> Clock:
    """The finder for a language, compiled once."""

    def one_of(options: tuple[str, ...]) -> str:
        longest = sorted(options, key=len, reverse=True)
        return "(?:" + "|".join(re.escape(o).replace(r"\ ", r"\s") for o in longest) + ")"

    halves = one_of((*words.morning, *words.evening, *words.whole))
    names = one_of(tuple(name for name, _ in words.names))
    core = (
        rf"(?:(?P<name>{names})\b|(?P<hhmm>\d{{4}})(?=\s?{one_of(words.zones)}\b)"
        rf"|(?P<hour>\d{{1,2}})(?:{one_of(words.marks)}(?P<minute>\d\d))?(?!\d)\s?(?P<half>{halves})?)"
        rf"(?:\s?\(?(?P<zone>{one_of(words.zones)})\b\)?)?"
    )
    lead = rf"(?P<lead>{one_of(words.leads)})"
    return Clock(
        words,
        re.compile(rf"\s?,?\s?\(?(?:{lead}\s)?{core}", re.IGNORECASE),
        re.compile(
            rf"\b(?:{lead}\s)?(?<![\d.,:]){core}\s?,?\s?(?:{one_of(words.links)}\s)?$",
            re.IGNORECASE,
        ),
    )
