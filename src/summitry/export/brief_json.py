"""The brief as JSON: all of it, where the sheet has to leave out."""

from collections.abc import Mapping

from summitry.export._history import past_json
from summitry.export._json import Json, clash_json, entry_json, iso, told_json
from summitry.model import Brief, Official, Report, SideWord, TopicWords

__all__ = ["brief_json"]


def brief_json(brief: Brief, reports: Mapping[str, Report]) -> dict[str, Json]:
    """One object; claims stand in full, with outlet and day."""
    e = brief.engagement
    return {
        "as_of": iso(brief.as_of),
        "engagement": entry_json(e),
        "status_by": [told_json(c, reports) for c in e.status.by],
        "status_against": [told_json(c, reports) for c in e.status.against],
        "official": [_official(word, reports) for word in e.official],
        "agenda": [_topic(topic, reports) for topic in brief.agenda],
        "contradictions": [
            {"slot": c.slot.value, "claims": [told_json(x, reports) for x in (c.ours, c.theirs)]}
            for c in e.contradictions
        ],
        "history": past_json(brief.history),
        "clashes": [clash_json(c) for c in brief.clashes],
    }


def _official(word: Official, reports: Mapping[str, Report]) -> dict[str, Json]:
    return {
        "state": word.state,
        "word": word.word.value if word.word else None,
        "on": iso(word.on),
        "claim": told_json(word.claim, reports) if word.claim else None,
    }


def _topic(topic: TopicWords, reports: Mapping[str, Report]) -> dict[str, Json]:
    return {
        "topic": topic.topic.value.topic,
        "grade": topic.topic.value.grade.value,
        "stand": topic.stand.value,
        "words": [_side(word, reports) for word in topic.words],
        "silent": list(topic.silent),
    }


def _side(word: SideWord, reports: Mapping[str, Report]) -> dict[str, Json]:
    return {
        "state": word.state,
        "grade": word.grade.value,
        "claim": told_json(word.claim, reports),
    }
