"""An engagement and a claim in a line or two, where another answer speaks of them."""

from collections.abc import Iterator, Mapping
from textwrap import fill

from summitry.export._words import day, place, plain, said, sides, stretch, value_words
from summitry.model import Claim, Engagement, Report, Slot

__all__ = ["SHORT", "counted", "entry_line", "folded", "quoted", "slot_words", "told"]

SHORT = 8
"""Characters of an id shown, as in the table."""
_WIDTH = 96


def entry_line(e: Engagement) -> str:
    """Who, what, where, when, how far, and the beginning of the id."""
    return " · ".join(
        part
        for part in (
            sides(p.value for p in e.parties),
            value_words(e.kind.value),
            place(e.place.value) if e.place else "",
            slot_words(e, Slot.WHEN),
            slot_words(e, Slot.STATUS) + (", no word since" if e.unresolved else ""),
            e.id[:SHORT],
        )
        if part
    )


def slot_words(e: Engagement, slot: Slot) -> str:
    """What an engagement has in a slot: status, date or place."""
    if slot is Slot.WHEN:
        return stretch(e.when.value) if e.when else "no date"
    if slot is Slot.PLACE:
        return place(e.place.value) if e.place else "no place"
    return value_words(e.status.value)


def told(claim: Claim, reports: Mapping[str, Report]) -> str:
    """Whose word a claim is, in which outlet, on which day."""
    report = reports.get(claim.mention)
    parts = [said(claim)]
    if report:
        parts.append(plain(report.outlet) or "an unnamed outlet")
    if report and report.published:
        parts.append(day(report.published.date()))
    return ", ".join(parts)


def quoted(claim: Claim) -> str:
    """The exact sentence in quotation marks; an editor's decision has none."""
    text = plain(claim.sentence.text)
    return f"“{text}”" if text else f"({plain(claim.why)})"


def folded(text: str, indent: str, first: str = "") -> Iterator[str]:
    """Lines of at most 96 characters; the first begins with ``first`` or is indented alike."""
    yield from fill(
        text, _WIDTH, initial_indent=first or indent, subsequent_indent=indent
    ).splitlines()


def counted(n: int, word: str) -> str:
    """A number with its noun.

    >>> counted(1, "change"), counted(2, "clash")
    ('1 change', '2 clashes')
    """
    plural = f"{word}es" if word.endswith(("s", "sh", "ch")) else f"{word}s"
    return f"{n} {word if n == 1 else plural}"
