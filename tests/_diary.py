"""A small diary made by hand, in which every exporter finds something to get wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from summitry.model import (
    Attested,
    Basis,
    Carrier,
    Chance,
    Claim,
    Deadline,
    Diary,
    Due,
    Engagement,
    Grade,
    Kind,
    Modality,
    Part,
    Party,
    Place,
    Precision,
    Report,
    Sentence,
    Slot,
    Source,
    SourceClass,
    Status,
    Strand,
    Topic,
    Value,
    When,
)

AS_OF = datetime(2024, 2, 3, tzinfo=UTC)
FIRST = datetime(2024, 2, 1, 9, tzinfo=UTC)
HOSTILE = '=cmd()</name><x y="1">&\x1b[31m\r\nSTATUS:CONFIRMED; she said, “go”'
DIPLOMAT = Source("a diplomat", SourceClass.DIPLOMATIC_SOURCE, state="NO")
GUEST = Party("Anna Berg", "SE", role="foreign minister", wikidata="Q1", part=Part.VISITOR)
HOST = Party(None, "NO", part=Part.HOST)
MARCH = When(date(2024, 3, 1), date(2024, 4, 1), Precision.MONTH, "in March")
DAY = When(date(2024, 3, 4), date(2024, 3, 5), Precision.DAY, "on 4 March")
HOUR = replace(DAY, time="14:30 GMT")


def claim(slot: Slot, value: Value, mention: str = "m1", source: Source = DIPLOMAT) -> Claim:
    return Claim(
        mention=mention,
        slot=slot,
        value=value,
        source=source,
        modality=Modality.PROBABLE,
        sentence=Sentence(0, len(HOSTILE), HOSTILE),
    )


def made(name: str, status: Status, when: When | None = DAY) -> Engagement:
    """One engagement, told once, in a report of its own."""
    said = claim(Slot.STATUS, status, name)
    return Engagement(
        id=name,
        kind=Attested(Kind.VISIT, (claim(Slot.KIND, Kind.VISIT, name),)),
        parties=tuple(Attested(p, (claim(Slot.PARTY, p, name),)) for p in (GUEST, HOST)),
        place=Attested(Place("Oslo", "NO"), (claim(Slot.PLACE, Place("Oslo", "NO"), name),)),
        when=Attested(when, (claim(Slot.WHEN, when, name),)) if when else None,
        agenda=(
            Attested(
                Topic("fish, and =cables", Grade.LISTED, "medtop:20000639"),
                (claim(Slot.AGENDA, Topic("fish", Grade.LISTED), name),),
            ),
        ),
        status=Attested(status, (said,)),
        modality=Modality.PROBABLE,
        independent_sources=1,
        lineage=(Strand((Carrier(f"r-{name}", "Fjord Wire", FIRST),)),),
        mentions=((None, f"r-{name}", name),),
        first=FIRST,
        last=FIRST,
    )


def told(name: str, *values: tuple[int, Status, When]) -> Engagement:
    """An engagement told several times: (day of February, status, date), in any order."""
    base = made(name, values[-1][1], values[-1][2])
    stati = tuple(claim(Slot.STATUS, s, f"{name}{i}") for i, (_, s, _) in enumerate(values))
    whens = tuple(claim(Slot.WHEN, w, f"{name}{i}") for i, (_, _, w) in enumerate(values))
    carriers = tuple(
        Carrier(f"r{i}", "Fjord Wire", FIRST + timedelta(days=day))
        for i, (day, _, _) in enumerate(values)
    )
    return replace(
        base,
        status=Attested(values[-1][1], stati),
        when=Attested(values[-1][2], whens),
        lineage=(Strand(carriers),),
        mentions=tuple((None, f"r{i}", f"{name}{i}") for i in range(len(values))),
    )


EXPIRY = Deadline(
    track="grain-deal",
    what=Due.EXPIRY,
    title="Term of 60 days",
    when=When(date(2024, 3, 18), date(2024, 3, 19), Precision.DAY),
    parties=("RU", "TR", "UA", "UN"),
    basis=Basis.KNOWN,
    source="a communiqué",
)
EACH = tuple(made(f"{n:016x}", status) for n, status in enumerate(Status))
SMALL = Diary(
    AS_OF,
    None,
    (
        *EACH,
        made("00000000000000a0", Status.FLOATED, MARCH),
        replace(
            made("00000000000000a1", Status.CONFIRMED, HOUR),
            chance=Chance(0.9, 0.8, 0.95, 40, "plans of its sort"),
            parent="0000000000000001",
        ),
        made("00000000000000a2", Status.ANNOUNCED, None),
        replace(made("00000000000000a3", Status.HELD), background=True),
    ),
    (EXPIRY,),
)

BEFORE = Diary(
    AS_OF - timedelta(days=2),
    None,
    (
        made(EACH[0].id, Status.IN_PREPARATION),
        made(
            EACH[2].id, Status.ANNOUNCED, When(date(2024, 3, 1), date(2024, 3, 2), Precision.DAY)
        ),
        made(EACH[3].id, Status.ANNOUNCED, MARCH),
        made(EACH[6].id, Status.ANNOUNCED),
        made("00000000000000b0", Status.FLOATED),
    ),
)
"""The same two days earlier: one weaker, one moved, one firmer, one called off, one gone."""
REPORTS = {
    mention: Report(
        outlet="Fjord Wire", published=FIRST, text=HOSTILE, url=f"https://fjord.example/{mention}"
    )
    for e in SMALL
    for _, _, mention in e.mentions
}
