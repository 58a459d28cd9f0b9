"""The diary as flat tables for notebooks: one row an engagement, or one row a claim.

Names, sorts and meanings of the columns stand here once; every format writes these.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from summitry.export._words import plain, value_words
from summitry.model import Attested, Claim, Diary, Engagement

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
)
TABLES: Mapping[str, tuple[Column, ...]] = {"engagements": _ENGAGEMENTS, "claims": _CLAIMS}


def rows(diary: Diary, table: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of one of ``TABLES``, cells in the order of its columns, in the diary's order."""
    for e in diary:
        if table == "claims":
            yield from _claims(e)
        else:
            yield tuple(_engagement(e))


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


def _claims(e: Engagement) -> Iterator[tuple[Cell, ...]]:
    """Every claim for and against a field, once for each side on which it stands."""
    carriers = {c.report: c for strand in e.lineage for c in strand.carriers}
    reports = {mention: report for _, report, mention in e.mentions}
    fields = (e.status, e.kind, *e.parties, e.place, e.when, *e.agenda)
    stood: dict[tuple[str, Claim], None] = {}
    for field in fields:
        if isinstance(field, Attested):
            stood |= dict.fromkeys([("for", c) for c in field.by])
            stood |= dict.fromkeys([("against", c) for c in field.against])
    for stands, c in stood:
        report = reports.get(c.mention, "")
        carrier = carriers.get(report)
        yield (
            *(
                e.id,
                c.id,
                c.slot.value,
                stands,
                value_words(c.value),
                plain(c.source.name) or None,
            ),
            *(c.source.source_class.value, plain(c.source.role or "") or None, c.source.state),
            *(c.modality.value, c.polarity.value, c.said_on, plain(c.sentence.text)),
            *((plain(carrier.outlet) or None, carrier.published) if carrier else (None, None)),
            *(report or None, c.mention),
        )


def _listed(values: Iterator[str | None] | list[str]) -> str | None:
    """The texts parted by semicolons, each once and none empty."""
    return "; ".join(dict.fromkeys(plain(v) for v in values if v)) or None
