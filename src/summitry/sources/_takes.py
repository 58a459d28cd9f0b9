"""Which story of a wire a text is, through its leads, takes and corrections.

Agencies send a story several times over a day: "LEAD", "2nd LD", "UPDATE 3", "CORRECTED". All
are versions of one report, the last of which counts; "KILL" takes it back. What stays the same
is the agency, the day of the dateline, and the slug or else the headline without these marks.
"""

import re
from dataclasses import dataclass

__all__ = ["Take", "take"]

_DATELINE = re.compile(
    r"\s*(?P<city>[A-Z][^\W\d_a-z][\w .,'’/-]{0,60}?), "
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (?P<day>\d{1,2})"
    r"(?:,? \d{4})? \((?P<agency>[^()\n]{2,40})\) ?[-–—]"
)
_ORDER = r"(?:(?:\d{1,2}(?:st|nd|rd|th)|\d{1,2}|first|second|third)[ -])"
_MARK = re.compile(
    rf"(?:^|[\s(,;/-])\(?{_ORDER}?"
    r"(?P<mark>LD|LEAD|UPDATE|TAKE|WRITETHRU|CORRECTED|CORRECTION|CORRECTS|REFILE|REPEAT|RPT"
    r"|(?:MANDATORY |ADVISORY[ -])?KILL(?:ED)?)"
    r"(?:[ -]?(?:\d{1,2}|WRITETHRU|[Ww]ritethru|CORRECTED))?\)?(?=[\s:),-]|$)[:)\s-]*"
)
"""In capitals, so that "lead" and "kill" in a headline are no marks."""
_SLUG = re.compile(r"(?:[A-Z]{2}-)?[A-Z][\w']*(?:[-/][\w']+)+$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Take:
    """One sending of a story."""

    story: str
    """An address that all sendings of the story share."""
    agency: str
    killed: bool


def take(title: str, body: str) -> tuple[Take, ...]:
    """The story that a text with an agency's dateline belongs to; empty without a dateline.

    Args:
        title: The headline or slug line, with or without marks.
        body: The text, which begins with the dateline, or has it after a slug line.

    >>> [t.story for t in take("2nd LD: Talks set", "OSLO, Jan. 9 (Fjord Wire) - The talks")]
    ['wire:fjord wire:jan 9:talks set']
    """
    first, gap, rest = body.partition("\n")
    line = _DATELINE.match(body)
    slug = ""
    if line is None and gap:
        line, slug = _DATELINE.match(rest.lstrip()), first
    if line is None:
        return ()
    marked = title or slug
    named = next((s for s in (slug, title) if _SLUG.match(_MARK.sub("", s).strip())), marked)
    key = " ".join(_WORD.findall(_MARK.sub(" ", named).lower()))
    kills = [m["mark"] for m in _MARK.finditer(f"{title}\n{slug}") if "KILL" in m["mark"]]
    agency = " ".join(line["agency"].split())
    day = f"{line['month'].lower()} {int(line['day'])}"
    return (Take(f"wire:{agency.lower()}:{day}:{key}", agency, bool(kills)),)
