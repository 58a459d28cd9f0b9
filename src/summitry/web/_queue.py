"""What the review desk shows: a queue of items, each with its sides and their sentences."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import summitry
from summitry.export import day, place, plain, said, sides, stretch, value_words
from summitry.judging import about
from summitry.model import (
    Claim,
    Doubt,
    Engagement,
    Judgement,
    Qualm,
    Reading,
    Slot,
    Verdict,
    digest,
)
from summitry.resolve import undone
from summitry.web._shown import web_address

__all__ = ["Item", "Word", "items", "state_of", "taken_back", "words"]

_QUOTES = 4
"""Sentences shown of a side; the page of the engagement has all."""
_TOLD = (Slot.STATUS, Slot.WHEN, Slot.PLACE, Slot.KIND, Slot.PARTY)
"""Which claims' sentences come first."""
_QUESTIONS = {
    Qualm.DISSENT: "Editors differ",
    Qualm.CONTRADICTION: "Sources contradict one another",
    Qualm.JOIN: "Does this report belong here?",
    Qualm.TWINS: "Are these one engagement?",
    Qualm.UNSEEN: "Not approved as it is now",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with whose word it is; all of it still has to be escaped."""

    value: str
    who: str
    sentence: str
    outlet: str
    on: str
    url: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of what is to be told apart or put together."""

    label: str
    title: str
    facts: str
    link: str
    """Id of its engagement; empty where it has no page of its own."""
    quotes: tuple[Said, ...]
    more: int = 0
    """Sentences not shown."""


@dataclass(frozen=True, slots=True)
class Word:
    """A judgement as a line, which can be taken back."""

    author: str
    on: str
    what: str
    stands: bool
    mention: str
    """What it is about: the first mention,"""
    about: str
    """and in words what that was."""
    undoes: str
    """What to take back so that it stands no more, or again."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question to the editor."""

    question: str
    reasons: tuple[str, ...]
    sides: tuple[Side, ...]
    about: str
    """The engagement, or what an editor hid, that approve, hide and fields are about."""
    pair: tuple[str, ...] = ()
    """What same and not the same are about; empty where nothing is to be paired."""
    words: tuple[Word, ...] = ()
    seen: str = ""
    """Ids of the judgements that the editor has before their eyes, parted by full stops."""
    state: str = ""
    """What reports say, as one word."""


def items(
    doubts: Sequence[Doubt],
    page: summitry.Diary,
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
    back: Mapping[str, str],
) -> Iterator[Item]:
    """The items of some doubts, in their order.

    Args:
        doubts: What is asked.
        page: The diary in which it is asked.
        readings: Those of the engagements, by mention.
        judgements: All, of today's mentions, oldest first.
        back: What took back those that do not stand.
    """
    by_id = {e.id: e for e in page}
    for doubt in doubts:
        e, other = by_id.get(doubt.engagement), by_id.get(doubt.other)
        concerned = [one for one in (e, other) if one]
        mentions = {m for one in concerned for _, _, m in one.mentions} | {doubt.engagement}
        told = about(judgements, mentions)
        yield Item(
            question=_QUESTIONS[doubt.qualm] if doubt.reasons else "As it stands",
            reasons=tuple(map(plain, doubt.reasons)),
            sides=tuple(_sides(doubt, e, other, readings)),
            about=doubt.engagement,
            pair=(doubt.engagement, doubt.other) if doubt.other else (),
            words=words(told, back),
            seen=".".join(j.id for j in told),
            state=state_of(concerned),
        )


def state_of(engagements: Iterable[Engagement]) -> str:
    """What reports say of some engagements, as one word: another word, another state."""
    parts = []
    for e in engagements:
        when = e.when.value.label if e.when else ""
        where = place(e.place.value) if e.place else ""
        parts += [e.id, str(len(e.mentions)), str(e.status.value.value), when, where]
    return digest(*parts)


def taken_back(said: Sequence[Judgement]) -> dict[str, str]:
    """For each judgement that does not stand, the entry that took it back."""
    gone = undone(said)
    undoing = [j for j in said if j.verdict is Verdict.UNDO and j.id not in gone]
    return {m: j.id for j in undoing for m in j.mentions}


def words(told: Iterable[Judgement], back: Mapping[str, str]) -> tuple[Word, ...]:
    """Judgements as lines, newest first; those that take others back are told by these."""
    shown = [j for j in told if j.verdict is not Verdict.UNDO]
    return tuple(
        Word(
            undoes=back.get(j.id, j.id),
            author=plain(j.author),
            on=f"{day(j.decided.date())}, {j.decided:%H:%M} UTC",
            what=plain(_what(j)),
            mention=j.mentions[0],
            about=plain(_subject(j)),
            stands=j.id not in back,
        )
        for j in reversed(shown)
    )


def _subject(judgement: Judgement) -> str:
    """The parties and the first day of what was judged, as it was then."""
    anchors = [f"{' & '.join(a.states)} {a.start or ''}".strip() for a in judgement.anchors]
    return "; ".join(dict.fromkeys(filter(None, anchors))) or judgement.mentions[0][:8]


def _what(judgement: Judgement) -> str:
    verdict = judgement.verdict.value.replace("_", " ")
    if not judgement.field:
        return verdict
    try:
        shape = json.loads(judgement.value)
    except ValueError:
        shape = judgement.value
    if isinstance(shape, dict):
        shape = ", ".join(str(shape[k]) for k in ("name", "state", "start", "end") if shape.get(k))
    return f"{judgement.field}: {str(shape).replace('_', ' ')}"


def _sides(
    doubt: Doubt,
    e: Engagement | None,
    other: Engagement | None,
    readings: Mapping[str, Reading],
) -> Iterator[Side]:
    if e is None:  # an editor hid it
        yield Side("Hidden", f"engagement {doubt.engagement}", "shown in no diary", "", ())
        return
    if doubt.qualm is Qualm.CONTRADICTION:
        for c in e.contradictions:
            for label, claim in (("One", c.ours), ("The other", c.theirs)):
                quotes = tuple(_quotes([claim], readings))
                of = f"{c.slot.value} of {_title(e)}"
                yield Side(label, value_words(claim.value), of, e.id, quotes)
        return
    apart = doubt.other if doubt.qualm is Qualm.JOIN else ""
    yield _engagement("The diary" if not doubt.other else "One", e, readings, apart)
    if doubt.qualm is Qualm.JOIN and apart in readings:
        yield _report("The report", apart, readings)
    if other:
        yield _engagement("The other", other, readings, "")


def _engagement(label: str, e: Engagement, readings: Mapping[str, Reading], without: str) -> Side:
    mentions = [m for _, _, m in e.mentions if m != without]
    quotes = list(_quotes(_claims(mentions, readings), readings))
    facts = [value_words(e.status.value), value_words(e.kind.value)]
    facts += [place(e.place.value)] if e.place else []
    facts += [stretch(e.when.value) if e.when else "no date yet"]
    count = len(e.mentions)
    facts.append(f"{count} report{'s' if count != 1 else ''}")
    return Side(
        label, _title(e), " · ".join(facts), e.id, tuple(quotes[:_QUOTES]), len(quotes[_QUOTES:])
    )


def _report(label: str, mention: str, readings: Mapping[str, Reading]) -> Side:
    reading = readings[mention]
    told = next(m for m in reading.mentions if m.id == mention)
    facts = [value_words(told.status), value_words(told.kind)]
    facts += [place(told.place)] if told.place else []
    facts += [stretch(told.when) if told.when else "no date"]
    quotes = tuple(_quotes(_claims([mention], readings), readings))
    return Side(label, sides(told.parties), " · ".join(facts), "", quotes[:_QUOTES])


def _title(e: Engagement) -> str:
    return sides(p.value for p in e.parties)


def _claims(mentions: Iterable[str], readings: Mapping[str, Reading]) -> Iterator[Claim]:
    """The claims of some mentions, those that tell most first within each."""
    for ident in mentions:
        reading = readings.get(ident)
        found = [m for m in reading.mentions if m.id == ident] if reading else []
        for mention in found:
            told = [c for c in mention.claims if c.slot in _TOLD]
            yield from sorted(told, key=lambda c: _TOLD.index(c.slot))


def _quotes(claims: Iterable[Claim], readings: Mapping[str, Reading]) -> Iterator[Said]:
    """Each sentence once."""
    known: set[str] = set()
    for claim in claims:
        sentence = plain(claim.sentence.text) or plain(claim.why)
        if sentence and sentence not in known:
            known.add(sentence)
            reading = readings.get(claim.mention)
            report = reading.report if reading else None
            yield Said(
                value=value_words(claim.value),
                who=said(claim),
                sentence=sentence,
                outlet=plain(report.outlet) if report else "",
                on=day(report.published.date()) if report and report.published else "",
                url=web_address(report.url) if report else "",
            )
