"""Whose word a stretch of a sentence is."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from summitry.extract import read
from summitry.extract._tree import tree
from summitry.extract._values import Actor, Scene, Sort, Spoken
from summitry.extract.attribution import attributions, source_class, voices
from summitry.extract.who import actors
from summitry.lang import Parse, parser, words
from summitry.model import Report, Sentence, Source, SourceClass

DAY = datetime(2024, 1, 9, 10, tzinfo=UTC)
EN = words("en")


@cache
def _parse() -> Parse:
    return parser("en")


def _scene(text: str, *, headline: bool = False) -> Scene:
    tokens = _parse()([text])[0]
    named = actors(text, DAY.date(), EN, None)
    where = []
    for a in named:
        inside = [t for t in tokens if t.start < a.end and a.start < t.end]
        places = {t.i for t in inside}
        outer = [t.i for t in inside if t.head not in places or t.head == t.i]
        where.append(outer[-1] if outer else -1)
    return Scene(Sentence(0, len(text), text, headline=headline), tokens, named, tuple(where))


def _spoken(
    text: str, before: Source | None = None, *, headline: bool = False
) -> tuple[Spoken, ...]:
    scene = _scene(text, headline=headline)
    return attributions(scene, tree(scene.tokens), EN, before)


def _at(
    text: str, word: str, before: Source | None = None, *, headline: bool = False
) -> Source | None:
    """The innermost source around a word."""
    at = text.index(word)
    around = [s for s in _spoken(text, before, headline=headline) if s.start <= at < s.end]
    return min(around, key=lambda s: s.end - s.start).source if around else None


@pytest.mark.parametrize(
    ("text", "word", "name", "klass", "state"),
    [
        ("Vladimir Putin plans to visit Turkey in May, diplomatic circles in Ankara said.",
         "visit", "diplomatic circles in Ankara", SourceClass.DIPLOMATIC_SOURCE, "TR"),
        ("Vladimir Putin will visit Turkey in February, diplomatic circles in Ankara say.",
         "visit", "diplomatic circles in Ankara", SourceClass.DIPLOMATIC_SOURCE, "TR"),
        ("The Kremlin said that the talks would be held in May.",
         "talks", "The Kremlin", SourceClass.SPOKESPERSON, "RU"),
        ("According to Turkish officials, the talks will be held in Istanbul.",
         "talks", "Turkish officials", SourceClass.OFFICIAL_UNNAMED, "TR"),
        ("Emmanuel Macron's office announced that he would travel to Beijing.",
         "travel", "Emmanuel Macron's office", SourceClass.SPOKESPERSON, "FR"),
        ("Local media reported that the two leaders would meet in Doha.",
         "meet", "Local media", SourceClass.OTHER_MEDIA, None),
        ("A Kremlin press release says that the summit opens on Friday.",
         "summit", "A Kremlin press release", SourceClass.SPOKESPERSON, "RU"),
    ],
)  # fmt: skip
def test_source_and_side(
    text: str, word: str, name: str, klass: SourceClass, state: str | None
) -> None:
    source = _at(text, word)
    assert source is not None
    assert (source.name, source.source_class, source.state) == (name, klass, state)


def test_what_the_speaker_did_is_the_outlets_word() -> None:
    text = "Emmanuel Macron, who met Xi Jinping in Paris, said that trade had grown."
    assert _at(text, "met") is None
    source = _at(text, "grown")
    assert source is not None
    assert source.name == "Emmanuel Macron"


def test_the_innermost_speaker_counts_and_the_agency_carries() -> None:
    text = "Reuters reported that the visit had been put off, citing two officials in Ankara."
    source = _at(text, "visit")
    assert source is not None
    assert source.source_class is SourceClass.OFFICIAL_UNNAMED
    assert source.via == ("Reuters",)


def test_a_pronoun_goes_back_to_the_person_and_not_to_the_agency() -> None:
    peskov = Source("Dmitry Peskov", SourceClass.SPOKESPERSON, "spokesman", "RU")
    assert _at("The visit is being prepared, he added.", "visit", peskov) == peskov
    agency = Source("TASS", SourceClass.STATE_AGENCY)
    assert _at("The visit is being prepared, he added.", "visit", agency) is None


def test_a_bare_office_goes_back_to_its_holder() -> None:
    peskov = Source("Dmitry Peskov", SourceClass.SPOKESPERSON, "spokesman", "RU")
    assert (
        _at("No date has been set for the visit, the spokesman said.", "visit", peskov) == peskov
    )


def test_a_quotation_goes_on_with_its_speaker() -> None:
    minister = Source("Hakan Fidan", SourceClass.OFFICIAL_NAMED, "foreign minister", "TR")
    assert _at("“The visit will strengthen our ties.”", "visit", minister) == minister
    assert _at("The visit will strengthen ties.", "visit", minister) is None


@pytest.mark.parametrize(
    ("text", "klass"),
    [
        ("Kremlin: Putin to visit Turkey", SourceClass.SPOKESPERSON),
        ("Putin to visit Turkey in May - diplomatic source", SourceClass.DIPLOMATIC_SOURCE),
        ("Russian aide: visit by Putin planned for May", SourceClass.OFFICIAL_UNNAMED),
    ],
)
def test_headlines_name_their_source_beside_the_news(text: str, klass: SourceClass) -> None:
    source = _at(text, "visit", headline=True)
    assert source is not None
    assert source.source_class is klass


def test_a_town_before_a_colon_in_the_body_is_a_dateline() -> None:
    assert _at("GENEVA: Russia and Ukraine opened talks on grain.", "talks") is None


def test_what_is_only_meant_to_be_said_is_not_said() -> None:
    assert _at("Mexico pressed Peru to explain that the talks had failed.", "talks") is None


def test_the_class_of_a_person_is_not_that_of_his_office() -> None:
    macron = Actor(0, 6, Sort.PERSON, "FR", name="Emmanuel Macron", rank="head", text="Macron")
    assert source_class("Macron", macron, EN) is SourceClass.OFFICIAL_NAMED
    assert source_class("Macron's office", macron, EN) is SourceClass.SPOKESPERSON
    assert source_class("a Macron aide", macron, EN) is SourceClass.OFFICIAL_UNNAMED


def test_stretches_lie_in_the_sentence() -> None:
    text = "The talks, the Kremlin said on Monday, will be held in Oslo, according to Norway."
    for spoken in _spoken(text):
        assert 0 <= spoken.start < spoken.end <= len(text)


def test_a_report_names_its_sources() -> None:
    text = (
        "President Emmanuel Macron will visit China in April, the Elysee said on Monday. "
        "Chinese diplomats said that he would meet President Xi Jinping in Beijing."
    )
    reading = read(Report(outlet="A Wire", published=DAY, text=text, title="", url=""), _parse())
    classes = {s.source_class for m in reading.mentions for s in m.sources}
    assert classes == {SourceClass.SPOKESPERSON, SourceClass.DIPLOMATIC_SOURCE}


def _own(outlet: str, title: str, body: str) -> tuple[Spoken, ...]:
    text = f"{title}\n\n{body}"
    report = Report(outlet=outlet, published=DAY, text=text, title=title, url="")
    named = actors(text, DAY.date(), EN, None)
    return voices(report, actors(outlet, DAY.date(), EN, None), named, EN)


def test_an_office_that_publishes_speaks_for_itself() -> None:
    found = _own("The White House", "Readout of a Call", "President Biden spoke with him.")
    assert [(s.source.name, s.source.state) for s in found] == [("The White House", "US")]
    assert found[0].source.source_class is SourceClass.SPOKESPERSON


def test_who_signs_an_offices_document_is_its_source() -> None:
    title = "Statement by Press Secretary Jen Psaki on the Visit"
    (found,) = _own("The White House", title, "The President will travel to Brussels.")
    assert found.source.name == "Jen Psaki"
    assert found.source.source_class is SourceClass.SPOKESPERSON


@pytest.mark.parametrize("outlet", ["The Guardian", "Reuters", "TASS", "People's Daily", ""])
def test_a_medium_has_no_voice_of_its_own(outlet: str) -> None:
    assert _own(outlet, "Biden to visit Poland", "Joe Biden will visit Poland in May.") == ()


def test_the_turns_of_a_transcript_are_their_speakers() -> None:
    body = "PRESIDENT MACRON: We will meet in Berlin.\nCHANCELLOR SCHOLZ: I look forward to it."
    title = "Emmanuel Macron and Olaf Scholz before their meeting"
    found = _own("A Wire", title, body)
    assert [s.source.name for s in found] == ["Emmanuel Macron", "Olaf Scholz"]


def test_an_office_goes_on_about_its_own_man() -> None:
    text = "He will then travel to Vienna."
    scene = _scene(text)
    modi = Actor(0, 0, Sort.PERSON, "IN", name="Narendra Modi", rank="head", text="Modi")
    ministry = Source("the foreign ministry", SourceClass.SPOKESPERSON, None, "IN")
    foreign = replace(ministry, state="RU")
    ours = replace(scene, before=modi)
    assert [s.source for s in attributions(ours, tree(scene.tokens), EN, ministry)] == [ministry]
    assert attributions(ours, tree(scene.tokens), EN, foreign) == ()
