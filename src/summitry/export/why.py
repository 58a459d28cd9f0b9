"""The claims behind a field: who said so, in which words, how surely, and who said otherwise."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from textwrap import fill

from summitry.export._words import day, plain, said, sides, stretch, value_words
from summitry.model import (
    Attested,
    Carrier,
    Claim,
    Engagement,
    Kind,
    Polarity,
    Report,
    Status,
    Tie,
    Value,
)

__all__ = ["FIELDS", "sources_text", "why_text"]

FIELDS = ("status", "kind", "parties", "place", "when", "agenda")
"""The fields that rest on claims, in the order of an answer about all."""

_Attested = Attested[Kind] | Attested[Status] | Attested[Value]


def why_text(
    engagement: Engagement, reports: Mapping[str, Report], fields: tuple[str, ...] = FIELDS
) -> str:
    """The answer, as plain lines.

    Args:
        engagement: What is asked about.
        reports: The report of each mention, by the mention's id; where one is missing its
            outlet and day are left out.
        fields: Some of ``FIELDS``; a field without a value is answered by saying so.
    """
    lines = [_head(engagement)]
    for field in fields:
        attested = _attested(engagement, field)
        if not attested:
            lines += ["", f"{field}: nobody says"]
        for one in attested:
            lines += ["", f"{field}: {value_words(one.value)}"]
            lines += [line for claim in one.by for line in _claim(claim, reports)]
            if one.against:
                lines.append("  against it:")
            lines += [line for claim in one.against for line in _claim(claim, reports)]
    return "\n".join(lines) + "\n"


def sources_text(engagement: Engagement) -> str:
    """Who had it first and who has it from whom: a paragraph for each independent source."""
    strands = engagement.lineage
    many = len(strands)
    lines = [_head(engagement), "", f"{many} independent source{'' if many == 1 else 's'}"]
    names = {c.report: _outlet(c.outlet) for s in strands for c in s.carriers}
    for number, strand in enumerate(strands, 1):
        first, *rest = strand.carriers
        lines += ["", f"{number}. {_outlet(first.outlet)}, {_time(first.published)}"]
        lines += [f"   {_carried(c, names)}" for c in rest]
    return "\n".join(lines) + "\n"


def _carried(carrier: Carrier, names: Mapping[str, str]) -> str:
    """One report that hangs on another."""
    of = names.get(carrier.of or "", "another")
    how = {
        Tie.COPY: f"copies {of}",
        Tie.CREDIT: f"credits {plain(carrier.credited).upper()}, as {of} does",
        Tie.UTTERANCE: f"tells the same words as {of}",
        Tie.TRANSLATION: f"tells the same as {of} in another language",
        Tie.OUTLET: "says so again in its own words",
    }
    tie = how[carrier.tie] if carrier.tie else "of the same origin"
    return f"· {_outlet(carrier.outlet)}, {_time(carrier.published)}: {tie}"


def _outlet(name: str) -> str:
    return plain(name) or "an unnamed outlet"


def _time(published: datetime | None) -> str:
    """Day and time as the report gives them."""
    return f"{day(published.date())} {published:%H:%M}" if published else "no date"


def _head(e: Engagement) -> str:
    when = f" · {stretch(e.when.value)}" if e.when else ""
    return f"{e.id} · {value_words(e.kind.value)} · {sides(p.value for p in e.parties)}{when}"


def _attested(e: Engagement, field: str) -> tuple[_Attested, ...]:
    """The attested values of one field."""
    one: dict[str, tuple[_Attested | None, ...]] = {
        "status": (e.status,),
        "kind": (e.kind,),
        "parties": e.parties,  # type: ignore[dict-item]
        "place": (e.place,),  # type: ignore[dict-item]
        "when": (e.when,),  # type: ignore[dict-item]
        "agenda": e.agenda,  # type: ignore[dict-item]
    }
    return tuple(value for value in one[field] if value is not None)


def _claim(claim: Claim, reports: Mapping[str, Report]) -> Iterator[str]:
    """A claim in two or more lines: whose word, and the sentence."""
    report = reports.get(claim.mention)
    where = ""
    if report:
        published = f", {day(report.published.date())}" if report.published else ""
        where = f" in {plain(report.outlet) or 'an unnamed outlet'}{published}"
    negated = claim.polarity is Polarity.NEGATIVE
    sure = f"{claim.modality.value}, negated" if negated else claim.modality.value
    part = ", in the headline" if claim.sentence.headline else ""
    yield f"  · {said(claim)}{where}: {value_words(claim.value)}, {sure}{part}"
    yield fill(
        f"“{plain(claim.sentence.text)}”", 96, initial_indent="      ", subsequent_indent="      "
    )
