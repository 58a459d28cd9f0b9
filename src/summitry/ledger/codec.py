"""How an entry is written down: each frozen value to JSON and back, without loss.

One pair of functions for each noun, spelled out, so that a file from years ago can be read
beside this page. What repeats inside a reading (sentences, sources) is written once and
referred to by its number; the text of a sentence is cut from the report again.
"""

import json
from datetime import date, datetime
from typing import Any

from summitry.model import (
    Anchor,
    Claim,
    Entry,
    Grade,
    Judgement,
    Kind,
    Mention,
    Modality,
    Part,
    Party,
    Place,
    Polarity,
    Precision,
    Reading,
    Report,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Topic,
    Value,
    Verdict,
    When,
    Withdrawal,
)

__all__ = ["decoded", "encoded"]

Json = dict[str, Any]

_STATUS = {status.value: status for status in Status}
"""By value: its members carry more than one, so that the type is not called with one."""


def encoded(entry: Entry) -> str:
    """The entry as one line of JSON.

    >>> from datetime import UTC
    >>> gone = Withdrawal(report="r", published=datetime(2024, 2, 8, tzinfo=UTC))
    >>> encoded(gone)
    '{"report":"r","published":"2024-02-08T00:00:00+00:00","reason":""}'
    """
    match entry:
        case Reading():
            shape = _reading(entry)
        case Judgement():
            shape = _judgement(entry)
        case Withdrawal():
            shape = {
                "report": entry.report,
                "published": entry.published.isoformat(),
                "reason": entry.reason,
            }
    line = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, from a broken page: escape it
        return json.dumps(shape, separators=(",", ":"))
    return line


def decoded(kind: str, line: str) -> Entry:
    """The entry that ``encoded`` wrote.

    Args:
        kind: ``reading``, ``judgement`` or ``withdrawal``.
        line: The JSON.

    Raises:
        ValueError: The line is not such an entry.
    """
    try:
        shape: Json = json.loads(line)
        if kind == "reading":
            return _to_reading(shape)
        if kind == "judgement":
            return _to_judgement(shape)
        if kind == "withdrawal":
            return Withdrawal(
                report=shape["report"],
                published=datetime.fromisoformat(shape["published"]),
                reason=shape["reason"],
            )
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"not a {kind}: {error!r}") from error
    raise ValueError(f"unknown type of entry {kind!r}")


def _reading(reading: Reading) -> Json:
    """A reading, its sentences and sources once each."""
    claims = [claim for mention in reading.mentions for claim in mention.claims]
    sentences = {s: n for n, s in enumerate(dict.fromkeys(c.sentence for c in claims))}
    sources = {s: n for n, s in enumerate(dict.fromkeys(c.source for c in claims))}
    return {
        "report": _report(reading.report),
        "extractor": reading.extractor,
        "notes": list(reading.notes),
        "sentences": [_sentence(s, reading.report.text) for s in sentences],
        "sources": [_source(s) for s in sources],
        "mentions": [_mention(m, sentences, sources) for m in reading.mentions],
    }


def _to_reading(shape: Json) -> Reading:
    report = _to_report(shape["report"])
    sentences = [_to_sentence(s, report.text) for s in shape["sentences"]]
    sources = [_to_source(s) for s in shape["sources"]]
    return Reading(
        report=report,
        extractor=shape["extractor"],
        notes=tuple(shape["notes"]),
        mentions=tuple(_to_mention(m, sentences, sources) for m in shape["mentions"]),
    )


def _report(report: Report) -> Json:
    return {
        "outlet": report.outlet,
        "published": report.published.isoformat() if report.published else None,
        "title": report.title,
        "text": report.text,
        "url": report.url,
        "language": report.language,
        "credits": list(report.credits),
        "origin": report.origin,
        "ref": report.ref,
    }


def _to_report(shape: Json) -> Report:
    published = shape["published"]
    return Report(
        outlet=shape["outlet"],
        published=datetime.fromisoformat(published) if published else None,
        title=shape["title"],
        text=shape["text"],
        url=shape["url"],
        language=shape["language"],
        credits=tuple(shape["credits"]),
        origin=shape["origin"],
        ref=shape["ref"],
    )


def _sentence(sentence: Sentence, text: str) -> list[Any]:
    """[start, end, headline], and the words only when the report does not hold them there."""
    place: list[Any] = [sentence.start, sentence.end, sentence.headline]
    cut = text[sentence.start : sentence.end]
    return place if cut == sentence.text else [*place, sentence.text]


def _to_sentence(shape: list[Any], text: str) -> Sentence:
    start, end, headline, *words = shape
    return Sentence(start, end, words[0] if words else text[start:end], headline)


def _source(source: Source) -> list[Any]:
    return [
        source.name,
        source.source_class.value,
        source.role,
        source.state,
        list(source.via),
    ]


def _to_source(shape: list[Any]) -> Source:
    name, source_class, role, state, via = shape
    return Source(name, SourceClass(source_class), role, state, tuple(via))


def _mention(mention: Mention, sentences: dict[Sentence, int], sources: dict[Source, int]) -> Json:
    return {
        "id": mention.id,
        "kind": mention.kind.value,
        "parties": [_value(p) for p in mention.parties],
        "place": _value(mention.place) if mention.place else None,
        "when": _value(mention.when) if mention.when else None,
        "status": mention.status.value,
        "modality": mention.modality.value,
        "polarity": mention.polarity.value,
        "background": mention.background,
        "agenda": [_value(t) for t in mention.agenda],
        "claims": [
            _claim(c, mention.id, sentences[c.sentence], sources[c.source]) for c in mention.claims
        ],
    }


def _to_mention(shape: Json, sentences: list[Sentence], sources: list[Source]) -> Mention:
    return Mention(
        id=shape["id"],
        kind=Kind(shape["kind"]),
        parties=tuple(_to_party(p) for p in shape["parties"]),
        place=_to_place(shape["place"]) if shape["place"] else None,
        when=_to_when(shape["when"]) if shape["when"] else None,
        status=_STATUS[shape["status"]],
        modality=Modality(shape["modality"]),
        polarity=Polarity(shape["polarity"]),
        background=shape["background"],
        agenda=tuple(_to_topic(t) for t in shape["agenda"]),
        claims=tuple(_to_claim(c, shape["id"], sentences, sources) for c in shape["claims"]),
    )


def _claim(claim: Claim, mention: str, sentence: int, source: int) -> Json:
    shape: Json = {
        "slot": claim.slot.value,
        "value": _value(claim.value),
        "source": source,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "sentence": sentence,
    }
    if claim.mention != mention:
        shape["mention"] = claim.mention
    if claim.said_on is not None:
        shape["said_on"] = claim.said_on.isoformat()
    if claim.why:
        shape["why"] = claim.why
    return shape


def _to_claim(
    shape: Json, mention: str, sentences: list[Sentence], sources: list[Source]
) -> Claim:
    said_on = shape.get("said_on")
    return Claim(
        mention=shape.get("mention", mention),
        slot=Slot(shape["slot"]),
        value=_to_value(shape["value"]),
        source=sources[shape["source"]],
        modality=Modality(shape["modality"]),
        polarity=Polarity(shape["polarity"]),
        sentence=sentences[shape["sentence"]],
        said_on=date.fromisoformat(said_on) if said_on else None,
        why=shape.get("why", ""),
    )


def _value(value: Value) -> list[Any]:
    """The value of a claim, led by the name of its type."""
    match value:
        case Kind():
            return ["kind", value.value]
        case Status():
            return ["status", value.value]
        case Party():
            part = value.part.value if value.part else None
            return ["party", value.name, value.state, value.role, value.wikidata, part]
        case Place():
            return ["place", value.name, value.state]
        case Topic():
            return ["topic", value.topic, value.grade.value, value.medtop]
        case When():
            start = value.start.isoformat() if value.start else None
            end = value.end.isoformat() if value.end else None
            return ["when", start, end, value.precision.value, value.text, value.time]


def _to_value(shape: list[Any]) -> Value:
    match shape[0]:
        case "kind":
            return Kind(shape[1])
        case "status":
            return _STATUS[shape[1]]
        case "party":
            return _to_party(shape)
        case "place":
            return _to_place(shape)
        case "topic":
            return _to_topic(shape)
        case "when":
            return _to_when(shape)
        case other:
            raise ValueError(f"unknown type of value {other!r}")


def _to_party(shape: list[Any]) -> Party:
    _, name, state, role, wikidata, part = shape
    return Party(name, state, role, wikidata, Part(part) if part else None)


def _to_place(shape: list[Any]) -> Place:
    _, name, state = shape
    return Place(name, state)


def _to_topic(shape: list[Any]) -> Topic:
    _, topic, grade, medtop = shape
    return Topic(topic, Grade(grade), medtop)


def _to_when(shape: list[Any]) -> When:
    _, start, end, precision, text, time = shape
    return When(
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        Precision(precision),
        text,
        time,
    )


def _judgement(judgement: Judgement) -> Json:
    return {
        "verdict": judgement.verdict.value,
        "mentions": list(judgement.mentions),
        "field": judgement.field,
        "value": judgement.value,
        "author": judgement.author,
        "decided": judgement.decided.isoformat(),
        "anchors": [_anchor(a) for a in judgement.anchors],
    }


def _to_judgement(shape: Json) -> Judgement:
    return Judgement(
        verdict=Verdict(shape["verdict"]),
        mentions=tuple(shape["mentions"]),
        field=shape["field"],
        value=shape["value"],
        author=shape["author"],
        decided=datetime.fromisoformat(shape["decided"]),
        # Judgements of the first release have none.
        anchors=tuple(_to_anchor(a) for a in shape.get("anchors", ())),
    )


def _anchor(anchor: Anchor) -> list[Any]:
    return [
        anchor.mention,
        anchor.report,
        anchor.kind.value,
        list(anchor.states),
        anchor.start.isoformat() if anchor.start else None,
        anchor.end.isoformat() if anchor.end else None,
        anchor.background,
    ]


def _to_anchor(shape: list[Any]) -> Anchor:
    mention, report, kind, states, start, end, background = shape
    return Anchor(
        mention=mention,
        report=report,
        kind=Kind(kind),
        states=tuple(states),
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        background=background,
    )
