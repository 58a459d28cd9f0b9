"""How a report was read: each claim beside its sentence and the rule that decided."""

from collections.abc import Iterator
from textwrap import fill

from summitry.export._words import plain, said, sides, value_words
from summitry.model import Mention, Polarity, Reading

__all__ = ["explain_text", "reading_text"]


def reading_text(reading: Reading) -> str:
    """What one report says, a line a mention."""
    return "\n".join([_head(reading), *map(_mention, reading.mentions), *_notes(reading)]) + "\n"


def explain_text(reading: Reading) -> str:
    """What one report says, each claim with its sentence and its reason."""
    lines = [_head(reading)]
    for mention in reading.mentions:
        lines += ["", _mention(mention), *_claims(mention)]
    return "\n".join([*lines, *_notes(reading)]) + "\n"


def _head(reading: Reading) -> str:
    report = reading.report
    name = plain(report.title or report.ref or report.origin or report.id)
    where = plain(report.outlet) or "unnamed outlet"
    published = report.published.isoformat() if report.published else "no date"
    return f"{name} [{where}, {published}]"


def _notes(reading: Reading) -> list[str]:
    if not reading.mentions:
        return ["  no engagement", *(f"  note: {plain(note)}" for note in reading.notes)]
    return [f"  note: {plain(note)}" for note in reading.notes]


def _mention(mention: Mention) -> str:
    parts = [
        value_words(mention.status),
        value_words(mention.kind),
        sides(mention.parties),
        value_words(mention.place) if mention.place else "",
        value_words(mention.when) if mention.when else "no date",
        "background" if mention.background else "",
        f"not so ({mention.modality.value})"
        if mention.polarity is Polarity.NEGATIVE
        else mention.modality.value,
    ]
    return "  " + " | ".join(part for part in parts if part)


def _claims(mention: Mention) -> Iterator[str]:
    """The claims under the sentences that they rest on, in the order of the text."""
    at = -1
    for claim in sorted(mention.claims, key=lambda c: (c.sentence.start, c.slot.value)):
        if claim.sentence.start != at:
            at = claim.sentence.start
            quote = f"[{at}:{claim.sentence.end}] “{plain(claim.sentence.text)}”"
            yield fill(quote, 96, initial_indent="    ", subsequent_indent="      ")
        why = f", by {plain(claim.why)}" if claim.why else ""
        sure = claim.modality.value
        yield (f"      {claim.slot.value}: {value_words(claim.value)}; {said(claim)}, {sure}{why}")
