"""Mentions told in a line, for tests of what several reports add up to."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from summitry.model import (
    Claim,
    Kind,
    Mention,
    Modality,
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
    Value,
    When,
)

PUTIN = Party("Vladimir Putin", "RU")
ERDOGAN = Party("Recep Tayyip Erdoğan", "TR")
OUTLET = Source("outlet", SourceClass.OUTLET)
PESKOV = Source("Dmitry Peskov", SourceClass.SPOKESPERSON, state="RU")
FIDAN = Source("Hakan Fidan", SourceClass.OFFICIAL_NAMED, state="TR")
DIPLOMAT = Source("a diplomat in Ankara", SourceClass.DIPLOMATIC_SOURCE, state="TR")
END = datetime(2025, 1, 1, tzinfo=UTC)
"""An instant after all that is told."""
TURKEY = Place("Turkey", "TR")

Said = tuple[Status, Source] | tuple[Status, Source, Modality] | tuple[Status, Source, str]


def day(start: str, days: int = 1, precision: Precision = Precision.DAY) -> When:
    """So many days from an ISO date."""
    first = date.fromisoformat(start)
    return When(first, first + timedelta(days=days), precision)


def month(start: str) -> When:
    """The month that begins on an ISO date."""
    first = date.fromisoformat(start)
    return When(first, (first + timedelta(days=31)).replace(day=1), Precision.MONTH)


class Teller:
    """Tells reports one by one, each with one mention and an id of its own."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self,
        published: str,
        *said: Said,
        when: When | Sequence[When] = (),
        place: Place | None = TURKEY,
        parties: tuple[Party, ...] = (PUTIN, ERDOGAN),
        kind: Kind = Kind.VISIT,
        background: bool = False,
        text: str = "",
        outlet: str = "",
    ) -> Reading:
        """One report of one day, with what is said in it."""
        self.count += 1
        key = f"m{self.count:03}"
        whens = [when] if isinstance(when, When) else list(when)
        said = said or ((Status.ANNOUNCED, OUTLET),)
        values: list[Value] = [kind, *parties, *([place] if place else []), *whens]
        claims = [*(_said(key, *s) for s in said), *(_claim(key, v, OUTLET) for v in values)]
        mention = Mention(
            id=key,
            kind=kind,
            parties=parties,
            place=place,
            when=whens[0] if whens else None,
            status=said[0][0],
            modality=claims[0].modality,
            polarity=claims[0].polarity,
            background=background,
            claims=tuple(claims),
        )
        report = Report(
            outlet=outlet or f"outlet {self.count}",
            url=key,
            published=datetime.fromisoformat(published).replace(tzinfo=UTC),
            text=text or f"report {self.count}",
            ref=key,
        )
        return Reading(report=report, extractor="told", mentions=(mention,))


def _said(key: str, status: Status, source: Source, how: Modality | str = "") -> Claim:
    """A status claim; ``"not"`` negates it."""
    modality = how if isinstance(how, Modality) else Modality.CERTAIN
    polarity = Polarity.NEGATIVE if how == "not" else Polarity.POSITIVE
    return _claim(key, status, source, modality, polarity)


def _claim(
    key: str,
    value: Value,
    source: Source,
    modality: Modality = Modality.CERTAIN,
    polarity: Polarity = Polarity.POSITIVE,
) -> Claim:
    slots = {
        Kind: Slot.KIND,
        Party: Slot.PARTY,
        Place: Slot.PLACE,
        When: Slot.WHEN,
        Status: Slot.STATUS,
    }
    return Claim(
        mention=key,
        slot=next(s for t, s in slots.items() if isinstance(value, t)),
        value=value,
        source=source,
        modality=modality,
        polarity=polarity,
        sentence=Sentence(0, 6, "report"),
    )
