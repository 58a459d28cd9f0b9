"""What have editors decided about these mentions?

Judgements are taken in the order in which they were decided: a later one about the same
mentions wins, and UNDO takes one away altogether. They hold at every ``as_of``: an editor who
joins two reports today joins them in last month's diary too.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Any

from summitry.model import (
    Approval,
    Attested,
    Claim,
    Engagement,
    Judgement,
    Kind,
    Modality,
    Place,
    Precision,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Value,
    Verdict,
    When,
)

__all__ = ["Decisions", "decisions", "is_value", "undone", "with_decisions"]

_STATUS = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True)
class Decisions:
    """What stands after all judgements."""

    same: frozenset[tuple[str, str]] = frozenset()
    """Pairs of mention ids, each in order."""
    apart: frozenset[tuple[str, str]] = frozenset()
    hidden: frozenset[str] = frozenset()
    """Mentions whose engagement is not shown."""
    fields: Mapping[tuple[str, str], Judgement] = field(default_factory=dict)
    """By mention id and slot."""
    approved: Mapping[str, Judgement] = field(default_factory=dict)
    """By mention id."""


def decisions(judgements: Iterable[Judgement]) -> Decisions:
    """What stands, whatever the order in which the judgements arrive."""
    ordered = sorted(judgements, key=lambda j: (j.decided, j.id))
    gone = undone(ordered)
    pairs: dict[tuple[str, str], Verdict] = {}
    shown: dict[str, Judgement] = {}
    fields: dict[tuple[str, str], Judgement] = {}
    for judgement in ordered:
        if judgement.id in gone:
            continue
        if judgement.verdict is Verdict.SAME:
            for other in judgement.mentions[1:]:
                _pair(pairs, judgement.mentions[0], other, Verdict.SAME)
        elif judgement.verdict is Verdict.NOT_SAME:
            for a, b in combinations(judgement.mentions, 2):
                _leave(pairs, b)
                _pair(pairs, a, b, Verdict.NOT_SAME)
        for mention in judgement.mentions:
            if judgement.verdict in (Verdict.HIDE, Verdict.APPROVE):
                shown[mention] = judgement
            elif judgement.verdict is Verdict.FIELD:
                fields[mention, judgement.field] = judgement
    return Decisions(
        same=frozenset(p for p, v in pairs.items() if v is Verdict.SAME),
        apart=frozenset(p for p, v in pairs.items() if v is Verdict.NOT_SAME),
        hidden=frozenset(m for m, j in shown.items() if j.verdict is Verdict.HIDE),
        fields=fields,
        approved={m: j for m, j in shown.items() if j.verdict is Verdict.APPROVE},
    )


def undone(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Ids of the judgements that were taken back; taking back an UNDO restores what it undid."""
    gone: set[str] = set()
    for judgement in sorted(judgements, key=lambda j: (j.decided, j.id), reverse=True):
        if judgement.verdict is Verdict.UNDO and judgement.id not in gone:
            gone.update(judgement.mentions)
    return frozenset(gone)


def is_value(slot: str, text: str) -> bool:
    """Whether a text is JSON in the shape of a slot that editors settle."""
    try:
        _value(slot, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return slot in _SETTLED


def _pair(pairs: dict[tuple[str, str], Verdict], a: str, b: str, verdict: Verdict) -> None:
    """Note a verdict about two mentions; the same mention is no pair."""
    if a != b:
        pairs[min(a, b), max(a, b)] = verdict


def _leave(pairs: dict[tuple[str, str], Verdict], mention: str) -> None:
    """Take back earlier joins of a mention: else it would be held by a third that both joined."""
    for pair in [p for p, v in pairs.items() if mention in p and v is Verdict.SAME]:
        del pairs[pair]


def with_decisions(engagement: Engagement, decided: Decisions) -> Engagement:
    """The engagement with the fields as editors settled them, and who approved it.

    What reports claim otherwise stands against the editor's word. A value that cannot be read
    in the shape of its slot settles nothing.
    """
    mentions = {mention for _, _, mention in engagement.mentions}
    ours = [j for (m, _), j in decided.fields.items() if m in mentions and j.field in _SETTLED]
    for judgement in sorted(ours, key=lambda j: (j.decided, j.id)):
        try:
            value = _value(judgement.field, json.loads(judgement.value))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        claim = _word(judgement, value)
        match value:
            case Kind():
                before = _reports(engagement.kind)
                engagement = replace(engagement, kind=Attested(value, (claim,), before))
            case Status():
                before = _reports(engagement.status)
                engagement = replace(
                    engagement,
                    status=Attested(value, (claim,), before),
                    modality=Modality.CERTAIN,
                    unresolved=False,
                )
            case Place():
                before = _reports(engagement.place)
                engagement = replace(engagement, place=Attested(value, (claim,), before))
            case When():
                before = _reports(engagement.when)
                engagement = replace(engagement, when=Attested(value, (claim,), before))
    seen = [decided.approved[m] for m in mentions if m in decided.approved]
    newest = max(seen, key=lambda j: (j.decided, j.id), default=None)
    if newest is None:
        return engagement
    return replace(engagement, approved=Approval(newest.author, newest.decided, newest.id))


_SETTLED = frozenset({"kind", "status", "place", "when"})


def _reports(attested: Attested[Any] | None) -> tuple[Claim, ...]:
    """All claims of reports about a field."""
    claims: Sequence[Claim] = (*attested.by, *attested.against) if attested else ()
    return tuple(c for c in claims if c.source.role != "editor")


def _word(judgement: Judgement, value: Value) -> Claim:
    """The editor's decision as a claim, so that the field rests on somebody's word."""
    return Claim(
        mention=judgement.mentions[0],
        slot=Slot(judgement.field),
        value=value,
        source=Source(judgement.author, SourceClass.OUTLET, role="editor"),
        sentence=Sentence(0, 0, ""),
        said_on=judgement.decided.date(),
        why=f"judgement {judgement.id}",
    )


def _value(slot: str, shape: Any) -> Value:  # noqa: ANN401 (JSON of any shape)
    """A value in the shape of the public contract.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: It has not that shape.
    """
    if slot == "kind":
        return Kind(shape)
    if slot == "status":
        return _STATUS[shape]
    if slot == "place":
        return Place(str(shape["name"]), shape.get("state"))
    start, end = shape.get("start"), shape.get("end")
    return When(
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        Precision(shape.get("precision", "day")),
        shape.get("text") or "",
    )
