"""The gate lets through what may speak of an engagement; worth picks what of it is parsed."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.extract import passes
from summitry.extract._values import Actor, Sort
from summitry.extract.gate import _cased, _Found, _scan, _scanner, _state
from summitry.extract.promising import promising
from summitry.extract.worth import worth
from summitry.lang import Sieve, words
from summitry.model import Report, Sentence

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
ENGLISH = words("en")
FAR = "Rain fell on the hills and nobody minded much. " * 30


def report(text: str, language: str = "en") -> Report:
    return Report(
        outlet="The Paper",
        published=datetime(2024, 1, 9, tzinfo=UTC),
        text=text,
        language=language,
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Turkish president will visit Russia in February.",
        "Moscow and Ankara are in talks, an official said.",
        "BEIJING AND TOKYO POSTPONE SUMMIT",
        "The EU met Serbia’s delegation.",
    ],
)
@pytest.mark.parametrize("around", ["", FAR])
def test_two_states_beside_a_word_of_engagement_pass(text: str, around: str) -> None:
    assert passes(report(around + text + " " + around))


def test_a_brief_may_name_office_holders_alone() -> None:
    assert passes(report("Nelson Mandela and Fidel Castro had an hour together on Friday."))
    assert not passes(report("Nelson Mandela and his aides had an hour together on Friday."))


@pytest.mark.parametrize(
    "text",
    [
        FAR,
        FAR + "The American president met senators from the US Congress in Washington. " + FAR,
        FAR + "France lies west of Germany. " + FAR,
        FAR + "They asked us to a meeting in Rome about turkey and china. " + FAR,
        FAR + "France lies in the west. " + FAR + "A meeting was held. " + FAR + "So does Spain.",
    ],
)
def test_one_state_or_no_word_of_engagement_does_not(text: str) -> None:
    assert not passes(report(text))


def test_a_brief_passes_on_one_name() -> None:
    assert passes(report("President Mandela may come to Galway, said the minister."))
    assert not passes(report("Rain fell on the hills."))


def test_a_language_without_words_does_not_pass() -> None:
    assert not passes(report("Moscow and Ankara are in talks.", language="xx"))


KNOWN = tuple(pattern for some in _scanner(ENGLISH)[1] for pattern in some)
EDGES = st.sampled_from(["", " ", "x", "X", "é", "-", ".", "\n", "'s ", "7", "\x00"])
TOLD = st.sampled_from(KNOWN).map(lambda p: p.text.strip())


def one_by_one(raw: bytes) -> _Found:
    """What the scan must find: each string looked up by itself, edges looked at in the text."""
    lower = raw.lower()
    strong: list[int] = []
    weak: list[int] = []
    spans: list[tuple[int, int, str]] = []
    offices = 0
    for kind, text, key, *_ in KNOWN:
        whole = kind in {"office", "name"} or text.endswith(" ")
        start = lower.find(key)
        while start >= 0:
            end = start + len(key)
            inside = start > 0 and raw[start - 1 : start].isalpha()
            if not inside and not (whole and raw[end : end + 1].isalpha()):
                strong += [start] * (kind == "strong")
                weak += [start] * (kind == "weak")
                offices += kind == "office"
                if kind == "name" and _cased(raw[start:end], text):
                    spans.append((start, -end, text))
            start = lower.find(key, start + 1)
    names, done = [], 0
    for start, end, text in sorted(spans):
        if start >= done:
            names.append((start, _state(text, ENGLISH)))
            done = -end
    return _Found(sorted(strong), sorted(weak), names, offices)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(EDGES, TOLD | st.text(max_size=5), st.booleans()), max_size=8))
def test_one_scan_finds_what_each_string_finds_by_itself(
    parts: list[tuple[str, str, bool]],
) -> None:
    text = "".join(edge + (told.upper() if loud else told) for edge, told, loud in parts)
    raw = text.encode("utf-8", "replace")
    assert _scan(raw, ENGLISH) == one_by_one(raw)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert passes(report(text)) in {True, False}


@given(st.text(max_size=200), st.text(max_size=200))
def test_what_stands_around_a_brief_engagement_never_hides_it(before: str, after: str) -> None:
    assert passes(report(f"{before}\nFrance and Spain held a meeting.\n{after}"))


def test_every_word_that_triggers_is_one_the_gate_looks_for() -> None:
    beginnings = ENGLISH["gate.strong"] | ENGLISH["gate.weak"]
    names = [f"event.noun.{n}" for n in ("visit", "meeting", "summit", "conference", "call")]
    names += [
        f"event.verb.{n}" for n in ("visit", "arrive", "leave", "host", "invite", "meet", "call")
    ]
    unseen = {
        word
        for name in names
        for word in ENGLISH[name]
        if not any(f"{word} ".startswith(b) or f" {b}" in f" {word} " for b in beginnings)
    }
    assert unseen <= {"set"}  # only "sets off" and "set out" are travel


def test_no_labelled_report_of_an_engagement_is_turned_away() -> None:
    if not SHARED.exists():
        pytest.skip("no labelled reports beside the checkout")
    lost = []
    for name in ("train", "dev"):
        for line in (SHARED / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            live = any(not m.get("ignore") for m in row["mentions"])
            text = f"{row['title'] or ''}\n\n{row['text']}"
            if row["language"] == "en" and live and not passes(report(text)):
                lost.append(row["id"])
    assert lost == []


def cut(*texts: str) -> tuple[Sentence, ...]:
    """Sentences that follow one another with a blank between."""
    found: list[Sentence] = []
    for text in texts:
        start = found[-1].end + 1 if found else 0
        found.append(Sentence(start, start + len(text), text))
    return tuple(found)


def named(sentences: tuple[Sentence, ...], **states: str) -> tuple[Actor, ...]:
    """Persons and states by the word they are named with: ``Rome="IT"``."""
    found = [
        Actor(
            s.start + at,
            s.start + at + len(word),
            Sort.STATE if word.istitle() and not word.startswith("M") else Sort.PERSON,
            state,
        )
        for s in sentences
        for word, state in states.items()
        if (at := s.text.find(word)) >= 0
    ]
    return tuple(sorted(found, key=lambda a: a.start))


def test_a_report_in_which_no_engagement_can_open_is_not_parsed() -> None:
    sentences = cut("Italy had rain.", "A meeting in Italy was held.", "The talks went on.")
    assert worth(sentences, named(sentences, Italy="IT"), ENGLISH) == ()


def test_what_opens_an_engagement_is_parsed_with_what_can_add_to_it() -> None:
    sentences = cut(
        "Rain fell.",
        "France will host talks with Spain.",
        "Bread is dear in Chile.",
        "The talks begin on Monday.",
        "A delegation from Spain arrived.",
        "Japan held a session.",
    )
    found = worth(
        sentences, named(sentences, France="FR", Spain="ES", Japan="JP", Chile="CL"), ENGLISH
    )
    assert found == (sentences[1], sentences[3], sentences[4])


def test_a_pronoun_brings_the_sentence_before_along() -> None:
    sentences = cut("Mori spoke of rice.", "Rice is dear.", "He will visit Spain in May.")
    found = worth(sentences, named(sentences, Mori="JP", Spain="ES"), ENGLISH)
    assert found == (sentences[0], sentences[2])


@given(st.lists(st.sampled_from(["France met Spain.", "He left.", "The talks went on.", "Rain."])))
def test_what_is_chosen_stands_in_order_and_each_once(texts: list[str]) -> None:
    sentences = cut(*texts)
    found = worth(sentences, named(sentences, France="FR", Spain="ES"), ENGLISH)
    assert list(found) == [s for s in sentences if s in found]
    assert all(s in found for s in sentences if "France" in s.text)


def test_spacy_is_whole_for_others_after_our_light_import() -> None:
    code = (
        "import sys; from summitry.lang import parser; parser('en');"
        "assert 'spacy.cli' not in sys.modules and 'jinja2' not in sys.modules;"
        "import spacy.cli; assert spacy.cli.info"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


class Plain:
    """A sieve to which every sentence promises the same."""

    sentence = report = 0.0

    def promise(self, text: str, sorts: object) -> float:
        return float(bool(text and sorts is not None))


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("Rain fell on the hills.", 20),
        ("France met Spain.", 20),
        ("France met Spain. " * 9, 8),
        ("France met Spain. " * 99, 1),
    ],
)
def test_no_more_is_read_than_reports_hold(told: str, read: int) -> None:
    every = tuple(Sentence(k * 2000, k * 2000 + len(told), told) for k in range(40))
    assert promising(every, (), cast("Sieve", Plain()), ENGLISH) == every[:read]
