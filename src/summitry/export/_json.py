"""Values, claims and sources as plain JSON, in the shapes that all answers share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from summitry.model import (
    Claim,
    Clash,
    Engagement,
    Kind,
    Party,
    Place,
    Report,
    Source,
    Status,
    Topic,
    Value,
    When,
)

__all__ = [
    "Json",
    "claim_json",
    "clash_json",
    "entry_json",
    "iso",
    "source_json",
    "told_json",
    "value_json",
]

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def value_json(value: Value) -> Json:
    """A value in the shape of the field that it fills."""
    match value:
        case Kind():
            return value.value
        case Status():
            return str(value.value)
        case Party():
            return {
                "name": value.name,
                "role": value.role,
                "state": value.state,
                "wikidata": value.wikidata,
                "part": value.part.value if value.part else None,
            }
        case Place():
            return {"name": value.name, "state": value.state}
        case When():
            return {
                "start": iso(value.start),
                "end": iso(value.end),
                "precision": value.precision.value,
                "text": value.text,
                "time": value.time or None,
            }
        case Topic():
            return {
                "topic": value.topic,
                "grade": value.grade.value,
                "medtop": value.medtop,
            }


def claim_json(claim: Claim, sources: Sequence[Source]) -> dict[str, Json]:
    """One claim.

    Args:
        claim: The claim.
        sources: The list that its ``source`` is to index; the outlet's own word, which stands
            in no such list, becomes null.
    """
    return {
        "id": claim.id,
        "slot": claim.slot.value,
        "value": value_json(claim.value),
        "source": sources.index(claim.source) if claim.source in sources else None,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "quote": claim.sentence.text,
        "headline": claim.sentence.headline,
        "said_on": iso(claim.said_on),
    }


def source_json(source: Source) -> dict[str, Json]:
    """Whose word it is."""
    return {
        "name": source.name,
        "role": source.role,
        "state": source.state,
        "class": source.source_class.value,
        "via": list(source.via),
    }


def told_json(claim: Claim, reports: Mapping[str, Report]) -> dict[str, Json]:
    """A claim that stands alone: its source in full, and the report that carries it.

    Args:
        claim: The claim.
        reports: By mention; of a report that is missing outlet, address and day are null.
    """
    report = reports.get(claim.mention)
    return {
        **claim_json(claim, ()),
        "source": source_json(claim.source),
        "mention": claim.mention,
        "outlet": (report.outlet or None) if report else None,
        "url": (report.url or None) if report else None,
        "published": iso(report.published) if report else None,
    }


def entry_json(e: Engagement) -> dict[str, Json]:
    """An engagement in few words, where another answer names it; ``diary`` has all of it."""
    return {
        "id": e.id,
        "kind": e.kind.value.value,
        "parties": [value_json(party.value) for party in e.parties],
        "place": value_json(e.place.value) if e.place else None,
        "when": value_json(e.when.value) if e.when else None,
        "status": e.status.value.value,
        "unresolved": e.unresolved,
    }


def clash_json(c: Clash) -> dict[str, Json]:
    """A clash with its two engagements; ``end`` is exclusive."""
    return {
        "squeeze": c.squeeze.value,
        "who": [value_json(p) for p in c.who],
        "by_office": c.by_office,
        "start": iso(c.start),
        "end": iso(c.end),
        "share": round(c.share, 4),
        "engagements": [entry_json(c.ours), entry_json(c.theirs)],
    }


def iso(instant: date | datetime | None) -> str | None:
    """ISO 8601, or null."""
    return instant.isoformat() if instant else None
