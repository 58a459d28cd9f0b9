"""Atom, JSON-LD and GraphML: read back by other libraries, nothing in them without its claims."""

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import networkx as nx
import pytest
import rdflib
from _diary import AS_OF, BEFORE, DAY, HOSTILE, MARCH, REPORTS, SMALL, made, told

from summitry.desk import changed, changes
from summitry.export import changes_atom, diary_ftm, diary_graphml, diary_jsonld
from summitry.model import Attested, Diary, Part, Precision, Status, Turn, View, When

TURNED = changes(BEFORE, SMALL)
DATA = Path(__file__).parent


def feed(turned: Any = TURNED, base_url: str = "https://diary.example/e/") -> Any:
    return feedparser.parse(changes_atom(SMALL, turned, REPORTS, base_url))


def test_a_feed_reader_reads_every_change() -> None:
    read = feed()
    assert not read.bozo
    assert read.version == "atom10"
    shown = [c for c in TURNED if not c.engagement.background]
    assert len(read.entries) == len(shown)
    assert {e.tags[0].term for e in read.entries} == {c.turn.value for c in shown}
    assert {Turn.NEW, Turn.MOVED, Turn.FIRMER, Turn.CANCELLED, Turn.GONE} <= {
        c.turn for c in shown
    }
    assert len({e.id for e in read.entries}) == len(shown)
    assert all(e.link.startswith("https://diary.example/e/") for e in read.entries)
    assert all("href" not in link or "diary.example" in link.href for link in read.feed.links)
    times = [e.updated_parsed for e in read.entries]
    assert times == sorted(times, reverse=True)


def test_each_entry_has_the_words_behind_it() -> None:
    for entry in feed().entries:
        assert "she said, “go”" in entry.summary
        assert "\x1b" not in entry.summary


def test_an_id_stays_when_a_change_is_told_again() -> None:
    ids = {e.id for e in feed().entries}
    assert {e.id for e in feed(tuple(reversed(TURNED))).entries} == ids
    later = [replace(c, after=replace(c.after, independent_sources=9)) for c in TURNED if c.after]
    assert {e.id for e in feed(later).entries} <= ids


def test_a_view_narrows_changes_what_is_gone_too() -> None:
    assert changed(BEFORE, SMALL, View()) == TURNED
    off = changed(BEFORE, SMALL, View(status=(Status.CANCELLED,)))
    assert {c.engagement.status.value for c in off} == {Status.CANCELLED}
    gone = changed(BEFORE, SMALL, View(status=(Status.FLOATED,)))
    assert Turn.GONE in {c.turn for c in gone}


def nodes(data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(data)["@graph"]
    return found


def test_json_ld_has_events_from_announced_upward_and_their_claims() -> None:
    found = nodes(diary_jsonld(SMALL))
    events = {n["@id"] for n in found if n["@type"] == "Event"}
    claims = [n for n in found if n["@type"] == "Claim"]
    sure = {"announced", "confirmed", "held", "postponed", "cancelled"}
    assert events == {
        f"urn:x-summitry:{e.id}"
        for e in SMALL
        if str(e.status.value.value) in sure and not e.background
    }
    assert {c["about"]["@id"] for c in claims} == events
    every = nodes(diary_jsonld(SMALL, tuple(Status)))
    assert {n["@id"] for n in every if n["@type"] == "Event"} == events
    assert len(every) > len(found)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own
def test_json_ld_is_read_as_triples_and_cannot_close_a_script() -> None:
    data = diary_jsonld(SMALL)
    assert b"</" not in data
    assert any("</name>" in HOSTILE and "</name>" in n.get("text", "") for n in nodes(data))
    local = data.replace(b'"https://schema.org"', b'{"@vocab": "https://schema.org/"}', 1)
    graph = rdflib.Graph().parse(data=local.decode(), format="json-ld")
    sdo = rdflib.Namespace("https://schema.org/")
    events = set(graph.subjects(rdflib.RDF.type, sdo.Event))
    assert len(events) == len([n for n in nodes(data) if n["@type"] == "Event"])
    for event in events:
        assert list(graph.subjects(sdo.about, event))


@pytest.mark.parametrize(
    ("e", "status", "start"),
    [
        (made("a", Status.ANNOUNCED), "EventScheduled", "2024-03-04"),
        (made("a", Status.ANNOUNCED, MARCH), "EventScheduled", "2024-03"),
        (made("a", Status.POSTPONED), "EventPostponed", "2024-03-04"),
        (made("a", Status.CANCELLED), "EventCancelled", "2024-03-04"),
    ],
)
def test_how_far_it_has_come_is_in_the_words_of_schema_org(
    e: Any, status: str, start: str
) -> None:
    event = nodes(diary_jsonld(Diary(AS_OF, None, (e,))))[0]
    assert event["eventStatus"] == f"https://schema.org/{status}"
    assert event["startDate"] == start


def test_a_moved_event_says_from_when() -> None:
    other = When(date(2024, 3, 5), date(2024, 3, 6), Precision.DAY)
    e = told("e", (1, Status.ANNOUNCED, DAY), (2, Status.ANNOUNCED, other))
    assert e.when
    old, new = e.when.by
    e = replace(e, when=Attested(other, (new,), (old,)))
    event = nodes(diary_jsonld(Diary(AS_OF, None, (e,))))[0]
    assert event["eventStatus"].endswith("EventRescheduled")
    assert event["previousStartDate"] == ["2024-03-04"]


def test_the_graph_has_an_edge_for_every_pair_of_sides() -> None:
    graph = nx.read_graphml(io.BytesIO(diary_graphml(SMALL)), force_multigraph=True)
    assert set(graph) == {"Q1", "NO"}
    assert graph.number_of_edges() == len(SMALL.engagements)
    seen = {data["engagement"] for _, _, data in graph.edges(data=True)}
    assert seen == {e.id for e in SMALL}
    claims = {c.id for e in SMALL for f in e.parties for c in f.by}
    claims |= {c.id for e in SMALL for c in e.status.by}
    for _, _, data in graph.edges(data=True):
        assert data["claims"]
        assert set(data["claims"].split()) <= claims
        assert isinstance(data["sources"], int)


def test_one_delegation_does_not_meet_itself() -> None:
    e = made("a", Status.HELD)
    host = replace(e.parties[0], value=replace(e.parties[0].value, part=Part.HOST, wikidata="Q2"))
    one = Diary(AS_OF, None, (replace(e, parties=(e.parties[0], host)),))
    graph = nx.read_graphml(io.BytesIO(diary_graphml(one)), force_multigraph=True)
    assert set(graph) == {"Q1", "Q2"}
    assert graph.number_of_edges() == 0


def shape() -> dict[str, Any]:
    """What followthemoney 4.11 asks of the schemas that we use: required properties, types."""
    found: dict[str, Any] = json.loads((DATA / "data" / "ftm-4.11.json").read_text("utf-8"))
    return found


FORMS = {
    "date": r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\+00:00)?)?)?)?",
    "country": "[a-z]{2}",
    "entity": r"Q\d+|summitry-[a-z0-9-]+",
    "identifier": r"\S+",
}


def test_follow_the_money_keeps_to_its_model() -> None:
    """The golden entities, which the library made, by its model's own table, without it."""
    text = (DATA / "golden" / "diary.ftm.jsonl").read_text("utf-8")
    found = [json.loads(line) for line in text.splitlines()]
    ids = {one["id"] for one in found}
    for one in found:
        model = shape()[one["schema"]]
        assert set(one["properties"]) <= set(model["properties"])
        assert set(model["required"]) <= set(one["properties"])
        for name, values in one["properties"].items():
            kind = model["properties"][name]
            assert values
            assert all(re.fullmatch(FORMS.get(kind, "(?s).+"), value) for value in values), name
            assert kind != "entity" or set(values) <= ids
    with_claims = {v for one in found for v in one["properties"].get("entity", ())}
    assert with_claims == {one["id"] for one in found if one["schema"] == "Event"}


def test_the_table_of_the_model_is_the_library_s() -> None:
    ftm = pytest.importorskip("followthemoney", reason="the extra ftm is not installed")
    for name, model in shape().items():
        schema = ftm.model.get(name)
        assert set(model["required"]) == set(schema.required)
        types = {p.name: p.type.name for p in schema.properties.values()}
        assert model["properties"].items() <= types.items()


def test_follow_the_money_reads_its_entities_back() -> None:
    ftm = pytest.importorskip("followthemoney", reason="the extra ftm is not installed")
    found: list[Any] = list(diary_ftm(SMALL))
    assert len({one["id"] for one in found}) == len(found)
    read = [ftm.model.get_proxy(one) for one in found]
    by_id = {one.id: one for one in read}
    events = {one.id: one for one in read if one.schema.name == "Event"}
    sure = {"announced", "confirmed", "held", "postponed", "cancelled"}
    shown = [e for e in SMALL if str(e.status.value.value) in sure and not e.background]
    assert set(events) == {f"summitry-{e.id}" for e in shown}
    links = [one for one in read if one.schema.name == "Documentation"]
    assert {one.first("entity") for one in links} == set(events)
    assert all(one.first("document") in by_id and one.first("description") for one in links)
    for event in events.values():
        assert set(event.get("involved")) <= set(by_id)
        assert event.first("startDate") in {"2024-03-04", None}
    assert {one.first("wikidataId") for one in read if one.schema.name == "Person"} == {"Q1"}
    assert len(list(diary_ftm(SMALL, tuple(Status)))) > len(found)


def test_a_vague_date_stays_vague_in_follow_the_money() -> None:
    pytest.importorskip("followthemoney", reason="the extra ftm is not installed")
    diary = Diary(AS_OF, None, (made("a", Status.ANNOUNCED, MARCH),))
    (event,) = [one for one in diary_ftm(diary) if one["schema"] == "Event"]
    properties: Any = event["properties"]
    assert properties["date"] == ["2024-03"]
