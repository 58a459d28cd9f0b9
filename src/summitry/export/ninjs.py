"""Engagements as events of IPTC's ninjs 3.1, the newsroom format that can say "2024-03"."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from summitry.export._carried import OWN, carried
from summitry.export._dates import days, instants, truncated
from summitry.export._json import Json
from summitry.export._revision import revised, sequence
from summitry.export._subjects import codes, iptc
from summitry.export._title import CERTAIN, grounds, titled
from summitry.export._words import place, plain, state, value_words
from summitry.model import Diary, Engagement, Party, Precision, Status

__all__ = ["diary_ninjs"]

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"


def diary_ninjs(
    diary: Diary, statuses: tuple[Status, ...] = CERTAIN, base_url: str = "urn:x-summitry:"
) -> Iterator[dict[str, Json]]:
    """One event for each engagement of these statuses that is not merely recalled.

    Args:
        diary: In whose order they come.
        statuses: By default announced and above: a receiver may take every event for certain.
        base_url: What the id follows in ``uri``.
    """
    newest = revised(diary)
    for e in diary:
        if e.status.value not in statuses or e.background:
            continue
        gone = e.status.value in (Status.CANCELLED, Status.DENIED)
        yield {
            "standard": {"name": "ninjs", "version": "3.1", "schema": _SCHEMA},
            "uri": f"{base_url}{e.id}",
            "type": "event",
            "version": str(sequence(e) + 1),
            "versionCreated": (e.last or newest).isoformat(),
            "pubStatus": "canceled" if gone else "usable",
            "language": "en",
            "title": titled(e),
            "headlines": [{"value": titled(e)}],
            "descriptions": [
                {"role": "summary", "value": "\n".join(grounds(e))},
                {"role": OWN, "contentType": "application/json", "value": carried(e)},
            ],
            "edNote": _note(e),
            "eventDetails": {"eventStatus": iptc(e.status.value.iptc), **_dates(e)},
            **_listed("people", [_person(p.value) for p in e.parties if p.value.name]),
            **_listed("organisations", _sides(e)),
            **_listed("places", [{"name": place(e.place.value)}] if e.place else []),
            "subjects": [{"uri": iptc(code), "literal": code} for code in codes(e)],
            "infoSources": _sources(e),
        }


def _note(e: Engagement) -> str:
    """What the receiver's editors should know, in one line."""
    many = e.independent_sources
    chance = f"; chance {e.chance.p:.0%}, {e.chance.words}" if e.chance else ""
    return (
        f"{value_words(e.status.value)}; {many} independent source{'' if many == 1 else 's'}"
        f"{'; its date has passed without a word' if e.unresolved else ''}{chance}"
    )


def _dates(e: Engagement) -> dict[str, Json]:
    """The dates, none when nobody says."""
    if e.when is None:
        return {}
    when = e.when.value
    first, end = days(when)
    last = end - timedelta(days=1)
    if at := instants(when):
        return {"dates": {"expectedStartDate": f"{at[0]:%Y-%m-%dT%H:%M:%SZ}"}}
    if when.precision is Precision.DAY:
        more = {"expectedEndDate": last.isoformat()} if last > first else {}
        return {"dates": {"expectedStartDate": first.isoformat(), **more}}
    vague = truncated(when)
    return {"dates": {"expectedStartDate": vague}} if vague else {}


def _person(party: Party) -> dict[str, Json]:
    about: dict[str, Json] = {"name": plain(party.name or "")}
    if party.part:
        about["rel"] = party.part.value
    if party.wikidata:
        about["uri"] = f"http://www.wikidata.org/entity/{party.wikidata}"
    return about


def _sides(e: Engagement) -> list[Json]:
    """The states and organisations of the parties, each once."""
    return [{"name": state(code), "literal": plain(code)} for code in sorted(e.states)]


def _sources(e: Engagement) -> list[Json]:
    """Who provides the entry, and whose word the status is, each once."""
    spoken = dict.fromkeys(c.source for c in e.status.by)
    words: list[Json] = [
        {"name": plain(s.name), "role": s.source_class.value} for s in spoken if plain(s.name)
    ]
    return [{"name": "summitry", "role": "provider"}, *words]


def _listed(name: str, items: Sequence[Json]) -> dict[str, Json]:
    """The list under its name, nothing when it is empty."""
    return {name: items} if items else {}
