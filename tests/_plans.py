"""Engagements made in a line, for tests of what a desk asks of a diary."""

from datetime import UTC, date, datetime

from summitry.model import (
    Attested,
    Claim,
    Diary,
    Engagement,
    Grade,
    Kind,
    Modality,
    Part,
    Party,
    Place,
    Precision,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Topic,
    Value,
    When,
)

OUTLET = Source("Fjord Wire", SourceClass.OUTLET)
NOW = datetime(2024, 2, 1, tzinfo=UTC)


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def claim(mention: str, slot: Slot, value: Value, source: Source = OUTLET) -> Claim:
    text = f"{mention} says {slot.value}."
    start = 100 * list(Slot).index(slot)
    sentence = Sentence(start, start + len(text), text)
    return Claim(mention=mention, slot=slot, value=value, source=source, sentence=sentence)


def days(start: str, end: str, precision: Precision = Precision.DAY) -> When:
    return When(date.fromisoformat(start), date.fromisoformat(end), precision)


def plan(
    ident: str,
    *parties: Party,
    when: When | None = None,
    place: Place | None = None,
    status: Status = Status.ANNOUNCED,
    kind: Kind = Kind.BILATERAL,
    topics: tuple[tuple[str, Grade, Source], ...] = (),
) -> Engagement:
    """An engagement of one mention, whose id is its own."""
    said = claim(ident, Slot.STATUS, status)
    agenda: dict[str, list[Claim]] = {}
    for name, grade, source in topics:
        word = claim(ident, Slot.AGENDA, Topic(name, grade), source)
        agenda.setdefault(name, []).append(word)
    return Engagement(
        id=ident,
        kind=Attested(kind, (said,)),
        parties=tuple(Attested(p, (said,)) for p in parties),
        place=Attested(place, (claim(ident, Slot.PLACE, place),)) if place else None,
        when=Attested(when, (claim(ident, Slot.WHEN, when),)) if when else None,
        agenda=tuple(Attested(topic(words[-1]), tuple(words)) for words in agenda.values()),
        status=Attested(status, (said,)),
        modality=Modality.CERTAIN,
        independent_sources=1,
        mentions=((None, f"report {ident}", ident),),
        first=NOW,
        last=NOW,
    )


def topic(word: Claim) -> Topic:
    assert isinstance(word.value, Topic)
    return word.value


def diary(*engagements: Engagement, as_of: datetime = NOW) -> Diary:
    return Diary(as_of, None, engagements)


def guest(name: str | None, state: str) -> Party:
    return Party(name, state, part=Part.VISITOR)


def host(name: str | None, state: str) -> Party:
    return Party(name, state, part=Part.HOST)
