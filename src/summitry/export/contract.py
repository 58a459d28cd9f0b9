"""The machine-readable contract: values to plain JSON objects, in the agreed shapes.

Other programs call these shapes, so they change only by additions. ``end`` is exclusive and
unknown is null, never a guess.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from summitry.export._json import Json, claim_json, iso, source_json, value_json
from summitry.export._tracks import deadlines_of, engagements_of, past
from summitry.gazetteer import Track
from summitry.model import (
    Attested,
    Chance,
    Contradiction,
    Deadline,
    Diary,
    Engagement,
    Mention,
    Official,
    Reading,
    Strand,
    TrackRecord,
)

__all__ = [
    "deadline_json",
    "diary_json",
    "engagement_json",
    "reading_json",
    "sources_json",
    "track_json",
    "tracks_json",
]

T = TypeVar("T")


def reading_json(reading: Reading) -> dict[str, Json]:
    """What one report alone says: the object that ``extract`` prints on a line."""
    report = reading.report
    return {
        "report": {
            "id": report.id,
            "ref": report.ref,
            "outlet": report.outlet or None,
            "url": report.url or None,
            "published": iso(report.published),
        },
        "mentions": [_mention(mention) for mention in reading.mentions],
        "notes": list(reading.notes),
    }


def diary_json(diary: Diary) -> dict[str, Json]:
    """All engagements of a diary: the object that ``diary --format json`` prints."""
    return {
        "as_of": iso(diary.as_of),
        "known_at": iso(diary.known_at),
        "engagements": [engagement_json(engagement) for engagement in diary],
        "deadlines": [deadline_json(deadline) for deadline in diary.deadlines],
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
        "lineage": [_strand(strand) for strand in e.lineage],
        "mentions": [
            {"ref": ref, "report": report, "mention": mention}
            for ref, report, mention in e.mentions
        ],
        "first": iso(e.first),
        "last": iso(e.last),
        "chance": _chance(e.chance),
        "track": e.track,
        "approved": {"by": e.approved.author, "on": iso(e.approved.on)} if e.approved else None,
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


def deadline_json(deadline: Deadline) -> dict[str, Json]:
    """One deadline of a track."""
    return {
        "id": deadline.id,
        "track": deadline.track,
        "what": deadline.what.value,
        "title": deadline.title,
        "when": value_json(deadline.when),
        "place": value_json(deadline.place) if deadline.place else None,
        "parties": list(deadline.parties),
        "basis": deadline.basis.value,
        "source": deadline.source,
        "report": deadline.report,
    }


def tracks_json(known: Iterable[Track], diary: Diary) -> dict[str, Json]:
    """All tracks, each as ``track_json`` has it."""
    return {
        "as_of": diary.as_of.isoformat(),
        "tracks": [track_json(track, diary) for track in known],
    }


def track_json(track: Track, diary: Diary) -> dict[str, Json]:
    """One track with what was known of it; ``end`` of a fact is exclusive, as everywhere."""
    return {
        "id": track.id,
        "name": track.name,
        "kind": track.kind.value,
        "parties": sorted(track.all_parties),
        "source": track.source,
        "record": [
            {
                "sort": f.sort.value,
                "name": f.name,
                "start": f.first.isoformat(),
                "end": date.fromordinal(f.last.toordinal() + 1).isoformat(),
                "place": f.place or None,
                "state": f.state or None,
                "known": f.known.isoformat(),
            }
            for f in past(track, diary.as_of.date())
        ],
        "engagements": [e.id for e in engagements_of(track, diary)],
        "deadlines": [deadline_json(d) for d in deadlines_of(track, diary)],
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
        "sources": [source_json(source) for source in sources],
        "agenda": [value_json(topic) for topic in mention.agenda],
        "claims": [claim_json(claim, sources) for claim in mention.claims],
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
        "on": iso(word.on),
        "claim": word.claim.id if word.claim else None,
    }


def _strand(strand: Strand) -> dict[str, Json]:
    """One independent source: its reports, the one that had it first before all others."""
    return {
        "reports": [
            {
                "report": c.report,
                "outlet": c.outlet or None,
                "published": iso(c.published),
                "tie": c.tie.value if c.tie else None,
                "of": c.of,
                "credited": c.credited or None,
            }
            for c in strand.carriers
        ]
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
