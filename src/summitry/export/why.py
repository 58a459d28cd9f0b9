"""The claims behind a field: who said so, in which words, how surely, and who said otherwise."""

from collections.abc import Iterator, Mapping
from textwrap import fill

from summitry.export._words import day, plain, said, sides, stretch, value_words
from summitry.model import Attested, Claim, Engagement, Kind, Polarity, Report, Status, Value

__all__ = ["FIELDS", "why_text"]

FIELDS = ("status", "kind", "parties", "place", "when", "agenda")
"""The fields that one can ask after, in the order of an answer about all."""

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
