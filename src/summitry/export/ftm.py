"""Engagements as FollowTheMoney entities, for Aleph and OpenSanctions' tools."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from summitry.errors import ExtraMissing
from summitry.export._dates import days, truncated
from summitry.export._json import Json
from summitry.export._title import CERTAIN, grounds, titled
from summitry.export._words import place, plain, said, state, value_words
from summitry.gazetteer import states
from summitry.model import Claim, Diary, Engagement, Part, Party, Status, digest

__all__ = ["diary_ftm"]


def diary_ftm(diary: Diary, statuses: tuple[Status, ...] = CERTAIN) -> Iterator[dict[str, Json]]:
    """Entities, each once: events, who takes part, the articles, a link for each claim.

    Args:
        diary: In whose order they come; what reports only recall is left out.
        statuses: By default announced and above: an event of FollowTheMoney knows no doubt.

    Raises:
        ExtraMissing: followthemoney is not installed.
    """
    try:
        from followthemoney import model  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing("FollowTheMoney", "summitry[ftm]") from error
    told: set[str] = set()
    for e in diary:
        if e.background or e.status.value not in statuses:
            continue
        for entity in _entities(model, e):
            if entity.id not in told:
                told.add(entity.id)
                yield {k: v for k, v in entity.to_dict().items() if k in _KEPT}


_KEPT = ("id", "schema", "properties")


def _entities(model: Any, e: Engagement) -> Iterator[Any]:  # noqa: ANN401 - a library without types
    sides = {_id(p.value): p.value for p in e.parties}
    hosts = [i for i, p in sides.items() if p.part is Part.HOST]
    for ident, party in sides.items():
        yield _party(model, ident, party)
    yield _made(
        model,
        "Event",
        f"summitry-{e.id}",
        name=[titled(e)],
        summary=["; ".join(grounds(e))],
        keywords=[value_words(e.status.value), value_words(e.kind.value)],
        involved=list(sides),
        organizer=hosts,
        location=[place(e.place.value)] if e.place else [],
        country=[e.place.value.state] if e.place and e.place.value.state in states() else [],
        recordId=[e.id],
        **_dates(e),
    )
    carriers = {c.report: c for strand in e.lineage for c in strand.carriers}
    for report in dict.fromkeys(r for _, r, _ in e.mentions):
        carrier = carriers.get(report)
        yield _made(
            model,
            "Article",
            f"summitry-report-{report}",
            title=[f"Report {report}"],
            publisher=[plain(carrier.outlet)] if carrier else [],
            publishedAt=[carrier.published.isoformat()] if carrier and carrier.published else [],
        )
    reports = {mention: report for _, report, mention in e.mentions}
    fields = (e.status, e.when, e.place, *e.parties)
    claims = dict.fromkeys(c for field in fields if field for c in field.by)
    for claim in claims:
        yield _claim(model, e, claim, reports.get(claim.mention, ""))


def _claim(model: Any, e: Engagement, claim: Claim, report: str) -> Any:  # noqa: ANN401
    return _made(
        model,
        "Documentation",
        f"summitry-claim-{digest(e.id, claim.id)}",
        document=[f"summitry-report-{report}"] if report else [],
        entity=[f"summitry-{e.id}"],
        role=[f"{claim.slot.value}: {value_words(claim.value)}"],
        status=[f"{claim.modality.value}, {claim.polarity.value}"],
        summary=[said(claim)],
        description=[plain(claim.sentence.text)],
        recordId=[claim.id],
    )


def _party(model: Any, ident: str, party: Party) -> Any:  # noqa: ANN401
    code = [party.state] if party.state in states() else []
    if party.name:
        wikidata = [party.wikidata] if party.wikidata else []
        office = [plain(party.role)] if party.role else []
        return _made(
            model,
            "Person",
            ident,
            name=[plain(party.name)],
            wikidataId=wikidata,
            position=office,
            country=code,
        )
    schema = "PublicBody" if code else "Organization"
    return _made(model, schema, ident, name=[state(party.state)], country=code)


def _dates(e: Engagement) -> dict[str, list[str]]:
    """First and last day, or the month or year that holds an imprecise date."""
    if e.when is None:
        return {}
    if vague := truncated(e.when.value):
        return {"date": [vague]}
    first, end = days(e.when.value)
    return {
        "startDate": [first.isoformat()],
        "endDate": [(end - timedelta(days=1)).isoformat()],
    }


def _id(party: Party) -> str:
    """A person's Wikidata id, which other data sets use too; else one of our own."""
    return party.wikidata or f"summitry-party-{digest(party.name or '', party.state or '')}"


def _made(model: Any, schema: str, ident: str, **properties: list[Any]) -> Any:  # noqa: ANN401
    entity = model.make_entity(schema)
    entity.id = ident
    for name, values in properties.items():
        entity.add(name, values)
    return entity
