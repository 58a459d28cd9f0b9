"""The diary as flat tables: one row an engagement, a party, a claim, a report, a source.

Names, sorts and meanings of the columns stand here once; every format writes these.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from summitry.export._coding import coded
from summitry.export._words import plain, value_words
from summitry.model import Attested, Claim, Diary, Engagement, Source, digest

__all__ = ["TABLES", "Cell", "Column", "Sort", "rows"]

Cell = str | int | float | bool | date | datetime | None


class Sort(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a cell without a value is null."""

    name: str
    sort: Sort
    about: str


_T, _C, _N, _F, _D, _I = Sort
_ENGAGEMENTS = (
    Column("id", _T, "id of the engagement: that of its earliest mention"),
    Column("status", _T, "how far it has come"),
    Column("kind", _T, "what sort of engagement"),
    Column("persons", _T, "persons who take part, parted by semicolons"),
    Column("states", _T, "codes of states, organisations, non-state parties; semicolons"),
    Column("visitors", _T, "codes of the sides that come; semicolons"),
    Column("hosts", _T, "codes of the sides that receive; semicolons"),
    Column("place", _T, "name of the place"),
    Column("place_state", _T, "code of the place's state"),
    Column("start", _D, "first day on which it may take place"),
    Column("end", _D, "day after the last one"),
    Column("precision", _T, "finest unit of the date that the source committed to"),
    Column("time", _T, "clock time as printed"),
    Column("agenda", _T, "topics, parted by semicolons"),
    Column("independent_sources", _C, "sources that do not copy one another"),
    Column("mentions", _C, "mentions in reports"),
    Column("contradictions", _C, "pairs of claims that cannot both be so"),
    Column("unresolved", _F, "its date has passed without a word"),
    Column("background", _F, "reports only recall it"),
    Column("first", _I, "when the earliest report was published"),
    Column("last", _I, "when the newest report was published"),
    Column("chance", _N, "probability that it takes place within its window, [0.01, 0.99]"),
    Column("chance_low", _N, "lower end of the 90 % interval"),
    Column("chance_high", _N, "upper end"),
    Column("track", _T, "id of the process or series that it belongs to"),
    Column("parent", _T, "id of the engagement that it is a part of"),
    Column("occurrence", _T, "planned, held, off (postponed, cancelled) or denied"),
    Column("plover_event", _T, "PLOVER: AGREE for a plan, CONSULT for what was held"),
    Column("plover_mode", _T, "of the meeting: phone, visit, third-party, multilateral"),
    Column("plover_auxiliary", _T, "future, hypothetical, historical, negation"),
    Column("cameo", _T, "CAMEO: 036 for a plan, 040 to 046 for what was held"),
)
_PARTIES = (
    Column("engagement", _T, "id of the engagement"),
    Column("name", _T, "the person; null where only a state is named"),
    Column("state", _T, "code of the state, organisation or non-state party"),
    Column("role", _T, "office or description, as printed"),
    Column("wikidata", _T, "Wikidata id of the person"),
    Column("part", _T, "visitor, host, mediator or participant"),
)
_REPORTS = (
    Column("engagement", _T, "id of the engagement"),
    Column("report", _T, "id of the report"),
    Column("outlet", _T, "who published it"),
    Column("published", _I, "when"),
    Column("strand", _C, "number of the independent source that it belongs to, from 1"),
    Column("tie", _T, "how it hangs on an earlier report; null for who had it first"),
    Column("of", _T, "id of that report"),
)
_SOURCES = (
    Column("source_id", _T, "id of the source: digest of the four columns that follow"),
    Column("name", _T, "whose word it is, as printed"),
    Column("source_class", _T, "class of the source"),
    Column("role", _T, "office or description, as printed"),
    Column("state", _T, "code of the state or organisation spoken for"),
)
_CLAIMS = (
    Column("engagement", _T, "id of the engagement"),
    Column("claim", _T, "id of the claim"),
    Column("slot", _T, "field that it fills"),
    Column("stands", _T, "for or against the value that the diary has"),
    Column("value", _T, "what it says, in words"),
    Column("source", _T, "whose word it is, as printed"),
    Column("source_class", _T, "class of the source"),
    Column("source_role", _T, "office or description of the source, as printed"),
    Column("source_state", _T, "code of the state or organisation spoken for"),
    Column("modality", _T, "how strongly the source commits to it"),
    Column("polarity", _T, "whether it says so or says not so"),
    Column("said_on", _D, "day on which the source spoke, where the report says"),
    Column("quote", _T, "the sentence, on one line"),
    Column("outlet", _T, "who published the report"),
    Column("published", _I, "when"),
    Column("report", _T, "id of the report"),
    Column("mention", _T, "id of the mention"),
    Column("source_id", _T, "id of whose word it is"),
)
TABLES: Mapping[str, tuple[Column, ...]] = {
    "engagements": _ENGAGEMENTS,
    "parties": _PARTIES,
    "claims": _CLAIMS,
    "reports": _REPORTS,
    "sources": _SOURCES,
}


def rows(diary: Diary, table: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of one of ``TABLES``, cells in the order of its columns, in the diary's order."""
    match table:
        case "engagements":
            yield from (tuple(_engagement(e)) for e in diary)
        case "parties":
            yield from (row for e in diary for row in _parties(e))
        case "claims":
            yield from (row for e in diary for row in _claims(e))
        case "reports":
            yield from (row for e in diary for row in _reports(e))
        case "sources":
            every = (c.source for e in diary for _, c in _stood(e))
            yield from dict.fromkeys(_source(source) for source in every)


def _engagement(e: Engagement) -> Iterator[Cell]:
    parties = [p.value for p in e.parties]
    when = e.when.value if e.when else None
    where = e.place.value if e.place else None
    yield e.id
    yield str(e.status.value.value)
    yield e.kind.value.value
    yield _listed(p.name for p in parties)
    yield _listed(sorted(e.states))
    yield _listed(p.state for p in parties if p.part and p.part.value == "visitor")
    yield _listed(p.state for p in parties if p.part and p.part.value == "host")
    yield plain(where.name) if where else None
    yield where.state if where else None
    yield when.start if when else None
    yield when.end if when else None
    yield when.precision.value if when else None
    yield (plain(when.time) or None) if when else None
    yield _listed(t.value.topic for t in e.agenda)
    yield e.independent_sources
    yield len(e.mentions)
    yield len(e.contradictions)
    yield e.unresolved
    yield e.background
    yield e.first
    yield e.last
    yield e.chance.p if e.chance else None
    yield e.chance.low if e.chance else None
    yield e.chance.high if e.chance else None
    yield e.track
    yield e.parent
    code = coded(e)
    yield from (code.occurrence, code.plover_event, code.plover_mode)
    yield from (code.plover_auxiliary, code.cameo)


def _parties(e: Engagement) -> Iterator[tuple[Cell, ...]]:
    for p in (party.value for party in e.parties):
        part = p.part.value if p.part else None
        yield (e.id, _text(p.name), _text(p.state), _text(p.role), _text(p.wikidata), part)


def _reports(e: Engagement) -> Iterator[tuple[Cell, ...]]:
    """Every report with a mention, and what else the strands carry, each once."""
    strands = {c.report: (n, c) for n, s in enumerate(e.lineage, 1) for c in s.carriers}
    for report in dict.fromkeys((*(r for _, r, _ in e.mentions), *strands)):
        if report not in strands:
            yield (e.id, report, None, None, None, None, None)
            continue
        n, c = strands[report]
        tie = c.tie.value if c.tie else None
        yield (e.id, report, _text(c.outlet), c.published, n, tie, c.of)


def _source(source: Source) -> tuple[Cell, ...]:
    name, role, state = _text(source.name), _text(source.role), _text(source.state)
    sort = source.source_class.value
    return (digest(name or "", sort, role or "", state or ""), name, sort, role, state)


def _stood(e: Engagement) -> Iterator[tuple[str, Claim]]:
    """Every claim with the side of the value on which it stands, each such pair once."""
    stood: dict[tuple[str, Claim], None] = {}
    for field in (e.status, e.kind, *e.parties, e.place, e.when, *e.agenda):
        if isinstance(field, Attested):
            stood |= dict.fromkeys([("for", c) for c in field.by])
            stood |= dict.fromkeys([("against", c) for c in field.against])
    yield from stood


def _claims(e: Engagement) -> Iterator[tuple[Cell, ...]]:
    """Every claim for and against a field, once for each side on which it stands."""
    carriers = {c.report: c for strand in e.lineage for c in strand.carriers}
    reports = {mention: report for _, report, mention in e.mentions}
    for stands, c in _stood(e):
        report = reports.get(c.mention, "")
        carrier = carriers.get(report)
        ident, name, sort, role, state = _source(c.source)
        yield (
            *(e.id, c.id, c.slot.value, stands, value_words(c.value), name, sort, role, state),
            *(c.modality.value, c.polarity.value, c.said_on, plain(c.sentence.text)),
            *((_text(carrier.outlet), carrier.published) if carrier else (None, None)),
            *(report or None, c.mention, ident),
        )


def _text(text: str | None) -> str | None:
    return plain(text or "") or None


def _listed(values: Iterator[str | None] | list[str]) -> str | None:
    """The texts parted by semicolons, each once and none empty."""
    return "; ".join(dict.fromkeys(plain(v) for v in values if v)) or None
