"""Nothing leaves without the words it stands on, whatever the diary and whichever the format."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import feedparser
import icalendar
import networkx as nx
import pytest
from _diary import AS_OF, DAY, DIPLOMAT, HOUR, MARCH, REPORTS, claim, made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from summitry import export
from summitry.desk import changes
from summitry.model import Attested, Diary, Engagement, Sentence, Slot, Status

NAR = {"n": "http://iptc.org/std/nar/2006-10-01/"}
WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)
EVERY = tuple(Status)


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Engagements of all sorts, each with a sentence and a source of its own."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        status = draw(st.sampled_from(EVERY))
        e = made(f"{number:016x}", status, draw(st.sampled_from([DAY, HOUR, MARCH, None])))
        text = f"S{number} {draw(WORDS)}"
        source = replace(DIPLOMAT, name=f"speaker {number} {draw(WORDS)}")
        said = claim(Slot.STATUS, status, e.id, source)
        said = replace(said, sentence=Sentence(0, len(text), text))
        background = draw(st.booleans())
        found.append(replace(e, status=Attested(status, (said,)), background=background))
    return Diary(AS_OF, None, tuple(found))


def strings(value: Any) -> Iterator[str]:
    """Every text in a value of JSON, as its reader has it: nothing escaped."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def in_ics(diary: Diary) -> dict[str, str]:
    events = icalendar.Calendar.from_ical(export.diary_ics(diary)).walk("VEVENT")
    return {str(e["uid"]).partition("@")[0]: str(e["description"]) for e in events}


def in_concepts(data: bytes) -> dict[str, str]:
    found: Any = etree.fromstring(data).xpath("//n:concept", namespaces=NAR)
    return {
        concept.xpath("string(n:conceptId/@uri)", namespaces=NAR).rpartition(":")[
            2
        ]: concept.xpath("string(n:definition)", namespaces=NAR)
        for concept in found
    }


def in_newsml(diary: Diary) -> dict[str, str]:
    return in_concepts(export.diary_newsml(diary, EVERY))


def in_knowledge(diary: Diary) -> dict[str, str]:
    return in_concepts(export.diary_knowledge(diary, EVERY))


def in_ninjs(diary: Diary) -> dict[str, str]:
    events: Any = export.diary_ninjs(diary, EVERY)
    return {e["uri"].rpartition(":")[2]: e["descriptions"][0]["value"] for e in events}


def in_newshub(diary: Diary) -> dict[str, str]:
    events: Any = export.diary_newshub(diary, EVERY)
    return {e["guid"].rpartition(":")[2]: e["definition_short"] for e in events}


def in_planner(diary: Diary) -> dict[str, str]:
    items: Any = export.planner_items(diary, "https://d.example/")
    return {i["website"].rpartition("/")[2]: i["description"] for i in items}


def in_jsonld(diary: Diary) -> dict[str, str]:
    nodes = json.loads(export.diary_jsonld(diary, EVERY))["@graph"]
    events = [n["@id"] for n in nodes if n["@type"] == "Event"]
    claims = [n for n in nodes if n["@type"] == "Claim"]
    told = {i: [n for n in claims if n.get("about", {}).get("@id") == i] for i in events}
    return {i.rpartition(":")[2]: "\n".join(strings(n)) for i, n in told.items()}


def in_tables(diary: Diary) -> dict[str, str]:
    claims = list(export.diary_rows(diary, "claims"))
    return {
        str(row["id"]): "\n".join(strings([c for c in claims if c["engagement"] == row["id"]]))
        for row in export.diary_rows(diary)
    }


WRITERS: dict[str, Callable[[Diary], dict[str, str]]] = {
    "ics": in_ics,
    "newsml": in_newsml,
    "knowledge": in_knowledge,
    "ninjs": in_ninjs,
    "newshub": in_newshub,
    "planner": in_planner,
    "jsonld": in_jsonld,
    "tables": in_tables,
}
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def words(e: Engagement) -> tuple[str, str]:
    """Whose word an engagement stands on, and which."""
    (said,) = e.status.by
    return export.plain(said.source.name), export.plain(said.sentence.text)


@pytest.mark.parametrize("name", WRITERS)
@SLOW
@given(diary=diaries())
def test_each_entry_says_whose_word_it_stands_on_and_which(name: str, diary: Diary) -> None:
    told = WRITERS[name](diary)
    known = {e.id: e for e in diary}
    assert set(told) <= set(known)
    for ident, text in told.items():
        assert all(word in export.plain(text) for word in words(known[ident]))


@SLOW
@given(diaries())
def test_each_field_of_the_json_names_its_claims(diary: Diary) -> None:
    shown: Any = export.diary_json(diary)
    told = {e["id"]: e["attested"] for e in shown["engagements"]}
    for e in diary:
        named = told[e.id]
        assert named["status"]["by"] == [c.id for c in e.status.by]
        assert named["parties"]["by"] == [c.id for side in e.parties for c in side.by]
        if e.when:
            assert named["when"]["by"] == [c.id for c in e.when.by]


@SLOW
@given(diaries())
def test_each_edge_of_the_graph_names_its_claims(diary: Diary) -> None:
    graph = nx.read_graphml(io.BytesIO(export.diary_graphml(diary)), force_multigraph=True)
    claims = {e.id: e.status.by[0].id for e in diary}
    for _, _, data in graph.edges(data=True):
        assert claims[data["engagement"]] in data["claims"].split()


@SLOW
@given(diaries())
def test_each_change_is_told_with_its_words(diary: Diary) -> None:
    turned = changes(Diary(AS_OF, None, ()), diary)
    shown = [c for c in turned if not c.engagement.background]
    feed = feedparser.parse(export.changes_atom(diary, turned, REPORTS)).entries
    mail = export.changes_mail("x", diary, turned, REPORTS, "a@b.example", ["c@d.example"])
    page = list(mail.iter_parts())[1].get_content()
    events: Any = [event for _, event in export.changes_events(diary, turned, REPORTS)]
    assert len(feed) == len(shown)
    told = " ".join(text for e in events for text in strings(e["claims"]))
    for change in shown:
        _, sentence = words(change.engagement)
        bare = sentence.split()[0]
        assert any(bare in entry.summary for entry in feed)
        assert bare in page
        assert bare in told
