"""Engagements as schema.org events, and the claims that they rest on, as JSON-LD.

schema.org has no word for a plan that nobody has announced: an ``Event`` is written from
*announced* upward, of the rest the claims alone.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime

from summitry.export._dates import days, truncated
from summitry.export._json import Json, iso
from summitry.export._title import CERTAIN, titled
from summitry.export._words import plain, state, value_words
from summitry.model import (
    Claim,
    Diary,
    Engagement,
    Kind,
    Part,
    Party,
    Source,
    SourceClass,
    Status,
    When,
)

__all__ = ["diary_jsonld"]

_STATUS = {
    Status.POSTPONED: "EventPostponed",
    Status.CANCELLED: "EventCancelled",
}
_PERSONS = (SourceClass.OFFICIAL_NAMED, SourceClass.SPOKESPERSON, SourceClass.ANALYST)
_WIKIDATA = "http://www.wikidata.org/entity/"


def diary_jsonld(
    diary: Diary, statuses: tuple[Status, ...] = CERTAIN, base_url: str = "urn:x-summitry:"
) -> bytes:
    """One graph: events, and the claims behind status, date and place.

    Args:
        diary: In whose order they come; what reports only recall is left out.
        statuses: By default announced and above. Of others there are claims and no event.
        base_url: What ids follow.

    Returns:
        UTF-8 JSON in which no text can close the script element of a page that it stands in.
    """
    shown = [e for e in diary if e.status.value in statuses and not e.background]
    graph = [node for e in shown for node in _nodes(e, base_url)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return text.replace("<", "\\u003c").encode() + b"\n"


def _nodes(e: Engagement, base: str) -> Iterator[Json]:
    event = e.status.value in CERTAIN
    if event:
        yield {k: v for k, v in _event(e, base).items() if v}
    published = _published(e)
    every = (field for field in (e.status, e.when, e.place) if field)
    stood = dict.fromkeys(claim for field in every for claim in (*field.by, *field.against))
    for claim in stood:
        yield _claim(claim, e, base, published.get(claim.mention)) | (
            {"about": {"@id": f"{base}{e.id}"}} if event else {}
        )


def _event(e: Engagement, base: str) -> dict[str, Json]:
    before = _former(e)
    status = _STATUS.get(e.status.value, "EventRescheduled" if before else "EventScheduled")
    start, end = _span(e)
    online = "OnlineEventAttendanceMode" if e.kind.value is Kind.CALL else ""
    return {
        "@type": "Event",
        "@id": f"{base}{e.id}",
        "identifier": e.id,
        "name": titled(e),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{online}" if online else None,
        "startDate": start,
        "endDate": end,
        "previousStartDate": list(before),
        "location": _place(e),
        "organizer": [_party(p.value) for p in e.parties if p.value.part is Part.HOST],
        "attendee": [_party(p.value) for p in e.parties if p.value.part is not Part.HOST],
        "about": [plain(t.value.topic) for t in e.agenda],
        "superEvent": {"@id": f"{base}{e.parent}"} if e.parent else None,
    }


def _span(e: Engagement) -> tuple[str | None, str | None]:
    """First and last day, both included; of an imprecise date the month or year that holds it."""
    if e.when is None:
        return None, None
    if vague := truncated(e.when.value):
        return vague, None
    first, end = days(e.when.value)
    return first.isoformat(), date.fromordinal(end.toordinal() - 1).isoformat()


def _former(e: Engagement) -> tuple[str, ...]:
    """Days that it was set for before it was moved: told before any report of the new date."""
    if e.when is None:
        return ()
    published = _published(e)
    now = [at for c in e.when.by if (at := published.get(c.mention))]
    found = (
        truncated(c.value) or iso(c.value.start)
        for c in e.when.against
        if isinstance(c.value, When) and now and (at := published.get(c.mention)) and at < min(now)
    )
    return tuple(dict.fromkeys(day for day in found if day))


def _published(e: Engagement) -> dict[str, datetime]:
    """When the report of each mention was published, where that is known."""
    carriers = (c for strand in e.lineage for c in strand.carriers)
    at = {c.report: c.published for c in carriers if c.published}
    return {mention: at[report] for _, report, mention in e.mentions if report in at}


def _place(e: Engagement) -> Json:
    if e.place is None:
        return None
    where = e.place.value
    country = {"address": {"@type": "PostalAddress", "addressCountry": where.state}}
    return {"@type": "Place", "name": plain(where.name), **(country if where.state else {})}


def _party(party: Party) -> Json:
    if not party.name:
        return {"@type": "Organization", "name": state(party.state)}
    person = {"@type": "Person", "name": plain(party.name)}
    more = {
        "jobTitle": plain(party.role or ""),
        "affiliation": state(party.state),
        "sameAs": f"{_WIKIDATA}{party.wikidata}" if party.wikidata else "",
    }
    return person | {k: v for k, v in more.items() if v}


def _claim(c: Claim, e: Engagement, base: str, at: datetime | None) -> dict[str, Json]:
    outlets = {k.report: k.outlet for strand in e.lineage for k in strand.carriers}
    report = next((r for _, r, m in e.mentions if m == c.mention), "")
    article: dict[str, Json] = {
        "@type": "NewsArticle",
        "identifier": report,
        "publisher": {"@type": "Organization", "name": plain(outlets.get(report, ""))},
        "datePublished": iso(at),
    }
    return {
        "@type": "Claim",
        "@id": f"{base}{c.id}",
        "name": f"{c.slot.value}: {value_words(c.value)}",
        "text": plain(c.sentence.text),
        "author": _author(c.source),
        "creativeWorkStatus": f"{c.modality.value}, {c.polarity.value}",
        **({"appearance": article} if report else {}),
    }


def _author(source: Source) -> Json:
    """Whose word it is, with the class of the source."""
    sort = "Person" if source.source_class in _PERSONS else "Organization"
    name = plain(source.name) or "the outlet"
    return {"@type": sort, "name": name, "description": source.source_class.value}
