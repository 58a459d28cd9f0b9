"""NewsML-G2 and ninjs: valid by IPTC's own schemas, and never surer than the diary."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from _diary import AS_OF, DAY, EACH, MARCH, SMALL, made
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from summitry.export import diary_knowledge, diary_newsml, diary_ninjs
from summitry.model import Attested, Diary, Party, Precision, Status

TOP = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
STANDARDS = TOP.parent / "shared" / "standards"
XSD = STANDARDS / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd"
SCHEMA = STANDARDS / "ninjs" / "ninjs-schema_3.1.json"
ALL = tuple(Status)
NAR = {"n": "http://iptc.org/std/nar/2006-10-01/"}


def parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def lines(diary: Diary) -> str:
    events = diary_ninjs(diary, ALL)
    return "".join(f"{json.dumps(e, ensure_ascii=False)}\n" for e in events)


def test_both_are_as_they_were() -> None:
    assert diary_newsml(SMALL, ALL) == (DATA / "golden.newsml.xml").read_bytes()
    assert lines(SMALL) == (DATA / "golden.ninjs.jsonl").read_text("utf-8")


@pytest.mark.skipif(not XSD.exists(), reason="IPTC's schema is not beside the checkout")
@pytest.mark.parametrize("written", [diary_newsml, diary_knowledge])
@pytest.mark.parametrize("diary", [SMALL, Diary(AS_OF, None, EACH[2:3]), Diary(AS_OF, None, ())])
def test_newsml_is_valid(diary: Diary, written: Callable[..., bytes]) -> None:
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    schema.assertValid(parsed(written(diary, ALL)))


def test_a_knowledge_item_has_the_same_concepts() -> None:
    def concepts(data: bytes) -> list[bytes]:
        flat = etree.XMLParser(resolve_entities=False, remove_blank_text=True)
        tree = etree.fromstring(data, flat)
        return [etree.tostring(c, with_tail=False) for c in tree.iter("{*}concept")]

    assert concepts(diary_knowledge(SMALL, ALL)) == concepts(diary_newsml(SMALL, ALL))
    broader = parsed(diary_knowledge(SMALL, ALL)).xpath("//n:broader/@uri", namespaces=NAR)
    assert broader == [f"urn:x-summitry:{e.parent}" for e in SMALL if e.parent]
    assert broader


@pytest.mark.skipif(not SCHEMA.exists(), reason="IPTC's schema is not beside the checkout")
def test_ninjs_is_valid() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    # The one outside reference is to a shape of places that is not used here.
    del schema["$defs"]["ninjsType"]["properties"]["places"]["items"]["properties"]["geoJSON"]
    checker = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    events = list(diary_ninjs(SMALL, ALL))
    assert len(events) == len(Status) + 3
    for event in events:
        checker.validate(event)
    with pytest.raises(jsonschema.ValidationError):
        checker.validate({**events[0], "pubStatus": "rumoured"})


def test_by_default_no_rumour_leaves() -> None:
    floated = {Status.FLOATED, Status.IN_PREPARATION, Status.DENIED}
    kept = {f"urn:x-summitry:{e.id}" for e in SMALL if e.status.value not in floated}
    kept -= {f"urn:x-summitry:{e.id}" for e in SMALL if e.background}
    assert {str(e["uri"]) for e in diary_ninjs(SMALL)} == kept
    found = parsed(diary_newsml(SMALL)).xpath("//n:conceptItem/@guid", namespaces=NAR)
    dated = {f"urn:x-summitry:{e.id}" for e in SMALL if e.when}
    assert set(found) == kept & dated


def test_what_is_not_certain_says_so_in_its_title() -> None:
    for event in diary_ninjs(SMALL, ALL):
        sure = str(event["title"]).startswith("Visit")
        details: Any = event["eventDetails"]
        assert sure == details["eventStatus"].endswith("eos5")


@pytest.mark.parametrize(
    ("when", "dates"),
    [
        (MARCH, {"expectedStartDate": "2024-03"}),
        (DAY, {"expectedStartDate": "2024-03-04"}),
        (
            replace(DAY, end=DAY.end and DAY.end.replace(day=7)),
            {"expectedStartDate": "2024-03-04", "expectedEndDate": "2024-03-06"},
        ),
        (
            replace(MARCH, end=DAY.end and DAY.end.replace(month=6), precision=Precision.QUARTER),
            {"expectedStartDate": "2024"},
        ),
    ],
)
def test_ninjs_says_no_day_that_nobody_said(when: Any, dates: dict[str, str]) -> None:
    (event,) = diary_ninjs(Diary(AS_OF, None, (made("a", Status.ANNOUNCED, when),)))
    details: Any = event["eventDetails"]
    assert details["dates"] == dates


def test_an_imprecise_date_keeps_its_bounds_in_newsml() -> None:
    diary = Diary(AS_OF, None, (made("a", Status.ANNOUNCED, MARCH),))
    (start,) = parsed(diary_newsml(diary)).xpath("//n:dates/n:start", namespaces=NAR)
    assert dict(start.attrib) == {"approxstart": "2024-03-01", "approxend": "2024-03-31"}


@given(st.text(max_size=20))
def test_no_text_of_strangers_breaks_the_xml(text: str) -> None:
    e = made("a", Status.CONFIRMED)
    party = Party(f"A{text}<b>&", "SE")
    e = replace(e, parties=(Attested(party, e.parties[0].by),))
    message = parsed(diary_newsml(Diary(AS_OF, None, (e,))))
    assert len(message.xpath("//n:participant/n:name", namespaces=NAR)) == 1
