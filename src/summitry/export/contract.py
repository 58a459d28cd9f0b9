"""The machine-readable contract: values to plain JSON objects, in the agreed shapes.

Other programs call these shapes, so they change only by additions. ``end`` is exclusive and
unknown is null, never a guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from summitry.model import (
    Attested,
    Chance,
    Claim,
    Contradiction,
    Diary,
    Engagement,
    Kind,
    Mention,
    Official,
    Party,
    Place,
    Reading,
    Source,
    Status,
    Topic,
    TrackRecord,
    Value,
    When,
)

__all__ = [
    "Json",
    "claim_json",
    "diary_json",
    "engagement_json",
    "reading_json",
    "sources_json",
    "value_json",
]

T = TypeVar("T")

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def reading_json(reading: Reading) -> dict[str, Json]:
    """What one report alone says: the object that ``extract`` prints on a line."""
    report = reading.report
    return {
        "report": {
            "id": report.id,
            "ref": report.ref,
            "outlet": report.outlet or None,
            "url": report.url or None,
            "published": _iso(report.published),
        },
        "mentions": [_mention(mention) for mention in reading.mentions],
        "notes": list(reading.notes),
    }


def diary_json(diary: Diary) -> dict[str, Json]:
    """All engagements of a diary: the object that ``diary --format json`` prints."""
    return {
        "as_of": _iso(diary.as_of),
        "known_at": _iso(diary.known_at),
        "engagements": [engagement_json(engagement) for engagement in diary],
    }


def engagement_json(engagement: Engagement) -> dict[str, Json]:
    """One engagement: its fields as plain values, and the ids of the claims beside them."""
    e = engagement
    return {
        "id": e.id,
        "kind": e.kind.value.value,
        "background": e.background,
        "parties": [value_json(party.value) for party in e.parties],
        "place": value_json(e.place.value) if e.place else None,
        "when": value_json(e.when.value) if e.when else None,
        "status": e.status.value.value,
        "modality": e.modality.value,
        "occurrence": e.status.value.iptc,
        "agenda": [value_json(topic.value) for topic in e.agenda],
        "attested": _attested(e),
        "official": [_official(word) for word in e.official],
        "independent_sources": e.independent_sources,
        "mentions": [
            {"ref": ref, "report": report, "mention": mention}
            for ref, report, mention in e.mentions
        ],
        "first": _iso(e.first),
        "last": _iso(e.last),
        "chance": _chance(e.chance),
        "track": e.track,
        "follows": e.follows,
        "parent": e.parent,
        "contradictions": [_contradiction(clash) for clash in e.contradictions],
        "unresolved": e.unresolved,
    }


def sources_json(records: Iterable[TrackRecord]) -> list[Json]:
    """One object a source: the counts, the interval of the share, the letter."""
    return [
        {
            "source": r.source,
            "sort": r.sort,
            "held": r.held,
            "failed": r.failed,
            "silent": r.silent,
            "n": r.n,
            "share": round(r.held / r.n, 3) if r.n else None,
            "low": round(r.low, 3),
            "high": round(r.high, 3),
            "days_before": r.days,
            "reliability": r.letter,
        }
        for r in records
    ]


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
        "said_on": _iso(claim.said_on),
    }


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
                "start": _iso(value.start),
                "end": _iso(value.end),
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


def _mention(mention: Mention) -> dict[str, Json]:
    sources = mention.sources
    return {
        "id": mention.id,
        "kind": mention.kind.value,
        "background": mention.background,
        "parties": [value_json(party) for party in mention.parties],
        "place": value_json(mention.place) if mention.place else None,
        "when": value_json(mention.when) if mention.when else None,
        "status": mention.status.value,
        "modality": mention.modality.value,
        "polarity": mention.polarity.value,
        "sources": [_source(source) for source in sources],
        "agenda": [value_json(topic) for topic in mention.agenda],
        "claims": [claim_json(claim, sources) for claim in mention.claims],
    }


def _source(source: Source) -> dict[str, Json]:
    return {
        "name": source.name,
        "role": source.role,
        "state": source.state,
        "class": source.source_class.value,
        "via": list(source.via),
    }


def _attested(e: Engagement) -> dict[str, Json]:
    """Claims by field; ``each`` of parties and agenda runs beside their list."""
    fields: dict[str, Json] = {"kind": _claims([e.kind]), "status": _claims([e.status])}
    if e.place:
        fields["place"] = _claims([e.place])
    if e.when:
        fields["when"] = _claims([e.when])
    fields["parties"] = {**_claims(e.parties), "each": [_claims([party]) for party in e.parties]}
    fields["agenda"] = {**_claims(e.agenda), "each": [_claims([topic]) for topic in e.agenda]}
    return fields


def _claims(fields: Sequence[Attested[T]]) -> dict[str, Json]:
    """The ids of the claims for and against, each once."""
    by = [claim.id for field in fields for claim in field.by]
    against = [claim.id for field in fields for claim in field.against]
    return {"by": list(dict.fromkeys(by)), "against": list(dict.fromkeys(against))}


def _official(word: Official) -> dict[str, Json]:
    return {
        "state": word.state,
        "word": word.word.value if word.word else None,
        "on": _iso(word.on),
        "claim": word.claim.id if word.claim else None,
    }


def _chance(chance: Chance | None) -> Json:
    """Probabilities to three decimals: a fourth would be noise."""
    if chance is None:
        return None
    return {
        "p": round(chance.p, 3),
        "low": round(chance.low, 3),
        "high": round(chance.high, 3),
        "n": chance.n,
        "words": chance.words,
        "basis": chance.basis,
    }


def _contradiction(clash: Contradiction) -> dict[str, Json]:
    return {
        "slot": clash.slot.value,
        "ours": {"value": value_json(clash.ours.value), "claim": clash.ours.id},
        "theirs": {"value": value_json(clash.theirs.value), "claim": clash.theirs.id},
    }


def _iso(instant: date | datetime | None) -> str | None:
    return instant.isoformat() if instant else None
