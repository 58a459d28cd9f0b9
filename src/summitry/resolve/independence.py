"""Which reports are one source, and which of them had it first?

Reports are taken oldest first, and each hangs on an earlier one or opens a strand of its own:

1. *Copy*: one headline, or most of the smaller text stands in the larger.
2. *Credit*: it names the carrier that it has all of it from, within a day.
3. *Utterance*: all it says rests on what the same named officials said on the same day.
4. *Translation*: the same unnamed word in another language, at most a day apart.
5. *Outlet*: an outlet's own word, repeated, remains one outlet's word.

A report that quotes two agencies hangs on one of them and does not make them one; but two
texts that a third one holds are of one origin.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from summitry.gazetteer import fold
from summitry.model import Carrier, Claim, Report, Slot, SourceClass, Strand, Tie
from summitry.resolve._credits import Carriers
from summitry.resolve._sketch import Shelf, sketch
from summitry.resolve._told import OFFICIAL, UNNAMED, Told, by_age

__all__ = ["lineage"]

_NEAR = timedelta(days=1)
"""How long after an agency's report others still carry or translate it; the next day's report
of that agency is another."""

_Key = tuple[str, ...]
_Link = tuple[int, Tie, str]


@dataclass(slots=True)
class _Heard:
    """A report with all that it says of one engagement."""

    report: Report
    told: list[Told] = field(default_factory=list)

    @property
    def claims(self) -> list[Claim]:
        """Its status claims; the headline's only where the body has none."""
        said = [c for t in self.told for c in t.mention.claims if c.slot is Slot.STATUS]
        return [c for c in said if not c.sentence.headline] or said


def lineage(group: Sequence[Told]) -> tuple[Strand, ...]:
    """The strands of one engagement, oldest first; every report stands in one.

    Args:
        group: The mentions of the engagement.
    """
    heard = _heard(group)
    if len(heard) == 1:
        return (Strand((_carrier(heard[0].report, None, heard),)),)
    known = Carriers.of(sorted({h.report.outlet for h in heard}))
    shelf, desk = Shelf(), _Desk()
    root, links = list(range(len(heard))), []

    def top(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for number, one in enumerate(heard):
        held = sorted(shelf.put(sketch(one.report)))
        copied = [(n, Tie.COPY, "") for n in held]
        found = [*copied, *desk.tied(number, one, known)]
        links.append(found[0] if found else None)
        for earlier, *_ in copied or found[:1]:
            first, second = sorted((top(number), top(earlier)))
            root[second] = first
    strands: dict[int, list[Carrier]] = {}
    for number, (one, link) in enumerate(zip(heard, links, strict=True)):
        strands.setdefault(top(number), []).append(_carrier(one.report, link, heard))
    return tuple(Strand(tuple(carriers)) for carriers in strands.values())


def _heard(group: Sequence[Told]) -> list[_Heard]:
    """The reports of a group, oldest first."""
    found: dict[str, _Heard] = {}
    for told in sorted(group, key=by_age):
        found.setdefault(told.report.id, _Heard(told.report)).told.append(told)
    return list(found.values())


def _carrier(report: Report, link: _Link | None, heard: Sequence[_Heard]) -> Carrier:
    if link is None:
        return Carrier(report.id, report.outlet, report.published)
    earlier, tie, name = link
    of = heard[earlier].report.id
    return Carrier(report.id, report.outlet, report.published, tie, of, name)


@dataclass(slots=True)
class _Desk:
    """What was heard so far, by what a later report could share with it."""

    _by: dict[_Key, tuple[int, _Heard]] = field(default_factory=dict)
    """The first report of an utterance or outlet; of a carrier or language the newest."""
    _languages: dict[str, None] = field(default_factory=dict)
    """In the order in which they came, so that ties do not hang on chance."""

    def tied(self, number: int, one: _Heard, known: Carriers) -> list[_Link]:
        """What a report hangs on, the strongest tie first; keeps the report for later ones."""
        carriers, keys, language = _carriers(one, known), list(_keys(one)), one.report.language
        credits_ = list(self._credits(one, carriers, known))
        found = [*credits_, *self._shared(one, keys)]
        if not credits_:
            self._by.update(((Tie.CREDIT.value, name), (number, one)) for name in carriers)
        for key in keys:
            if key[0] == Tie.TRANSLATION.value:
                self._by[*key, language] = (number, one)
            else:
                self._by.setdefault(key, (number, one))
        self._languages[language] = None
        return found

    def _credits(self, one: _Heard, carriers: Sequence[str], known: Carriers) -> Iterator[_Link]:
        """The reports of those whom it credits; two reports of an agency itself are two."""
        own = known.named(one.report.outlet)
        for name in carriers:
            earlier, other = self._by.get((Tie.CREDIT.value, name), (0, None))
            if other is None or one.told[0].at - other.told[0].at > _NEAR:
                continue
            if name != own or known.named(other.report.outlet) != own:
                yield earlier, Tie.CREDIT, name

    def _shared(self, one: _Heard, keys: Sequence[_Key]) -> Iterator[_Link]:
        """The reports that rest on the same words."""
        foreign = [x for x in self._languages if x != one.report.language]
        for key in keys:
            if key[0] != Tie.TRANSLATION.value:
                earlier, other = self._by.get(key, (0, None))
                if other is not None:
                    yield earlier, Tie(key[0]), ""
                continue
            for language in foreign:
                earlier, other = self._by.get((*key, language), (0, None))
                if other is not None and one.told[0].at - other.told[0].at <= _NEAR:
                    yield earlier, Tie.TRANSLATION, ""


def _carriers(one: _Heard, known: Carriers) -> list[str]:
    """The carriers that a report credits, and the one that it is."""
    names = [
        *known.credited(one.report),
        *known.quoted(one.claims),
        known.named(one.report.outlet),
    ]
    return [name for name in dict.fromkeys(names) if name]


def _keys(one: _Heard) -> Iterator[_Key]:
    """What two reports cannot share without resting on one source, the strongest first."""
    said = [c for c in one.claims if c.source.source_class is not SourceClass.OUTLET]
    if not said:
        if one.report.outlet:
            yield Tie.OUTLET.value, one.report.outlet.casefold()
        return
    classes = {c.source.source_class for c in said}
    told = one.told[0]
    if classes <= OFFICIAL:
        spoken = sorted({f"{_speaker(c)} {told.said(c)}" for c in said})
        yield Tie.UTTERANCE.value, *spoken
    elif classes <= UNNAMED:
        states = sorted(p.state for p in told.mention.parties if p.state)
        whose = sorted({f"{c.source.source_class.value} {c.source.state}" for c in said})
        when = told.mention.when.label if told.mention.when else ""
        yield Tie.TRANSLATION.value, when, told.mention.status.value, *states, *whose


def _speaker(claim: Claim) -> str:
    """By what a speaker is recognised: the last word of the name.

    "Dmitry Peskov" and "Peskov" are one, and so are "the Kremlin" and "Kremlin".
    """
    return (fold(claim.source.name).split() or [""])[-1]
